"""A verdict from an answer and what its run gave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.harness.passing_run import CLASSIFY, EXERCISE, PREDICT, TRANSCRIPT
from tutor.course.model import Kind
from tutor.grading.grade import grade
from tutor.grading.judged_lines import SURPLUS_LINES
from tutor.protocol.reports import CheckResult, Labels, Status
from tutor.protocol.views import NameScope, Scope

# Programs: build and repair.


@pytest.mark.parametrize("kind", [Kind.BUILD, Kind.REPAIR])
def test_output_and_checks_pass(kind: Kind) -> None:
    verdict = grade(replace(EXERCISE, kind=kind), "", TRANSCRIPT)
    assert verdict.passed
    assert verdict.summary == "Passed: the output matches and all 2 checks hold."
    assert verdict.feedback is None
    assert (verdict.exercise, verdict.status, verdict.output) == (
        "adders",
        Status.FINISHED,
        TRANSCRIPT.stdout,
    )


@pytest.mark.parametrize(
    ("names", "says"), [((), "the output matches."), (("one",), "and the check holds.")]
)
def test_a_pass_counts_its_checks(names: tuple[str, ...], says: str) -> None:
    verdict = grade(EXERCISE, "", replace(TRANSCRIPT, check_names=names))
    assert verdict.passed
    assert verdict.summary.endswith(says)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.FINISHED])
def test_a_run_that_did_not_finish_passes_nothing(status: Status) -> None:
    transcript = replace(TRANSCRIPT, status=status, sentence="It took too long.")
    for exercise, answer in (
        (EXERCISE, ""),
        (PREDICT, "a: 1\nb: 2"),
        (CLASSIFY, "x free\ny local"),
    ):
        verdict = grade(exercise, answer, transcript)
        assert not verdict.passed
        assert verdict.summary == "It took too long."


def test_the_exception_is_named() -> None:
    transcript = replace(TRANSCRIPT, status=Status.FAILED, error="ValueError: no", stdout="a: 1\n")
    verdict = grade(EXERCISE, "", transcript)
    assert verdict.summary == "The program stopped with `ValueError: no`."


def test_the_longest_message_of_python_is_told_in_full() -> None:
    error = (
        "UnboundLocalError: cannot access local variable 'call_count' where it is not associated "
        "with a value"
    )
    transcript = replace(TRANSCRIPT, status=Status.FAILED, error=error)
    assert grade(EXERCISE, "", transcript).summary == f"The program stopped with `{error}`."
    transcript = replace(TRANSCRIPT, status=Status.FAILED, error=f"ValueError: {'x' * 1000}")
    assert len(grade(EXERCISE, "", transcript).summary) < 250


@pytest.mark.parametrize(
    ("stdout", "says"),
    [
        ("a: 1\nb: 3\n", "Line 2 differs: printed `b: 3`, expected `b: 2`."),
        ("a: 1\n", "Line 2 is missing: expected `b: 2`."),
        ("a: 1\n\n", "Line 2 differs: printed an empty line, expected `b: 2`."),
        ("", "Lines 1 to 2 are missing."),
        ("a: 1\nb: 2\n\n", "Line 3 is too much: the expected output ends with line 2."),
        ("a: 1\nb:  2\n", "Line 2 differs in its spaces only: `b: 2` is right."),
        ("a: 1 \nb: 2\n", "Line 1 differs in its spaces only: `a: 1` is right."),
        ("\x1b[2J\nb: 2\n", r"Line 1 differs: printed `\x1b[2J`, expected `a: 1`."),
        ("a: 1\x0bb: 2\n", r"Line 1 differs: printed `a: 1\x0bb: 2`, expected `a: 1`."),
    ],
)
def test_the_first_line_that_differs_is_told(stdout: str, says: str) -> None:
    verdict = grade(EXERCISE, "", replace(TRANSCRIPT, stdout=stdout))
    assert not verdict.passed
    assert verdict.summary == says


def test_the_last_newline_does_not_matter() -> None:
    assert grade(EXERCISE, "", replace(TRANSCRIPT, stdout="a: 1\nb: 2")).passed


def test_lines_stand_side_by_side() -> None:
    verdict = grade(EXERCISE, "", replace(TRANSCRIPT, stdout="a: 1\nc\nd\n"))
    assert [(x.number, x.given, x.expected, x.same) for x in verdict.lines] == [
        (1, "a: 1", "a: 1", True),
        (2, "c", "b: 2", False),
        (3, "d", None, False),
    ]


def test_a_flood_is_not_listed_line_by_line() -> None:
    verdict = grade(EXERCISE, "", replace(TRANSCRIPT, stdout="x\n" * 500_000))
    assert len(verdict.lines) == 2 + SURPLUS_LINES
    assert not verdict.passed


@pytest.mark.parametrize(
    ("checks", "says"),
    [
        ((CheckResult("one", True, ""),), "no result"),
        ((CheckResult("one", True, ""), CheckResult("two", True, "")) * 2, "more than one"),
        ((CheckResult("one", True, ""), CheckResult("two", False, "Two cells.")), "Two cells."),
        ((CheckResult("one", True, ""), CheckResult("three", True, "")), "no result"),
    ],
    ids=["missing", "twice", "failed", "another"],
)
def test_each_check_needs_one_result_that_passed(
    checks: tuple[CheckResult, ...], says: str
) -> None:
    verdict = grade(EXERCISE, "", replace(TRANSCRIPT, checks=checks))
    assert not verdict.passed
    assert [check.name for check in verdict.checks] == ["one", "two"]
    assert says in verdict.checks[1].message
    assert "not hold" in verdict.summary


def test_what_is_the_courses_fault_is_not_judged() -> None:
    transcript = replace(TRANSCRIPT, checks=(), stdout="c\n", fault="checks.py, line 3: \x1b")
    verdict = grade(EXERCISE, "", transcript)
    assert not verdict.passed
    assert verdict.summary.startswith(
        "The course is at fault here, not you: checks.py, line 3: \\x1b."
    )
    assert (verdict.lines, verdict.feedback, verdict.fault) == ((), None, transcript.fault)
    assert {check.message for check in verdict.checks} == {"Not tried: the course is at fault."}


def test_checks_that_were_not_reached() -> None:
    transcript = replace(TRANSCRIPT, status=Status.TIMED_OUT, checks=())
    messages = {check.message for check in grade(EXERCISE, "", transcript).checks}
    assert messages == {"Not tried: the program did not finish."}


# Predictions.


@pytest.mark.parametrize(
    "answer",
    ["a: 1\nb: 2", "a: 1\nb: 2\n\n\n", "a: 1  \nb: 2\t\n   \n"],
)
def test_a_prediction_passes_whatever_its_line_ends(answer: str) -> None:
    verdict = grade(PREDICT, answer, TRANSCRIPT)
    assert verdict.passed
    assert verdict.summary == "Passed: every line is as you predicted."


def test_a_prediction_is_held_against_what_was_printed() -> None:
    transcript = replace(TRANSCRIPT, stdout="a: 3\n")
    assert grade(PREDICT, "a: 3", transcript).passed
    assert not grade(PREDICT, PREDICT.expected, transcript).passed


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("a: 1\nb: 3", "Line 2 differs: you predicted `b: 3`, Python printed `b: 2`."),
        ("a: 1", "Line 2 is missing."),
        ("", "Lines 1 to 2 are missing."),
        ("a: 1\nb: 2\nc", "Line 3 is too much: the output ends with line 2."),
    ],
)
def test_a_wrong_prediction(answer: str, says: str) -> None:
    verdict = grade(PREDICT, answer, TRANSCRIPT)
    assert not verdict.passed
    assert verdict.summary == says


# Labels.


@pytest.mark.parametrize(
    "answer", ["x free\ny local\n", "  y   local\n\nx\tfree", "q cell\nx free\ny local"]
)
def test_right_labels(answer: str) -> None:
    verdict = grade(CLASSIFY, answer, TRANSCRIPT)
    assert verdict.passed
    assert verdict.summary == "Passed: all 2 labels are right."
    assert [(label.key, label.given) for label in verdict.labels] == [
        ("x", Scope.FREE),
        ("y", Scope.LOCAL),
    ]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("", "No label yet for `x`, `y`."),
        ("x cell\ny local", "1 of 2 labels is right; look again at `x`."),
        ("x free\ny nowhere", "No label yet for `y`."),
        ("x free\ny local\nx cell", "1 of 2 labels is right; look again at `x`."),
    ],
)
def test_wrong_labels(answer: str, says: str) -> None:
    verdict = grade(CLASSIFY, answer, TRANSCRIPT)
    assert not verdict.passed
    assert verdict.summary == says


@pytest.mark.parametrize(
    "labels", [(), (Labels("outer.<locals>.inner", (NameScope("x", Scope.FREE, ""),)),)]
)
def test_labels_that_the_run_did_not_report(labels: tuple[Labels, ...]) -> None:
    verdict = grade(CLASSIFY, "x free\ny local", replace(TRANSCRIPT, labels=labels))
    assert not verdict.passed
    assert verdict.labels == ()
