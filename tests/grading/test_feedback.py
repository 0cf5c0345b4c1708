"""The misconception that an attempt shows, found by its signs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.harness.passing_run import CLASSIFY, EXERCISE, PREDICT, TRANSCRIPT
from tutor.course.model import Misconception, When
from tutor.grading.grade import grade
from tutor.protocol.reports import Cause, CheckResult, Status

if TYPE_CHECKING:
    from tutor.course.model import Exercise


def with_signs(exercise: Exercise, *signs: When) -> Exercise:
    """The exercise with misconceptions that say `0`, `1`, ..."""
    return replace(
        exercise,
        misconceptions=tuple(Misconception(f"m{i}", when, str(i)) for i, when in enumerate(signs)),
    )


@pytest.mark.parametrize(
    ("when", "speaks"),
    [
        (When(line="b: 3"), True),
        (When(line="b: 3", at=2), True),
        (When(line="b: 3", at=1), False),
        (When(line="a: 1"), False),
        (When(at=2), True),
        (When(at=1), False),
        (When(check="two"), True),
        (When(check="one"), False),
        (When(error="unpack"), True),
        (When(error="KeyError"), False),
        (When(line="b: 3", check="one"), False),
        (When(line="b: 3", at=2, check="two", error="TypeError"), True),
        (When(label="x free"), False),
    ],
)
def test_signs_in_a_program(when: When, speaks: bool) -> None:
    transcript = replace(
        TRANSCRIPT,
        stdout="a: 1\nb: 3\n",
        status=Status.FAILED,
        error="TypeError: cannot unpack",
        checks=(CheckResult("one", True, ""), CheckResult("two", False, "No.")),
    )
    verdict = grade(with_signs(EXERCISE, when), "", transcript)
    assert verdict.feedback == ("0" if speaks else None)


@pytest.mark.parametrize(
    "when", [When(check="two"), When(line="b: 3"), When(at=1), When(error="E")]
)
@pytest.mark.parametrize("cause", [Cause.MISSING, Cause.WRONG_KIND])
@pytest.mark.parametrize("status", [Status.FINISHED, Status.FAILED])
def test_no_misconception_speaks_where_a_name_was_asked_for_in_vain(
    when: When, cause: Cause, status: Status
) -> None:
    transcript = replace(
        TRANSCRIPT,
        stdout="c\nb: 3\n",
        status=status,
        error="E" if status is Status.FAILED else None,
        checks=(CheckResult("one", False, "`f` is \x1b.", cause), CheckResult("two", False, "No.")),
    )
    verdict = grade(with_signs(EXERCISE, when), "", transcript)
    assert verdict.feedback is None
    assert verdict.summary == r"`f` is \x1b."


def test_a_name_is_not_missed_where_the_program_was_stopped() -> None:
    missing = CheckResult("one", False, "`f` is not defined.", Cause.MISSING)
    transcript = replace(
        TRANSCRIPT, status=Status.TOO_MUCH_OUTPUT, sentence="It printed.", checks=(missing,)
    )
    assert grade(EXERCISE, "", transcript).summary == "It printed."


def test_a_check_that_did_not_come_to_its_claim_is_no_sign() -> None:
    exercise = with_signs(EXERCISE, When(check="one"), When(check="two"))
    untried, failed = CheckResult("one", False, "No.", Cause.UNTRIED), CheckResult("two", False, "")
    assert grade(exercise, "", replace(TRANSCRIPT, checks=(untried, failed))).feedback == "1"


def test_the_first_misconception_in_the_file_speaks() -> None:
    exercise = with_signs(EXERCISE, When(line="y"), When(line="x"), When(at=1))
    assert grade(exercise, "", replace(TRANSCRIPT, stdout="x\ny\n")).feedback == "0"


def test_in_a_prediction_the_first_wrong_line_has_the_first_word() -> None:
    exercise = with_signs(PREDICT, When(line="y"), When(line="x"))
    assert grade(exercise, "x\ny", TRANSCRIPT).feedback == "1"
    assert grade(exercise, "?\ny", TRANSCRIPT).feedback == "0"


def test_what_was_not_predicted_yet_shows_no_mistake() -> None:
    exercise = with_signs(PREDICT, When(at=2))
    assert grade(exercise, "a: 1", TRANSCRIPT).feedback is None
    assert grade(exercise, "a: 1\nb: 3", TRANSCRIPT).feedback == "0"


def test_a_wrong_line_may_be_spelled_in_any_way() -> None:
    exercise = with_signs(PREDICT, When(line="a: [0, 1]"))
    assert grade(exercise, "a: [0,1]", TRANSCRIPT).feedback == "0"


def test_signs_in_labels() -> None:
    exercise = with_signs(CLASSIFY, When(label="x free"), When(label="y cell"))
    assert grade(exercise, "x free\ny cell", TRANSCRIPT).feedback == "1"
    assert grade(exercise, "x free\ny local", TRANSCRIPT).feedback is None


def test_a_pass_gets_no_feedback() -> None:
    exercise = with_signs(EXERCISE, When(error=""))
    assert grade(exercise, "", TRANSCRIPT).feedback is None


@pytest.mark.parametrize(
    ("error", "speaks"),
    [
        ("RecursionError: maximum recursion depth exceeded in comparison", True),
        ("RecursionError: Stack overflow (used 8160 kB)", True),
        ("`wrapper` (line 9) called itself without end", True),
        ("crashed the interpreter (Segmentation fault) at line 9, in `wrapper`", False),
        ("ValueError: no", False),
        (None, False),
    ],
)
def test_calls_without_end_are_known_on_every_python(error: str | None, speaks: bool) -> None:
    for sign in ("RecursionError", "maximum recursion depth exceeded"):
        transcript = replace(TRANSCRIPT, status=Status.DIED, stdout="", error=error)
        verdict = grade(with_signs(EXERCISE, When(error=sign)), "", transcript)
        assert verdict.feedback == ("0" if speaks else None)
