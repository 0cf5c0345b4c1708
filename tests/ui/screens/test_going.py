"""Where F8 goes, what is said at the end of a unit and of the course, what a pass says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import BUILD, CLASSIFY, COURSE, PREDICT, REPAIR, out, passed_checks
from tutor.course.model import Course, Exercise
from tutor.state.progress import ExerciseState, Progress, Record
from tutor.ui.exercise.ahead import Ahead
from tutor.ui.pages.unit_end import UnitEndScreen

LAST = COURSE.exercises[-1]
FIRST_UNIT = Course(COURSE.units[:1])


def passes(state: Path, *exercises: Exercise, tries: int = 1) -> None:
    progress = Progress.open(state)
    for exercise in exercises:
        for number in range(tries):
            progress.save_attempt(exercise.id, number == tries - 1)


def in_view(at: PlayedTutor) -> Exercise:
    return at.main.course_state.exercise


async def test_f8_goes_to_the_next_one_that_is_not_passed(tmp_path: Path) -> None:
    passes(tmp_path, REPAIR, PREDICT)
    async with played_tutor(tmp_path) as at:
        await at.press("f8")
        assert in_view(at) is CLASSIFY


async def test_and_from_the_end_on_from_the_beginning(tmp_path: Path) -> None:
    passes(tmp_path, BUILD, PREDICT, CLASSIFY)
    async with played_tutor(tmp_path, CLASSIFY, course=FIRST_UNIT) as at:
        await at.press("f8")
        assert isinstance(at.app.screen, UnitEndScreen)
        await at.press("f8")
        assert not isinstance(at.app.screen, UnitEndScreen)
        assert in_view(at) is REPAIR


async def test_a_solution_that_was_shown_is_open_and_it_is_said(tmp_path: Path) -> None:
    Progress.open(tmp_path).save_shown("repair-it")
    async with played_tutor(tmp_path) as at:
        await at.press("f8")
        assert in_view(at) is REPAIR
    passes(tmp_path, BUILD, PREDICT, CLASSIFY)
    async with played_tutor(tmp_path, CLASSIFY, course=FIRST_UNIT) as at:
        await at.press("f8")
        assert "1.2 Repair it (solution shown)" in at.text


async def test_what_is_passed_is_reached_by_the_key_for_the_one_before(tmp_path: Path) -> None:
    passes(tmp_path, BUILD)
    async with played_tutor(tmp_path, REPAIR) as at:
        await at.press("shift+f8")
        assert in_view(at) is BUILD


async def test_the_end_of_a_unit_says_what_was_passed_and_what_is_open(tmp_path: Path) -> None:
    passes(tmp_path, BUILD)
    passes(tmp_path, REPAIR, tries=2)
    async with played_tutor(tmp_path, CLASSIFY) as at:
        await at.press("f8")
        for said in (
            "2 of 4, 1 at the first try",
            "1.3 Predict it",
            "1.4 Classify it, which is in view",
            "2.1 is still open",
            "F8  2.1 Last one",
            "Escape closes",
        ):
            assert said in at.text
        await at.press("escape")
        assert in_view(at) is CLASSIFY
        await at.press("f8", "enter")
        assert in_view(at) is LAST


async def test_two_keys_in_a_burst_go_on(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, CLASSIFY) as at:
        at.burst("f8", "f8")
        await at.until(lambda: in_view(at) is LAST)
        assert at.app.screen is at.main


async def test_a_unit_that_is_done_says_so(tmp_path: Path) -> None:
    passes(tmp_path, BUILD, REPAIR, PREDICT, CLASSIFY)
    async with played_tutor(tmp_path, REPAIR) as at:
        await at.press("f8")
        assert "4 of 4, 4 at the first try" in at.text
        assert "nothing: the unit is done" in at.text
        await at.press("f8")
        assert in_view(at) is LAST


async def test_a_course_that_is_done_says_so_and_f8_stays(tmp_path: Path) -> None:
    passes(tmp_path, *COURSE.exercises)
    async with played_tutor(tmp_path, REPAIR) as at:
        await at.press("f8")
        assert "All 5 exercises are passed: the course is done." in at.text
        await at.press("f8")
        assert at.app.screen is at.main
        assert in_view(at) is REPAIR


async def test_the_only_open_one_is_in_view(tmp_path: Path) -> None:
    passes(tmp_path, BUILD, REPAIR, CLASSIFY)
    async with played_tutor(tmp_path, PREDICT, course=FIRST_UNIT) as at:
        await at.press("f8")
        assert "1.3 Predict it, which is in view" in at.text
        assert "nothing more; F2 opens any exercise again" in at.text


@pytest.mark.parametrize(
    ("passed", "exercise", "says"),
    [
        ((), BUILD, "F8: 1.2 Repair it"),
        ((REPAIR,), BUILD, "F8: 1.3 Predict it"),
        ((BUILD,), CLASSIFY, "1.2 and 1.3 are still open. F8: 2.1 Last one"),
        ((BUILD, REPAIR, PREDICT), CLASSIFY, "Unit 1 is done. F8: 2.1 Last one"),
    ],
)
async def test_a_pass_says_what_was_learned_and_what_comes(
    tmp_path: Path, passed: tuple[Exercise, ...], exercise: Exercise, says: str
) -> None:
    passes(tmp_path, *passed)
    view = view_after_pass(tmp_path, exercise)
    assert view.what_comes == says
    async with played_tutor(tmp_path, BUILD, size=(200, 50)) as at:
        await at.run(out("one\ntwo\n"), *passed_checks())
        assert "What build-it teaches." in at.text
        assert at.main.course_state.exercise_view.what_comes in at.text


def view_after_pass(state: Path, exercise: Exercise) -> Ahead:
    passes(state, exercise)
    progress = Progress.open(state)
    return Ahead(COURSE, exercise, {each.id: progress.record(each.id) for each in COURSE.exercises})


def test_many_in_a_row_are_told_as_a_range() -> None:
    shown = Record(ExerciseState.SHOWN)
    records = {each.id: Record() for each in COURSE.exercises}
    ahead = Ahead(COURSE, BUILD, records)
    assert ahead.still_open(ahead.open) == "1.1 to 1.4 and 2.1 are still open."
    ahead = Ahead(COURSE, BUILD, {**records, REPAIR.id: shown})
    assert (
        ahead.still_open(ahead.open)
        == "1.1, 1.2 (solution shown), 1.3, 1.4 and 2.1 are still open."
    )
    assert ahead.still_open([BUILD]) == "1.1 is still open."
