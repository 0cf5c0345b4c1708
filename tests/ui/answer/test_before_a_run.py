"""Before a run: the lines that are to be printed, and what each check asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import BUILD, CLASSIFY, PREDICT, REPAIR, out, passed_checks
from tutor.course.model import CheckSpec, Exercise
from tutor.protocol.reports import Status
from tutor.ui.tabs import Tab

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("exercise", [BUILD, REPAIR])
async def test_the_lines_to_be_printed_stand_behind_a_bar(
    tmp_path: Path, exercise: Exercise, size: tuple[int, int]
) -> None:
    async with played_tutor(tmp_path, exercise, size=size) as at:
        if size == (80, 24):
            await at.press("f3", "f3")
        assert at.shows(Tab.OUTPUT)
        assert "To be printed:" in at.text
        assert "▏ one" in at.text
        assert "▏ two" in at.text

        at.main.code.editor.rewrite("print('three')")
        await at.run(out("three\n"))
        assert at.shows(Tab.OUTPUT)
        assert "To be printed" not in at.text
        assert "▏" not in at.text


async def test_none_of_them_stands_where_a_program_runs(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.session.hangs = True
        at.session.will_give()
        await at.press("f5")
        await at.until(lambda: at.main.runs.running)
        assert at.shows(Tab.OUTPUT)
        assert "▏" not in at.text
        await at.press("f9")
        await at.settle()
        assert at.main.run_panel.verdict is not None
        assert at.main.run_panel.verdict.status is Status.STOPPED


async def test_they_are_back_when_the_exercise_is_opened_anew(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"))
        await at.press("f8")
        at.main.going.go_to(BUILD)
        await at.settle()
        await at.press("f3", "f3")
        assert "▏ two" in at.text


@pytest.mark.parametrize("exercise", [PREDICT, CLASSIFY])
async def test_a_prediction_is_told_no_line(tmp_path: Path, exercise: Exercise) -> None:
    async with played_tutor(tmp_path, exercise) as at:
        at.main.run_panel.tab = Tab.OUTPUT
        await at.settle()
        assert "▏" not in at.text
        assert "two" not in "\n".join(at.rows[12:])


async def test_more_lines_than_rows_begin_with_the_first(tmp_path: Path) -> None:
    long = replace(BUILD, expected="".join(f"line {n}\n" for n in range(1, 41)))
    async with played_tutor(tmp_path, long) as at:
        await at.press("f3", "f3")
        assert "▏ line 1 " in at.text
        await at.press("f6", "end")
        assert "▏ line 40" in at.text


@pytest.mark.parametrize("size", SIZES)
async def test_each_check_says_what_must_hold(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        await at.press("f6", "left")
        assert at.shows(Tab.CHECKS)
        assert "○ it adds" in at.text
        assert "The sum of both numbers comes back." in at.text
        assert "○ it captures" in at.text
        assert "add holds a cell named n." in at.text

        await at.run(out("one\ntwo\n"), *passed_checks())
        at.main.run_panel.tab = Tab.CHECKS
        await at.settle()
        assert "✓ it adds" in at.text
        assert "The sum" not in at.text


async def test_what_an_author_wrote_is_shown_for_what_it_is(tmp_path: Path) -> None:
    hostile = replace(
        BUILD, expected="\x1b[2J[red]x[/]\n", check_specs=(CheckSpec("it [b]", "\x1b[2J[red]y[/]"),)
    )
    async with played_tutor(tmp_path, hostile) as at:
        await at.press("f3", "f3")
        assert r"▏ \x1b[2J[red]x[/]" in at.text
        await at.press("f6", "right")
        assert "○ it [b]" in at.text
        assert r"\x1b[2J[red]y[/]" in at.text
