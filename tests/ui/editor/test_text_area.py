"""Faults of TextArea that were met, each through our editor, which has none of them."""

from __future__ import annotations

import pytest

from tests.harness.editor_app import running_editor


async def test_what_is_typed_after_an_undo_is_a_step_of_its_own() -> None:
    async with running_editor("|") as at:
        await at.paste("one\ntwo")
        await at.type("x")
        await at.press("ctrl+z")
        await at.type("y")
        await at.press("ctrl+z")
        assert at.marked == "one\ntwo|"
        await at.press("ctrl+z")
        assert at.marked == "|"
        await at.press("ctrl+y", "ctrl+y")
        assert at.text == "one\ntwoy"


async def test_undo_takes_back_more_than_fifty_steps() -> None:
    async with running_editor("|") as at:
        for _ in range(60):
            await at.press("x", "enter")
        await at.press(*["ctrl+z"] * 120)
        assert at.marked == "|"


@pytest.mark.parametrize(
    "line", ["a\x1bb", "\x00\tb", "\t漢\x07\tb", "a\N{COMBINING ACUTE ACCENT}b"]
)
async def test_the_cursor_stands_where_it_is_painted(line: str) -> None:
    async with running_editor("|" + line) as at:
        for column in range(len(line) + 1):
            before = at.editor.get_line(0)[:column]
            before.expand_tabs(at.editor.indent_width)
            left = at.editor.content_region.x + at.editor.gutter_width
            assert at.editor.cursor_screen_offset == (left + before.cell_len, 0)
            await at.press("right")


async def test_the_new_line_at_the_foot_is_in_sight() -> None:
    async with running_editor("\n" * 30 + "x|", size=(40, 8)) as at:
        for _ in range(3):
            await at.press("enter")
            row = at.cursor[0] - at.editor.scroll_offset.y
            assert 0 <= row < at.editor.size.height


async def test_undo_and_redo_where_the_scroll_bar_goes() -> None:
    async with running_editor("a\nb|", size=(40, 8)) as at:
        await at.type("\n".join("abcdefghijk") + "\n")
        await at.press(*["ctrl+z"] * 30)
        assert at.marked == "a\nb|"
        await at.press(*["ctrl+y"] * 30)
        assert at.text == "a\nb" + "\n".join("abcdefghijk") + "\n"


async def test_pasting_nothing_leaves_what_is_selected() -> None:
    async with running_editor("a^b|c") as at:
        await at.press("ctrl+v")
        assert at.marked == "a^b|c"


async def test_selected_text_is_painted_across_tabs_and_wide_characters() -> None:
    async with running_editor("\t漢^\t字\tx|y") as at:
        style = at.editor._theme.selection_style
        assert style is not None
        selected = [
            segment.text
            for segment in at.editor.render_line(0)
            if segment.style and segment.style.bgcolor == style.bgcolor
        ]
        # A stop of four columns after two of the wide character: two; the same after the other.
        assert "".join(selected) == "  字  x"


async def test_a_line_of_ten_thousand_columns() -> None:
    async with running_editor("x" * 10_000 + "|") as at:
        await at.type("y")
        assert at.editor.cursor_screen_offset.x < at.editor.region.right
        await at.press("ctrl+u")
        assert at.marked == "|"
        await at.press("ctrl+z", "home", "ctrl+k")
        assert at.marked == "|"
        await at.press("ctrl+z")
        assert len(at.text) == 10_001
