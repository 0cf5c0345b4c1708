"""How far in the next line of a program begins."""

from __future__ import annotations

import re
from collections.abc import Callable

from tutor.text import columns
from tutor.ui.editor.changes import INDENT
from tutor.ui.kit.line_lexer import Piece

LINES_BACK = 200
"""So far up an open bracket is looked for."""

_NO_CODE = {"string": "_", "constant": "_", "comment": " "}
"""What stands for characters that mean nothing here; those of a number or an escape among them."""
_BRACKET = re.compile(r"[()\[\]{}]")
_STATEMENT = re.compile(
    r"\s*(def|class|import|return|raise|assert|with|while|try|except|finally|pass|del|global|nonlocal)\b"
)
"""How a line begins that is in no bracket."""
_ENDS_A_BLOCK = re.compile(r"\s+(return|raise|pass|break|continue)\b")

Line = Callable[[int], tuple[str, list[Piece]]]
"""A line of the program, from 0, and its colours."""


def indentation(line: Line, row: int, column: int) -> int:
    """How many spaces a line gets that begins after this place."""

    def code(number: int) -> str:
        return to_column(number, _code(*line(number)))

    def to_column(number: int, text: str) -> str:
        return text[:column] if number == row else text

    def indent_of(number: int) -> int:
        text = to_column(number, line(number)[0]).expandtabs(INDENT)
        return len(text) - len(text.lstrip(" "))

    bracket, start = _around(code, row)
    if bracket is not None:
        opened, place = bracket
        text = code(opened)
        if text[place + 1 :].strip():
            return columns(line(opened)[0][: place + 1].expandtabs(INDENT))
        return indent_of(opened) + INDENT
    indent = indent_of(start)
    before = code(row).rstrip()
    if before.endswith((":", "\\")):
        return indent + INDENT
    return max(0, indent - INDENT) if _ENDS_A_BLOCK.match(code(start)) else indent


def _around(code: Callable[[int], str], row: int) -> tuple[tuple[int, int] | None, int]:
    """The innermost bracket that is open at the end of a line; where its statement starts, if none is."""
    closed = 0
    start: int | None = None
    for number in range(row, max(-1, row - LINES_BACK), -1):
        text = code(number)
        for match in reversed([*_BRACKET.finditer(text)]):
            if match.group() in ")]}":
                closed += 1
            elif closed:
                closed -= 1
            else:
                return (number, match.start()), number
        if not closed:
            goes_on = number > 0 and code(number - 1).rstrip().endswith("\\")
            if start is None and not goes_on:
                start = number
            if _STATEMENT.match(text) and not goes_on:
                break
    return None, row if start is None else start


def _code(line: str, pieces: list[Piece]) -> str:
    """The line with characters of the same width in place of strings and comments."""
    for start, end, colour in pieces:
        if colour in _NO_CODE:
            line = line[:start] + _NO_CODE[colour] * (end - start) + line[end:]
    return line
