"""`--keys`, fed with what terminals send for every key of the tutor."""

from __future__ import annotations

import termios
from functools import partial
from pathlib import Path

import pytest

from tests.harness.terminal import Terminal
from tutor.ui.keys.actions import KEYS

CONTROL = {
    "\x1f": "help",
    "\x0f": "exercises",
    "\x14": "task",
    "\x06": "zoom",
    "\n": "run",
    "\x1b": "next_pane",
    "\x12": "prompt",
    "\x0e": "next_exercise",
    "\x13": "stop",
    "\x07": "hint",
    "\x0c": "redraw",
    "\x11": "quit",
    "\x1bs": "settings",
    "\x1bp": "previous_exercise",
}
"""The second key of each action: every terminal sends the same."""
F1_TO_F4 = ("help", "exercises", "task", "zoom")
FROM_F6 = {
    "\x1b[17~": "next_pane",
    "\x1b[18~": "prompt",
    "\x1b[19~": "next_exercise",
    "\x1b[20~": "stop",
    "\x1b[21~": "quit",
    "\x1b[24~": "hint",
}
VT100 = {**dict(zip(("\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS"), F1_TO_F4, strict=True))}
VT220 = {f"\x1b[{number}~": action for number, action in zip(range(11, 15), F1_TO_F4, strict=True)}
CONSOLE = {f"\x1b[[{letter}": action for letter, action in zip("ABCD", F1_TO_F4, strict=True)}
SENT = {
    "xterm": {**CONTROL, **VT100, "\x1b[15~": "run", **FROM_F6},
    "macOS Terminal": {**CONTROL, **VT100, "\x1b[15~": "run", **FROM_F6},
    "tmux": {**CONTROL, **VT100, "\x1b[15~": "run", **FROM_F6},
    "screen": {**CONTROL, **VT100, "\x1b[15~": "run", **FROM_F6},
    "PuTTY": {**CONTROL, **VT220, "\x1b[15~": "run", **FROM_F6},
    "Linux console": {**CONTROL, **CONSOLE, "\x1b[[E": "run", **FROM_F6},
}
TERMS = {
    "xterm": "xterm-256color",
    "macOS Terminal": "xterm-256color",
    "tmux": "tmux-256color",
    "screen": "screen",
    "PuTTY": "xterm",
    "Linux console": "linux",
}


@pytest.mark.parametrize("name", SENT)
def test_every_key_of_the_tutor_arrives(tmp_path: Path, name: str) -> None:
    assert set(SENT[name].values()) == {binding.id for binding in KEYS}
    with Terminal(tmp_path, "--keys", environment={"TERM": TERMS[name]}) as terminal:
        cooked = termios.tcgetattr(terminal.process.fd)
        terminal.wait_for("pressed twice.")
        for number, (sent, action) in enumerate(SENT[name].items(), start=1):
            terminal.press(sent)
            terminal.wait_for(partial(has_rows, terminal, number), f"{action} {sent!r}")
            row = terminal.text.split("\n")[terminal.screen.cursor.y - 1]
            assert row.split()[0] == sent.encode("unicode_escape").decode()
            assert row.split()[-1] == action
        terminal.press("\x03")
        assert terminal.wait_until_gone() == 0
        assert termios.tcgetattr(terminal.process.fd) == cooked


def has_rows(terminal: Terminal, number: int, text: str) -> bool:
    """Whether so many keys were told."""
    told = terminal.received.partition(b"pressed twice.\r\n")[2]
    return told.count(b"\r\n") == number


def test_q_twice_ends_it_and_other_keys_are_told_too(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--keys") as terminal:
        terminal.wait_for("pressed twice.")
        for sent, told in (
            ("q", "q"),
            ("é", r"\xe9             é"),
            ("\x1bj", "alt+j"),
            ("\x1b[13;5u", "ctrl+enter"),
            ("\x1b[200~", ""),
            ("\x1b[201~", ""),
        ):
            terminal.press(sent)
            terminal.wait_for(told)
        terminal.press("qq")
        assert terminal.wait_until_gone() == 0


def test_changed_keys_are_told_as_they_are(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[keys]\nrun = "ctrl+e"\n')
    with Terminal(tmp_path, "--keys", "--config", str(config)) as terminal:
        terminal.wait_for("pressed twice.")
        terminal.press("\x05")
        terminal.wait_for("run")
        terminal.press("\x03")
        assert terminal.wait_until_gone() == 0
    config.write_text('[keys]\nrun = "f1"\n')
    with Terminal(tmp_path, "--keys", "--config", str(config)) as terminal:
        assert terminal.wait_until_gone() == 2
        assert "both `help` and `run`" in " ".join(terminal.text.split())
