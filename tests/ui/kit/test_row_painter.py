"""The editor paints the rows that a key changes: no fewer, and no more."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from tests.harness.editor_app import EditorApp
from tutor.ui.editor.code_editor import CodeEditor
from tutor.ui.kit.plain_editor import PlainEditor

CODE = "\n".join(f"value_{n} = compute({n}, 'text')  # note" for n in range(40))
KEYS = [
    *"ab(:[\"'#\\",
    *["enter", "backspace", "delete", "tab", "shift+tab", "ctrl+k", "ctrl+u", "ctrl+z", "ctrl+y"],
    *["up", "down", "left", "right", "home", "end", "pageup", "pagedown", "ctrl+right"],
    *["shift+up", "shift+down", "shift+left", "shift+right", "shift+end", "alt+l", "alt+a"],
]


class PlainApp(EditorApp):
    def compose(self) -> ComposeResult:
        yield PlainEditor(placeholder="What it prints,\na line each.")


@asynccontextmanager
async def editor(code: str = CODE) -> AsyncIterator[tuple[CodeEditor, Pilot[None]]]:
    app = EditorApp()
    async with app.run_test(size=(50, 12)) as pilot:
        it = app.query_one(CodeEditor)
        it.open(code, read_only=False)
        it.focus()
        await pilot.pause()
        yield it, pilot


def seen(it: PlainEditor) -> list[Strip]:
    """The screen as it was painted."""
    # Textual has no public name for the rows of a screen.
    return [strip.simplify() for strip in it.screen._compositor.render_strips()]


async def painted(it: CodeEditor, pilot: Pilot[None], *keys: str) -> list[int]:
    """The rows that some keys had painted."""
    before = dict(it.painted)
    await pilot.press(*keys)
    await pilot.pause()
    return sorted(y for y, look in it.painted.items() if look is not before.get(y))


@pytest.mark.parametrize("seed", range(3))
async def test_what_is_seen_is_what_painting_everything_would_show(seed: int) -> None:
    choose = random.Random(seed)
    async with editor() as (it, pilot):
        for number in range(40):
            match choose.randrange(12):
                case 0:
                    it.point_at(choose.randrange(1, 45))
                case 1:
                    it.step_line = choose.randrange(1, 40)
                case 2:
                    quotes = choose.choice(['"""', "'''", "\n\n", "x" * 60])
                    it.insert(quotes, (choose.randrange(it.document.line_count), 0))
                case 3:
                    (it.focus if choose.randrange(3) else it.blur)()
                case _:
                    await pilot.press(*choose.choices(KEYS, k=choose.randrange(1, 4)))
            await pilot.pause()
            before = seen(it)
            it.notify_style_update()
            it.refresh()
            await pilot.pause()
            assert before == seen(it), f"step {number}"


async def test_a_typed_key_paints_its_row() -> None:
    async with editor() as (it, pilot):
        await pilot.press(*["down"] * 4)
        assert await painted(it, pilot, "x") == [4]
        assert await painted(it, pilot, "down") == [4, 5]
        assert await painted(it, pilot, "(") == [5]
        assert await painted(it, pilot, "left") == [5]


async def test_a_key_that_changes_what_is_below_paints_that_too() -> None:
    async with editor() as (it, pilot):
        it.move_cursor((4, 0))
        await pilot.press(*'""')
        assert await painted(it, pilot, '"') == [*range(4, 12)]
        await pilot.press("ctrl+z")
        assert await painted(it, pilot, "enter") == [*range(4, 12)]


async def test_the_bracket_on_another_row_is_marked_and_forgotten() -> None:
    async with editor("f(\n    1,\n)\nlast") as (it, pilot):
        it.move_cursor((2, 0))
        await pilot.pause()
        assert await painted(it, pilot, "down") == [0, 2, 3]
        assert await painted(it, pilot, "up") == [0, 2, 3]


async def test_a_wider_line_number_moves_every_row() -> None:
    async with editor("\n" * 8) as (it, pilot):
        it.move_cursor(it.document.end)
        await pilot.pause()
        assert await painted(it, pilot, "enter") == [*range(10)]


async def test_the_whole_placeholder_goes() -> None:
    async with PlainApp().run_test(size=(50, 12)) as pilot:
        it = pilot.app.query_one(PlainEditor)
        it.focus()
        await pilot.press("x")
        assert "a line each" not in "".join(strip.text for strip in seen(it))
        await pilot.press("backspace")
        assert "a line each" in "".join(strip.text for strip in seen(it))


async def test_no_key_has_the_screen_laid_out() -> None:
    layouts: list[Screen[object]] = []
    async with editor() as (it, pilot):
        it.screen.screen_layout_refresh_signal.subscribe(it, layouts.append, immediate=True)
        await pilot.press("end", *"longest", "enter", "x", "backspace", "backspace", "ctrl+u")
        await pilot.pause()
    assert layouts == []


async def test_the_scroll_bar_knows_the_number_of_lines() -> None:
    async with editor() as (it, pilot):
        it.move_cursor(it.document.end)
        await pilot.press("enter")
        assert it.vertical_scrollbar.window_virtual_size == 41
        it.select_all()
        await pilot.press("backspace")
        await pilot.pause()
        assert it.scroll_offset == (0, 0)
        assert not it.show_vertical_scrollbar


async def test_colours_come_after_a_jump_far_down() -> None:
    async with editor("\n".join(f"def f{n}(): pass" for n in range(3_500))) as (it, pilot):
        it.move_cursor(it.document.end)
        for _ in range(10):
            await pilot.pause()
        keyword = it.get_component_rich_style("code--keyword", partial=True)
        colours = [part.style.color for part in seen(it)[5] if part.text == "def" and part.style]
        assert colours == [keyword.color]
