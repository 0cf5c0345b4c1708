"""Keys can be changed in the configuration file, and a fault in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.played_session import PlayedSession
from tests.harness.running_tutor import PlayedTutor
from tests.harness.samples import COURSE, out
from tests.harness.terminal import Terminal
from tutor.protocol.requests import Limits
from tutor.state.options import AppOptions
from tutor.state.progress import Progress
from tutor.state.settings import Settings
from tutor.ui.app import TutorApp, run_app
from tutor.ui.keys.actions import KEYS
from tutor.ui.keys.editing import EDITING
from tutor.ui.keys.keymap import KeymapError, actions_of, keymap


def test_without_a_wish_every_key_is_the_usual_one() -> None:
    assert keymap({}) == {binding.id: binding.key for binding in (*KEYS, *EDITING)}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("f5,ctrl+e", "f5,ctrl+e"),
        (" F5 , Ctrl+E ", "f5,ctrl+e"),
        ("shift+ctrl+f5", "ctrl+shift+f5"),
        ("alt+x", "alt+x"),
        ("ctrl+right_square_bracket", "ctrl+right_square_bracket"),
        ("ctrl+pageup", "ctrl+pageup"),
    ],
)
def test_a_key_can_be_changed(said: str, key: str) -> None:
    assert keymap({"run": said})["run"] == key


def test_actions_can_change_places() -> None:
    keys = keymap({"run": "f8", "next_exercise": "f5", "help": "ctrl+/"})
    actions = actions_of(keys)
    assert (actions["f8"], actions["f5"]) == ("run", "next_exercise")
    assert actions["ctrl+underscore"] == "help"
    assert "ctrl+j" not in actions


def test_a_command_of_the_editor_can_be_changed() -> None:
    keys = keymap({"find": "ctrl+e,alt+y"})
    assert keys["find"] == "ctrl+e,alt+y"
    assert "alt+w" not in actions_of(keys)


def test_a_command_of_the_editor_gives_up_a_key_that_another_is_to_have() -> None:
    keys = keymap({"run": "f5,ctrl+d", "find": "alt+n"})
    assert keys["delete_right"] == "delete"
    assert keys["find_next"] == ""
    assert actions_of(keys)["ctrl+d"] == "run"
    assert actions_of(keys)["alt+n"] == "find"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"jump": "f5"}, "no action `jump`"),
        ({"run": "ctl+x"}, "no key `ctl+x`"),
        ({"run": "f99"}, "no key `f99`"),
        ({"run": ""}, "no key ``"),
        ({"run": "f5,"}, "no key ``"),
        ({"run": "ctrl+"}, "no key `ctrl+`"),
        ({"run": "f1"}, "F1 is both `help` and `run`"),
        ({"run": "ctrl+p"}, "both `search`"),
        ({"run": "ctrl+q"}, "Ctrl+Q is both `quit` and `run`"),
        ({"run": "f5", "hint": "ctrl+e,f5"}, "both `run` and `hint`"),
        ({"find": "ctrl+f"}, "both `zoom` and `find`"),
        ({"find": "alt+y", "comment": "alt+y"}, "both `find` and `comment`"),
        ({"find": "ctrl+c"}, "both `copy` and `find`"),
        ({"find": "x"}, "needed for writing"),
        ({"run": "x"}, "needed for writing"),
        ({"run": "question_mark"}, "needed for writing"),
        ({"run": "shift+enter"}, "needed for writing"),
        ({"run": "f\x1b\n"}, "\\x1b"),
    ],
)
def test_a_fault_is_told_in_one_line(
    asked: dict[str, str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KeymapError) as caught:
        keymap(asked)
    assert says in str(caught.value)
    options = AppOptions(None, None, None, None, None, mouse=False, settings=Settings(keys=asked))
    assert run_app(options) == 2
    assert capsys.readouterr().err == f"{caught.value}\n"


def test_an_unknown_theme_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(theme="mud")
    assert run_app(AppOptions(None, None, None, None, None, mouse=False, settings=settings)) == 2
    assert "no theme mud" in capsys.readouterr().err


async def test_what_the_configuration_says_holds(tmp_path: Path) -> None:
    session = PlayedSession()
    limits = Settings().limits_table.__class__(wall_seconds=2.0)
    settings = Settings(
        limits_table=limits, keys={"run": "f5,ctrl+e", "help": "f2", "exercises": "f1"},
        theme="light", record=False,
    )  # fmt: skip
    app = TutorApp(COURSE, Progress.open(tmp_path), session, settings=settings)
    async with app.run_test(size=(80, 40)) as pilot:
        at = PlayedTutor(app, pilot, session)
        assert app.theme == "light"
        session.will_give(out("one\n"))
        await at.press("ctrl+e")
        await at.settle()
        await at.press("f2")
        assert "F5, Ctrl+E" in at.text
        assert "this page" in at.text
        await at.press("f2")
        assert "this page" not in at.text
    (request,) = session.requests
    assert request.limits == Limits(wall_seconds=2.0)
    assert not request.record


def test_a_changed_key_in_a_terminal(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[keys]\nquit = "f10,ctrl+x"\n')
    with Terminal(tmp_path, "--config", str(config)) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press("\x18")
        assert terminal.wait_until_gone() == 0
