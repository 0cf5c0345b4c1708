"""What a run reports to the tutor, in the order of time; `Finished` is always the last.

Frozen dataclasses of plain data, which survive JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .views import Cells, NameScope, Recording


class Status(StrEnum):
    """How a run, or an evaluation at its prompt, came to its end."""

    FINISHED = "finished"
    """The code came to its end, or left with `SystemExit` of None or 0."""
    FAILED = "failed"
    """An exception was not caught, or the source does not compile."""
    TIMED_OUT = "timed_out"
    """The limit of wall time or of processor time was reached."""
    OUT_OF_MEMORY = "out_of_memory"
    TOO_MUCH_OUTPUT = "too_much_output"
    STOPPED = "stopped"
    """The learner pressed Stop."""
    DIED = "died"
    """The child went without a word: `os._exit`, a signal, a crash of the interpreter."""


class Stream(StrEnum):
    """Which of the two streams of a program a piece of output came from."""

    STDOUT = "stdout"
    STDERR = "stderr"


@dataclass(frozen=True)
class Output:
    """A piece of what the program wrote, decoded; control characters are still in it."""

    stream: Stream
    text: str


@dataclass(frozen=True)
class InputWanted:
    """The program reads its standard input and nothing is there; the clock of the run stands."""


@dataclass(frozen=True)
class Unfolded:
    """The value in a cell, described at length: many lines, but under a limit."""

    cell: str
    text: str


@dataclass(frozen=True)
class Entry:
    """What was made of lines at the prompt."""

    whole: bool
    """Whether they can be evaluated, be it to an error; else more lines are to come."""


@dataclass(frozen=True)
class Completions:
    """What the word before the cursor may become."""

    word: str
    """As it stands: of `inc.__cl` it is `__cl`."""
    common: str
    """What all of them begin with; at least the word."""
    names: tuple[str, ...]
    """Sorted; at most `MOST_NAMES`."""
    more: int = 0
    """How many there are beside."""


@dataclass(frozen=True)
class Labels:
    """The names of a function that a `classify` exercise asks about."""

    function: str
    names: tuple[NameScope, ...]


class Cause(StrEnum):
    """Why a check failed."""

    CLAIM = "claim"
    """What it claims does not hold."""
    RAISED = "raised"
    """A call that it makes raised what it should not."""
    MISSING = "missing"
    """A name that it asks for is not defined."""
    WRONG_KIND = "wrong_kind"
    """A name that it asks for is something else: None where a function should be."""
    UNTRIED = "untried"
    """It did not come to its claim: a function is no function, or the check itself has a fault."""


@dataclass(frozen=True)
class Checking:
    """The program has come to its end and its checks begin: their time is not the program's."""


@dataclass(frozen=True)
class CourseFault:
    """A fault of the exercise's own files, which is not the learner's."""

    what: str
    """File, line if there is one, and what: `checks.py, line 3: SyntaxError: invalid syntax`."""


@dataclass(frozen=True)
class CheckResult:
    """The result of one check."""

    name: str
    """The function's name without `check_`, spaces for underscores."""
    passed: bool
    message: str
    """What is wrong, for the learner; empty if it passed."""
    cause: Cause = Cause.CLAIM
    """Why it failed, if it did."""


@dataclass(frozen=True)
class Failure:
    """An uncaught exception, told with the learner's own lines only."""

    text: str
    """The traceback as Python prints it, its lines and their number shortened."""
    line: int | None
    """The learner's innermost line, from 1."""
    summary: str
    """The line that names the exception: `ValueError: Value 200 outside [0, 150]`."""


WITHOUT_END = "called itself without end"
"""Said of a function whose calls crashed the interpreter, where Python raised no RecursionError."""


@dataclass(frozen=True)
class Finished:
    """The end of a run or of an evaluation: always the last report."""

    status: Status
    seconds: float
    """Wall time of the learner's own code, without time spent waiting for input."""
    failure: Failure | None = None
    sentence: str = ""
    """For every status but FINISHED: what happened, in one plain sentence."""
    prompt: bool = False
    """Whether the program is still there to be asked at the prompt."""
    fault: str = ""
    """If the tutor itself failed: its own traceback. Then the status is DIED."""


Report = (
    Output
    | InputWanted
    | Cells
    | Recording
    | Unfolded
    | Entry
    | Completions
    | Labels
    | Checking
    | CourseFault
    | CheckResult
    | Finished
)
