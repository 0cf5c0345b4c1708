"""`build` and `repair`: the learner writes a program, held against an output and by checks."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from tutor.course.blanks import blank_programs
from tutor.course.model import Exercise, Kind
from tutor.grading.judged_lines import SURPLUS_LINES, lines_of
from tutor.grading.kind import ExerciseKind
from tutor.grading.verdict import LineOutcome, Outcomes, Transcript


def _compare(exercise: Exercise, _: str, transcript: Transcript) -> Outcomes:
    """Output against the text of the exercise, to the letter."""
    right = lines_of(exercise.expected)
    given = lines_of(transcript.stdout)[: len(right) + SURPLUS_LINES]
    return Outcomes(
        lines=tuple(
            LineOutcome(number, mine, its, mine == its)
            for number, (mine, its) in enumerate(zip_longest(given, right), start=1)
        )
    )


def _praise(outcomes: Outcomes) -> str:
    count = len(outcomes.checks)
    held = {0: "", 1: " and the check holds"}.get(count, f" and all {count} checks hold")
    return f"the output matches{held}"


def _objection(outcomes: Outcomes) -> str:
    failed = [check for check in outcomes.checks if not check.passed]
    of = len(outcomes.checks)
    if not failed:
        return "The program printed nothing."
    if of == 1:
        return f"The output matches, but the check does not hold: {failed[0].name}."
    if len(failed) == 1:
        return f"The output matches, but one of {of} checks does not hold: {failed[0].name}."
    return f"The output matches, but {len(failed)} of {of} checks do not hold."


BUILD = ExerciseKind(
    Kind.BUILD,
    call="Write a program",
    compare=_compare,
    praise=_praise,
    objection=_objection,
    blanks=blank_programs,
    starter_is_python=True,
)
# What is to be repaired may be what keeps it from being Python.
REPAIR = replace(BUILD, name=Kind.REPAIR, starter_is_python=False)
