"""What each key of the editor does to the text, and that one undo takes it back."""

from __future__ import annotations

import pytest

from tests.harness.editor_app import running_editor
from tutor.ui.keys.editing import EDITING

LINES = "\n".join(f"line {n}" for n in range(60))

CHANGES = [
    # key, before, after
    ("alt+c", "a|b\ncd", "# a|b\ncd"),
    ("alt+c", "# a|b", "a|b"),
    ("alt+c", "#a|b", "a|b"),
    ("alt+c", "if x:\n    ^y\n\n        z|", "if x:\n    # ^y\n\n    #     z|"),
    ("alt+c", "    # ^y\n\n    #     z|", "    ^y\n\n        z|"),
    ("alt+c", "^# a\nb|", "^# # a\n# b|"),
    ("alt+c", "^a\n|b", "^# a\n|b"),
    ("alt+c", "  # a|\n", "  a|\n"),
    ("alt+up", "one\nt|wo\nthree", "t|wo\none\nthree"),
    ("alt+k", "one\n^two\nth|ree", "^two\nth|ree\none"),
    ("alt+down", "o|ne\ntwo", "two\no|ne"),
    ("alt+j", "^one\ntwo\n|three\nfour", "three\n^one\ntwo\n|four"),
    ("alt+j", "^one\n|two", "two\n^one|"),
    ("alt+d", "a|b cd ef", "a| cd ef"),
    ("alt+d", "ab| cd ef", "ab| ef"),
    ("alt+d", "ab|\ncd", "ab|cd"),
    ("alt+d", "ab|  ", "ab|"),
    ("alt+d", "ab ^cd| ef", "ab | ef"),
    ("alt+d", "x|漢字 y", "x| y"),
    ("alt+delete", "a|b", "a|"),
    ("ctrl+w", "ab cd|", "ab |"),
    ("ctrl+w", "ab\n|cd", "ab|cd"),
    ("alt+backspace", "ab cd|", "ab |"),
    ("ctrl+k", "ab|cd\nef", "ab|\nef"),
    ("ctrl+k", "ab|\nef", "ab|ef"),
    ("ctrl+k", "|\nef", "|ef"),
    ("ctrl+u", "ab|cd", "|cd"),
    ("ctrl+u", "ab\n|cd", "ab|cd"),
    ("alt+r", "ab\nc|d\nef", "ab\ne|f"),
    ("alt+r", "a\nb|c", "a|"),
    ("alt+r", "ab|c", "|"),
    ("alt+r", "^a\nb|", "|"),
    ("alt+r", "a\n^b\n|c", "a\n|c"),
    ("ctrl+d", "a|b", "a|"),
    ("delete", "a|\nb", "a|b"),
    ("tab", "a|b", "a   |b"),
    ("tab", "^a\nb|", "    ^a\n    b|".replace("    ^", "^    ", 1)),
    ("shift+tab", "      a|b", "  a|b"),
    ("shift+tab", "    ^a\n  b|\n c", "^a\nb|\n c"),
    ("ctrl+x", "ab\nc|d\nef", "ab\ne|f"),
    ("ctrl+x", "a^bc|d", "a|d"),
]


@pytest.mark.parametrize(("key", "before", "after"), CHANGES)
async def test_a_command_and_one_undo(key: str, before: str, after: str) -> None:
    async with running_editor(before) as at:
        await at.press(key)
        assert at.marked == after
        await at.press("ctrl+z")
        assert at.marked == before
        await at.press("ctrl+y")
        assert at.marked == after
        await at.press("ctrl+z")
        assert at.marked == before


@pytest.mark.parametrize(
    ("key", "before"),
    [
        ("alt+c", "\n|\n"),
        ("alt+up", "o|ne\ntwo"),
        ("alt+down", "one\nt|wo"),
        ("shift+tab", "a|b"),
        ("alt+d", "ab|"),
        ("ctrl+d", "ab|"),
        ("ctrl+w", "|ab"),
        ("ctrl+u", "|ab"),
        ("ctrl+k", "ab|"),
        ("backspace", "|ab"),
        ("ctrl+z", "a|b"),
        ("ctrl+y", "a|b"),
        ("f6", "a|b"),
        ("f7", "a|b"),
        ("alt+y", "a|b"),
    ],
)
async def test_where_there_is_nothing_to_do_nothing_is_done(key: str, before: str) -> None:
    async with running_editor(before) as at:
        await at.press(key)
        assert at.marked == before
        await at.press("ctrl+z")
        assert at.marked == before


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("alt+a", "a\nb|\nc", "^a\nb\nc|"),
        ("alt+l", "a\nb|b\nc", "a\n^bb|\nc"),
        ("ctrl+home", "a\nb|b", "|a\nbb"),
        ("alt+t", "a\nb|b", "|a\nbb"),
        ("ctrl+end", "a|\nbb", "a\nbb|"),
        ("alt+z", "a|\nbb", "a\nbb|"),
        ("shift+right", "a|b", "a^b|"),
        ("home", "  ab|", "  |ab"),
    ],
)
async def test_a_command_that_only_moves(key: str, before: str, after: str) -> None:
    async with running_editor(before) as at:
        await at.press(key)
        assert at.marked == after


@pytest.mark.parametrize(("down", "up"), [("shift+pagedown", "shift+pageup"), ("alt+m", "alt+u")])
async def test_a_page_is_selected(down: str, up: str) -> None:
    async with running_editor("|" + LINES) as at:
        page = at.editor.content_size.height
        await at.press("right", down)
        assert at.editor.selection == ((0, 1), (page, 1))
        await at.press(down)
        assert at.editor.selection == ((0, 1), (2 * page, 1))
        await at.press(up)
        assert at.editor.selection == ((0, 1), (page, 1))
        await at.press("pageup")
        assert at.editor.selection == ((0, 1), (0, 1))


async def test_tab_indents_each_selected_line_in_one_step() -> None:
    async with running_editor("^one\n\ntwo|") as at:
        await at.press("tab", "tab")
        assert at.text == "        one\n\n        two"
        await at.press("ctrl+z", "ctrl+z")
        assert at.marked == "^one\n\ntwo|"


async def test_commands_are_steps_of_their_own_between_typed_ones() -> None:
    async with running_editor("|x\ny") as at:
        await at.type("ab")
        await at.press("alt+c", "alt+down")
        await at.type("cd")
        seen = [at.text]
        for _ in range(4):
            await at.press("ctrl+z")
            seen.append(at.text)
        assert seen == ["y\n# abcdx", "y\n# abx", "# abx\ny", "abx\ny", "x\ny"]


async def test_nothing_changes_a_program_to_read() -> None:
    async with running_editor("    a^b\n  # c|d\nef") as at:
        at.editor.read_only = True
        at.app.copy_to_clipboard("pasted")
        for key in [*"x(", *at.editor.keys]:
            await at.press(key)
            await at.paste("pasted")
            assert at.text == "    ab\n  # cd\nef", key


async def test_no_key_has_two_commands() -> None:
    keys = [key for each in EDITING for key in each.key.split(",")]
    assert len(keys) == len({*keys})
    assert all(each.id and each.tooltip for each in EDITING)
