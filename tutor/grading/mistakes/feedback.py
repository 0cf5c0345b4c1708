"""Which known mistake an attempt shows, if any."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.course.model import Exercise
from tutor.grading.kinds import kind_of
from tutor.grading.mistakes.refutation import first_wrong, fitting, refutation
from tutor.grading.mistakes.signs import Shown, fitting_signs, line_of
from tutor.grading.verdict import Outcomes, Transcript, lacking
from tutor.protocol.reports import Status


@dataclass(frozen=True)
class Feedback:
    """What an attempt is told, whose sentence it is, and which line it is about."""

    text: str
    of: str
    """The id of a misconception, or a belief."""
    at: int | None = None


def feedback(
    exercise: Exercise, answer: str, transcript: Transcript, outcomes: Outcomes
) -> Feedback | None:
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
        shown = Shown(
            lines=considered,
            labels=outcomes.labels,
            answers=outcomes.answers,
            questions=exercise.questions,
            checks=transcript.checks,
            error=transcript.error or "",
            finished=transcript.status is Status.FINISHED,
            program=answer if kind_of(exercise).is_program else "",
        )
        for misconception in exercise.misconceptions:
            if signs := fitting_signs(misconception.when, shown):
                return Feedback(misconception.feedback, misconception.id, line_of(signs, shown))
    return None
