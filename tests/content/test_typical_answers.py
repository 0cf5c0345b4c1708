"""What typical answers are told: the right ones pass, the wrong ones get a sentence that is true."""

from __future__ import annotations

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


@pytest.mark.parametrize("exercise", sorted({answer.exercise for answer in [*TYPICAL, *FRESH]}))
async def test_each_typical_answer_is_told_what_it_must_be(session: Session, exercise: str) -> None:
    own = [answer for answer in [*TYPICAL, *FRESH] if answer.exercise == exercise]
    verdicts = {answer.name: await verdict(session, answer) for answer in own}
    assert [name for name, each in verdicts.items() if each.passed] == []
    told = {name: each.spoke or "" for name, each in verdicts.items()}
    assert told == {answer.name: answer.told for answer in own}


def test_most_typical_answers_are_told_something() -> None:
    assert len(TYPICAL) >= TYPICAL_AT_LEAST
    for answers in (TYPICAL, FRESH):
        told = sum(1 for answer in answers if answer.told)
        assert told >= TOLD_AT_LEAST * len(answers)


def test_each_typical_answer_stands_once() -> None:
    texts = [(answer.exercise, answer.text.strip()) for answer in [*TYPICAL, *FRESH]]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("answer", JUDGED, ids=lambda each: f"{each.exercise}: {each.name}")
async def test_an_answer_that_was_judged_wrongly_once(session: Session, answer: Answer) -> None:
    came_to = await verdict(session, answer)
    said = [check.message for check in came_to.checks if not check.passed]
    if answer.says:
        assert not came_to.passed
        assert any(answer.says in message for message in said), said
    else:
        assert said == []
        assert came_to.passed, came_to.summary
