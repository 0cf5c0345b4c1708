"""Functions and cells as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.protocol.messages import Cells, CellView, FunctionKind, FunctionView
from tutor.text import NAME_COLUMNS, QUOTE_COLUMNS, columns, one_line, padded
from tutor.views.called import called, listed
from tutor.views.compiled import folded_away
from tutor.views.reasons import why_not

if TYPE_CHECKING:
    from collections.abc import Iterator

WAY_COLUMNS = 2 * NAME_COLUMNS
MOST_SHARERS = 20
"""That are named; the others are counted."""


def functions_and_cells(view: Cells) -> Iterator[str]:
    """Each function with what it holds beneath it: name, label, type and value of every cell.

    All is visible text, a line each.
    """
    names = {function.id: one_line(called(function), WAY_COLUMNS) for function in view.functions}
    cells = {cell.label: cell for cell in view.cells}
    if not view.functions:
        yield "No function of the program is alive."
    for function in view.functions:
        yield _heading(function)
        free_names = [one_line(free.name, NAME_COLUMNS) for free in function.free]
        widest = max(map(columns, free_names), default=0)
        for name, free in zip(free_names, function.free, strict=True):
            cell = cells[free.cell]
            others = [names[id] for id in cell.shared_by if id != function.id]
            shared = f"  shared with {_some(others)}" if others else ""
            yield f"  {padded(name, widest)}  {free.cell}  {_contents(cell)}{shared}"
        if function.why_no_cells:
            yield f"  no cells: {one_line(function.why_no_cells)}"
        yield from (f"  {one_line(reason)}" for reason in why_not(function))
        if function.cell_names:
            owned = ", ".join(one_line(name, NAME_COLUMNS) for name in function.cell_names)
            yield f"  owns {owned}"
        if function.wraps in names:
            yield f"  wraps {names[function.wraps]}"
    if view.more:
        yield f"{view.more:,} more functions are alive."
    if note := folded_away(view):
        yield f"Besides, {note}; --compiler shows them."


def _heading(function: FunctionView) -> str:
    named = function.name == function.reached_by
    told = [] if named else [one_line(function.name, NAME_COLUMNS)]
    if function.kind not in (FunctionKind.FUNCTION, FunctionKind.LAMBDA):
        told.append(function.kind)
    if function.line:
        told.append(f"line {function.line}")
    return f"{one_line(function.reached_by, WAY_COLUMNS)}   {', '.join(told)}"


def _some(others: list[str]) -> str:
    more = len(others) - MOST_SHARERS
    return listed([*others[:MOST_SHARERS], *([f"{more:,} more"] if more > 0 else [])])


def _contents(cell: CellView) -> str:
    if cell.empty:
        return "empty"
    parts = ((cell.type or "", NAME_COLUMNS), (cell.value or "", QUOTE_COLUMNS))
    return "  ".join(one_line(text, width) for text, width in parts if text)
