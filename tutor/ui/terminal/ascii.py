"""The terminal driver for terminals that show nothing but ASCII."""

from __future__ import annotations

import re

from tutor.text import columns
from tutor.ui.terminal.driver import FrameDriver

DRAWN = str.maketrans(
    "│┃─━┌┐└┘├┤┬┴┼╭╮╰╯╷╵╶╴█·…•→▸▾×",
    "||--+++++++++++++||--#..*>>vx",
)
"""Lines and marks, each by the one that looks most like it."""
NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class AsciiDriver(FrameDriver):
    """Sends the same screens in ASCII, whatever painted them."""

    def write(self, data: str) -> None:
        super().write(data if data.isascii() else in_ascii(data))


def in_ascii(text: str) -> str:
    """The text in as many columns; what has no likeness is a question mark, a part of a block nothing."""
    return NOT_ASCII.sub(_likeness, text.translate(DRAWN))


def _likeness(found: re.Match[str]) -> str:
    char = found[0]
    return " " if "\u2580" <= char <= "\u259f" else "?" * columns(char)
