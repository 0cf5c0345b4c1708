"""`--keys`: what each key arrives as, for those whose terminal sends something else."""

from __future__ import annotations

import os
import select
import sys
import termios
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from textual import constants
from textual.events import Key
from textual.message import Message

from tutor.exits import REFUSED
from tutor.text import padded, visible
from tutor.ui.keys.keymap import KeymapError, actions_of, keymap
from tutor.ui.terminal.input import TerminalInput

INTRO = """\
Press keys: each is shown with the bytes that it sends, its name, and what it does in the tutor.
Ctrl+C ends this, and so does q pressed twice.
"""
# Textual 8.x: its driver writes these two.
ALL_KEYS = "\x1b[>25u", "\x1b[<u"
"""What Textual asks of terminals with the Kitty protocol, and the way back."""


def read_keys(asked: Mapping[str, str]) -> int:
    """Show keys until the learner has enough; the exit status."""
    try:
        actions = actions_of(keymap(asked))
    except KeymapError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    with _keys_unread(sys.stdin.fileno()):
        sys.stdout.write(INTRO)
        sys.stdout.flush()
        before = ""
        for sent, key in _arriving(sys.stdin.fileno()):
            action = actions.get(key, "")
            shown = sent.encode("unicode_escape").decode()
            sys.stdout.write(f"{shown:<16} {padded(visible(key), 24)} {action}".rstrip() + "\n")
            sys.stdout.flush()
            if key == "ctrl+c" or (before, key) == ("q", "q"):
                break
            before = key
    return 0


@contextmanager
def _keys_unread(terminal: int) -> Iterator[None]:
    """The terminal hands on every key as it is, and shows none."""
    before = termios.tcgetattr(terminal)
    iflag, oflag, cflag, lflag, *rest = termios.tcgetattr(terminal)
    iflag &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    lflag &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    ask, take_back = ("", "") if constants.DISABLE_KITTY_KEY else ALL_KEYS
    try:
        termios.tcsetattr(terminal, termios.TCSANOW, [iflag, oflag, cflag, lflag, *rest])
        sys.stdout.write(ask)
        sys.stdout.flush()
        yield
    finally:
        sys.stdout.write(take_back)
        sys.stdout.flush()
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


def _arriving(terminal: int) -> Iterator[tuple[str, str]]:
    """What was sent, and the name of the key; the bytes of several keys at once go to the first."""
    arrived = TerminalInput()
    sent = ""
    while True:
        if select.select([terminal], [], [], constants.ESCAPE_DELAY if sent else None)[0]:
            data = os.read(terminal, 1024)
            if not data:
                return
            for char in arrived.decode(data):
                sent += char
                for key in _keys(arrived.read(char)):
                    yield sent, key
                    sent = ""
            continue
        for key in _keys(arrived.tick()):
            yield sent, key
        sent = ""


def _keys(messages: Iterable[Message]) -> Iterator[str]:
    return (each.key for each in messages if isinstance(each, Key))
