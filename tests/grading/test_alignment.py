"""A prediction beside what was printed: a line left out shifts none of the others."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.harness.passing_run import PREDICT, TRANSCRIPT
from tutor.course.model import Misconception, When
from tutor.grading.alignment import MOST_LINES, side_by_side
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
    assert side_by_side(given, PRINTED) == list(zip(beside, PRINTED, strict=True))


def test_as_many_lines_as_printed_stand_line_by_line() -> None:
    assert side_by_side(["x", "a: 1", "b: 2", "y"], ["a: 1", "b: 2"]) == [
        ("x", "a: 1"),
        ("a: 1", "b: 2"),
        ("b: 2", None),
        ("y", None),
    ]
    assert side_by_side(["b", "a"], ["a", "b"]) == [("b", "a"), ("a", "b")]


def test_no_line_is_missing_that_was_written() -> None:
    assert side_by_side(["b", "a"], ["a", "x", "b"]) == [("b", "a"), ("a", "x"), (None, "b")]


@given(st.lists(st.sampled_from("abc:")), st.lists(st.sampled_from("abc:")))
def test_all_lines_stand_somewhere_and_none_twice(given: list[str], printed: list[str]) -> None:
    pairs = side_by_side(given, printed)
    assert [mine for mine, _ in pairs if mine is not None] == given
    assert [its for _, its in pairs if its is not None] == printed
    assert len(pairs) == max(len(given), len(printed))
    missing = {its for mine, its in pairs if mine is None}
    wrong = {mine for mine, its in pairs if mine != its}
    assert pairs == list(zip_longest(given, printed)) or not missing & wrong


def test_many_lines_stand_in_their_order() -> None:
    many = [str(n) for n in range(MOST_LINES + 1)]
    assert side_by_side(many[1:], many)[0] == ("1", "0")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("a: 1\nb: 2\n--- More ---\nc: 3", "Line 1 is missing."),
        ("--- Title ---\nb: 2\n--- More ---\nc: 3", "Line 2 is missing."),
        ("--- Title ---\nc: 3", "Lines 2 to 4 are missing."),
        (
            "--- Title ---\na: 1\nx\nb: 2\n--- More ---\nc: 3",
            "Line 3 differs: you predicted `x`, Python printed `b: 2`.",
        ),
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
