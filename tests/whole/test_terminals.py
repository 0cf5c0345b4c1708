"""Every terminal: the tutor starts, runs exercise 1, and leaves the terminal as it was."""

from __future__ import annotations

import base64
import re
import termios
import time
from functools import partial
from pathlib import Path

import pytest

from tests.harness.small_course import BUILD, write_course
from tests.harness.terminal import DEADLINE_SECONDS, TUTOR, Terminal

TERMINALS = {
    "xterm-256color": {"TERM": "xterm-256color"},
    "truecolor": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "xterm": {"TERM": "xterm"},
    "console": {"TERM": "linux"},
    "screen": {"TERM": "screen-256color"},
    "tmux": {"TERM": "tmux-256color"},
    "vt100": {"TERM": "vt100"},
    "no colour": {"TERM": "xterm-256color", "NO_COLOR": "1"},
    "C locale": {"TERM": "xterm", "LANG": "C"},
    "POSIX locale": {"TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "POSIX"},
    "stock driver": {"TERM": "xterm-256color", "CLOSURE_TUTOR_STOCK_DRIVER": "1"},
}
TRUECOLOR = re.compile(rb"\x1b\[[\d;]*[34]8;2;")
PALETTE = re.compile(rb"\x1b\[[\d;]*[34]8;5;")
COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9\d|10\d)(?:;\d+)*m")


@pytest.mark.parametrize("name", TERMINALS)
def test_exercise_1_in_every_terminal(tmp_path: Path, name: str) -> None:
    with Terminal(tmp_path, environment=TERMINALS[name]) as terminal:
        terminal.wait_for("Independent captures")
        terminal.wait_for("Write the bodies of greet and add.")
        terminal.wait_for("F10 Quit")
        terminal.press("f5")
        terminal.wait_for("None", "the output of the starter")
        check_looks(name, terminal)
        before = bytes(terminal.received)
        terminal.press("ctrl+l")
        terminal.wait_for(
            lambda text: len(terminal.received) > len(before) + 500, "the screen anew"
        )
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
        flags = termios.tcgetattr(terminal.process.fd)[3]
        assert flags & termios.ECHO
        assert flags & termios.ICANON
        left = bytes(terminal.received[-2000:])
        assert left.rfind(b"\x1b[?1049l") > 0
        assert left.rfind(b"\x1b[?25h") > 0
        assert b"\x1b[?2004l" in left


PRESSED = {
    "ctrl+home": "",
    "down": "",
    "end": "",
    "enter": "",
    "x = '漢字 é' # ": "é' #",
    '"""': 'é\' # """',
    "up": "",
    "\x1b[1;2B": "",
    "f3": "Functions that remember",
    "f5": ">>>",
    "f4": "",
    "f6": "",
    "f7": "",
    "[6 * 7]\r": "[42]",
    "f2": "Late binding",
    "f8": "1.2",
    "f12": "Hint 1",
    "f1": "leave; everything is saved",
    "escape": "",
}
"""Keys, and what is seen once they have been answered by all that takes a while."""


def test_the_same_keys_show_the_same_through_textuals_own_driver(tmp_path: Path) -> None:
    stock = {"CLOSURE_TUTOR_STOCK_DRIVER": "1"}
    config = tmp_path / "config.toml"
    config.write_text('cursor = "painted"\n', encoding="utf-8")  # through Textual's it always is
    painted = ("--config", str(config))
    with (
        Terminal(tmp_path / "1", *painted) as ours,
        Terminal(tmp_path / "2", *painted, environment=stock) as theirs,
    ):
        for terminal in (ours, theirs):
            terminal.wait_for("F10 Quit")
        for key, shows in PRESSED.items():
            for terminal in (ours, theirs):
                terminal.press(key)
                terminal.wait_for(shows)
            wait_for_the_same(ours, theirs, key)
        for size in ((120, 40), (100, 30), (80, 24)):
            for terminal in (ours, theirs):
                terminal.resize(*size)
                terminal.press("x")
            wait_for_the_same(ours, theirs, str(size))
        assert len(ours.received) < 0.3 * len(theirs.received)


def wait_for_the_same(ours: Terminal, theirs: Terminal, after: str) -> None:
    """Read from both until both have the same to show."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while True:
        ours.settle(0.15)
        theirs.settle(0.15)
        if ours.screen.look() == theirs.screen.look():
            return
        assert time.monotonic() < deadline, f"after {after!r}:\n{ours.text}\n\n{theirs.text}"


def check_looks(name: str, terminal: Terminal) -> None:
    sent = bytes(terminal.received)
    if name.endswith("locale"):
        assert sent.isascii()
        assert "Task  Lesson" in terminal.text
        assert "?" not in terminal.text.splitlines()[0]
    if name in ("console", "vt100", "xterm"):
        assert not TRUECOLOR.search(sent)
        assert not PALETTE.search(sent)
    if name == "console":
        assert "○" not in terminal.text
    if name in ("screen", "tmux", "xterm-256color"):
        assert PALETTE.search(sent)
        assert not TRUECOLOR.search(sent)
    if name == "truecolor":
        assert TRUECOLOR.search(sent)
    if name == "no colour":
        assert not COLOUR.search(sent)


@pytest.mark.parametrize("term", [("TERM=dumb",), ("TERM=",), ("-u", "TERM")])
def test_a_terminal_that_cannot_move_its_cursor(tmp_path: Path, term: tuple[str, ...]) -> None:
    with Terminal(tmp_path, command=("env", *term, *TUTOR)) as terminal:
        assert terminal.wait_until_gone() == 2
        assert "TERM names none" in " ".join(terminal.text.split())
        assert b"\x1b" not in terminal.received


def test_too_small_a_terminal_is_told_and_comes_back(tmp_path: Path) -> None:
    with Terminal(tmp_path, columns=59, rows=18) as terminal:
        terminal.wait_for("The tutor needs")
        for columns, rows in ((60, 18), (60, 17), (80, 24), (20, 5), (200, 60)):
            terminal.resize(columns, rows)
            if columns < 60 or rows < 18:
                told = f"has {columns} columns and {rows} rows."
                terminal.wait_for(partial(says, told), told)
                terminal.press("f1", "x")
                terminal.settle()
                assert "1.1" not in terminal.text
            else:
                terminal.wait_for("Independent captures")
                terminal.wait_for("def make_greeter(name):")
                terminal.wait_for("F1 Help")
                assert "xdef" not in terminal.text
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0


def says(sentence: str, text: str) -> bool:
    """Whether the screen says this, over however many rows."""
    return sentence in " ".join(text.split())


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "content")


def test_resizing_while_a_run_streams(tmp_path: Path, course: Path) -> None:
    (course / BUILD / "starter.py").write_text(
        "n = 0\nwhile n < 30_000:\n    n += 1\n    print('line', n)\nprint('the end')\n"
    )
    with Terminal(tmp_path, "adders", "--content", str(course)) as terminal:
        terminal.wait_for("Adders")
        terminal.press("f5")
        terminal.wait_for("line ")
        for columns, rows in ((120, 40), (70, 20), (50, 10), (160, 50), (100, 30), (80, 24)):
            terminal.resize(columns, rows)
            terminal.settle(0.02)
        terminal.wait_for("the end")
        terminal.wait_for("Adders")
        terminal.press("ctrl+l")
        terminal.wait_for(lambda text: "F10 Quit" in text.split("\n")[-1], "the last row")
        assert len(terminal.text.splitlines()) == 24
        assert "1.1  Adders" in terminal.text.splitlines()[0]
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("value = compute(1, 'text')  # note\r" * 28_000, " 28000  value"),
        ("value + " * 125_000, "value + def"),
    ],
    ids=["many lines", "one line"],
)
def test_a_paste_of_a_megabyte_leaves_the_tutor_awake(
    tmp_path: Path, text: str, shows: str
) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press("ctrl+home")
        terminal.paste(text)
        terminal.press("f1")
        terminal.wait_for("Keys")
        terminal.press("f1")
        terminal.wait_for(shows)
        terminal.press("right", "right", "left", "f10")
        assert terminal.wait_until_gone() == 0


def test_a_selection_is_copied_through_the_terminal(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press("ctrl+home", "\x1b[1;2B", "\x03")  # shift+down
        first = base64.b64encode(b"def make_greeter(name):\n")
        copied = b"\x1b]52;c;" + first + b"\x07"
        terminal.wait_for(lambda text: copied in terminal.received, "OSC 52")
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
