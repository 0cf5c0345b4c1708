"""The marks that stand for a state, so that no meaning hangs on a colour."""

from __future__ import annotations

import os
from dataclasses import dataclass

from tutor.text import is_unicode, terminal_encoding


@dataclass(frozen=True)
class Marks:
    """One set of marks, each one column wide."""

    not_begun: str
    begun: str
    passed: str
    shown: str
    """The model solution was shown."""
    right: str
    wrong: str
    opened: str
    closed: str
    becomes: str
    """Between an old value and the new one."""
    bullet: str
    line: str
    """The rule in the header of a pane."""
    heavy_line: str
    """The same where the pane has the focus."""
    bar: str
    """Before what is not there yet."""
    goes_on: str
    """Before what goes on from the line above."""


UNICODE = Marks("○", "◐", "●", "◌", "✓", "✗", "▾", "▸", "→", "•", "─", "━", "▏", "↳")
ASCII = Marks(".", "-", "*", "s", "+", "x", "v", ">", ">", "-", "-", "=", "|", "\\")


def marks_for(term: str, encoding: str) -> Marks:
    """The set that a terminal can show.

    The Linux console is `linux`: its fonts of 256 or 512 glyphs have none of ◐ ◌ ✓ ✗.
    """
    return UNICODE if is_unicode(encoding) and term != "linux" else ASCII


ENCODING = terminal_encoding(os.environ)
MARKS = marks_for(os.environ.get("TERM", ""), ENCODING)
