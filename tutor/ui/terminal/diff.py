"""What a terminal shows, and the shortest output that makes it show something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tutor.ui.terminal.abilities import Abilities
from tutor.ui.terminal.canvas import Canvas, CanvasRow
from tutor.ui.terminal.pen import Pen, steps
from tutor.ui.terminal.style import PLAIN, Style, ground, is_plain, over

# An insertion or deletion in a row is looked for if so many cells changed, and up to so many cells.
_WORTH_A_SHIFT = 8
_LONGEST_SHIFT = 8


class Terminal:
    """The screen of a terminal, as far as it is known.

    Terminals disagree about the width of wide and combined characters. So a row is sent whole from
    the first of them on, and what follows them is placed by its own column.
    """

    def __init__(self, abilities: Abilities) -> None:
        self._abilities = abilities
        self._size: tuple[int, int] | None = None
        self._rows: list[CanvasRow] = []
        self._pen = Pen(0, abilities)

    def forget(self) -> None:
        """Count on nothing that was sent before."""
        self._size = None

    def show(self, canvas: Canvas, columns: int, lines: int) -> str:
        """What to send to a terminal of this size so that it shows the canvas."""
        rows = canvas.rows(columns, lines)
        if self._size != (columns, lines):
            self._size = columns, lines
            self._clear(columns, rows)
        for index, row in enumerate(rows):
            shown = self._rows[index]
            if row != shown:
                self._show_row(index, row, shown)
                self._rows[index] = CanvasRow(row.cells.copy(), row.styles.copy())
        self._pen.move(min(canvas.row, lines - 1), min(canvas.column, columns - 1))
        return self._pen.take()

    def _clear(self, columns: int, rows: list[CanvasRow]) -> None:
        blank = _commonest_ground(rows) if self._abilities.erases else PLAIN
        self._pen = Pen(columns, self._abilities)
        self._pen.clear(blank)
        self._rows = [CanvasRow([" "] * columns, [blank] * columns) for _ in rows]

    def _show_row(self, index: int, row: CanvasRow, shown: CanvasRow) -> None:
        regular = _regular(row)
        in_place = min(regular, _regular(shown))
        changed = _changed(row, shown)
        if not changed:
            return
        if changed[-1] < in_place:
            self._show_regular(index, row, shown, changed)
            return
        # What was drawn after a doubtful character may not be where it belongs.
        changed = [column for column in changed if column < in_place]
        changed += range(in_place, regular)
        _draw_changed(self._pen, index, row, changed)
        if regular < len(row.cells):
            self._draw_irregular(index, row, regular)

    def _show_regular(
        self, index: int, row: CanvasRow, shown: CanvasRow, changed: list[int]
    ) -> None:
        """Draw what changed, or shift a part of the row first, whichever is shorter."""
        ways = [self._pen.fork()]
        _draw_changed(ways[0], index, row, changed)
        if self._abilities.shifts and len(changed) >= _WORTH_A_SHIFT:
            for shift in _shifts(row, shown, changed):
                ways.append(self._pen.fork())
                after = shift.make(ways[-1], index, row, shown)
                _draw_changed(ways[-1], index, row, _changed(row, after))
        before, self._pen = self._pen, min(ways, key=lambda pen: pen.cost)
        self._pen.output[:0] = before.output

    def _draw_irregular(self, index: int, row: CanvasRow, start: int) -> None:
        """Draw the rest of a row, whatever the terminal thinks of its widths."""
        self._pen.move(index, start)
        # Cells that the terminal thinks are not covered must not keep what they showed.
        self._pen.erase_rest(row.styles[start])
        for doubtful, run in groupby(range(start, len(row.cells)), lambda at: _doubtful(row, at)):
            columns = list(run)
            self._pen.draw(index, row, columns[0], columns[-1] + 1)
            if doubtful:
                self._pen.column = None


@dataclass(frozen=True)
class _Shift:
    """Cells that move within a row, from one column up to another.

    What is right of them, as a scroll bar or another pane, moves there and back.
    """

    start: int
    end: int
    count: int
    """By so many cells to the right; less than nothing, to the left."""

    def make(self, pen: Pen, index: int, row: CanvasRow, shown: CanvasRow) -> CanvasRow:
        """Shift, and draw what changed beside it; the row as it is then, its new cells unlike any."""
        cells, styles = shown.cells.copy(), shown.styles.copy()
        count, new = abs(self.count), [""] * abs(self.count)
        if self.count > 0:
            pen.move(index, self.end - count)
            pen.delete(count)
            # While that stands so much to the left: the cursor need not come here again.
            moved = CanvasRow(row.cells[count:], row.styles[count:])
            beside = [column - count for column in _changed(row, shown) if column >= self.end]
            _draw_changed(pen, index, moved, beside)
            cells[self.end :], styles[self.end :] = row.cells[self.end :], row.styles[self.end :]
            pen.move(index, self.start)
            pen.insert(count)
            cells[self.start : self.end] = new + cells[self.start : self.end - count]
            styles[self.start + count : self.end] = styles[self.start : self.end - count]
        else:
            pen.move(index, self.start)
            pen.delete(count)
            pen.move(index, self.end - count)
            pen.insert(count)
            cells[self.start : self.end] = cells[self.start + count : self.end] + new
            styles[self.start : self.end - count] = styles[self.start + count : self.end]
        return CanvasRow(cells, styles)


def _shifts(row: CanvasRow, shown: CanvasRow, changed: list[int]) -> Iterator[_Shift]:
    """The insertion and the deletion that leave the most characters as they are."""
    others = (column for column in changed if row.cells[column] != shown.cells[column])
    if (start := next(others, None)) is None or shown.cells.count(" ") == len(shown.cells):
        return
    for sign in (1, -1):
        best = max(
            range(1, _LONGEST_SHIFT + 1),
            key=lambda count: _length_in_common(row, shown, start, count * sign),
        )
        length = _length_in_common(row, shown, start, best * sign)
        new = row.cells[start + max(best * sign, 0) :][:length]
        while new and new[-1] == " ":  # these are the same without being moved
            new.pop()
        if new:
            yield _Shift(start, start + best + len(new), best * sign)


def _length_in_common(row: CanvasRow, shown: CanvasRow, start: int, count: int) -> int:
    """How many cells are the same once those of `shown` from a column on are shifted."""
    there, here = row.cells[start + max(count, 0) :], shown.cells[start + max(-count, 0) :]
    pairs = enumerate(zip(there, here, strict=False))
    return next((at for at, (new, old) in pairs if new != old), min(len(there), len(here)))


def _changed(row: CanvasRow, shown: CanvasRow) -> list[int]:
    """The columns that look otherwise."""
    both = zip(row.cells, shown.cells, row.styles, shown.styles, strict=True)
    return [
        column
        for column, (new, old, style, before) in enumerate(both)
        if new != old or (style != before and (new != " " or ground(style) != ground(before)))
    ]


def _draw_changed(pen: Pen, index: int, row: CanvasRow, changed: list[int]) -> None:
    for start, end in _spans(changed, row):
        pen.draw(index, row, start, end)


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
    gap, before = row.cells[start:end], row.styles[start - 1]
    return len("".join(gap).encode(errors="replace")) <= len(steps(end - start, "C")) and all(
        style == before or (cell == " " and over(before, ground(style)) == before)
        for cell, style in zip(gap, row.styles[start:end], strict=True)
    )


def _commonest_ground(rows: list[CanvasRow]) -> Style:
    """The ground that most blanks have."""
    styles = Counter(
        style
        for row in rows
        for cell, style in zip(row.cells, row.styles, strict=True)
        if cell == " "
    )
    commonest = ground(styles.most_common(1)[0][0]) if styles else PLAIN
    return commonest if is_plain(commonest) else PLAIN


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
