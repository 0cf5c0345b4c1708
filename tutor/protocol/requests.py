"""What the tutor asks of the child: to run a program, and then what stands in its cells.

Frozen dataclasses of plain data, which survive JSON; so are those of `views` and `reports`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Limits:
    """What a run may use. Seconds and bytes."""

    wall_seconds: float = 10.0
    cpu_seconds: int = 10
    memory_bytes: int = 512 * 1024 * 1024
    """Address space of each process of the run (RLIMIT_AS)."""
    output_bytes: int = 1_000_000
    """Of both streams together."""
    file_bytes: int = 16 * 1024 * 1024
    """The largest file that the run may write (RLIMIT_FSIZE)."""
    processes: int = 64
    """More than the user has already; a per-user count, and root is exempt."""


@dataclass(frozen=True)
class LabelHint:
    """The letters that the cells of one (owner, name) had in the run before, in order."""

    owner: str | None
    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class RunRequest:
    """One run of a learner's program."""

    source: str
    file_name: str = "program.py"
    """A bare file name: what tracebacks say and what the file in the scratch folder is called."""
    checks: str | None = None
    """Source of a `checks.py`; each `check_...` function of it is reported as a CheckResult."""
    classify: tuple[str, ...] = ()
    """Qualified names of the functions whose names are to be reported, as Labels each."""
    limits: Limits = field(default_factory=Limits)
    labels: tuple[LabelHint, ...] = ()
    record: bool = False


class Ask(StrEnum):
    """What the finished program can be asked at its prompt."""

    EVALUATE = "evaluate"
    """Run code in its namespace."""
    IS_WHOLE = "is_whole"
    """Whether Python's own prompt would take the code as it stands, or wait for more lines."""
    COMPLETE = "complete"
    """The names that the last word of the code may become. Nothing of the program's runs for it."""
    SET_CELL = "set_cell"
    """Put the value of an expression, which may use the cell by its name, into the cell."""
    RESTORE_CELL = "restore_cell"
    """Put back what the cell held before it was last set."""
    UNFOLD = "unfold"
    """Describe the value in a cell at length."""


@dataclass(frozen=True)
class Question:
    """One thing asked at the prompt."""

    ask: Ask
    text: str = ""
    """Code for EVALUATE, IS_WHOLE and COMPLETE (up to the cursor), an expression for SET_CELL."""
    cell: str = ""
    """The label of the cell that is meant."""
