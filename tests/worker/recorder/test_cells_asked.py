"""Questions about cells, and labels of several functions, judged by a run of each Python."""

from __future__ import annotations

import pytest

from tests.harness.cells_course import write_cells_course
from tutor.attempt import attempt
from tutor.course.loader import load
from tutor.course.model import Course, Exercise
from tutor.grading.verdict import Verdict
from tutor.session import Session


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course, faults = load(write_cells_course(tmp_path_factory.mktemp("content")))
    assert faults == ()
    return course


async def verdict_on(session: Session, exercise: Exercise, answer: str) -> Verdict:
    verdicts = [
        report async for report in attempt(session, exercise, answer) if isinstance(report, Verdict)
    ]
    assert len(verdicts) == 1
    return verdicts[0]


@pytest.mark.parametrize("id", ["flags", "checks", "carrier", "scopes"])
async def test_answers_are_judged_alike(anywhere: Session, course: Course, id: str) -> None:
    exercise = course.exercise(id)
    assert exercise
    solved = await verdict_on(anywhere, exercise, exercise.solution)
    assert solved.passed, solved.summary
    for wrong in exercise.wrong_answers:
        verdict = await verdict_on(anywhere, exercise, wrong.text)
        assert not verdict.passed
        assert verdict.spoke == wrong.misconception


async def test_the_evidence(anywhere: Session, course: Course) -> None:
    flags, checks = course.exercise("flags"), course.exercise("checks")
    assert flags
    assert checks
    verdict = await verdict_on(anywhere, flags, "1: 1\n2: n\n3: n\n4: True\n5: True\n")
    assert [each.evidence for each in verdict.answers] == [
        "cell A (on)",
        "one cell, A",
        "cells A and B",
        "cell A, bool False, shared with is_on",
        "cell A, True",
    ]
    assert verdict.pictures
    assert verdict.pictures.yours
    assert [each.value for each in verdict.pictures.yours.cells] == ["False", "True", "True"]
    assert [each.value for each in verdict.pictures.pythons.cells] == ["False", "True"]
    await anywhere.reset()  # or its letters go on after those of the exercise before
    verdict = await verdict_on(anywhere, checks, checks.solution)
    assert [(each.right, each.evidence) for each in verdict.answers] == [
        ("empty", "cell A, empty"),
        ("odd", "cell A, function odd"),
        ("0", "owns even, odd"),
    ]
