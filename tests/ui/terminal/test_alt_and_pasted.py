"""A key with Alt types nothing; a text that comes all at once is told from one that is typed."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from textual import constants
from textual.events import Key, Paste

from tests.harness.editor_app import running_editor
from tests.harness.running_tutor import played_tutor
from tests.harness.samples import PREDICT, out
from tests.harness.terminal import Terminal
from tutor.ui.terminal.input import PastedKey, TerminalInput


class Clock:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def arrived(monkeypatch: pytest.MonkeyPatch) -> TerminalInput:
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 0.0)
    return TerminalInput()


@pytest.mark.parametrize("char", [*string.ascii_letters, *string.digits, *string.punctuation, " "])
def test_no_character_with_alt_is_typed(arrived: TerminalInput, char: str) -> None:
    keys = [*arrived.read(f"\x1b{char}"), *arrived.tick()]
    assert len(keys) == 1
    assert isinstance(keys[0], Key)
    assert not keys[0].is_printable
    if char not in "bf":  # which macOS sends for Alt with an arrow
        assert keys[0].key.startswith("alt+")
    if char in string.ascii_lowercase and char not in "bf":
        assert keys[0].key == f"alt+{char}"


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("\x1b.x", ["alt+full_stop", "x"]),
        ("x\x1bdx", ["x", "alt+d", "x"]),
        ("\x1b[A1", ["up", "1"]),
        ("\x1bOA1", ["up", "1"]),
        ("\x1b[97u", ["a"]),
        ("\x1b[97;3u", ["alt+a"]),
        ("\x1b[1;3A", ["alt+up"]),
        ("\x1b[I1", ["1"]),
    ],
)
def test_other_keys_are_as_before(arrived: TerminalInput, sent: str, keys: list[str]) -> None:
    read = [*arrived.read(sent), *arrived.tick()]
    assert [each.key for each in read if isinstance(each, Key)] == keys


def test_a_key_with_alt_in_two_pieces(arrived: TerminalInput) -> None:
    read = [*arrived.read("\x1b"), *arrived.read("."), *arrived.tick()]
    assert [(each.key, each.character) for each in read if isinstance(each, Key)] == [
        ("alt+full_stop", None)
    ]


async def test_an_unbound_key_with_alt_types_nothing_anywhere(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        for key in ("alt+y", "alt+shift+d"):
            at.app.post_message(Key(key, key[-1]))  # as the stock driver sends it
        await at.type("1")
        assert at.main.answer == "1"
    async with played_tutor(tmp_path) as at:
        before = at.main.answer
        at.app.post_message(Key("alt+y", "y"))
        await at.run(out("one\n"))
        await at.press("f7")
        at.app.post_message(Key("alt+y", "y"))
        await at.pilot.pause()
        assert at.main.run_panel.prompt.line.value == ""
        assert at.main.answer == before


PASTED = [
    "if x:\r    y\r",
    "def f():\r\treturn 1\r\rprint(f())\r",
    "a = 1\rbb = 22\rccc",
    "a = 1\nbb = 22\nccc",
    "x\r\n  y",
]
TYPED = [
    "x",
    "x\r",
    "def f():\r",
    "if x:\ry = 1",
    "a long line without an end",
    "\x1b[A\r  x",
    "\n",
]


def read_at(clock: Clock, *pieces: str) -> list[Key]:
    arrived = TerminalInput(clock=clock)
    return [key for each in pieces for key in arrived.read(each) if isinstance(key, Key)]


@pytest.mark.parametrize("text", PASTED)
def test_what_is_pasted(text: str) -> None:
    keys = read_at(Clock(), text)
    assert all(isinstance(key, PastedKey) for key in keys)
    assert "ctrl+j" not in {key.key for key in keys}  # which would run it
    assert len(keys) == len(text.replace("\r\n", "\r"))


@pytest.mark.parametrize("text", TYPED)
def test_what_is_typed(text: str) -> None:
    assert not any(isinstance(key, PastedKey) for key in read_at(Clock(), text))


def test_what_comes_at_once_after_it_is_pasted_too() -> None:
    clock = Clock()
    arrived = TerminalInput(clock=clock)

    def last(text: str) -> Key:
        *_, key = arrived.read(text)
        assert isinstance(key, Key)
        return key

    assert isinstance(last("if x:\r    y\rif "), PastedKey)
    clock.now += 0.01
    assert isinstance(last("z:\r"), PastedKey)
    clock.now += 0.2
    assert not isinstance(last("z:\r"), PastedKey)


def test_a_bracketed_paste_is_a_paste() -> None:
    (paste,) = TerminalInput().read("\x1b[200~if x:\r    y\r\x1b[201~")
    assert isinstance(paste, Paste)


async def test_pasted_keys_are_put_in_as_they_are() -> None:
    async with running_editor("|", close_brackets=True) as at:
        for key in read_at(Clock(), "def f(a):\r    if a:\r\tb = ['\r    return a\rprint()"):
            at.app.post_message(key)
        await at.pilot.pause()
        assert at.text == "def f(a):\n    if a:\n    b = ['\n    return a\nprint()"


STAIRS = "def f():\r    if x:\r        y = 1\r    return y\rprint(f())\r" * 100


@pytest.mark.parametrize("bracketed", [True, False])
def test_a_program_pasted_in_a_terminal_is_that_program(tmp_path: Path, bracketed: bool) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press("\x1ba", "backspace")
        terminal.wait_for(lambda text: "def make" not in text, "an empty editor")
        if bracketed:
            terminal.paste(STAIRS)
        else:
            terminal.press(STAIRS)
        terminal.wait_for(" 501")
        terminal.press("up", "up")
        terminal.wait_for("     return y")
        assert "print(f())\n 501" in "\n".join(row.rstrip() for row in terminal.text.split("\n"))
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
    draft = next((tmp_path / ".local").rglob("progress.toml")).read_text(encoding="utf-8")
    assert STAIRS.replace("\r", "\n") in draft
