"""A wrong prediction is told the one belief that it fits, and nothing where two fit or none does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.harness.passing_run import PREDICT, TRANSCRIPT
from tutor.beliefs.belief import Belief
from tutor.course.model import Misconception, Refutation, When
from tutor.grading.grade import grade
from tutor.grading.mistakes.refutation import FITS
from tutor.grading.verdict import Believed, Verdict

PRINTED = ("start", "4", "4", "True")
BY_VALUE = Believed(Belief.BY_VALUE, ("start", "0", "1", "False"))
A_CELL_EACH = Believed(Belief.A_CELL_EACH, ("start", "4", "4", "False"))
ALSO_ZERO = Believed(Belief.GLOBAL_WINS, ("start", "0", "0", "True"))
OPEN = Believed(Belief.ONE_VARIABLE_A_NAME, ("start", "7"), open_end=True)
EXERCISE = replace(
    PREDICT,
    refutations=tuple(Refutation(belief, f"because of {belief}.") for belief in Belief),
    misconceptions=(Misconception("typed", When(line="0", at=2), "A slip."),),
)


def told(answer: str, *believed: Believed) -> Verdict:
    transcript = replace(TRANSCRIPT, stdout="\n".join(PRINTED) + "\n", believed=believed)
    return grade(EXERCISE, answer, transcript)


def test_what_fits_is_said_with_both_lines_and_the_reason() -> None:
    verdict = told("start\n0\n1\nFalse", BY_VALUE, A_CELL_EACH)
    assert verdict.spoke == Belief.BY_VALUE
    assert verdict.feedback_at == 2
    assert verdict.feedback == (
        f"You wrote `0`. That fits {FITS[Belief.BY_VALUE]}. "
        "Python printed `4`: because of by-value."
    )


@pytest.mark.parametrize(
    ("answer", "spoke"),
    [
        ("start\n0\n4\nTrue", "by-value"),  # alike up to the first wrong line
        ("start\n0", "by-value"),
        ("start\n4\n4\nFalse", "a-cell-each"),
        ("start\n4\n4\nno", None),
        ("begin\n0\n1\nFalse", "typed"),  # the first wrong line is one that no belief says
        ("start\n7\n7\nx", "one-variable-a-name"),  # and the rest is open
        ("start\n4\n4\nTrue\nmore", None),
        ("", None),
    ],
)
def test_the_belief_that_is_named(answer: str, spoke: str | None) -> None:
    assert told(answer, BY_VALUE, A_CELL_EACH, OPEN).spoke == spoke


def test_of_two_that_fit_none_is_named_unless_one_says_it_all() -> None:
    assert told("start\n0\n9\n9", BY_VALUE, ALSO_ZERO).spoke == "typed"
    assert told("start\n0\n1\nFalse", BY_VALUE, ALSO_ZERO).spoke == "by-value"


def test_no_belief_speaks_where_the_lines_are_right() -> None:
    verdict = told("\n".join(PRINTED), BY_VALUE)
    assert verdict.passed
    assert verdict.spoke is None


def test_any_spelling_of_a_literal_fits() -> None:
    names = Believed(Belief.ALL_CAPTURED, ("('a', 'b')",))
    transcript = replace(TRANSCRIPT, stdout="('a',)\n", believed=(names,))
    assert grade(EXERCISE, '("a", "b")', transcript).spoke == "all-captured"


def test_each_belief_has_its_words() -> None:
    assert FITS.keys() == set(Belief)
