"""A prediction beside what was printed: a line left out shifts none of the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.harness.passing_run import PREDICT, TRANSCRIPT
from tutor.course.model import Misconception, When
from tutor.grading.alignment import MOST_LINES, aligned
from tutor.grading.grade import grade

PRINTED = ["--- Title ---", "a: 1", "b: 2", "--- More ---", "c: 3"]


@pytest.mark.parametrize(
    ("given", "beside"),
    [
        (PRINTED, PRINTED),
        ([], [None] * 5),
        (["a: 1", "b: 2", "c: 3"], [None, "a: 1", "b: 2", None, "c: 3"]),
        (["a: 0", "b: 0", "c: 0"], [None, "a: 0", "b: 0", None, "c: 0"]),
        (["--- Title ---", "1", "b: 2"], ["--- Title ---", "1", "b: 2", None, None]),
        (["1", "2"], ["1", "2", None, None, None]),
        (["--- title ---", "a: 1"], ["--- title ---", "a: 1", None, None, None]),
    ],
)
def test_what_stands_beside_each_printed_line(given: list[str], beside: list[str | None]) -> None:
    assert list(aligned(given, PRINTED)) == list(zip(beside, PRINTED, strict=True))


def test_a_line_too_many_stands_alone() -> None:
    assert list(aligned(["x", "a: 1", "b: 2", "y"], ["a: 1", "b: 2"])) == [
        ("x", None),
        ("a: 1", "a: 1"),
        ("b: 2", "b: 2"),
        ("y", None),
    ]


def test_many_lines_stand_in_their_order() -> None:
    many = [str(n) for n in range(MOST_LINES + 1)]
    assert next(aligned(many[1:], many)) == ("1", "0")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("a: 1\nb: 2\n--- More ---\nc: 3", "Line 1 is missing."),
        ("--- Title ---\nb: 2\n--- More ---\nc: 3", "Line 2 is missing."),
        ("--- Title ---\nc: 3", "Lines 2 to 4 are missing."),
        ("--- Title ---\na: 1\nx\nb: 2\n--- More ---\nc: 3", "Line 3 is too much: `x`."),
    ],
)
def test_the_summary_names_the_line(answer: str, says: str) -> None:
    verdict = grade(PREDICT, answer, replace(TRANSCRIPT, stdout="\n".join(PRINTED) + "\n"))
    assert not verdict.passed
    assert verdict.summary == says


def test_a_title_left_out_hides_no_misconception() -> None:
    mistaken = Misconception("m", When(line="a: 0", at=2), "Count again.")
    exercise = replace(PREDICT, misconceptions=(mistaken,))
    verdict = grade(exercise, "a: 0", replace(TRANSCRIPT, stdout="\n".join(PRINTED) + "\n"))
    assert verdict.feedback == "Count again."
