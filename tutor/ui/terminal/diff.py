"""What a terminal shows, and the shortest output that makes it show something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tutor.ui.terminal.canvas import Canvas, CanvasRow
from tutor.ui.terminal.style import PLAIN, RESET, Style, change

_CLEAR = RESET + "\x1b[H\x1b[2J"
_ERASE_TO_END_OF_ROW = "\x1b[K"


class Terminal:
    """The screen of a terminal, as far as it is known.

    Terminals disagree about the width of wide and combined characters. So a row is sent whole from
    the first of them on, and what follows them is placed by its own column.
    """

    def __init__(self) -> None:
        self._size: tuple[int, int] | None = None
        self._rows: list[CanvasRow] = []
        self._style = PLAIN
        self._row = 0
        # None is anywhere in the row: after the last column, where some terminals stay and some
        # stand behind it, and after characters of a doubtful width.
        self._column: int | None = 0
        self._output: list[str] = []

    def forget(self) -> None:
        """Count on nothing that was sent before."""
        self._size = None

    def show(self, canvas: Canvas, columns: int, lines: int) -> str:
        """What to send to a terminal of this size so that it shows the canvas."""
        if self._size != (columns, lines):
            self._clear(columns, lines)
        for index, row in enumerate(canvas.rows(columns, lines)):
            shown = self._rows[index]
            if row != shown:
                self._show_row(index, row, shown)
                self._rows[index] = CanvasRow(row.cells.copy(), row.styles.copy())
        self._move(min(canvas.row, lines - 1), min(canvas.column, columns - 1))
        output = "".join(self._output)
        self._output.clear()
        return output

    def _clear(self, columns: int, lines: int) -> None:
        self._output.append(_CLEAR)
        self._size = columns, lines
        self._rows = [CanvasRow.blank(columns) for _ in range(lines)]
        self._style = PLAIN
        self._row = self._column = 0

    def _show_row(self, index: int, row: CanvasRow, shown: CanvasRow) -> None:
        regular = _regular(row)
        in_place = min(regular, _regular(shown))
        changed = [
            column
            for column in range(len(row.cells))
            if row.cells[column] != shown.cells[column]
            or row.styles[column] != shown.styles[column]
        ]
        # What was drawn after a doubtful character may not be where it belongs.
        rest_changed = changed[-1] >= in_place
        if rest_changed:
            changed = [column for column in changed if column < in_place]
            changed += range(in_place, regular)
        for start, end in _spans(changed, row):
            self._draw(index, row, start, end)
        if rest_changed and regular < len(row.cells):
            self._draw_irregular(index, row, regular)

    def _draw_irregular(self, index: int, row: CanvasRow, start: int) -> None:
        """Draw the rest of a row, whatever the terminal thinks of its widths."""
        self._move(index, start)
        self._set_style(row.styles[start])
        # Cells that the terminal thinks are not covered must not keep what they showed.
        self._output.append(_ERASE_TO_END_OF_ROW)
        for doubtful, run in groupby(range(start, len(row.cells)), lambda at: _doubtful(row, at)):
            columns = list(run)
            self._draw(index, row, columns[0], columns[-1] + 1)
            if doubtful:
                self._column = None

    def _draw(self, index: int, row: CanvasRow, start: int, end: int) -> None:
        self._move(index, start)
        for style, run in groupby(range(start, end), row.styles.__getitem__):
            self._set_style(style)
            self._output += [row.cells[column] for column in run]
        self._column = end if end < len(row.cells) else None

    def _set_style(self, style: Style) -> None:
        if style != self._style:
            self._output.append(change(self._style, style))
            self._style = style

    def _move(self, row: int, column: int) -> None:
        """Move the cursor the shortest way; a line feed is never sent on the last row."""
        if (row, column) == (self._row, self._column):
            return
        ways = [f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1 if row else ''}H"]
        if row == self._row:
            ways.append("\r" + _steps(column, "C"))
            if self._column is not None:
                back = self._column - column
                ways += [_steps(back, "D"), "\b" * back] if back > 0 else [_steps(-back, "C")]
        elif row == self._row + 1:
            ways.append("\r\n" + _steps(column, "C"))
        if column == self._column:
            ways.append(_steps(row - self._row, "B") or _steps(self._row - row, "A"))
        self._output.append(min(ways, key=len))
        self._row, self._column = row, column


def _steps(count: int, direction: str) -> str:
    """The cursor moved by a count of rows or columns."""
    if count <= 0:
        return ""
    return f"\x1b[{count}{direction}" if count > 1 else f"\x1b[{direction}"


def _spans(changed: list[int], row: CanvasRow) -> Iterator[tuple[int, int]]:
    """The columns to draw: those that changed, and short gaps that cost less drawn than skipped."""
    start = end = -1
    for column in changed:
        if start < 0:
            start = column
        elif column > end and not _bridged(row, end, column):
            yield start, end
            start = column
        end = column + 1
    if start >= 0:
        yield start, end


def _bridged(row: CanvasRow, start: int, end: int) -> bool:
    gap = "".join(row.cells[start:end])
    return len(gap.encode(errors="replace")) <= len(_steps(end - start, "C")) and all(
        style == row.styles[start - 1] for style in row.styles[start:end]
    )


def _regular(row: CanvasRow) -> int:
    """The columns up to the first wide or combined character."""
    lengths = list(map(len, row.cells))
    if lengths.count(1) == len(lengths):
        return len(lengths)
    first = next(column for column, length in enumerate(lengths) if length != 1)
    return first if lengths[first] else first - 1


def _doubtful(row: CanvasRow, column: int) -> bool:
    """Whether terminals may disagree about the width of what is in a cell."""
    return len(row.cells[column]) != 1 or not all(row.cells[column + 1 : column + 2])
