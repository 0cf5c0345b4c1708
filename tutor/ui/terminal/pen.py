"""The cursor of a terminal with the style it draws in, and the shortest output that moves it on."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.ui.terminal.abilities import Abilities
from tutor.ui.terminal.canvas import CanvasRow
from tutor.ui.terminal.style import PLAIN, RESET, Style, change, ground, is_plain, over

_ERASE_TO_END_OF_ROW = "\x1b[K"


class Pen:
    """Draws on a terminal of so many columns; `output` is what it has to be sent for that."""

    def __init__(self, columns: int, abilities: Abilities) -> None:
        self.columns = columns
        self.abilities = abilities
        self.row = 0
        # None is anywhere in the row: after the last column, where some terminals stay and some
        # stand behind it, and after characters of a doubtful width.
        self.column: int | None = 0
        self.style = PLAIN
        self.output: list[str] = []

    def fork(self) -> Pen:
        """Another that goes on from here; its output begins anew."""
        other = Pen(self.columns, self.abilities)
        other.row, other.column, other.style = self.row, self.column, self.style
        return other

    @property
    def cost(self) -> int:
        """The bytes of its output."""
        return len("".join(self.output).encode(errors="replace"))

    def take(self) -> str:
        """Its output, which counts as sent."""
        output = "".join(self.output)
        self.output.clear()
        return output

    def clear(self, blank: Style) -> None:
        """Clear the screen to a ground, whatever the terminal shows and draws with."""
        self.output += [RESET, change(PLAIN, blank), "\x1b[H\x1b[2J"]
        self.row, self.column, self.style = 0, 0, blank

    def set_style(self, style: Style) -> None:
        """Draw in a style from now on."""
        if style != self.style:
            self.output.append(change(self.style, style))
            self.style = style

    def draw(self, index: int, row: CanvasRow, start: int, end: int) -> None:
        """Draw the cells of a row from one column to another."""
        cells, styles = row.cells, row.styles
        for at, stop in _runs(row, start, end):
            self.move(index, at)
            if cells[at] == " ":
                blank = ground(styles[at])
                # What follows is set at once if the blanks look the same in it.
                style = styles[stop] if stop < end else self.style
                self.set_style(style if ground(style) == blank else over(self.style, blank))
                self._draw_blanks(stop - at, is_last=stop == end)
            else:
                self.set_style(styles[at])
                self.output += cells[at:stop]
                self.column = stop
        if self.column == self.columns:
            self.column = None

    def erase_rest(self, style: Style) -> None:
        """Erase the row from here on; the ground is right only where the terminal erases with it."""
        self.set_style(style)
        self.output.append(_ERASE_TO_END_OF_ROW)

    def insert(self, count: int) -> None:
        """Push what stands here, and all to its right, to the right."""
        self.output.append(steps(count, "@"))

    def delete(self, count: int) -> None:
        """Take cells out; all to their right moves up to here."""
        self.output.append(steps(count, "P"))

    def move(self, row: int, column: int) -> None:
        """Move the cursor the shortest way; a line feed is never sent on the last row."""
        if (row, column) == (self.row, self.column):
            return
        ways = [f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1 if row else ''}H"]
        if row == self.row:
            ways.append(self._across(column))
        else:
            down = row - self.row
            ways.append(steps(down, "B") + steps(-down, "A") + self._across(column))
            if down == 1:
                ways.append("\r\n" + steps(column, "C"))
        self.output.append(min(ways, key=len))
        self.row, self.column = row, column

    def _across(self, column: int) -> str:
        """The shortest way to a column of the row."""
        ways = ["\r" + steps(column, "C")]
        if self.column is not None:
            back = self.column - column
            ways += ["\b" * back + steps(-back, "C"), steps(back, "D") + steps(-back, "C")]
        if self.abilities.shifts:  # a VT100 does not know this one either
            ways.append(f"\x1b[{column + 1}G")
        return min(ways, key=len)

    def _draw_blanks(self, count: int, *, is_last: bool) -> None:
        """Draw blanks, or erase what is there, which leaves the cursor where it is."""
        assert self.column is not None
        erased = ""
        if is_plain(ground(self.style)) and (self.abilities.erases or not self.style.background):
            if self.column + count == self.columns:
                erased = _ERASE_TO_END_OF_ROW
            elif self.abilities.erases:
                erased = steps(count, "X")
        if erased and len(erased) + len(steps(count, "C")) * (not is_last) < count:
            self.output.append(erased)
        else:
            self.output.append(" " * count)
            self.column += count


def steps(count: int, direction: str) -> str:
    """A sequence for so many cells: the cursor moved, or cells inserted, deleted or erased."""
    if count <= 0:
        return ""
    return f"\x1b[{count}{direction}" if count > 1 else f"\x1b[{direction}"


def _runs(row: CanvasRow, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The columns between two, cut into blanks of one ground and other characters of one style."""
    cells, styles = row.cells, row.styles
    at = start
    while at < end:
        stop = at + 1
        style = styles[at]
        if cells[at] == " ":
            blank = ground(style)
            while stop < end and cells[stop] == " " and ground(styles[stop]) == blank:
                stop += 1
        else:
            while stop < end and cells[stop] != " " and styles[stop] == style:
                stop += 1
        yield at, stop
        at = stop
