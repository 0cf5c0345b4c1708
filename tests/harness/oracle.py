"""The direct reading: what `__closure__` says of live functions, against what the inspector says.

Standard library only, so that it runs on every Python and inside a run as well.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from inspect import CO_OPTIMIZED
from types import CellType, CodeType, FunctionType
from typing import Any

from tests.harness.programs import MAKE, Program
from tutor.protocol.views import NOT_BY_NAME, Cells, CellView, FunctionKind, FunctionView
from tutor.worker.inspector.inspector import Inspector

EMPTY = object()


def live_functions(is_learners: Callable[[CodeType], bool]) -> list[FunctionType]:
    """Every function that the collector knows and whose code is wanted."""
    found = [thing for thing in gc.get_objects() if type(thing) is FunctionType]
    return [function for function in found if is_learners(function.__code__)]


def disagreements(
    inspector: Inspector,
    report: Cells,
    functions: list[FunctionType],
    is_compiled: Callable[[CodeType], bool] = lambda code: False,
) -> Iterator[str]:
    """Where a report differs from `__closure__`, read from the functions themselves.

    `is_compiled` tells, of the code of this program, what the compiler made of its own accord.
    """
    labels = inspector.book.known()
    written = Reading([each for each in functions if not is_compiled(each.__code__)], labels)
    compiled = Reading([each for each in functions if is_compiled(each.__code__)], labels)
    said: Counter[object] = Counter(
        _what_is_said(view) for view in report.functions if _is_function(view)
    )
    read: Counter[object] = Counter(
        (code.co_qualname, code.co_cellvars, free, not free) for code, free in written.functions
    )
    if said != read:
        yield f"functions: said {dict(said - read)}, read {dict(read - said)}"
    besides: Counter[object] = Counter(tuple(map(tuple, view.free)) for view in report.compiled)
    read_besides: Counter[object] = Counter(free for _, free in compiled.functions)
    if besides != read_besides:
        yield f"compiled: said {dict(besides - read_besides)}, read {dict(read_besides - besides)}"
    both = (*report.cells, *report.compiled_cells)
    if len({view.label for view in both}) != len(both) or len({*labels.values()}) != len(labels):
        yield "a letter was given twice"
    for each in written.held:
        compiled.held.pop(each, None)
    yield from _of_cells(report.cells, written, labels)
    yield from _of_cells(report.compiled_cells, compiled, labels)


def faults_of_places(source: str) -> list[str]:
    """What is said wrongly of the functions that `MAKE` has made and a program has put somewhere."""
    program = Program(MAKE + source)
    if "made" in program.names:  # as the audit hook does in a run
        program.inspector.note_code(program["made"])
    files = {program.code.co_filename, "<made>"}
    report = program.look()
    # A kept traceback also keeps the function that exec made of the module itself.
    functions = live_functions(
        lambda code: code.co_filename in files and bool(code.co_flags & CO_OPTIMIZED)
    )
    assert len(functions) > 1
    return [
        *disagreements(program.inspector, report, functions, is_compiled),
        *wrong_paths(program.inspector, report, program.names),
    ]


def is_compiled(code: CodeType) -> bool:
    """Whether the compiler made it, in programs that give no such name to a function of theirs."""
    name = code.co_name
    return name in ("__annotate__", *"TUVWA") or name.startswith("<generic parameters")


class Reading:
    """What functions hold, read from themselves."""

    def __init__(self, functions: list[FunctionType], labels: dict[int, str]) -> None:
        self.functions: list[tuple[CodeType, tuple[tuple[str, str | None], ...]]] = []
        """The code of each, and its free variables with the labels of their cells."""
        self.held: dict[int, CellType] = {}
        self.holders: Counter[int] = Counter()
        for function in functions:
            code, closure = function.__code__, function.__closure__ or ()
            self.held |= {_identity(cell): cell for cell in closure}
            self.holders.update({_identity(cell) for cell in closure})
            cells = map(labels.get, map(_identity, closure))
            self.functions.append((code, tuple(zip(code.co_freevars, cells, strict=True))))


def _of_cells(said: tuple[CellView, ...], read: Reading, labels: dict[int, str]) -> Iterator[str]:
    views = {view.label: view for view in said}
    expected = {labels.get(which) for which in read.held}
    if set(views) != expected:
        yield f"letters: {set(views) ^ expected}"
    for which, cell in read.held.items():
        if view := views.get(labels.get(which, "")):
            yield from _of_a_cell(view, cell, read.holders[which])


def wrong_paths(inspector: Inspector, cells: Cells, names: dict[str, Any]) -> Iterator[str]:
    """Paths in Python's notation that do not lead to a function with the cells that are said."""
    labels = inspector.book.known()
    said = [
        (view.reached_by, view.qualname, view.free)
        for view in filter(_is_function, cells.functions)
    ]
    said += [(made.reached_by, "", made.free) for made in cells.compiled]
    for path, qualname, free in said:
        if path == NOT_BY_NAME or "▸" in path or path[:7] == "inside ":
            continue
        try:
            function = eval(path, dict(names))
        except (LookupError, NameError, AttributeError, SyntaxError, ArithmeticError) as error:
            yield f"{path} raises {error!r}"
            continue
        found = [labels.get(_identity(cell)) for cell in getattr(function, "__closure__", ()) or ()]
        if (
            type(function) is not FunctionType
            or (qualname and function.__code__.co_qualname != qualname)
            or [each.cell for each in free] != found
        ):
            yield f"{path} is {function}, not {qualname} with {free}"


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
