"""Functions and cells as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.protocol.views import Cells
from tutor.text import NAME_COLUMNS, QUOTE_COLUMNS, columns, one_line, padded
from tutor.views.made_by_compiler import folded_away
from tutor.views.pieces import contents, heading, names, no_cells, owns, shared_with, wraps
from tutor.views.why_not import why_not

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_SHARERS = 20
"""That are named; the others are counted."""


def functions_and_cells(view: Cells) -> Iterator[str]:
    """Each function with what it holds beneath it: name, label, type and value of every cell.

    All is visible text, a line each.
    """
    named = names(view.functions)
    cells = {cell.label: cell for cell in view.cells}
    if not view.functions:
        yield "No function of the program is alive."
    for function in view.functions:
        yield "   ".join(piece.text for piece in heading(function, named[function.id]))
        free_names = [one_line(free.name, NAME_COLUMNS) for free in function.free]
        widest = max(map(columns, free_names), default=0)
        for name, free in zip(free_names, function.free, strict=True):
            cell = cells[free.cell]
            held = "  ".join(piece.text for piece in contents(cell, QUOTE_COLUMNS))
            others = [named[id] for id in cell.shared_by if id != function.id]
            more = len(others) - MOST_SHARERS
            shared = f"  {shared_with(others[:MOST_SHARERS], more)}" if others else ""
            yield f"  {padded(name, widest)}  {free.cell}  {held}{shared}"
        wrapped = named.get(function.wraps or "")
        remarks = (
            no_cells(function),
            *why_not(function),
            owns(function),
            wraps(wrapped) if wrapped else "",
        )
        yield from (f"  {remark}" for remark in remarks if remark)
    if view.more:
        yield f"{view.more:,} more functions are alive."
    if note := folded_away(view):
        yield f"Besides, {note}; --compiler shows them."
