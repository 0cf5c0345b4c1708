"""The commands of the editor are found: in the help, by searching, by `--keys`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from textual.command import CommandList

from tests.harness.played_session import PlayedSession
from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import COURSE, PREDICT
from tests.harness.terminal import Terminal
from tutor.state.progress import Progress
from tutor.state.settings import Settings
from tutor.ui.app import TutorApp
from tutor.ui.keys.actions import KEYS
from tutor.ui.keys.editing import EDITING
from tutor.ui.keys.keymap import actions_of, keymap

CHANGED = {"find": "ctrl+e", "comment": "alt+y", "run": "f5,alt+c"}


def test_no_key_has_two_meanings() -> None:
    keys = [key for each in (*KEYS, *EDITING) for key in each.key.split(",")]
    assert sorted(keys) == sorted({*keys})


def test_the_page_of_settings_has_room_for_their_names() -> None:
    assert max(len(each.description) for each in EDITING) <= 14


def test_what_only_some_terminals_send_has_another_key_too() -> None:
    for each in EDITING:
        keys = each.key.split(",")
        everywhere = [
            key
            for key in keys
            if key in ("tab", "shift+tab", "delete")
            or (key[-2] == "+" and key.startswith(("alt+", "ctrl+")) and key.count("+") == 1)
        ]
        assert everywhere, each.id
        never = {
            "alt+b",
            "alt+f",
            "alt+p",
            "alt+s",
            "ctrl+a",
            "ctrl+b",
            "ctrl+h",
            "ctrl+i",
            "ctrl+m",
        }
        assert not never & {*keys}, each.id


async def test_the_help_lists_them_all(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(80, 150)) as at:
        await at.press("f1")
        rows = [" ".join(row.split()) for row in at.rows]
        assert "Keys of the editor" in rows
        for name in (
            *("Ctrl+Z Undo:", "Ctrl+Y Redo:", "Ctrl+C Copy:", "Ctrl+X Cut:", "Ctrl+V Paste:"),
            *("Alt+W Find:", "Alt+N Find next:", "Alt+C Comment:", "Alt+E Your editor:"),
            *("Alt+A Select all:", "Ctrl+Home, Alt+T Top:", "Alt+Up, Alt+K Move up:"),
            *("Alt+D, Alt+Delete Delete word:", "Shift+PageUp, Alt+U Select up:"),
        ):
            assert any(row.startswith(name) for row in rows), name
        for each in EDITING:
            assert any(f"{each.description}: " in row for row in rows), each.id
        assert "OSC 52" in at.text


async def test_the_help_lists_the_keys_in_force(tmp_path: Path) -> None:
    app = TutorApp(
        COURSE, Progress.open(tmp_path), PlayedSession(), settings=Settings(keys=CHANGED)
    )
    async with app.run_test(size=(80, 150)) as pilot:
        at = PlayedTutor(app, pilot, PlayedSession())
        await at.press("f1")
        rows = [" ".join(row.split()) for row in at.rows]
        assert any(row.startswith("Ctrl+E Find:") for row in rows)
        assert any(row.startswith("Alt+Y Comment:") for row in rows)


async def test_a_changed_key_does_it_and_the_usual_one_no_more(tmp_path: Path) -> None:
    app = TutorApp(
        COURSE, Progress.open(tmp_path), PlayedSession(), settings=Settings(keys=CHANGED)
    )
    async with app.run_test() as pilot:
        editor = app.main.code.editor
        editor.rewrite("x")
        await pilot.press("alt+w")
        assert editor.has_focus
        await pilot.press("alt+y")
        assert editor.text == "# x"
        await pilot.press("ctrl+e")
        assert not editor.has_focus


async def test_searching_finds_them_and_does_them(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        for command, after in (("Comment", "# x"), ("Undo", "x"), ("Select all", "x")):
            if command == "Comment":
                at.write("x")
            await at.press("f6", "ctrl+p")
            await at.type(command)
            await at.until(partial(is_found, at, command))
            await at.press("enter")
            await at.until(lambda: at.app.screen is at.main)
            await at.settle()
            assert at.main.code.editor.text == after
            assert at.main.code.editor.has_focus
        assert at.main.code.editor.selected_text == "x"


async def test_searching_names_them_all(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        found = {command.title for command in at.app.searchable()}
        assert {each.description for each in EDITING} <= found


def is_found(at: PlayedTutor, title: str) -> bool:
    """Whether the first that was found has this title."""
    options = at.app.screen.query_one(CommandList)
    return options.option_count > 0 and title in str(options.get_option_at_index(0).prompt)


@pytest.mark.parametrize(
    ("sent", "key", "action"),
    [
        ("\x1bw", "alt+w", "find"),
        ("\x1bd", "alt+d", "delete_word_right"),
        ("\x1b[1;5H", "ctrl+home", "text_start"),
        ("\x1b[1;3A", "alt+up", "move_lines_up"),
        ("\x1b[6;2~", "shift+pagedown", "select_page_down"),
        ("\x18", "ctrl+x", "cut"),
    ],
)
def test_keys_names_them_when_they_are_pressed(
    tmp_path: Path, sent: str, key: str, action: str
) -> None:
    with Terminal(tmp_path, "--keys") as terminal:
        terminal.wait_for("pressed twice.")
        terminal.press(sent)
        terminal.wait_for(
            lambda text: any(row.split()[1:] == [key, action] for row in text.split("\n"))
        )
        terminal.press("\x03")
        assert terminal.wait_until_gone() == 0


def test_every_command_has_an_id_by_which_its_key_is_changed() -> None:
    for each in EDITING:
        keys = keymap({str(each.id): "alt+y"})
        assert actions_of(keys)["alt+y"] == each.id
