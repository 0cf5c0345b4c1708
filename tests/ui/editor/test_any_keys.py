"""Whatever is pressed, pasted and undone: what is seen is what is there, and undo brings all back."""

from __future__ import annotations

import random

import pytest
from textual.document._wrapped_document import WrappedDocument
from textual.strip import Strip

from tests.harness.editor_app import RunningEditor, running_editor
from tutor.ui.editor.code_editor import CodeEditor
from tutor.ui.keys.editing import EDITING

START = "def f(a):\n\tif a:\n\t\treturn '漢字\t'\n    é = {1: [2,\n" + "wide " * 60 + "\n\n# x: y"
COMMANDS = [
    key
    for each in EDITING
    for key in each.key.split(",")
    if each.id not in ("undo", "redo", "edit_outside")
]
MOVES = [
    *["up", "down", "left", "right", "home", "end", "pageup", "pagedown", "ctrl+right"],
    *["shift+up", "shift+down", "shift+left", "shift+right", "shift+end", "ctrl+left"],
]
TYPED = [*"ab:([{}])\"'#\\ ", "é", "漢", "\n", "\n"]
PASTED = [
    "x = 1\n" * 30,
    "\ty\r\n\t\tz",
    "漢字\t漢",
    "w" * 300,
    "\n",
    "a\N{COMBINING ACUTE ACCENT}b",
    "",
    "\x1b[2J\x00\ty\u200b",
]
SIZES = [(80, 24), (60, 18), (20, 5), (120, 40)]


async def act(at: RunningEditor, choose: random.Random) -> None:
    """Something that changes the text or where one is in it."""
    match choose.randrange(12):
        case 0 | 1 | 2:
            await at.press(*choose.choices(COMMANDS, k=choose.randrange(1, 3)))
        case 3 | 4 | 10 | 11:
            await at.type("".join(choose.choices(TYPED, k=choose.randrange(1, 5))))
        case 5:
            await at.paste(choose.choice(PASTED))
        case 6:
            await at.press(
                *choose.choice([["backspace"], ["delete"], ["backspace"] * 9, ["enter"]])
            )
        case 7:
            await at.pilot.resize_terminal(*choose.choice(SIZES))
        case _:
            await at.press(*choose.choices(MOVES, k=choose.randrange(1, 6)))


def check(at: RunningEditor, when: str) -> None:
    """The cursor is a place of the text, in sight, and where it is painted; all rows are known."""
    editor = at.editor
    assert at.app._exception is None, when
    assert editor.selection == editor._validate_selection(editor.selection), when
    row, column = editor.cursor_location
    assert 0 <= row - editor.scroll_offset.y < editor.scrollable_content_region.height, when
    before = editor.get_line(row)[:column]
    before.expand_tabs(editor.indent_width)
    shown = editor.cursor_screen_offset.x - editor.content_region.x - editor.gutter_width
    assert shown + editor.scroll_offset.x == before.cell_len, when
    assert 0 <= shown <= editor.scrollable_content_region.width - editor.gutter_width, when
    anew = WrappedDocument(editor.document, tab_width=editor.indent_width)
    for part in ("_offset_to_line_info", "_line_index_to_offsets", "_tab_width_cache"):
        assert getattr(editor.wrapped_document, part) == getattr(anew, part), (when, part)


def seen(editor: CodeEditor) -> list[Strip]:
    """The screen as it was painted."""
    return [strip.simplify() for strip in editor.screen._compositor.render_strips()]


async def any_keys(seed: int, steps: int) -> None:
    choose = random.Random(seed)
    async with running_editor("|" + START, close_brackets=choose.random() < 0.5) as at:
        for step in range(steps):
            await act(at, choose)
            check(at, f"seed {seed}, step {step}")
            if choose.randrange(4) == 0:
                await at.press(*["ctrl+z"] * choose.choice([1, 2, 10]))
                check(at, f"seed {seed}, step {step}, undone")
            if choose.randrange(4) == 0:
                await at.press(*["ctrl+y"] * choose.choice([1, 2, 10]))
                check(at, f"seed {seed}, step {step}, redone")
            before = seen(at.editor)
            at.editor.notify_style_update()
            at.editor.refresh()
            await at.pilot.pause()
            assert before == seen(at.editor), f"seed {seed}, step {step}"
        await at.press(*["ctrl+y"] * len(at.editor.history.redo_stack))
        last = at.text
        many = len(at.editor.history.undo_stack)
        await at.press(*["ctrl+z"] * many)
        assert at.text == START, f"seed {seed}"
        await at.press(*["ctrl+y"] * many)
        assert at.text == last, f"seed {seed}"


@pytest.mark.parametrize("seed", range(3))
async def test_any_keys(seed: int) -> None:
    await any_keys(seed, 40)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 130))
async def test_any_keys_for_long(seed: int) -> None:
    await any_keys(seed, 150)
