"""The editor writes Python as one would by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.harness.editor_app import EditorApp
from tutor.ui.editor.code_editor import CodeEditor
from tutor.ui.kit.highlighting import highlighted, pieces


@asynccontextmanager
async def editor(text: str = "", keys: tuple[str, ...] = ()) -> AsyncIterator[CodeEditor]:
    app = EditorApp()
    async with app.run_test() as pilot:
        editor = app.query_one(CodeEditor)
        editor.open(text, read_only=False)
        editor.focus()
        editor.move_cursor(editor.document.end)
        await pilot.press(*keys)
        await pilot.pause()
        yield editor


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f():", "def f():\n    "),
        ("    if x:", "    if x:\n        "),
        ("    x = 1", "    x = 1\n    "),
        ("    return x", "    return x\n"),
        ("        pass", "        pass\n    "),
        ("returned = 1", "returned = 1\n"),
        ("", "\n"),
    ],
)
async def test_enter_indents(before: str, after: str) -> None:
    async with editor(before, ("enter",)) as it:
        assert it.text == after
        assert it.cursor_location == it.document.end


async def test_enter_in_the_middle_takes_the_rest_along() -> None:
    async with editor("    a = b", ("left", "enter")) as it:
        assert it.text == "    a = \n    b"


@pytest.mark.parametrize(
    ("before", "after"),
    [("        ", "    "), ("      ", "    "), ("    ", ""), ("   x", "   "), ("\n", ""), ("", "")],
)
async def test_backspace_takes_a_step_of_indentation(before: str, after: str) -> None:
    async with editor(before, ("backspace",)) as it:
        assert it.text == after


async def test_tab_indents_and_shift_tab_takes_it_back() -> None:
    async with editor("x", ("home", "tab")) as it:
        assert it.text == "    x"
    async with editor("    a\n  b\nc", ("ctrl+home", "alt+a", "shift+tab")) as it:
        assert it.text == "a\nb\nc"
    async with editor("a\n\nb", ("alt+a", "tab")) as it:
        assert it.text == "    a\n\n    b"


async def test_tab_never_replaces_selected_lines() -> None:
    async with editor("one\ntwo", ("alt+a", "tab", "ctrl+z")) as it:
        assert "one" in it.text
        assert "two" in it.text


async def test_nothing_changes_a_program_to_read() -> None:
    async with editor("    x") as it:
        it.read_only = True
        for key in ("enter", "tab", "shift+tab", "backspace", "a", "ctrl+k", "ctrl+z"):
            await it.app._press_keys([key])
        assert it.text == "    x"


async def test_undo_takes_back_an_indented_line() -> None:
    async with editor("def f():", ("enter", "p", "ctrl+z", "ctrl+z")) as it:
        assert it.text == "def f():"


async def test_colours_of_the_code_are_there_on_the_cursors_line_too() -> None:
    async with editor("return 1") as it:
        keyword = it.get_component_rich_style("code--keyword", partial=True)
        colours = [
            segment.style.color
            for segment in it.render_line(0)
            if segment.text.strip() == "return" and segment.style
        ]
        assert colours == [keyword.color]


async def test_the_failing_line_is_underlined_across() -> None:
    async with editor("a\nb\nc") as it:
        it.point_at(2)
        strip = it.render_line(1)
        assert any(segment.style and segment.style.underline for segment in strip)
        assert not any(segment.style and segment.style.underline for segment in it.render_line(0))
        it.point_at(99)
        assert it.cursor_location[0] == 2


@pytest.mark.parametrize(
    "code",
    [
        "",
        "\n",
        "x = 1",
        "def f():\n\treturn 'a'\n",
        "'''open\nstring",
        "a\r\nb",
        "漢 = '字'\n\n",
        "\x00",
    ],
)
def test_coloured_lines_are_the_lines(code: str) -> None:
    lines = code.replace("\r\n", "\n").split("\n")
    assert len(pieces(code)) == len(lines)
    for line, spans in zip(lines, pieces(code), strict=True):
        assert all(0 <= start < end <= len(line) for start, end, _ in spans)
    assert [line.plain for line in highlighted(code.replace("\r\n", "\n"))] == [
        line.replace("\x00", "\x00") for line in lines
    ]
