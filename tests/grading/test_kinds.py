"""Each kind of exercise has its object, and that agrees with what authors write for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.harness.passing_run import CLASSIFY, EXERCISE
from tutor.course.model import WRITTEN, Kind
from tutor.grading.kinds import kind_of
from tutor.protocol.requests import RunRequest


@pytest.mark.parametrize("kind", Kind)
def test_what_runs_and_what_an_answer_begins_as(kind: Kind) -> None:
    exercise = replace(EXERCISE, kind=kind, starter="starter")
    known = kind_of(exercise)
    assert known.name is kind
    assert known.is_program is (WRITTEN[kind].ending == "py")
    begins, runs = ("starter", "answer") if known.is_program else ("", "starter")
    assert known.fresh(exercise) == begins
    assert known.source(exercise, "answer") == runs


def test_the_run_of_labels_asks_for_labels() -> None:
    exercise = replace(CLASSIFY, starter="starter", checks=None)
    assert kind_of(exercise).request(exercise, "x free") == RunRequest(
        "starter", "adders.py", classify=("outer.<locals>.inner",)
    )
