"""What typical answers are told: the right ones pass, the wrong ones get a sentence that is true."""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator

import pytest

from tests.harness.typical_answers import Answer, answers_in
from tutor.attempt import attempt
from tutor.course.loader import content_folder, load
from tutor.course.model import Exercise
from tutor.grading.verdict import Verdict
from tutor.protocol.requests import Limits
from tutor.session import Session

EXERCISES = {exercise.id: exercise for exercise in load(content_folder())[0].exercises}
TYPICAL, FRESH = answers_in("typical_answers.toml"), answers_in("fresh_answers.toml")
JUDGED = answers_in("judged_answers.toml")
TYPICAL_AT_LEAST, TOLD_AT_LEAST = 80, 0.85


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with Session() as session:
        yield session


async def verdict(session: Session, answer: Answer) -> Verdict:
    exercise = EXERCISES[answer.exercise]
    limits = Limits(wall_seconds=20)
    complete = answer.complete(exercise)
    *_, last = [item async for item in attempt(session, exercise, complete, limits=limits)]
    assert isinstance(last, Verdict)
    return last


@pytest.mark.parametrize("exercise", EXERCISES)
async def test_each_typical_answer_is_told_what_it_must_be(session: Session, exercise: str) -> None:
    own = [answer for answer in [*TYPICAL, *FRESH] if answer.exercise == exercise]
    assert own
    verdicts = {answer.name: await verdict(session, answer) for answer in own}
    assert [name for name, each in verdicts.items() if each.passed] == []
    told = {name: each.spoke or "" for name, each in verdicts.items()}
    assert told == {answer.name: answer.told for answer in own}


def test_most_typical_answers_are_told_something() -> None:
    assert len(TYPICAL) >= TYPICAL_AT_LEAST
    told = sum(1 for answer in TYPICAL if answer.told)
    assert told >= TOLD_AT_LEAST * len(TYPICAL)


def test_no_typical_answer_stands_among_those_of_the_course() -> None:
    """Beyond those the course was mended by: `wrong/` has a program for each sentence since."""
    assert len({(each.exercise, each.name) for each in [*TYPICAL, *FRESH]}) == len(TYPICAL + FRESH)
    for answer in FRESH:
        exercise = EXERCISES[answer.exercise]
        known = {_plain(wrong.text) for wrong in exercise.wrong_answers}
        assert _plain(answer.complete(exercise)) not in known, answer.name


def _plain(answer: str) -> str:
    """An answer without its spaces and comments, if it is a program."""
    try:
        return ast.dump(ast.parse(answer))
    except SyntaxError:
        return "\n".join(line.strip() for line in answer.splitlines() if line[:1] != "#")


@pytest.mark.parametrize("answer", JUDGED, ids=lambda each: f"{each.exercise}: {each.name}")
async def test_an_answer_that_was_judged_wrongly_once(session: Session, answer: Answer) -> None:
    came_to = await verdict(session, answer)
    said = [check.message for check in came_to.checks if not check.passed]
    if answer.says:
        assert not came_to.passed
        assert any(answer.says in message for message in said), said
    else:
        assert (came_to.summary, said) == (came_to.summary, [])
        assert came_to.passed, came_to.summary
