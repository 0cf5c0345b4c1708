"""What a cell holds, and what it held before, in a line of text."""

from __future__ import annotations

from enum import Enum, auto

from textual.content import Content

from tutor.protocol.messages import CellView
from tutor.text import NAME_COLUMNS, one_line, visible
from tutor.ui.kit.marks import MARKS

VALUE_COLUMNS = 500
"""What is shown of a value at most; the rest is counted."""


class New(Enum):
    """Stands for the earlier state of a cell that was not there."""

    NEW = auto()


NEW = New.NEW
NEWS = "  new"


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
    if cell.empty:
        return Content.styled("empty", "italic $text-warning")
    value = one_line(cell.value or "", VALUE_COLUMNS)
    if not typed or cell.type is None:
        return Content(value)
    kind = one_line(cell.type, NAME_COLUMNS)
    return Content.assemble((kind, "$muted"), "  ", value)


def _at_most(cell: CellView) -> int:
    texts = (cell.type or "", cell.value or "  empty")
    return 2 + sum([at_most(visible(text, keep_newlines=False)) for text in texts])
