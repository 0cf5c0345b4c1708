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
        (When(check="two", says="gave 3"), True),
        (When(check="two", says="gave 4"), False),
        (When(check="one", says="gave 3"), False),
        (When(check="three"), False),
        (When(check="three", says="raised KeyError"), True),
        (When(check="four", says="Not tried"), False),
        (When(error="KeyError"), False),
        (When(error=""), True),
        (When(line="b: 3", check="one"), False),
        (When(line="b: 3", at=2, check="two"), True),
        (When(label="x free"), False),
        (When(code="return x"), True),
        (When(code="return  x#"), True),
        (When(code="return y"), False),
        (When(code="eturn x"), False),
        (When(code="'# no' ; 'a  b'"), True),
        (When(code="'a b'"), False),
        (When(code="no comment"), False),
        (When(code="return x", within="f"), True),
        (When(code="return x", within="g"), False),
        (When(code="return z", within="g"), True),
        (When(code="return z", within="f"), False),
        (When(code="return z", within="h"), False),
        (When(check="two", unless=(When(code="return y"),)), True),
        (When(check="two", unless=(When(code="return x"),)), False),
        (When(check="two", unless=(When(code="return y"), When(line="b: 3"))), False),
        (When(any_of=(When(check="one"), When(at=2))), True),
        (When(any_of=(When(check="one"), When(at=1))), False),
    ],
)
def test_signs_in_a_program(when: When, speaks: bool) -> None:
    program = (
        "def f(x):\n    # no comment\n    '# no'; 'a  b'\n\n    return x\n"
        "class A:\n  def g(self):\n    return z\nf(0)\n"
    )
    transcript = replace(
        TRANSCRIPT,
        stdout="a: 1\nb: 3\n",
        checks=(
            CheckResult("one", True, ""),
            CheckResult("two", False, "`f()` gave 3."),
            CheckResult("three", False, "`f()` raised KeyError: 1.", Cause.RAISED),
            CheckResult("four", False, "Not tried: no.", Cause.UNTRIED),
        ),
    )
    verdict = grade(with_signs(EXERCISE, when), program, transcript)
    assert verdict.feedback == ("0" if speaks else None)


@pytest.mark.parametrize(
    ("when", "speaks"),
    [
        (When(error="unpack"), True),
        (When(error="KeyError"), False),
        (When(error="unpack", line="b: 3", at=2), True),
        (When(error="unpack", code="f("), True),
        (When(error="unpack", unless=(When(line="b: 3"),)), False),
        (When(line="b: 3"), False),
        (When(at=2), False),
        (When(check="two"), False),
        (When(code="f("), False),
        (When(any_of=(When(line="b: 3"), When(error="KeyError"))), False),
        (When(any_of=(When(line="b: 3"), When(error="TypeError"))), True),
    ],
)
@pytest.mark.parametrize("status", [Status.FAILED, Status.DIED])
def test_a_program_that_crashed_is_told_by_its_error_only(
    when: When, speaks: bool, status: Status
) -> None:
    transcript = replace(
        TRANSCRIPT,
        stdout="a: 1\nb: 3\n",
        status=status,
        error="TypeError: cannot unpack",
        checks=(CheckResult("two", False, "No."),),
    )
    assert grade(with_signs(EXERCISE, when), "f(", transcript).feedback == ("0" if speaks else None)


def test_the_line_that_a_feedback_is_about_is_that_of_the_alternative_that_fits() -> None:
    when = When(any_of=(When(line="c: 9"), When(line="b: 3")))
    verdict = grade(with_signs(EXERCISE, when), "", replace(TRANSCRIPT, stdout="a: 7\nb: 3\n"))
    assert (verdict.spoke, verdict.feedback_at) == ("m0", 2)


@pytest.mark.parametrize(
    ("stdout", "speaks"),
    [("x\ny\n", True), ("y\n", False), ("x\ny\nz\n", False), ("a: 1\ny\n", True)],
)
def test_a_number_of_a_line_counts_where_no_line_is_missing(stdout: str, speaks: bool) -> None:
    exercise = with_signs(EXERCISE, When(line="y", at=2))
    verdict = grade(exercise, "program", replace(TRANSCRIPT, stdout=stdout))
    assert verdict.feedback == ("0" if speaks else None)
    anywhere = with_signs(EXERCISE, When(line="y"))
    assert grade(anywhere, "program", replace(TRANSCRIPT, stdout=stdout)).feedback == "0"
    first = with_signs(EXERCISE, When(line="x", at=1))
    spoken = grade(first, "program", replace(TRANSCRIPT, stdout=stdout)).feedback
    assert spoken == ("0" if stdout.startswith("x") else None)


def test_the_code_of_the_exercise_itself_is_no_sign() -> None:
    assert grade(with_signs(PREDICT, When(code="a")), "a: 7", TRANSCRIPT).feedback is None


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
