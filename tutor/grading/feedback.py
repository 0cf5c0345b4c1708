"""Which known mistake an attempt shows, if any."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.course.model import Exercise, When
from tutor.course.questions import answers_in
from tutor.grading.given_answers import reading
from tutor.grading.kinds import kind_of
from tutor.grading.literals import same_line
from tutor.grading.refutation import first_wrong, fitting, refutation
from tutor.grading.verdict import LabelOutcome, LineOutcome, Outcomes, Transcript, lacking
from tutor.protocol.reports import WITHOUT_END, Cause

TOO_DEEP = "RecursionError: maximum recursion depth exceeded"


@dataclass(frozen=True)
class Feedback:
    """What an attempt is told, whose sentence it is, and which line it is about."""

    text: str
    of: str
    """The id of a misconception, or a belief."""
    at: int | None = None


def feedback(exercise: Exercise, transcript: Transcript, outcomes: Outcomes) -> Feedback | None:
    """What is said to the belief that the lines fit, or by the first misconception that shows.

    None speaks where a check asked for a name in vain: what follows from that shows no mistake.
    """
    if lacking(transcript.checks):
        return None
    wrong = first_wrong(outcomes.lines)
    if wrong and (held := fitting(outcomes.lines, transcript.believed)):
        text = refutation(exercise.refutations, held.belief, wrong)
        return Feedback(text, str(held.belief), wrong.number)
    for considered in kind_of(exercise).signs(outcomes.wrong_lines):
        for misconception in exercise.misconceptions:
            when = misconception.when
            shown = [line for line in considered if _shows_line(when, line, considered)]
            whole = bool(shown) or (when.line is None and when.at is None)
            if whole and _run_shows(exercise, when, transcript, outcomes):
                at = next((line.number for line in shown), None)
                return Feedback(misconception.feedback, misconception.id, at)
    return None


def _shows_line(when: When, line: LineOutcome, wrong: list[LineOutcome]) -> bool:
    """Whether this wrong line is the one that a misconception asks for."""
    if when.line is None:
        return line is wrong[0] and line.number == when.at
    given = line.given is not None and same_line(line.given, when.line)
    return given and when.at in (None, line.number)


def _run_shows(exercise: Exercise, when: When, transcript: Transcript, outcomes: Outcomes) -> bool:
    return (
        (when.check is None or _failed(when.check, transcript))
        and (when.error is None or when.error in _all_said(transcript.error or ""))
        and (when.label is None or any(_shows(when.label, label) for label in outcomes.labels))
        and (when.answer is None or _answered(exercise, when.answer, outcomes))
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
    return not label.same and sign == f"{label.key} {label.given}"


def _answered(exercise: Exercise, sign: str, outcomes: Outcomes) -> bool:
    """Whether a question got the wrong answer of a sign, in any spelling."""
    return any(
        not each.same
        and each.number == number
        and each.given is not None
        and reading(exercise.questions[number - 1], each.given)
        == reading(exercise.questions[number - 1], text)
        for number, text in answers_in(sign).items()
        for each in outcomes.answers
    )
