"""The four kinds of exercise, from the first look to the verdict."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import (
    BUILD,
    CLASSIFY,
    COURSE,
    DONE,
    LABELS,
    PREDICT,
    REPAIR,
    counters,
    out,
    passed_checks,
)
from tutor.course.model import Exercise, Kind
from tutor.grading.kinds import kind_of
from tutor.protocol.reports import CheckResult, Failure, Finished, Status
from tutor.state.progress import ExerciseState, Progress
from tutor.ui.answer.kinds import PLACES
from tutor.ui.tabs import Tab


@pytest.mark.parametrize("kind", Kind)
def test_a_program_is_written_in_the_editor_and_all_else_under_it(kind: Kind) -> None:
    exercise = replace(BUILD, kind=kind)
    assert (PLACES[kind].widget is None) is kind_of(exercise).is_program


@pytest.mark.parametrize(
    ("exercise", "keys", "typed"),
    [(PREDICT, "one", "one"), (CLASSIFY, "f", "x free\n"), (BUILD, "x", f"x{BUILD.starter}")],
    ids=lambda each: getattr(each, "id", None),
)
async def test_an_answer_starts_over_and_is_kept_while_another_is_given(
    tmp_path: Path, exercise: Exercise, keys: str, typed: str
) -> None:
    async with played_tutor(tmp_path, exercise) as at:
        await at.type(keys)
        assert at.main.answer == typed
        at.main.going.go_to(REPAIR)
        await at.pilot.pause()
        assert at.main.answer == REPAIR.starter
        at.main.going.go_to(exercise)
        await at.pilot.pause()
        assert at.main.answer == typed
        at.main.action_start_over()
        assert at.main.answer == kind_of(exercise).fresh(exercise)


@pytest.mark.parametrize("exercise", [BUILD, REPAIR])
async def test_code_that_is_right_passes(tmp_path: Path, exercise: Exercise) -> None:
    async with played_tutor(tmp_path, exercise) as at:
        assert "The prompt of" in at.text
        assert not at.main.inspector.display
        at.main.code.editor.rewrite(exercise.solution)
        await at.run(out("one\ntwo\n"), counters("3"), *passed_checks())

        assert at.session.requests[0].source == exercise.solution
        assert at.session.requests[0].checks == exercise.checks
        assert "✓ Passed" in at.text
        assert "Checks 2/2" in at.text
        assert "F8: 1." in at.rows[-2]
        assert "1/4" in at.rows[0]
        # Nothing jumps: the output, the cells and the learner's code are all still there.
        assert "two" in at.text
        assert "count  A  int  3" in at.text
        assert f"solution of {exercise.id}" in at.text
    assert Progress.open(tmp_path).record(exercise.id).state is ExerciseState.PASSED


async def test_after_the_last_exercise_comes_the_first_that_is_open(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COURSE.exercises[-1]) as at:
        await at.run(out("one\ntwo\n"), *passed_checks())
        assert "Unit 2 is done. F8: 1.1 Build it" in at.text


async def test_after_a_pass_the_task_key_shows_why_it_works(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\ntwo\n"), *passed_checks())
        assert at.shows(Tab.OUTPUT)
        await at.press("f3")
        assert at.shows(Tab.TASK)
        assert "Why it works" in at.text
        assert "The explanation of build-it." in at.text


async def test_wrong_output_stands_over_what_was_expected(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        failed = CheckResult("it captures", False, "`add` does not capture `n`.")
        await at.run(out("1\ntwo\n"), counters("3"), *passed_checks("it adds"), failed)

        rows = at.rows
        printed = next(n for n, row in enumerate(rows) if "printed" in row)
        assert "printed   1" in rows[printed]
        assert "expected  one" in rows[printed + 1]
        assert "A word is not a digit: one." in at.text
        assert "✗ it captures" in at.text
        assert "add does not capture n." in at.text
        assert "Checks 1/2" in at.text
    record = Progress.open(tmp_path).record("build-it")
    assert (record.state, record.attempts) == (ExerciseState.BEGUN, 1)


async def test_an_exception_is_told_and_its_line_marked(tmp_path: Path) -> None:
    failure = Failure("Traceback ...\nNameError: no x\n", 2, "NameError: no x")
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"), Finished(Status.FAILED, 0.1, failure, "It failed.", prompt=True))
        editor = at.main.code.editor
        assert editor.error_line == 2
        assert editor.cursor_location[0] == 1
        assert "NameError: no x" in at.text
        assert "stopped with" in at.text
        await at.press("x")
        assert editor.error_line is None


async def test_a_prediction_is_held_against_the_output_line_by_line(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        assert "Type what this prints, a line each." in at.text
        assert "The prompt of predict-it." in at.text
        assert at.main.code.editor.read_only
        await at.type("1\ntwo")
        assert not at.main.inspector.display
        await at.run(out("one\ntwo\n"), counters("3"))

        assert at.session.requests[0].source == PREDICT.starter
        rows = [" ".join(row.split()) for row in at.rows]
        wrong = rows.index("1 ✗ yours 1")
        assert rows[wrong + 1 : wrong + 4] == [
            "Python one",
            "▌ A word is not a digit: one.",
            "2 ✓ two",
        ]
        await at.press("f6")
        assert "count  A  int  3" in at.text


@pytest.mark.parametrize("exercise", [PREDICT, CLASSIFY])
async def test_the_output_of_a_program_that_was_read_is_its_output_only(
    tmp_path: Path, exercise: Exercise
) -> None:
    async with played_tutor(tmp_path, exercise) as at:
        await at.press(*("1" if exercise is PREDICT else "ll"))
        await at.run(out("one\ntwo\n"), LABELS)
        at.main.run_panel.tab = Tab.OUTPUT
        await at.pilot.pause()
        assert [line.plain for line in at.main.run_panel.output.shown] == ["one", "two"]


async def test_a_prediction_may_be_made_again(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        await at.type("1\ntwo")
        await at.run(out("one\ntwo\n"))
        await at.press("enter")
        assert at.main.answer == "1\ntwo"
        await at.press("backspace", "backspace", "backspace", "backspace", "backspace")
        await at.type("one\ntwo")
        await at.run(out("one\ntwo\n"))
        assert "✓ Passed" in at.text
    assert Progress.open(tmp_path).record("predict-it").state is ExerciseState.PASSED


async def test_a_limit_is_told_in_a_sentence(tmp_path: Path) -> None:
    sentence = "The program ran for 10 s and was stopped."
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"), Finished(Status.TIMED_OUT, 10, sentence=sentence))
        assert "The program ran for 10 s and was" in at.text
        assert "The program is gone. F5 runs it again." in at.text


async def test_the_solution_is_a_page_of_its_own_after_a_warning(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.type("mine ")
        at.main.action_solution()
        await at.pilot.pause()
        assert "solution of build-it" not in at.text
        await at.press("enter")
        assert "solution of build-it" in at.text
        await at.press("escape")
        assert at.main.code.editor.text.startswith("mine # starter")
        assert at.rows[0].count("◌") == 1
    assert Progress.open(tmp_path).record("build-it").state is ExerciseState.SHOWN


async def test_the_warning_can_be_declined(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.main.action_solution()
        await at.press("escape")
    assert Progress.open(tmp_path).record("build-it").state is ExerciseState.NOT_BEGUN


async def test_starting_over_can_be_undone(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.type("mine ")
        at.main.action_start_over()
        await at.pilot.pause()
        assert at.main.code.editor.text == BUILD.starter
        await at.press("ctrl+z")
        assert at.main.code.editor.text.startswith("mine ")


async def test_a_run_that_goes_on_is_stopped_by_its_key(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.session.hangs = True
        at.session.will_give(out("one\n"), DONE)
        await at.press("f5")
        assert at.main.runs.running
        assert "F9 Stop" in at.footer
        await at.press("f9")
        await at.settle()
        assert not at.main.runs.running
        assert at.text.count("You stopped the program.") == 1
        assert "F9 Stop" not in at.footer


@pytest.mark.parametrize(
    ("exercise", "told"),
    [
        (BUILD, "Write a program first, then run it."),
        (PREDICT, "Type what the program prints first, then run it."),
        (CLASSIFY, "2 names have no label yet: x, y."),
    ],
)
async def test_without_an_answer_nothing_runs(
    tmp_path: Path, exercise: Exercise, told: str
) -> None:
    async with played_tutor(tmp_path, exercise) as at:
        at.main.code.editor.load_text("")
        await at.press("f5")
        assert at.session.requests == []
        [notice] = at.app._notifications
        assert notice.message == told


async def test_a_second_run_takes_the_place_of_the_first(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.session.hangs = True
        at.session.will_give(out("first\n"), DONE)
        await at.press("f5")
        at.session.will_give(out("second\n"), DONE)
        await at.press("f5")
        assert at.main.runs.running
        assert "first" not in at.text
        await at.press("f9")
        await at.settle()
        assert not at.main.runs.running
        assert "second" in at.text


async def test_leaving_ends_a_run(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.session.hangs = True
        at.session.will_give(out("first\n"), DONE)
        await at.press("f5", "f8")
        await at.settle()
        assert not at.main.runs.running
        assert at.session.resets == 1
        assert "first" not in at.text
