"""`predict`: the learner types what finished code will print."""

from __future__ import annotations

from tutor.course.model import Exercise, Kind
from tutor.grading.alignment import side_by_side
from tutor.grading.judged_lines import SURPLUS_LINES, lines_of
from tutor.grading.kind import ExerciseKind, LineWords
from tutor.grading.literals import same_line
from tutor.grading.verdict import LineOutcome, Outcomes, Transcript


def _compare(_: Exercise, answer: str, transcript: Transcript) -> Outcomes:
    """A prediction against what was printed: spaces at the end of a line or of all do not count."""
    right = [line.rstrip() for line in lines_of(transcript.stdout.rstrip())]
    given = [line.rstrip() for line in lines_of(answer.rstrip())][: len(right) + SURPLUS_LINES]
    outcomes = []
    for number, (mine, its) in enumerate(side_by_side(given, right), start=1):
        same = mine is not None and its is not None and same_line(mine, its)
        outcomes.append(LineOutcome(number, mine, its, same))
    return Outcomes(lines=tuple(outcomes))


def _signs(wrong: list[LineOutcome]) -> list[list[LineOutcome]]:
    """The first wrong line has the first word: those after it may follow from it."""
    given = [line for line in wrong if line.given]  # what was not written yet shows no mistake
    return [given[:1], given]


PREDICT = ExerciseKind(
    Kind.PREDICT,
    call="Type what the program prints",
    compare=_compare,
    praise=lambda _: "every line is as you predicted",
    objection=lambda _: "The program printed nothing.",
    words=LineWords(
        given="predicted",
        right="printed",
        differs="you predicted {given}, Python printed {right}",
        output="the output",
        tells_missing=False,  # there is nothing to learn from what comes after a prediction
    ),
    signs=_signs,
)
