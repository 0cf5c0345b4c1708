"""Python source as coloured pieces, for the editor and for code in prose.

Pygments is a dependency of Textual; tree-sitter, which `TextArea.language` asks for, would be sixteen
compiled packages more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content, Span

from tutor.ui.kit.line_lexer import COLOURS, ROOT, Block, LineLexer, Piece, Stack

__all__ = ["COLOURS", "Highlighting", "Piece", "highlighted", "pieces"]

_LEXER = LineLexer()
_TYPED = "~"
"""A character that has no colour of its own."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The colours of one line, or of several that are one token."""

    start: Stack
    """The state that it was found from."""
    pieces: list[list[Piece]]
    end: Stack


class Highlighting:
    """The coloured pieces of a program's lines, kept while it is edited.

    The lexer's state is kept where a line starts. After a change it lexes from there until the state
    is again what it was, and no further than to the line that is wanted: a new triple quote, which
    changes all below it, costs a screenful.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._known: list[_Known | None] = []
        """For each line, but for those that hang on one above."""
        self._pieces: list[list[Piece]] = []
        self._right = 0
        """The pieces of so many lines are right; those below are if the state above them proves so."""
        self._state = ROOT
        """The state after them."""
        self._next: Iterator[Block] | None = None
        """What the lexer finds below them, if it is on its way."""

    def update(self, lines: Sequence[str]) -> None:
        """Take over the lines of the program as they are now."""
        old = self._lines
        if old == lines:  # by identity, mostly: 10 µs for 2,000 lines
            return
        shared = min(len(old), len(lines))
        first = next((n for n in range(shared) if old[n] != lines[n]), shared)
        rest = shared - first
        same = next((n for n in range(rest) if old[-1 - n] != lines[-1 - n]), rest)
        end, added = len(old) - same, len(lines) - same - first
        self._lines = list(lines)
        self._known[first:end] = [None] * added
        self._pieces[first:end] = [[]] * added
        self._next = None
        # A line that was the last has an end now, or one that is the last has none.
        self._go_back(min(first, len(old) - 1, len(lines) - 1))

    def reach(self, until: int, at_most: int | None = None) -> bool:
        """Find the pieces as far as that line, but for so many lines at most; whether that is done."""
        until = min(until + 1, len(self._lines))
        self._go_on(until if at_most is None else min(until, self._right + at_most))
        return self._right >= until

    def line(self, number: int) -> list[Piece]:
        """The pieces of a line that was reached."""
        return self._pieces[number]

    def colour_at(self, row: int, column: int) -> str | None:
        """What a character typed there would be coloured as; the line must have been reached."""
        above = row
        while above > 0 and self._known[above] is None:
            above -= 1
        known = self._known[above]
        code = [*self._lines[above:row], self._lines[row][:column] + _TYPED]
        *_, (lines, _) = _LEXER.blocks(code, known.start if known else ROOT)
        return next((colour for start, end, colour in lines[-1] if start <= column < end), None)

    def _go_back(self, changed: int) -> None:
        """Forget what a change can reach: rules look across blank lines to the next that is not."""
        sure = max(0, changed - 1)
        while sure and (self._known[sure] is None or not self._lines[sure].strip(" \t\\")):
            sure -= 1
        for number in range(sure, changed + 1):
            self._known[number] = None
        if sure < self._right:
            above = sure - 1
            while above > 0 and self._known[above] is None:
                above -= 1
            known = self._known[above] if above >= 0 else None
            self._right, self._state = sure, known.end if known else ROOT

    def _go_on(self, until: int) -> None:
        while self._right < until:
            here = self._right
            known = self._known[here]
            if known is None or known.start != self._state:
                self._next = self._next or _LEXER.blocks(self._lines[here:], self._state)
                known = _Known(self._state, *next(self._next))
                after = here + len(known.pieces)
                self._known[here:after] = [known, *[None] * (after - here - 1)]
                self._pieces[here:after] = known.pieces
            else:
                self._next = None
            self._right += len(known.pieces)
            self._state = known.end


def pieces(code: str) -> list[list[Piece]]:
    """The coloured pieces of each line; lines are those of `code.split("\\n")`."""
    whole = _LEXER.blocks(code.replace("\r\n", "\n").split("\n"), ROOT)
    return [line for lines, _ in whole for line in lines]


def highlighted(code: str) -> list[Content]:
    """The lines of already visible code, in the colours of the theme."""
    return [
        Content(line, [Span(start, end, f"$code-{colour}") for start, end, colour in spans])
        for line, spans in zip(code.split("\n"), pieces(code), strict=False)
    ]
