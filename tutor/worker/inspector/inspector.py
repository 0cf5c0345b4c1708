"""The inspector: the learner's live functions and the cells that they hold, as plain data.

One look goes: find the functions, gather their cells by identity, label the cells, explain
functions that have none, describe what is in the cells. It runs no code of the learner's (what a
`__repr__` says is asked in a fork) and nothing of the learner's outlives it: objects die when they
would have died in a script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from gc import disable, enable, get_objects, get_referents, isenabled
from types import CellType, CodeType, FunctionType

from ...protocol.requests import LabelHint
from ...protocol.views import (
    NOT_BY_NAME,
    TOO_MUCH_TO_SEARCH,
    Cells,
    CellView,
    CompiledFunction,
    FreeName,
    FunctionView,
)
from ..cpython.objects import (
    EMPTY,
    LONGEST_CHAIN,
    annotate_of,
    behind,
    cells_of,
    contents,
    identity,
    type_parameters_of,
)
from ..values.describe import beside_its_type, describe_all
from .held_cells import HeldCell, held_cells
from .labels import LabelBook
from .origins import Origin, Origins
from .walk import Found, FoundFunction, Walk


class Inspector:
    """Looks at a program: which functions live, how they are reached, and what their cells hold."""

    def __init__(
        self,
        namespace: dict[str, object],
        code: CodeType,
        hints: Sequence[LabelHint] = (),
        is_learners: Callable[[CodeType], bool] | None = None,
        limit: int = 2_000,
    ) -> None:
        self._namespace = namespace
        self._origins = Origins(code, is_learners)
        self._book = LabelBook(hints)
        self._limit = limit
        self._ids: dict[int, str] = {}

    def note_code(self, code: CodeType) -> None:
        """Count code that the learner's file gave to exec, eval or FunctionType as the learner's."""
        self._origins.add(code)

    def is_learners(self, function: object) -> bool:
        """Whether it is a function whose code is now the learner's."""
        return type(function) is FunctionType and self._origins.of(function.__code__) is not None

    def look(self, run_learners_code: bool = True) -> Cells:
        """Every live function of the learner's and every cell that they hold, at this moment.

        `run_learners_code` allows the fork in which a learner's own `__repr__` describes a value.
        """
        collecting = isenabled()
        disable()  # a collection now would end objects earlier than the program by itself
        try:
            return self._look(run_learners_code)
        finally:
            if collecting:
                enable()

    def _look(self, run_learners_code: bool) -> Cells:
        found = self._find()
        compiled = found.take_compiled()[: self._limit]
        more = max(0, len(found.functions) - self._limit)
        del found.functions[self._limit :]
        self._ids = _ids(found.functions, "f")
        compiled_ids = _ids(compiled, "c")
        held = held_cells(found.functions, self._ids.values())
        besides = held_cells(compiled, compiled_ids.values())
        # Asked while these hold their cells, so that no address can have changed hands.
        labels = self._book.label(((cell, each.variable) for cell, each in held.items()), besides)
        self._book.keep(
            labels, [each.thing for each in (*found.functions, *compiled) if each.closure]
        )
        only_besides = {cell: each for cell, each in besides.items() if cell not in held}
        return Cells(
            functions=tuple(_function_views(found, self._ids, labels)),
            cells=tuple(_cell_views(held, labels, self._ids, run_learners_code)),
            more=more,
            compiled=tuple(_compiled_views(compiled, compiled_ids, labels, found, self._ids)),
            compiled_cells=tuple(_cell_views(only_besides, labels, self._ids, run_learners_code)),
        )

    @property
    def book(self) -> LabelBook:
        """The labels that were given so far."""
        return self._book

    @property
    def ids(self) -> dict[int, str]:
        """Of the functions in the last report, by identity."""
        return self._ids

    def cell(self, label: str) -> CellType | None:
        """The cell of that label, if a function that held it when we last looked still lives."""
        return self._book.cell_of(label)

    def label_of(self, cell: CellType) -> str | None:
        """The label of a cell that a function which still lives held when we last looked."""
        return self._book.label_of(cell)

    def labels_in(self, code: CodeType) -> dict[str, str]:
        """The labels by free variable, for the first live function that is made of this code."""
        return self._book.labels_in(code)

    def _find(self) -> Found:
        """Reached from the module first, in the order of the walk, then what the collector adds."""
        walk = Walk(self._namespace, self._origins.of)
        functions = [
            thing
            for thing in get_objects()
            if type(thing) is FunctionType and identity(thing) not in walk.seen
        ]
        rest = [(each, origin) for each in functions if (origin := self._origins.of(each.__code__))]
        how = TOO_MUCH_TO_SEARCH if walk.cut else NOT_BY_NAME
        for function, origin in self._in_order(rest):
            walk.found.functions.append(FoundFunction(function, origin, how, cells_of(function)))
            walk.found.wrappers.append(function)
        return walk.found

    def _in_order(
        self, rest: list[tuple[FunctionType, Origin]]
    ) -> list[tuple[FunctionType, Origin]]:
        """By line, and those of one line as last time: the collector's order changes as it collects."""
        known = self._book.known() if rest else {}
        places = {which: place for place, which in enumerate(known)}

        def place(found: tuple[FunctionType, Origin]) -> tuple[int, list[int]]:
            function, origin = found
            cells = cells_of(function)
            return origin.line, [places.get(identity(cell), len(places)) for cell in cells]

        return sorted(rest, key=place)


def _ids(functions: list[FoundFunction], letter: str) -> dict[int, str]:
    """An id for each function, by identity."""
    return {identity(each.thing): f"{letter}{n}" for n, each in enumerate(functions, start=1)}


def _function_views(
    found: Found, ids: dict[int, str], labels: dict[int, str]
) -> Iterator[FunctionView]:
    wraps = {
        identity(thing): _wrapped(thing, ids) for thing in found.wrappers if identity(thing) in ids
    }
    for (key, id), each in zip(ids.items(), found.functions, strict=True):
        thing, origin, path, _ = each
        if origin.namesakes:
            origin = origin.of(thing)
        yield FunctionView(  # in order: 11 keywords would take 0.5 µs more of some 8
            id,
            origin.kind,
            origin.name,
            origin.qualname,
            origin.line,
            path,
            _free_names(each, labels),
            origin.cell_names,
            origin.why_no_cells,
            wraps.get(key),
            origin.not_captured,
        )


def _compiled_views(
    compiled: list[FoundFunction],
    compiled_ids: dict[int, str],
    labels: dict[int, str],
    found: Found,
    ids: dict[int, str],
) -> Iterator[CompiledFunction]:
    owners = _owners(compiled, found, ids)
    for each in compiled:
        assert each.origin.purpose  # that is why it was taken out
        yield CompiledFunction(
            id=compiled_ids[identity(each.thing)],
            purpose=each.origin.purpose,
            function=owners.get(identity(each.thing)),
            line=each.origin.line,
            reached_by=each.path,
            free=_free_names(each, labels),
        )


def _owners(compiled: list[FoundFunction], found: Found, ids: dict[int, str]) -> dict[int, str]:
    """By the identity of a function that the compiler made, the id of that of which it is a part."""
    purposes = {identity(each.thing): each.origin.purpose for each in compiled}
    if not purposes:
        return {}
    return {
        identity(part): ids[identity(each.thing)]
        for each in found.functions
        if type(each.thing) is FunctionType
        for part in (annotate_of(each.thing), *get_referents(*type_parameters_of(each.thing)))
        if (purpose := purposes.get(identity(part))) and purpose.owner == each.origin.qualname
    }


def _free_names(function: FoundFunction, labels: dict[int, str]) -> tuple[FreeName, ...]:
    pairs = zip(function.origin.variables, function.closure, strict=True)
    return tuple([FreeName(name, labels[identity(cell)]) for (_, name), cell in pairs])


def _wrapped(thing: object, ids: dict[int, str]) -> str | None:
    """The id of the nearest entry behind a wrapper: past a bound method, say, its function."""
    for _ in range(LONGEST_CHAIN):
        thing = behind(thing)
        if thing is None:
            return None
        if identity(thing) in ids:
            return ids[identity(thing)]
    return None


def _cell_views(
    held: dict[int, HeldCell],
    labels: dict[int, str],
    ids: dict[int, str],
    run_learners_code: bool,
) -> Iterator[CellView]:
    values = [contents(each.cell, EMPTY) for each in held.values()]
    full = [value for value in values if value is not EMPTY]
    described = describe_all(full, run_learners_code)
    texts = zip(described.types, described.texts, strict=True)
    for (cell, each), value in zip(held.items(), values, strict=True):
        kind, text = (None, None) if value is EMPTY else next(texts)
        if text is not None:
            text = beside_its_type(value, text)
        owner, name = each.variable
        sharers, holds = tuple(each.sharers), ids.get(identity(value))
        yield CellView(labels[cell], name, owner, value is EMPTY, kind, text, sharers, holds)
