"""The inspector: the learner's live functions and the cells that they hold, as plain data.

One look goes: find the functions, gather their cells by identity, label the cells, explain
functions that have none, describe what is in the cells. It runs no code of the learner's (what a
`__repr__` says is asked in a fork) and nothing of the learner's outlives it: objects die when they
would have died in a script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from gc import disable, enable, get_objects, get_referents, isenabled
from itertools import chain, compress, count, repeat
from types import CellType, CodeType, FunctionType
from typing import Any, TypeVar

from ...protocol.messages import (
    NOT_BY_NAME,
    TOO_MUCH_TO_SEARCH,
    Cells,
    CellView,
    CompiledFunction,
    FreeName,
    FunctionView,
    LabelHint,
)
from ..cpython.objects import (
    LONGEST_CHAIN,
    annotate_of,
    behind,
    cells_of,
    contents_of,
    identity,
    type_parameters_of,
)
from ..values.describe import describe_all
from .cell_columns import CellColumns
from .labels import LabelBook
from .origins import Origin, Origins
from .walk import Found, Walk

EMPTY = object()
"""Stands for the contents of an empty cell; None is a value."""


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
        self._shown: list[int] = []

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
        compiled = found.take_compiled()
        more = found.shorten(self._limit)
        compiled.shorten(self._limit)
        self._shown = [*map(identity, found.things)]
        ids, compiled_ids = _ids(found.things), _ids(compiled.things, "c")
        held, held_besides = CellColumns(found, ids), CellColumns(compiled, compiled_ids)
        # Asked while these hold their cells, so that no address can have changed hands.
        labels = self._book.label(held.which, held.variables, held_besides.which)
        holders = compress(found.things, found.closures)
        self._book.keep(labels, chain(holders, compress(compiled.things, compiled.closures)))
        free, free_besides = _free_names(held, labels), _free_names(held_besides, labels)
        held_besides.leave_out(held)
        return Cells(
            functions=_made(FunctionView, _function_rows(found, ids, free)),
            cells=_made(CellView, _cell_rows(held, labels, run_learners_code)),
            more=more,
            compiled=_made(
                CompiledFunction,
                _compiled_rows(compiled, compiled_ids, free_besides, _owners(compiled, found, ids)),
            ),
            compiled_cells=_made(CellView, _cell_rows(held_besides, labels, run_learners_code)),
        )

    @property
    def book(self) -> LabelBook:
        """The labels that were given so far."""
        return self._book

    @property
    def ids(self) -> dict[int, str]:
        """Of the functions in the last report, by identity."""
        return dict(zip(self._shown, _ids(self._shown), strict=True))

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
            walk.found.add([function], [origin], [how], [cells_of(function)])
            walk.found.wrappers.append(function)
        return walk.found

    def _in_order(
        self, rest: list[tuple[FunctionType, Origin]]
    ) -> list[tuple[FunctionType, Origin]]:
        """By line, and those of one line as last time: the collector's order changes as it collects."""
        known = self._book.known() if rest else {}
        places = {which: place for place, which in enumerate(known)}

        def place(found: tuple[FunctionType, Origin]) -> tuple[int, list[int]]:
            cells = map(identity, cells_of(found[0]))
            return found[1].line, [places.get(which, len(places)) for which in cells]

        return sorted(rest, key=place)


def _ids(shown: Sequence[object], letter: str = "f") -> list[str]:
    return [f"{letter}{number}" for number in range(1, len(shown) + 1)]


def _function_rows(
    found: Found, ids: list[str], free: tuple[FreeName, ...]
) -> Iterator[tuple[object, ...]]:
    """The fields of each FunctionView."""
    wraps = _wraps(found, ids)
    end = 0
    for own, thing, origin, path in zip(ids, found.things, found.origins, found.paths, strict=True):
        if origin.namesakes:
            origin = origin.of(thing)
        yield (
            own,
            origin.kind,
            origin.name,
            origin.qualname,
            origin.line,
            path,
            free[end : (end := end + len(origin.variables))],
            origin.cell_names,
            origin.why_no_cells,
            wraps.get(own),
            origin.not_captured,
        )


def _compiled_rows(
    compiled: Found, ids: list[str], free: tuple[FreeName, ...], owners: dict[int, str]
) -> Iterator[tuple[object, ...]]:
    """The fields of each CompiledFunction."""
    end = 0
    for own, thing, origin, path in zip(
        ids, compiled.things, compiled.origins, compiled.paths, strict=True
    ):
        names = free[end : (end := end + len(origin.variables))]
        yield own, origin.purpose, owners.get(identity(thing)), origin.line, path, names


def _owners(compiled: Found, found: Found, ids: list[str]) -> dict[int, str]:
    """By the identity of a function that the compiler made, the id of that of which it is a part."""
    purposes = {
        identity(thing): origin.purpose
        for thing, origin in zip(compiled.things, compiled.origins, strict=True)
    }
    if not purposes:
        return {}
    return {
        identity(part): own
        for own, thing, origin in zip(ids, found.things, found.origins, strict=True)
        if type(thing) is FunctionType
        for part in (annotate_of(thing), *get_referents(*type_parameters_of(thing)))
        if (purpose := purposes.get(identity(part))) and purpose.owner == origin.qualname
    }


def _free_names(held: CellColumns, labels: dict[int, str]) -> tuple[FreeName, ...]:
    return _made(FreeName, zip(held.names, map(labels.__getitem__, held.each), strict=True))


def _wraps(found: Found, ids: list[str]) -> dict[str, str | None]:
    """By the id of each wrapper, that of the nearest entry behind it."""
    if not found.wrappers:
        return {}
    known = dict(zip(map(identity, found.things), ids, strict=True))
    return {
        known[identity(thing)]: _wrapped(thing, known)
        for thing in found.wrappers
        if identity(thing) in known
    }


def _wrapped(thing: object, ids: dict[int, str]) -> str | None:
    """The id of the nearest entry behind a wrapper: past a bound method, say, its function."""
    for _ in range(LONGEST_CHAIN):
        thing = behind(thing)
        if thing is None:
            return None
        if identity(thing) in ids:
            return ids[identity(thing)]
    return None


def _cell_rows(
    held: CellColumns, labels: dict[int, str], run_learners_code: bool
) -> Iterable[tuple[object, ...]]:
    """The fields of each CellView."""
    values = contents_of(held.cells, EMPTY)
    empty = [value is EMPTY for value in values]
    described = describe_all(values, run_learners_code)
    types: list[str | None] = [*described.types]
    texts: list[str | None] = [*described.texts]
    for place in compress(count(), empty):
        types[place] = texts[place] = None
    return zip(
        map(labels.__getitem__, held.which),
        [name for _, name in held.variables],
        [owner for owner, _ in held.variables],
        empty,
        types,
        texts,
        held.sharers,
        strict=True,
    )


View = TypeVar("View", bound=tuple[Any, ...])


def _made(kind: type[View], rows: Iterable[tuple[object, ...]]) -> tuple[View, ...]:
    """Named tuples of these fields, at half of what calling their class costs."""
    return (*map(tuple.__new__, repeat(kind), rows),)
