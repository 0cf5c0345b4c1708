"""Where the cursor starts: at the first gap of a starter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import exercise
from tutor.course.gaps import first_gap, gaps
from tutor.course.loader import content_folder, load
from tutor.course.model import Course, Exercise, Kind, Unit
from tutor.grading.kinds import kind_of
from tutor.protocol.reports import Failure, Finished, Status

COURSE, _ = load(content_folder())
PROGRAMS = [each for each in COURSE.exercises if kind_of(each).is_program]
ONE = exercise(
    "one",
    Kind.BUILD,
    1,
    starter="def f():\n    # your code here: two lines,\n    # at least\n    ...\n\n\nprint(f())\n",
)


def course(*exercises: Exercise) -> Course:
    return Course((Unit("first", 1, "First", "", "", exercises),))


@pytest.mark.parametrize("each", PROGRAMS, ids=lambda each: each.id)
async def test_every_program_of_the_course_starts_at_its_first_gap(
    tmp_path: Path, each: Exercise
) -> None:
    lines = each.starter.split("\n")
    asked = next(row for row, line in enumerate(lines) if "# your code here" in line)
    first = next(row for row in range(asked, len(lines)) if "#" not in lines[row])
    async with played_tutor(tmp_path, each, course=COURSE) as at:
        editor = at.main.code.editor
        assert editor.cursor_location[0] == first
        shown = first - editor.scroll_offset.y
        assert 0 <= shown < editor.size.height
        await at.type("x = 1")
        await at.press("enter")
        indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
        assert editor.text.split("\n")[first] == f"{indent}x = 1"
        # What stood in for the code is gone, what is code stands behind what was typed.
        rest = "" if lines[first].strip() == "..." else lines[first].strip()
        assert editor.text.split("\n")[first + 1].strip() == rest


async def test_a_program_without_a_gap_starts_at_its_top(tmp_path: Path) -> None:
    for each in COURSE.exercises:
        if each not in PROGRAMS:
            assert gaps(each.starter) == []
    async with played_tutor(tmp_path) as at:
        assert at.main.code.editor.cursor_location == (0, 0)


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("    ...", 4, 7),
        ("    pass", 4, 8),
        ("    raise NotImplementedError", 4, 29),
        ("    raise NotImplementedError('later')", 4, 38),
        ("    # TODO: add\n    return 1", 4, 4),
        ("    # Your code here", None, None),
        ("    # the counter\n    return 1", None, None),
        ("    return ...", None, None),
    ],
)
def test_what_is_a_gap(line: str, start: int | None, end: int | None) -> None:
    found = gaps(f"def f():\n{line}")
    assert [(gap.start, gap.end) for gap in found] == ([] if start is None else [(start, end)])


def test_a_gap_that_is_filled_is_none_whatever_its_comment_says() -> None:
    one, two = PROGRAMS[0].starter, PROGRAMS[0].starter.replace("...", "return 1", 1)
    before, after = first_gap(one, one), first_gap(two, one)
    assert before
    assert after
    assert after.row > before.row
    assert first_gap(PROGRAMS[0].solution, one) is None


async def test_what_was_begun_is_gone_on_with_at_the_next_gap(tmp_path: Path) -> None:
    each = PROGRAMS[0]
    for place in range(2):
        async with played_tutor(tmp_path, each, course=COURSE) as at:
            editor = at.main.code.editor
            assert editor.cursor_location[0] == gaps(each.starter)[place].row
            await at.type("return 1")
            await at.press("f10")


async def test_starting_over_goes_back_to_the_gap(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, ONE, course=course(ONE)) as at:
        await at.type("return 1")
        await at.press("ctrl+home")
        at.main.action_start_over()
        await at.pilot.pause()
        await at.type("y")
        assert at.main.answer == ONE.starter.replace("...", "y")


@pytest.mark.parametrize(("line", "column"), [(1, 3), (2, 0)])
async def test_after_an_error_the_cursor_stays_if_it_is_on_that_line(
    tmp_path: Path, line: int, column: int
) -> None:
    failure = Failure("SyntaxError: invalid syntax\n", line, "SyntaxError: invalid syntax")
    async with played_tutor(tmp_path) as at:
        await at.type("a b")
        await at.run(Finished(Status.FAILED, 0.0, failure, "It failed."))
        assert at.main.code.editor.cursor_location == (line - 1, column)
        assert at.main.code.editor.error_line == line


async def test_the_lines_above_a_gap_that_fits_are_in_sight(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PROGRAMS[0], course=COURSE) as at:
        editor = at.main.code.editor
        assert 0 < editor.cursor_location[0] < editor.size.height
        assert editor.scroll_offset.y == 0
