"""Which known mistake an attempt shows, if any."""

from __future__ import annotations

from tutor.course.model import Exercise, When
from tutor.grading.kinds import kind_of
from tutor.grading.literals import same_line
from tutor.grading.verdict import LabelOutcome, LineOutcome, Outcomes, Transcript, lacking
from tutor.protocol.reports import WITHOUT_END, Cause

TOO_DEEP = "RecursionError: maximum recursion depth exceeded"


def feedback(exercise: Exercise, transcript: Transcript, outcomes: Outcomes) -> str | None:
    """What the first misconception says whose every sign is there.

    None speaks where a check asked for a name in vain: what follows from that shows no mistake.
    """
    if lacking(transcript.checks):
        return None
    for considered in kind_of(exercise).signs(outcomes.wrong_lines):
        for misconception in exercise.misconceptions:
            when = misconception.when
            if _lines_show(when, considered) and _run_shows(when, transcript, outcomes.labels):
                return misconception.feedback
    return None


def _lines_show(when: When, wrong: list[LineOutcome]) -> bool:
    if when.line is None:
        return when.at is None or (bool(wrong) and wrong[0].number == when.at)
    return any(
        line.given is not None
        and same_line(line.given, when.line)
        and when.at in (None, line.number)
        for line in wrong
    )


def _run_shows(when: When, transcript: Transcript, labels: tuple[LabelOutcome, ...]) -> bool:
    return (
        (when.check is None or _failed(when.check, transcript))
        and (when.error is None or when.error in _all_said(transcript.error or ""))
        and (when.label is None or any(_shows(when.label, label) for label in labels))
    )


def _all_said(error: str) -> str:
    """An error; of calls without end, in whatever words it is told, also what Python mostly says."""
    endless = WITHOUT_END in error or error.startswith("RecursionError: Stack overflow")  # 3.14
    return f"{error}\n{TOO_DEEP}" if endless else error


def _failed(check: str, transcript: Transcript) -> bool:
    return any(
        result.name == check and not result.passed and result.cause is Cause.CLAIM
        for result in transcript.checks
    )


def _shows(sign: str, label: LabelOutcome) -> bool:
    return not label.same and sign == f"{label.right.name} {label.given}"
