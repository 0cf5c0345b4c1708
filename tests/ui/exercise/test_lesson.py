"""The programs of a lesson: which one is in sight, and how it comes to a scratch pad."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import BUILD, COURSE
from tutor.course.loader import content_folder, load
from tutor.course.model import Course
from tutor.grading.kinds.scratch import Pad
from tutor.ui.exercise.lesson import NONE_IN_SIGHT, TRY, with_what_it_uses
from tutor.ui.kit.markdown import page

GAP = "\n\nMore words.\n" * 12
LESSON = f"""\
# A lesson

```python
def make(n):
    return lambda: n
```
{GAP}
```python
three = make(3)
```

```
no program
```
{GAP}{GAP}
"""
FIRST = "def make(n):\n    return lambda: n\n"


def course(lesson: str) -> Course:
    return Course(tuple(replace(unit, lesson=lesson) for unit in COURSE.units))


async def read_lesson(at: PlayedTutor) -> None:
    while not at.main.reading.pane.lesson_text.has_focus:
        await at.press("f3")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_enter_takes_the_program_in_sight_to_a_pad(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with played_tutor(tmp_path, course=course(LESSON), size=size) as at:
        answer = at.main.answer
        await read_lesson(at)
        [marked] = [row for row in at.rows if TRY in row]
        assert "▌ def make(n):" in marked
        await at.press("enter")
        assert isinstance(at.exercise, Pad)
        assert at.main.answer == FIRST
        assert at.rows[0].split("Python")[0].split() == [
            "Scratch",
            "·",
            "First",
            "unit,",
            "program",
            "1",
        ]
        assert at.main.code.editor.has_focus
        # The lesson is still there, and the answer as it was.
        await read_lesson(at)
        assert TRY in at.text
        await at.press("f8")
        assert at.exercise is BUILD
        assert at.main.answer == answer


async def test_it_follows_what_is_in_sight(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, course=course(LESSON)) as at:
        await read_lesson(at)
        lesson = at.main.reading.pane.lesson_text
        while lesson.chosen is lesson.programs[0]:
            await at.press("down")
        await at.press(*["down"] * 20)
        [marked] = [row for row in at.rows if TRY in row]
        assert "▌ three = make(3)" in marked
        await at.press("enter")
        assert at.main.answer == f"{FIRST}\nthree = make(3)\n"


async def test_where_no_program_is_in_sight_that_is_said(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, course=course(LESSON)) as at:
        await read_lesson(at)
        await at.press("end", "enter")
        assert TRY not in at.text
        assert [notice.message for notice in at.app._notifications] == [NONE_IN_SIGHT]
        assert at.exercise is BUILD


async def test_the_mark_is_there_only_with_the_focus(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, course=course(LESSON), size=(120, 40)) as at:
        await read_lesson(at)
        assert TRY in at.text
        await at.press("f6")
        assert TRY not in at.text


@pytest.mark.parametrize(
    ("programs", "taken"),
    [
        (["x = 1", "y = 2"], "y = 2\n"),
        (["x = 1", "print(x)"], "x = 1\n\nprint(x)\n"),
        (["x = 1", "def f(): return x", "f()"], "x = 1\n\ndef f(): return x\n\nf()\n"),
        (["import math", "class A:\n    m = math.pi", "A()"], "all"),
        (["x = 1", "def f(x): return x\nf(2)"], "last"),
        (["x = 1", "x = 2\nprint(x)"], "last"),
        (["this is no program", "print(3)"], "last"),
        (["x = 1", "this is no program"], "last"),
        (["x = 1", "x = 5", "print(x)"], "x = 5\n\nprint(x)\n"),
        (["f = 1", "print(g.f)"], "last"),
    ],
)
def test_a_program_comes_with_those_before_it_that_it_needs(
    programs: list[str], taken: str
) -> None:
    expected = {"all": "\n\n".join(programs) + "\n", "last": programs[-1] + "\n"}
    assert with_what_it_uses(programs, len(programs) - 1) == expected.get(taken, taken)


def test_every_program_of_the_course_runs_as_it_is_sent() -> None:
    units = load(content_folder())[0].units
    codes = [[each.code for each in page(unit.lesson, 78)[1]] for unit in units]
    assert any(codes)
    for programs in codes:
        for number in range(len(programs)):
            exec(compile(with_what_it_uses(programs, number), "program", "exec"), {})


def test_a_page_tells_where_its_programs_stand() -> None:
    lines, programs = page(LESSON, 78)
    assert [each.code for each in programs] == [FIRST.rstrip(), "three = make(3)"]
    for each in programs:
        shown = [lines[number].plain.strip() for number in each.lines]
        assert shown == [line.strip() for line in each.code.split("\n")]
