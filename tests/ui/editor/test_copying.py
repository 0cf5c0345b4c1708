"""Copying, cutting and pasting: what is copied, what is told, where it is put."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.editor_app import running_editor
from tests.harness.running_tutor import played_tutor
from tests.harness.samples import PREDICT
from tutor.ui.kit.sentences import copied


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["ctrl+c"], "Copied 1 line,"),
        (["alt+a", "ctrl+c"], "Copied 2 lines,"),
        (["shift+right", "ctrl+c"], "Copied 1 character,"),
        (["shift+right", "shift+right", "ctrl+x"], "Copied 2 characters,"),
        (["ctrl+x"], "Copied 1 line,"),
    ],
)
async def test_what_was_copied_is_told(tmp_path: Path, keys: list[str], said: str) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press(*keys)
        (notice,) = at.app._notifications
        assert notice.message.startswith(said)
        assert "your terminal's clipboard" in notice.message


async def test_copying_a_prediction_is_told_too(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        await at.type("one")
        await at.press("shift+home", "ctrl+c")
        (notice,) = at.app._notifications
        assert notice.message.startswith("Copied 3 characters,")


@pytest.mark.parametrize(
    ("text", "much"),
    [
        ("x", "1 character"),
        ("x\n", "1 line"),
        ("x\ny", "2 lines"),
        ("x\ny\n", "2 lines"),
        ("\n", "1 line"),
    ],
)
def test_how_much_it_is(text: str, much: str) -> None:
    assert copied(text).startswith(f"Copied {much},")


async def test_a_whole_line_is_pasted_above_the_line_of_the_cursor() -> None:
    async with running_editor("on|e\ntwo\nthree") as at:
        await at.press("ctrl+c", "down", "ctrl+v")
        assert at.marked == "one\none\ntw|o\nthree"
        await at.press("ctrl+z")
        assert at.marked == "one\ntw|o\nthree"


async def test_a_line_that_was_cut_at_the_end_is_a_line_again() -> None:
    async with running_editor("one\ntw|o") as at:
        await at.press("ctrl+x")
        assert at.marked == "on|e"
        await at.press("ctrl+v")
        assert at.marked == "two\non|e"


async def test_a_selection_is_pasted_where_the_cursor_is() -> None:
    async with running_editor("a^bc|d") as at:
        await at.press("ctrl+c", "end", "ctrl+v", "ctrl+v")
        assert at.marked == "abcdbcbc|"
        await at.press("ctrl+z")
        assert at.marked == "abcdbc|"


async def test_where_nothing_was_copied_the_selection_stays(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        before = at.main.code.editor.text
        await at.press("alt+a", "ctrl+v")
        assert at.main.code.editor.text == before
        (notice,) = at.app._notifications
        assert notice.message.startswith("Nothing was copied here yet.")


@pytest.mark.parametrize(
    ("before", "pasted", "after"),
    [
        ("|", "def f():\r\n\tif x:\r\n\t\ty\r\n", "def f():\n    if x:\n        y\n|"),
        ("|", "def f():\r\treturn 1", "def f():\n    return 1|"),
        ("ab|", "\tc\td", "ab  c   d|"),
        ("a^b|c", "x\ty\n\tz", "ax  y\n    z|c"),
        ("漢|", "\tc", "漢  c|"),
        ("    |", "a\n    b", "    a\n    b|"),
        ("|", 'x = "a\tb"', 'x = "a  b"|'),
    ],
)
async def test_pasted_tabs_are_spaces(before: str, pasted: str, after: str) -> None:
    async with running_editor(before) as at:
        await at.paste(pasted)
        assert at.marked == after
        await at.press("ctrl+z")
        assert at.marked == before
