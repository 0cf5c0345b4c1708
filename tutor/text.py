"""What lies between a text and a terminal: the one sanitiser, the fitting to columns, the encoding."""

from __future__ import annotations

from collections.abc import Mapping

TAB_SIZE = 4


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
    expanded to stops of four columns, or left alone.
    """
    if text.isprintable():
        return text
    shown = _Shown({ord("\t"): "\t"})
    if keep_newlines:
        shown[ord("\n")] = "\n"
    text = text.translate(shown)
    return text if keep_tabs else text.expandtabs(TAB_SIZE)


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
    from unicodedata import category, east_asian_width  # not needed for most texts

    if category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in ("W", "F") else 1
