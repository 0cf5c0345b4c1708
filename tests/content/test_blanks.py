"""Where a name is missing, or stands for something else, that is what is told, and no story."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tutor.grading.kinds import kind_of
from tutor.attempt import attempt
from tutor.course.blanks import blank_programs
from tutor.course.loader import content_folder, load
from tutor.course.model import Exercise
from tutor.grading.verdict import Verdict
from tutor.session import Session
from tutor.protocol.requests import Limits

EXERCISES = load(content_folder())[0].exercises
IN_CODE = [exercise for exercise in EXERCISES if kind_of(exercise).is_program]


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with Session() as session:
        yield session


async def verdict(session: Session, exercise: Exercise, answer: str) -> Verdict:
    limits = Limits(wall_seconds=20)
    *_, last = [item async for item in attempt(session, exercise, answer, limits=limits)]
    assert isinstance(last, Verdict)
    return last


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
async def test_an_answer_that_has_nothing_to_do_with_the_task(
    session: Session, exercise: Exercise
) -> None:
    for answer in ("", "print(1)\n", "make_adder = 3\n"):
        came_to = await verdict(session, exercise, answer)
        assert not came_to.passed
        assert came_to.feedback is None
        if kind_of(exercise).is_program:
            assert came_to.summary.endswith("` is not defined.")


async def test_a_maker_that_is_a_number(session: Session) -> None:
    exercise = next(each for each in IN_CODE if each.id == "independent-captures")
    answer = exercise.solution + "make_adder = 3\n"
    came_to = await verdict(session, exercise, answer)
    assert came_to.summary == "`make_adder` should be a function; it is an int."
    assert came_to.feedback is None


@pytest.mark.parametrize("exercise", IN_CODE, ids=lambda exercise: exercise.id)
async def test_each_name_that_is_asked_for_replaced_by_none(
    session: Session, exercise: Exercise
) -> None:
    programs = dict(blank_programs(exercise))
    assert len(programs) > 2
    stories = {what: (await verdict(session, exercise, it)).feedback for what, it in programs.items()}
    assert set(stories.values()) == {None}, stories
