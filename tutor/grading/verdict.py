"""What an attempt gave, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.protocol.reports import Cause

if TYPE_CHECKING:
    from tutor.beliefs.belief import Belief
    from tutor.protocol.reports import CheckResult, Labels, Status
    from tutor.protocol.views import Cells, NameScope, Recording, Scope


@dataclass(frozen=True)
class Believed:
    """What a program prints where a belief is true in it."""

    belief: Belief
    lines: tuple[str, ...]
    open_end: bool = False
    """Whether the belief does not say what comes after the last of them."""


@dataclass(frozen=True)
class Transcript:
    """Everything of a run that grading looks at."""

    stdout: str
    status: Status
    sentence: str
    """What happened, if the run did not finish."""
    error: str | None
    """The line of the traceback that names the exception."""
    labels: tuple[Labels, ...]
    check_names: tuple[str, ...]
    """The checks that there are: each must have one result that passed."""
    checks: tuple[CheckResult, ...]
    fault: str | None = None
    """What is wrong with the exercise's own files: then nothing can be judged."""
    believed: tuple[Believed, ...] = ()
    """What the beliefs say that the exercise names."""
    cells: Cells | None = None
    """What the inspector reported at the end of the run."""
    recording: Recording | None = None
    """The steps of the run, if it was recorded."""


@dataclass(frozen=True)
class LineOutcome:
    """One line of an answer (predict) or of the output (build, repair) against the right one."""

    number: int
    """From 1, among the right lines; of a line too many, among those given."""
    given: str | None
    """None where the answer or output ends too soon."""
    expected: str | None
    """None where there is a line too many."""
    same: bool


@dataclass(frozen=True)
class LabelOutcome:
    """One label of a `classify` answer against what Python says."""

    given: Scope | None
    right: NameScope
    same: bool
    key: str
    """What stands for the name in an answer: `x`, or `inner/x`."""


@dataclass(frozen=True)
class AnswerOutcome:
    """One answer of a `cells` exercise against what the inspector reported."""

    number: int
    """Of the question, from 1."""
    question: str
    given: str | None
    right: str
    """The answer that is right: `2`, `y`, `5`, `empty`."""
    same: bool
    evidence: str
    """What it rests on: `cell A, int 5, shared with add10`."""


@dataclass(frozen=True)
class TwoPictures:
    """The cells as the answers have them, and as they are."""

    pythons: Cells
    yours: Cells | None
    """None where the answers make no picture."""
    why_none: str
    """Why they do not, in a sentence."""
    moment: str
    """Which moment of the run it is."""


@dataclass(frozen=True)
class Outcomes:
    """All that an attempt was held against, each with whether it is right."""

    lines: tuple[LineOutcome, ...] = ()
    labels: tuple[LabelOutcome, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    answers: tuple[AnswerOutcome, ...] = ()
    pictures: TwoPictures | None = None
    """Where answers about cells differ from what there is."""
    fault: str | None = None
    """What is wrong with the exercise's own files, where only the run shows it."""

    @property
    def right(self) -> bool:
        """Whether there is something, and nothing of it is wrong."""
        return (
            bool(self.lines or self.labels or self.answers)
            and all(line.same for line in self.lines)
            and all(label.same for label in self.labels)
            and all(answer.same for answer in self.answers)
            and all(check.passed for check in self.checks)
        )

    @property
    def wrong_lines(self) -> list[LineOutcome]:
        return [line for line in self.lines if not line.same]


def lacking(checks: tuple[CheckResult, ...]) -> CheckResult | None:
    """The first check that asked for a name in vain: it is missing, or not what it should be."""
    causes = (Cause.MISSING, Cause.WRONG_KIND)
    return next((each for each in checks if not each.passed and each.cause in causes), None)


@dataclass(frozen=True)
class Verdict:
    """What an attempt came to."""

    exercise: str
    passed: bool
    status: Status
    summary: str
    """One sentence."""
    lines: tuple[LineOutcome, ...]
    labels: tuple[LabelOutcome, ...]
    checks: tuple[CheckResult, ...]
    feedback: str | None
    """What is said to the belief that fits, or by the first misconception that does."""
    output: str
    fault: str | None = None
    """What is wrong with the exercise's own files: then nothing was judged."""
    spoke: str | None = None
    """The id of the belief or misconception that the feedback is of."""
    feedback_at: int | None = None
    """The number of the line that the feedback is about."""
    answers: tuple[AnswerOutcome, ...] = ()
    pictures: TwoPictures | None = None

    @property
    def rows(self) -> tuple[LabelOutcome, ...] | tuple[AnswerOutcome, ...]:
        """What was answered a row each, with a mark for each."""
        return self.labels or self.answers
