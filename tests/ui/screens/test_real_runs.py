"""The screen over the real session and the real course."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.harness.running_tutor import RunningTutor, real_tutor
from tutor.course.loader import content_folder, load
from tutor.course.model import CheckSpec, Course, Exercise, Kind
from tutor.ui.answer.prompt_line import PromptState


@pytest.fixture(scope="module")
def course() -> Course:
    return load(content_folder())[0]


def exercise(course: Course, id: str) -> Exercise:
    found = course.exercise(id)
    assert found
    return found


async def answer(at: RunningTutor, exercise: Exercise) -> None:
    """Give the right answer."""
    match exercise.kind:
        case Kind.PREDICT:
            at.main.typing.answer_widget.open(exercise, exercise.solution)
        case Kind.CLASSIFY:
            for line in exercise.solution.splitlines():
                await at.press(line.split()[1][0])
        case _:
            at.main.code.editor.rewrite(exercise.solution)


async def run(at: RunningTutor) -> None:
    await at.press("f5")
    await at.settle()


@pytest.mark.parametrize("id", ["nonlocal-counter", "late-binding", "local-free-global"])
async def test_a_right_answer_of_each_sort_passes(course: Course, tmp_path: Path, id: str) -> None:
    async with real_tutor(tmp_path, exercise(course, id), course=course) as at:
        await answer(at, exercise(course, id))
        await run(at)
        assert "✓ Passed" in at.text
        assert "●" in at.rows[0]
        assert at.main.inspector.cells


@pytest.mark.parametrize(
    ("id", "changes", "says"),
    [
        (
            "nonlocal-counter",
            {"checks": "def check_it(learner):\n    x = (\n"},
            "checks.py, line 2: ",
        ),
        (
            "nonlocal-counter",
            {"checks": "def check_it(learner): ...\n1 / 0\n"},
            "checks.py, line 2: ",
        ),
        ("late-binding", {"starter": "def f(:\n"}, "starter.py, line 1: "),
        ("local-free-global", {"starter": "x = 1\n1 / 0\n"}, "starter.py, line 2: "),
    ],
    ids=["syntax", "raises", "predict", "classify"],
)
async def test_a_fault_of_the_course_is_told_as_such_and_the_app_goes_on(
    course: Course, tmp_path: Path, id: str, changes: dict[str, str], says: str
) -> None:
    broken = replace(exercise(course, id), check_specs=(CheckSpec("it", ""),), **changes)  # type: ignore[arg-type]
    units = tuple(
        replace(unit, exercises=tuple(broken if each.id == id else each for each in unit.exercises))
        for unit in course.units
    )
    async with real_tutor(tmp_path, broken, course=Course(units)) as at:
        await answer(at, broken)
        await run(at)
        verdict = at.main.run_panel.verdict
        assert verdict
        assert verdict.summary.startswith(f"The course is at fault here, not you: {says}")
        assert "The course is at fault" in at.text
        await at.press("f8")
        await at.press("f5")
        await at.settle()
        assert at.app.is_running


async def test_an_endless_loop_is_stopped_and_run_anew_and_left(
    course: Course, tmp_path: Path
) -> None:
    async with real_tutor(tmp_path, exercise(course, "nonlocal-counter"), course=course) as at:
        at.main.code.editor.rewrite("print('begun', flush=True)\nwhile True:\n    pass\n")
        for _ in range(2):
            await at.press("f5")
            await at.until(lambda: "begun" in at.text)
        await at.press("f9")
        await at.settle()
        assert not at.main.runs.running
        await at.press("f5")
        await at.until(lambda: "begun" in at.text)
        await at.press("f8")
        await at.settle()
        assert not at.main.runs.session.running


async def test_input_the_prompt_and_the_cells(course: Course, tmp_path: Path) -> None:
    program = (
        "def make():\n    n = int(input('start? '))\n    def up():\n        nonlocal n\n"
        "        n += 1\n        return n\n    return up\nup = make()\n"
    )
    async with real_tutor(tmp_path, exercise(course, "nonlocal-counter"), course=course) as at:
        at.main.code.editor.rewrite(program)
        await at.press("f5")
        await at.until(lambda: at.main.run_panel.prompt.state is PromptState.INPUT)
        await at.type("41\n")
        await at.settle()
        assert "n  A  int  41" in at.text
        await at.press("f7")
        await at.type("up()\n")
        await at.settle()
        assert "n  A  int  41 → 42" in at.text


async def test_an_error_marks_its_line(course: Course, tmp_path: Path) -> None:
    async with real_tutor(tmp_path, exercise(course, "nonlocal-counter"), course=course) as at:
        at.main.code.editor.rewrite("x = 1\ny = x +\n")
        await run(at)
        assert at.main.code.editor.error_line == 2
        assert "SyntaxError" in at.text
