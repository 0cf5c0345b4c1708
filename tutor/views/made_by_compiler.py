"""What the compiler made beside the functions of a program: folded away, or shown like the others."""

from __future__ import annotations

from tutor.protocol.views import Cells, CellView, CompiledFunction, FunctionKind, FunctionView

OF_A_CLASS = ".__annotate_func__"
"""Under which a class keeps what tells its annotations."""


def unfolded(cells: Cells) -> Cells:
    """The same cells with all that the compiler made, each after the function of which it is a part."""
    if not cells.compiled:
        return cells
    reached = {view.id: view.reached_by for view in cells.functions}
    parts: dict[str, list[FunctionView]] = {}
    others = []
    for each in cells.compiled:
        of = reached.get(each.function or "")
        shown = _view(each, of)
        if of is None:
            others.append(shown)
        else:
            parts.setdefault(str(each.function), []).append(shown)
    functions = [
        view for function in cells.functions for view in (function, *parts.get(function.id, ()))
    ]
    functions += others
    holders: dict[str, list[str]] = {}
    for view in functions:
        for label in dict.fromkeys(free.cell for free in view.free):
            holders.setdefault(label, []).append(view.id)
    return Cells(
        tuple(functions),
        tuple(_shared(cell, holders) for cell in (*cells.cells, *cells.compiled_cells)),
        cells.more,
    )


def folded_away(cells: Cells) -> str:
    """That the compiler made functions which hold cells, in a few words; empty if it did not."""
    count = sum(bool(each.free) for each in cells.compiled)
    if not count:
        return ""
    functions = "1 function that holds" if count == 1 else f"{count:,} functions that hold"
    return f"the compiler made {functions} cells"


def _view(made: CompiledFunction, of: str | None) -> FunctionView:
    role, purpose = made.purpose.role, made.purpose
    title = purpose.title
    if of is not None:
        title = f"{role} of {of}" if purpose.of == _last(purpose.owner) else f"{title} of {of}"
    elif made.reached_by.endswith(OF_A_CLASS):
        title = f"{role} of {made.reached_by.removesuffix(OF_A_CLASS)}"
    elif purpose.of != _last(purpose.owner):
        title = f"{title} of {_last(purpose.owner)}"
    return FunctionView(
        id=made.id,
        kind=FunctionKind.FUNCTION,
        name=made.reached_by,
        qualname=purpose.owner,
        line=made.line,
        reached_by=title,
        free=made.free,
    )


def _last(qualname: str) -> str:
    return qualname.rpartition(".")[2]


def _shared(cell: CellView, holders: dict[str, list[str]]) -> CellView:
    return cell._replace(shared_by=tuple(holders.get(cell.label, ())))
