"""What commands make of whole lines: each a function from lines and a selection to a change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location, Selection

INDENT = 4
COMMENT = "# "


@dataclass(frozen=True, slots=True)
class Change:
    """A text in place of another, and what is selected then."""

    start: Location
    end: Location
    text: str
    selection: Selection


@dataclass
class Placed(Edit):
    """An edit with a place for the selection, which it has again when the edit is made again."""

    selection: Selection

    def do(self, text_area: TextArea, record_selection: bool = True) -> EditResult:
        """Make the edit."""
        result = super().do(text_area, record_selection)
        # Textual 8.x: what `after` selects once the new lines are known to the widget.
        self._updated_selection = self.selection
        return result


Shift = tuple[int, int]
"""At a column of a line, by how many columns what follows is shifted; a negative number takes some away."""


def rows_of(selection: Selection) -> tuple[int, int]:
    """The first and the last line of a selection; one that ends before a line leaves it out."""
    (first, _), (last, end) = sorted(selection)
    return first, last if end or first == last else last - 1


def indented(lines: Sequence[str], selection: Selection) -> Change:
    """The lines a step further in."""
    return _shifted(lines, selection, lambda line: (0, INDENT if line else 0))


def unindented(lines: Sequence[str], selection: Selection) -> Change:
    """The lines a step further out, as far as there is indentation."""
    return _shifted(lines, selection, lambda line: (0, -min(INDENT, _indent_of(line))))


def commented(lines: Sequence[str], selection: Selection) -> Change | None:
    """The lines as comments, at the least indentation of them; comments as code again."""
    first, last = rows_of(selection)
    written = [line for line in lines[first : last + 1] if line.strip()]
    if not written:
        return None
    if all(line.lstrip(" ").startswith("#") for line in written):
        return _shifted(lines, selection, _mark_of)
    column = min(map(_indent_of, written))
    return _shifted(
        lines, selection, lambda line: (column, len(COMMENT) if line.strip() else 0), COMMENT
    )


def moved(lines: Sequence[str], selection: Selection, step: int) -> Change | None:
    """The lines one further up or down; None where there is no further."""
    first, last = rows_of(selection)
    if not 0 <= first + step <= last + step < len(lines):
        return None
    block = lines[first : last + 1]
    block = [*block, lines[first - 1]] if step < 0 else [lines[last + 1], *block]
    end_of_text = len(lines) - 1, len(block[-1])
    start, end = (min((row + step, column), end_of_text) for row, column in selection)
    first, last = min(first, first + step), max(last, last + step)
    return _replaced(lines, first, last, block, Selection(start, end))


def removed(lines: Sequence[str], selection: Selection) -> Change:
    """The text without the lines."""
    first, last = rows_of(selection)
    start, end = (first, 0), (last + 1, 0)
    if end[0] == len(lines):
        # There is no line below whose place it could take: the end of the line above goes.
        start = (first - 1, len(lines[first - 1])) if first else start
        end = (last, len(lines[last]))
    row = first if last + 1 < len(lines) else max(0, first - 1)
    rest = [*lines[:first], *lines[last + 1 :], ""][row]
    cursor = row, min(selection.end[1], len(rest))
    return Change(start, end, "", Selection.cursor(cursor))


def _shifted(
    lines: Sequence[str],
    selection: Selection,
    shift_of: Callable[[str], Shift],
    inserted: str = " " * INDENT,
) -> Change:
    """The lines of the selection, each with something inserted or taken away; the selection with them."""
    first, last = rows_of(selection)
    shifts = {row: shift_of(lines[row]) for row in range(first, last + 1)}
    changed = []
    for row, (column, by) in shifts.items():
        line = lines[row]
        rest = line[column - min(by, 0) :]
        changed.append(line[:column] + (inserted if by > 0 else "") + rest)
    start, end = (_carried(location, shifts) for location in selection)
    return _replaced(lines, first, last, changed, Selection(start, end))


def _replaced(
    lines: Sequence[str], first: int, last: int, new: Sequence[str], selection: Selection
) -> Change:
    return Change((first, 0), (last, len(lines[last])), "\n".join(new), selection)


def _carried(location: Location, shifts: dict[int, Shift]) -> Location:
    """Where a place is after the shift of its line; one at the very start of the line stays."""
    row, column = location
    at, by = shifts.get(row, (0, 0))
    return (row, max(at, column + by)) if column and column >= at else location


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _mark_of(line: str) -> Shift:
    """Where the mark of a comment is, and that it is to be taken away."""
    column = _indent_of(line)
    if not line.strip():
        return column, 0
    return column, -len(COMMENT if line.startswith(COMMENT, column) else "#")
