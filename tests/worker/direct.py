"""The direct reading: what `__closure__` says of live functions, against what the inspector says.

Standard library only, so that it runs on every Python and inside a run as well.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from types import CellType, CodeType, FunctionType
from typing import Any

from tutor.worker.cells import Inspector
from tutor.worker.messages import NOT_BY_NAME, Cells, CellView, FunctionKind, FunctionView

EMPTY = object()


def live_functions(is_learners: Callable[[CodeType], bool]) -> list[FunctionType]:
    """Every function that the collector knows and whose code is wanted."""
    found = [thing for thing in gc.get_objects() if type(thing) is FunctionType]
    return [function for function in found if is_learners(function.__code__)]


def disagreements(
    inspector: Inspector, report: Cells, functions: list[FunctionType]
) -> Iterator[str]:
    """Where a report differs from `__closure__`, read from the functions themselves."""
    labels = inspector.book.known()
    holders: Counter[int] = Counter()
    held: dict[int, CellType] = {}
    read: Counter[object] = Counter()
    for function in functions:
        code, closure = function.__code__, function.__closure__ or ()
        held |= {_identity(cell): cell for cell in closure}
        holders.update({_identity(cell) for cell in closure})
        cells = map(labels.get, map(_identity, closure))
        free = tuple(zip(code.co_freevars, cells, strict=True))
        read[code.co_qualname, code.co_cellvars, free, not closure] += 1
    said = Counter(_what_is_said(view) for view in report.functions if _is_function(view))
    if said != read:
        yield f"functions: said {dict(said - read)}, read {dict(read - said)}"
    views = {view.label: view for view in report.cells}
    if len(views) != len(report.cells) or len(set(labels.values())) != len(labels):
        yield "a letter was given twice"
    if set(views) != {labels.get(which) for which in held}:
        yield f"letters: {set(views) ^ {labels.get(which) for which in held}}"
    for which, cell in held.items():
        if view := views.get(labels.get(which, "")):
            yield from _of_a_cell(view, cell, holders[which])


def wrong_paths(inspector: Inspector, cells: Cells, names: dict[str, Any]) -> Iterator[str]:
    """Paths in Python's notation that do not lead to a function with the cells that are said."""
    labels = inspector.book.known()
    for view in cells.functions:
        path = view.reached_by
        if not _is_function(view) or path == NOT_BY_NAME or "▸" in path or path[:7] == "inside ":
            continue
        try:
            function = eval(path, dict(names))
        except (LookupError, NameError, AttributeError, SyntaxError, ArithmeticError) as error:
            yield f"{path} raises {error!r}"
            continue
        found = [labels.get(_identity(cell)) for cell in getattr(function, "__closure__", ()) or ()]
        if (
            type(function) is not FunctionType
            or function.__code__.co_qualname != view.qualname
            or [free.cell for free in view.free] != found
        ):
            yield f"{path} is {function}, not {view}"


def _what_is_said(view: FunctionView) -> object:
    free = tuple((free.name, free.cell) for free in view.free)
    return view.qualname, view.cell_names, free, view.why_no_cells is not None


def _is_function(view: FunctionView) -> bool:
    return view.kind not in (FunctionKind.PARTIAL, FunctionKind.CACHED)


def _of_a_cell(view: CellView, cell: CellType, holders: int) -> Iterator[str]:
    try:
        value = cell.cell_contents
    except ValueError:
        value = EMPTY
    if view.empty != (value is EMPTY):
        yield f"{view.label}: empty {view.empty}"
    if value is not EMPTY and view.type != type(value).__name__:
        yield f"{view.label}: a {type(value).__name__}, not {view.type}"
    if type(value) in (int, bool, type(None)) and view.value != repr(value):
        yield f"{view.label}: {value!r}, not {view.value}"
    if len(view.shared_by) != holders:
        yield f"{view.label}: {holders} functions hold it, not {view.shared_by}"


_identity = object.__hash__
