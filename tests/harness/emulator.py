"""A terminal emulator whose idea of the width of characters can be chosen."""

from __future__ import annotations

from collections.abc import Callable

import pyte
from pyte.modes import DECAWM
from pyte.screens import Char
from rich.cells import split_graphemes

Widths = Callable[[str, int], int]
"""From a grapheme and its width as Textual counts it to its width in a terminal."""

Look = tuple[tuple[tuple[Char, ...], ...], tuple[int, int]]


def as_textual(_grapheme: str, width: int) -> int:
    """A terminal that is of one mind with Textual."""
    return width


def as_old_terminal(grapheme: str, width: int) -> int:
    """A terminal that knows neither emoji sequences nor wide characters."""
    return width if len(grapheme) == 1 and width < 2 else 1


def as_adding_terminal(grapheme: str, width: int) -> int:
    """A terminal that draws the parts of a sequence one after the other."""
    return width if len(grapheme) == 1 else 2 * width


class Emulator(pyte.Screen):
    """Draws whole graphemes; pyte by itself drops all text after a joiner.

    Erased cells get the background that is set, as in terminals with `bce`, or with `plain_erasing`
    none; pyte by itself has them keep every attribute, or none, by the way they are erased.
    """

    def __init__(
        self,
        columns: int,
        lines: int,
        widths: Widths = as_textual,
        *,
        plain_erasing: bool = False,
    ) -> None:
        self._plain_erasing = plain_erasing
        super().__init__(columns, lines)
        self._widths = widths
        self._stream = pyte.Stream(self)

    def feed(self, text: str) -> None:
        self._stream.feed(text)

    @property
    def text(self) -> str:
        """The characters of the screen, row by row."""
        rows, _ = self.look()
        return "\n".join("".join(cell.data for cell in row) for row in rows)

    def look(self) -> Look:
        """All that can be seen: characters with their styles, and the cursor."""
        rows = tuple(tuple(map(_as_seen, self._row(line))) for line in range(self.lines))
        return rows, (self.cursor.y, self.cursor.x)

    @property
    def shows_cursor(self) -> bool:
        """Whether the cursor is seen."""
        return not self.cursor.hidden

    def erase_characters(self, count: int | None = None) -> None:
        row, at = self._row(self.cursor.y), self.cursor.x
        self._set_row(self.cursor.y, row[:at] + self._erased(count) + row[at + (count or 1) :])

    def insert_characters(self, count: int | None = None) -> None:
        row, at = self._row(self.cursor.y), self.cursor.x
        self._set_row(self.cursor.y, row[:at] + self._erased(count) + row[at:])

    def delete_characters(self, count: int | None = None) -> None:
        row, at = self._row(self.cursor.y), self.cursor.x
        self._set_row(self.cursor.y, row[:at] + row[at + (count or 1) :] + self._erased(count))

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        assert how == 0
        row, at = self._row(self.cursor.y), self.cursor.x
        self._set_row(self.cursor.y, row[:at] + self._erased(self.columns - at))

    def erase_in_display(self, how: int = 0, *args: object, **options: object) -> None:
        assert how == 2
        for line in range(self.lines):
            self._set_row(line, self._erased(self.columns))

    def _erased(self, count: int | None) -> list[Char]:
        ground = "default" if self._plain_erasing else self.cursor.attrs.bg
        return [self.default_char._replace(bg=ground)] * (count or 1)

    def _row(self, line: int) -> list[Char]:
        return [self.buffer[line][column] for column in range(self.columns)]

    def _set_row(self, line: int, row: list[Char]) -> None:
        self.buffer[line].clear()
        self.buffer[line].update(enumerate(row[: self.columns]))

    def draw(self, data: str) -> None:
        for start, end, width in split_graphemes(data)[0]:
            grapheme = data[start:end]
            if width:
                self._put(grapheme, self._widths(grapheme, width))
            else:
                self._join(grapheme)

    def _put(self, grapheme: str, width: int) -> None:
        if self.cursor.x + width > self.columns:
            if DECAWM in self.mode:
                self.carriage_return()
                self.linefeed()
            else:
                self.cursor.x = min(self.cursor.x, self.columns - 1)
        row = self.buffer[self.cursor.y]
        start, end = self.cursor.x, min(self.cursor.x + width, self.columns)
        for edge in (start, end):
            self._split(edge)
        row[start] = self.cursor.attrs._replace(data=grapheme)
        for column in range(start + 1, end):
            row[column] = self.cursor.attrs._replace(data="")
        self.cursor.x = end

    def _split(self, column: int) -> None:
        """Blank a wide character if a column is inside it."""
        row = self.buffer[self.cursor.y]
        if column < self.columns and not row[column].data:
            start = end = column
            while not row[start].data:
                start -= 1
            while end < self.columns and not row[end].data:
                end += 1
            for half in range(start, end):
                row[half] = row[half]._replace(data=" ")

    def _join(self, marks: str) -> None:
        column = self.cursor.x - 1
        row = self.buffer[self.cursor.y]
        while column > 0 and not row[column].data:
            column -= 1
        if column >= 0:
            row[column] = row[column]._replace(data=row[column].data + marks)


def _as_seen(cell: Char) -> Char:
    """The cell without what does not show on a blank."""
    if cell.data != " " or cell.underscore or cell.strikethrough or cell.reverse:
        return cell
    return Char(" ", bg=cell.bg)
