"""The screen as Textual has painted it: the characters and the style of each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import split_graphemes

from tutor.ui.terminal.style import PLAIN, Style, styled


@dataclass(slots=True)
class CanvasRow:
    """A row of cells.

    A cell holds one character of one column, or a whole grapheme; the cell to the right of a wide
    one is empty. So a row is regular, each character as wide as any terminal takes it, exactly if
    each of its cells holds one character.
    """

    cells: list[str]
    styles: list[Style]

    @classmethod
    def blank(cls, columns: int) -> CanvasRow:
        """A row of blanks."""
        return cls([" "] * columns, [PLAIN] * columns)

    def fitted(self, columns: int) -> CanvasRow:
        """A copy that is cut or filled up with blanks to a width."""
        missing = columns - len(self.cells)
        cells = self.cells[:columns] + [" "] * missing
        if missing < 0 and columns and not self.cells[columns]:
            cells[-1] = " "  # the right half of a wide character was cut off
        return CanvasRow(cells, self.styles[:columns] + [PLAIN] * missing)

    def put(self, column: int, cells: Sequence[str], style: Style) -> None:
        """Write over the cells from a column on; the row grows where it must."""
        missing = column - len(self.cells)
        if missing > 0:
            self.cells += [" "] * missing
            self.styles += [PLAIN] * missing
        end = column + len(cells)
        for edge in (column, end):
            if edge < len(self.cells) and not self.cells[edge]:
                # Half a wide character is written over: a terminal blanks the other half.
                self.cells[edge - 1] = self.cells[edge] = " "
        self.cells[column:end] = cells
        self.styles[column:end] = [style] * len(cells)

    def join(self, column: int, marks: str) -> None:
        """Add characters without a width to the grapheme that ends before a column."""
        column = min(column, len(self.cells)) - 1
        while column > 0 and not self.cells[column]:
            column -= 1
        if column >= 0:
            self.cells[column] += marks


class Canvas:
    """What Textual has painted, in its own coordinates.

    It has no size: it holds whatever was painted until it is painted over. Textual learns of a new
    size later than the terminal has it, and may not paint at all if the old size comes back in the
    meantime; cells that were dropped would be lost.
    """

    def __init__(self) -> None:
        self.row = 0
        self.column = 0
        self._rows: list[CanvasRow] = []
        self._style = PLAIN

    def rows(self, columns: int, lines: int) -> list[CanvasRow]:
        """The part that is seen in a terminal of a size; not to be changed."""
        seen = [
            row if len(row.cells) == columns else row.fitted(columns) for row in self._rows[:lines]
        ]
        return seen + [CanvasRow.blank(columns) for _ in range(lines - len(seen))]

    def draw(self, text: str) -> None:
        """Draw characters at the cursor, in the style that was set last."""
        while len(self._rows) <= self.row:
            self._rows.append(CanvasRow([], []))
        row = self._rows[self.row]
        marks, cells = ("", text) if text.isascii() else _cells(text)
        if marks:
            row.join(self.column, marks)
        if cells:
            row.put(self.column, cells, self._style)
            self.column += len(cells)

    def set_style(self, parameters: str) -> None:
        """Take the parameters of an SGR sequence."""
        self._style = styled(self._style, parameters)

    def set_link(self, link: str) -> None:
        """Begin a hyperlink, or end it."""
        self._style = self._style._replace(link=link)

    def place(self, position: str) -> None:
        """Move the cursor to a row and column, counted from one."""
        row, _, column = position.partition(";")
        self.row = max(int(row or 1) - 1, 0)
        self.column = max(int(column or 1) - 1, 0)

    def step(self, step: str) -> None:
        """Move the cursor by a count of rows or columns, or to one of them."""
        count, direction = max(int(step[:-1] or 1), 1), step[-1]
        match direction:
            case "A":
                self.row = max(self.row - count, 0)
            case "B":
                self.row += count
            case "C":
                self.column += count
            case "D":
                self.column = max(self.column - count, 0)
            case "G":
                self.column = count - 1
            case "d":
                self.row = count - 1

    def control(self, character: str) -> None:
        """Do what a control character does to the cursor.

        A line feed on the last row does not scroll, as it would in a terminal.
        """
        # Textual 8.x: ends its rows with a line feed although it places the cursor next.
        match character:
            case "\n":
                self.row, self.column = self.row + 1, 0
            case "\r":
                self.column = 0
            case "\b":
                self.column = max(self.column - 1, 0)


@lru_cache(maxsize=4096)
def _cells(text: str) -> tuple[str, tuple[str, ...]]:
    """The characters that belong to what stands before the text, and the cells of the rest.

    Columns are counted as Textual does when it lays out.
    """
    marks = ""
    cells: list[str] = []
    for start, end, width in split_graphemes(text)[0]:
        if width:
            cells += [text[start:end], *[""] * (width - 1)]
        else:
            marks += text[start:end]
    return marks, tuple(cells)
