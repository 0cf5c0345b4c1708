"""What a cell holds, and what it held before, in a line of text."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from textual.content import Content

from tutor.protocol.views import CellView
from tutor.text import visible
from tutor.ui.kit.marks import MARKS
from tutor.views import pieces
from tutor.views.labels import hue
from tutor.views.pieces import EMPTY_CELL, Part, Piece

VALUE_COLUMNS = 500
"""What is shown of a value at most; the rest is counted."""


class New(Enum):
    """Stands for the earlier state of a cell that was not there."""

    NEW = auto()


NEW = New.NEW
NEWS = "  new"
STYLES = {
    Part.WAY: "bold",
    Part.FACTS: "$muted",
    Part.TYPE: "$muted",
    Part.VALUE: "bold",
    Part.EMPTY: "italic $text-warning",
}


def filled_letter(label: str, *, reverse: bool) -> tuple[str, str]:
    """A cell's letter on a fill of its colour, or in reverse video, as text and style."""
    colour = hue(label)
    return f" {label} ", "bold reverse" if reverse else f"bold $badge on $cell-{colour}"


def coloured(said: Iterable[Piece], gap: str = "  ") -> Content:
    """What `views` says of a function or a cell, each piece in the style of its part."""
    return Content(gap).join(Content.styled(each.text, STYLES[each.part]) for each in said)


def contents(cell: CellView, old: CellView | New) -> Content:
    """What a cell holds; if it held something else before, the change."""
    now = _value(cell)
    if old is NEW:
        return Content.assemble(now, (NEWS, "bold $changed"))
    if (old.empty, old.type, old.value) == (cell.empty, cell.type, cell.value):
        return now
    if old.type == cell.type and not cell.empty:
        now = _value(cell, typed=False)
    becomes = (f" {MARKS.becomes} ", "bold $changed")
    return Content.assemble(_value(old), becomes, now.stylize("bold $changed"))


def at_most(text: str) -> int:
    """As many columns as the text takes in any terminal, or more: cheap, for thousands are asked."""
    return len(text) if text.isascii() else 2 * len(text)


def contents_at_most(cell: CellView, old: CellView | New) -> int:
    """As many columns as `contents` takes, or more."""
    if old is NEW:
        return _at_most(cell) + len(NEWS)
    return _at_most(cell) if old is cell else _at_most(old) + 3 + _at_most(cell)


def _value(cell: CellView, *, typed: bool = True) -> Content:
    held = pieces.contents(cell, VALUE_COLUMNS)
    return coloured(each for each in held if typed or each.part is not Part.TYPE)


def _at_most(cell: CellView) -> int:
    texts = (cell.type or "", cell.value or f"  {EMPTY_CELL}")
    return 2 + sum([at_most(visible(text, keep_newlines=False)) for text in texts])
