"""Functions and cells as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.compiled import folded_away
from tutor.why_not import why_not
from tutor.worker.messages import Cells, CellView, FunctionKind, FunctionView

if TYPE_CHECKING:
    from collections.abc import Iterator


def functions_and_cells(view: Cells) -> Iterator[str]:
    """Each function with what it holds beneath it: name, label, type and value of every cell."""
    reached_by = {function.id: function.reached_by for function in view.functions}
    cells = {cell.label: cell for cell in view.cells}
    if not view.functions:
        yield "No function of the program is alive."
    for function in view.functions:
        yield _heading(function)
        names = max((len(free.name) for free in function.free), default=0)
        for free in function.free:
            others = [reached_by[id] for id in cells[free.cell].shared_by if id != function.id]
            shared = f"  shared with {', '.join(others)}" if others else ""
            yield f"  {free.name:<{names}}  {free.cell}  {_contents(cells[free.cell])}{shared}"
        if function.why_no_cells:
            yield f"  no cells: {function.why_no_cells}"
        yield from (f"  {reason}" for reason in why_not(function))
        if function.cell_names:
            yield f"  owns {', '.join(function.cell_names)}"
        if function.wraps in reached_by:
            yield f"  wraps {reached_by[function.wraps]}"
    if view.more:
        yield f"{view.more:,} more functions are alive."
    if note := folded_away(view):
        yield f"Besides, {note}; --compiler shows them."


def _heading(function: FunctionView) -> str:
    told = [] if function.name == function.reached_by else [function.name]
    if function.kind not in (FunctionKind.FUNCTION, FunctionKind.LAMBDA):
        told.append(function.kind)
    if function.line:
        told.append(f"line {function.line}")
    return f"{function.reached_by}   {', '.join(told)}"


def _contents(cell: CellView) -> str:
    return "empty" if cell.empty else "  ".join(filter(None, (cell.type, cell.value)))
