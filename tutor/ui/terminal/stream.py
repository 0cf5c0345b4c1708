"""What a full-screen Textual app writes to its terminal, cut into tokens.

Every character of the stream belongs to a token: a sequence that is not one of the few that Textual
draws with is a token too, so that it can be passed on as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum, auto


class Token(IntEnum):
    """What a token means; beside each, what its value is.

    A number, for the hash of other enums is worked out in Python: a sixth of the cost of a frame.
    """

    TEXT = auto()  # characters to draw
    STYLE = auto()  # the parameters of an SGR: "1;38;5;8"
    PLACE = auto()  # row and column, counted from one: "12;40"
    STEP = auto()  # a count, which may be missing, and a direction: "3A", "G"
    CONTROL = auto()  # a line feed, carriage return or backspace
    LINK = auto()  # parameters and address of a hyperlink, "id=7;https://…"; ";" where it ends
    SYNC = auto()  # "h" where a frame begins, "l" where it ends
    ALTERNATE = auto()  # the whole sequence that enters or leaves the alternate screen
    HARMLESS = auto()  # a whole sequence that changes neither what is shown nor how it is drawn
    BEGUN = auto()  # a sequence cut off by the end of the text
    UNKNOWN = auto()  # any other sequence, whole


_ST = r"(?:\x07|\x1b\\)"

# One group each. The first that matches wins: what is frequent comes first, UNKNOWN last.
_GRAMMAR = {
    Token.TEXT: r"([^\x00-\x1f\x7f-\x9f]+)",
    Token.STYLE: r"\x1b\[([\d;]*)m",
    Token.PLACE: r"\x1b\[(\d*(?:;\d*)?)[Hf]",
    Token.STEP: r"\x1b\[(\d*[ABCDGd])",
    Token.CONTROL: r"([\n\r\b])",
    Token.LINK: rf"\x1b\]8;([^;\x00-\x1f]*;[^\x00-\x1f]*){_ST}",
    Token.SYNC: r"\x1b\[\?2026([hl])",
    Token.ALTERNATE: r"(\x1b\[\?1049[hl])",
    Token.HARMLESS: (
        r"(\a"
        r"|\x1b\[\?(?:7|25|10[01]\d|2004|2048)[hl]"  # wrapping, cursor, mouse, focus, paste, sizes
        r"|\x1b\[\?\d+\$p"  # asks whether the terminal knows a mode
        r"|\x1b\[[<>]\d*u"  # the kitty keyboard
        rf"|\x1b\](?:0|1|2|22|52);[^\x00-\x1f]*{_ST})"  # titles, pointer, clipboard
    ),
    Token.BEGUN: r"(\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)\Z)",
    Token.UNKNOWN: (
        r"(\x1b\[[0-?]*[ -/]*[@-~]"
        rf"|\x1b[\]PX^_][^\x07\x1b]*{_ST}?"
        r"|\x1b[ -/]*[0-~]"
        r"|[\x00-\x1f\x7f-\x9f])"
    ),
}
_TOKEN = re.compile("|".join(_GRAMMAR.values()))
_KINDS = (None, *_GRAMMAR)  # groups are counted from one


class TokenStream:
    """The tokens of a text that arrives in pieces."""

    def __init__(self) -> None:
        self._begun = ""

    def tokens(self, piece: str) -> Iterator[tuple[Token, str]]:
        """The tokens that end in this piece, with their values."""
        text = self._begun + piece
        self._begun = ""
        for match in _TOKEN.finditer(text):
            group = match.lastindex or 0
            kind = _KINDS[group]
            if kind is Token.BEGUN:
                self._begun = match[group]
            elif kind:
                yield kind, match[group]
