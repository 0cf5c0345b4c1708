"""What lies between a text and a terminal: the one sanitiser, the fitting to columns, the encoding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby

TAB_SIZE = 4
MARKS = 4
"""Combining marks that one character keeps: as many as a Hebrew letter has with its vowel and accent."""
NAME_COLUMNS = 60
"""What is shown of a name at most, where others stand beside it."""
QUOTE_COLUMNS = 300
"""What is shown of a quoted text at most, where lines are not wrapped."""

_may_be_flood = re.compile(rf"[\u0300-\U0010ffff]{{{MARKS + 1},}}")
"""Every combining mark is U+0300 or beyond."""


class _Shown(dict[int, str]):
    """A table for `str.translate` that is filled as characters turn up.

    Made anew for each text: a table of all of Unicode would cost 0.5 s at import.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        # `isprintable` refuses exactly the categories that can harm a terminal or hide from the eye:
        # control, format (so bidi), surrogate, private, unassigned, and every separator but the space.
        shown = self[code] = char if char.isprintable() else repr(char)[1:-1]
        return shown


def visible(text: str, *, keep_newlines: bool = True, keep_tabs: bool = False) -> str:
    r"""The text with every character that is not plainly visible as its Python escape.

    So `ESC` becomes `\x1b`, a right-to-left override `\u202e`, a lone surrogate `\ud800`. Tabs are
    expanded to stops of four columns, or left alone. Of a flood of combining marks, which would be
    painted over the lines around it, the first few are left, and the others counted: `(+96 marks)`.
    """
    if not text.isprintable():
        shown = _Shown({ord("\t"): "\t"})
        if keep_newlines:
            shown[ord("\n")] = "\n"
        text = text.translate(shown)
        text = text if keep_tabs else text.expandtabs(TAB_SIZE)
    return text if text.isascii() else _may_be_flood.sub(_without_flood, text)


def one_line(text: str, width: int = QUOTE_COLUMNS) -> str:
    """Any text as one visible line of at most `width` columns; what is cut is counted."""
    return shorten(visible(text, keep_newlines=False), width)


def columns(text: str) -> int:
    """How many columns of a terminal a line of visible text takes."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def shorten(text: str, width: int) -> str:
    """A line of visible text in at most `width` columns; what is cut is counted.

    `[0, 1, 2, 3, 4, 5]` in 12 columns is `[0, 1, … +11`: eleven more characters.
    """
    if columns(text) <= width:
        return text
    tail = f"… +{len(text)}"  # as wide as the note will be at most
    if len(tail) >= width:
        return _cut(text, width - 1) + "…" if width > 0 else ""
    kept = _cut(text, width - len(tail))
    return f"{kept}… +{len(text) - len(kept)}"


def ends_of(text: str, width: int) -> str:
    """A line of visible text in at most `width` columns: its beginning and its end, `…` between."""
    if columns(text) <= width or width < 1:
        return text if width > 0 else ""
    end = _cut(text[::-1], (width - 1) // 2)[::-1]
    # What begins with a combining mark would have it on the ellipsis.
    while end and not columns(end[0]):
        end = end[1:]
    return f"{_cut(text, width - 1 - columns(end))}…{end}"


def padded(text: str, width: int) -> str:
    """A line of visible text with spaces after it, to fill so many columns."""
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int) -> list[str]:
    """A paragraph of visible text in lines of at most `width` columns, where its words allow it."""
    lines = [""]
    for number, word in enumerate(text.split(" ")):
        longer = f"{lines[-1]} {word}" if number else word
        if lines[-1].strip() and columns(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def terminal_encoding(environment: Mapping[str, str]) -> str:
    """What the locale says of the terminal.

    In the C locale Python takes C.UTF-8 in its place and writes that into LC_CTYPE (PEP 538), which
    says nothing of the terminal.
    """
    from locale import getencoding

    coerced = (
        environment.get("LC_CTYPE") == "C.UTF-8"
        and not environment.get("LC_ALL")
        and environment.get("LANG", "") in ("", "C", "POSIX")
    )
    return "ascii" if coerced else getencoding()


def is_unicode(encoding: str) -> bool:
    """Whether an encoding can write every character: whether it is UTF-8."""
    return encoding.lower().replace("-", "") == "utf8"


def _cut(text: str, width: int) -> str:
    """As much of the beginning as fits."""
    used = 0
    for index, char in enumerate(text):
        used += _columns_of(char)
        if used > width:
            return text[:index]
    return text


def _columns_of(char: str) -> int:
    if char.isascii():
        return 1
    from unicodedata import east_asian_width  # not needed for most texts

    if _is_mark(char):
        return 0
    return 2 if east_asian_width(char) in ("W", "F") else 1


def _is_mark(char: str) -> bool:
    """Whether a character is painted over the one before it."""
    from unicodedata import category

    return category(char) in ("Mn", "Me")


def _without_flood(run: re.Match[str]) -> str:
    """Characters that may be marks, with at most MARKS of them in a row."""
    parts = []
    for is_mark, group in groupby(run[0], _is_mark):
        chars = "".join(group)
        more = len(chars) - MARKS if is_mark else 0
        parts.append(f"{chars[:MARKS]}(+{more:,} mark{'s' * (more > 1)})" if more > 0 else chars)
    return "".join(parts)
