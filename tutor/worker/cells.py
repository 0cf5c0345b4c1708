"""The inspector: the learner's live functions and the cells that they hold, as plain data.

One look goes: find the functions, gather their cells by identity, label the cells, explain
functions that have none, describe what is in the cells. It runs no code of the learner's (what a
`__repr__` says is asked in a fork) and nothing of the learner's outlives it: objects die when they
would have died in a script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections import deque
from functools import partial
from gc import disable, enable, get_objects, isenabled
from types import CellType, CodeType, FunctionType
from itertools import islice, repeat
from typing import TypeVar

from .describe import describe_all
from .labels import LabelBook
from .messages import Cells, CellView, FreeName, FunctionKind, FunctionView, LabelHint
from .origins import Origins
from .reach import Found, Walk
from .reading import LONGEST_CHAIN, behind, cells_of, contents, identity

NOT_BY_NAME = "not reached by a name"
TOO_MUCH_TO_SEARCH = "somewhere in data too large to search"
EMPTY = object()
"""Stands for the contents of an empty cell; None is a value."""

AS_PARTIAL = {
    "kind": FunctionKind.PARTIAL,
    "why_no_cells": "a partial keeps its function and arguments in attributes, not in cells",
    "cell_names": (),
    "not_captured": (),
}
AS_CACHE = {
    **AS_PARTIAL,
    "kind": FunctionKind.CACHED,
    "why_no_cells": "an lru_cache wrapper keeps its function and results in itself, not in cells",
}


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

    def note_code(self, code: CodeType) -> None:
        """Count code that the learner's file gave to exec, eval or FunctionType as the learner's."""
        self._origins.add(code)

    def look(self, run_learners_code: bool = True) -> Cells:
        """Every live function of the learner's and every cell that they hold, at this moment.

        `run_learners_code` allows the fork in which a learner's own `__repr__` describes a value.
        """
        collecting = isenabled()
        disable()  # a collection now would end objects earlier than the program by itself
        try:
            found = self._find()
            shown = found[: self._limit]
            holdings, cells = _gather(shown)
            self._label(shown, holdings, cells)
            return Cells(
                functions=_made(FunctionView, _function_views(shown, holdings)),
                cells=_made(CellView, _cell_views(cells, run_learners_code)),
                more=len(found) - len(shown),
            )
        finally:
            if collecting:
                enable()

    def cell(self, label: str) -> CellType | None:
        """The cell of that label, if a function that held it when we last looked still lives."""
        return self._book.cell_of(label)

    def label_of(self, cell: CellType) -> str | None:
        """The label of a cell that a function which still lives held when we last looked."""
        return self._book.label_of(cell)

    def labels_in(self, code: CodeType) -> dict[str, str]:
        """The labels by free variable, for the first live function that is made of this code."""
        return self._book.labels_in(code)

    def _find(self) -> list[Found]:
        """Reached from the module first, in the order of the walk, then what the collector adds."""
        functions = [thing for thing in get_objects() if type(thing) is FunctionType]
        walk = Walk(self._namespace, self._origins.of)
        found = [*walk]
        how = TOO_MUCH_TO_SEARCH if walk.cut else NOT_BY_NAME
        rest = [
            (function, function, origin, how)
            for function, which in zip(functions, map(identity, functions), strict=True)
            if which not in walk.seen and (origin := self._origins.of(function.__code__))
        ]
        # The collector's own order changes when it collects.
        return found + sorted(rest, key=lambda each: each[2].line)

    def _label(self, shown: list[Found], holdings: list[list[_Held]], cells: list[_Held]) -> None:
        """Give every cell its label, and note whose closures they are in: see LabelBook."""
        # Asked while `cells` holds its cells, so that no address can have changed hands.
        known = self._book.known()
        for held in cells:
            held.label = known.get(identity(held.cell)) or self._book.new(held.owner, held.name)
        self._book.keep(
            (function, tuple([held.label for held in holding]))
            for (_, function, _, _), holding in zip(shown, holdings, strict=True)
            if holding
        )


class _Held:
    """One cell, by identity, and what its holders and the source say of it."""

    __slots__ = ("cell", "disputed", "label", "name", "owner", "sharers")

    def __init__(self, cell: CellType, name: str, owner: str | None) -> None:
        self.cell = cell
        self.name = name
        self.owner = owner
        self.disputed = False
        self.label = ""
        self.sharers: list[str] = []

    def claim(self, name: str, owner: str) -> None:
        """Take in what another holder's code says; two that differ mean that nobody knows."""
        if self.owner is None and not self.disputed:
            self.name, self.owner = name, owner
        elif (name, owner) != (self.name, self.owner):
            self.owner, self.disputed = None, True


def _gather(shown: list[Found]) -> tuple[list[list[_Held]], list[_Held]]:
    """The cells that each of these holds, and all of them, in order of first reach."""
    cells: dict[int, _Held] = {}
    holdings = []
    for number, (thing, function, origin, _) in enumerate(shown, 1):
        holding: list[_Held] = []
        closure = cells_of(function) if thing is function else ()
        for cell, name, owner in zip(closure, origin.free, origin.owners, strict=False):
            held = cells.get(identity(cell))
            if held is None:
                held = cells[identity(cell)] = _Held(cell, name, owner)
            elif owner is not None:
                held.claim(name, owner)
            if held not in holding:
                held.sharers.append(f"f{number}")
            holding.append(held)
        holdings.append(holding)
    return holdings, [*cells.values()]


def _function_views(shown: list[Found], holdings: list[list[_Held]]) -> Iterator[dict[str, object]]:
    """The fields of each FunctionView."""
    free_names = iter(
        _made(
            FreeName,
            (
                {"name": name, "cell": held.label}
                for (_, _, origin, _), holding in zip(shown, holdings, strict=True)
                for name, held in zip(origin.free, holding, strict=False)
            ),
        )
    )
    ids = {identity(found[0]): f"f{number}" for number, found in enumerate(shown, 1)}
    for (thing, function, origin, path), holding, own in zip(shown, holdings, ids, strict=True):
        fields = {
            **(origin.fields_of(function) if origin.namesakes else origin.fields),
            "id": ids[own],
            "reached_by": path,
            "free": tuple(islice(free_names, len(holding))),
            "wraps": _wrapped(thing, ids),
        }
        if thing is not function:
            fields |= AS_PARTIAL if type(thing) is partial else AS_CACHE
        yield fields


def _wrapped(thing: object, ids: dict[int, str]) -> str | None:
    """The id of the nearest entry behind a wrapper: past a bound method, say, its function."""
    for _ in range(LONGEST_CHAIN):
        thing = behind(thing)
        if thing is None:
            return None
        if identity(thing) in ids:
            return ids[identity(thing)]
    return None


def _cell_views(cells: list[_Held], run_learners_code: bool) -> Iterator[dict[str, object]]:
    """The fields of each CellView."""
    values = [contents(held.cell, EMPTY) for held in cells]
    full = [value for value in values if value is not EMPTY]
    descriptions = iter(describe_all(full, run_learners_code))
    for held, value in zip(cells, values, strict=True):
        kind, text = (None, None) if value is EMPTY else next(descriptions)
        yield {
            "label": held.label,
            "name": held.name,
            "owner": held.owner,
            "empty": value is EMPTY,
            "type": kind,
            "value": text,
            "shared_by": tuple(held.sharers),
        }


View = TypeVar("View")


def _made(kind: type[View], fields: Iterable[dict[str, object]]) -> tuple[View, ...]:
    """Frozen dataclasses that have these fields, at a fifth of what their `__init__` costs.

    It calls `object.__setattr__` for each field: 1.5 µs for a FunctionView, and thousands are made.
    """
    each = [*fields]
    views = (*map(object.__new__, repeat(kind, len(each))),)
    deque(map(vars(kind)["__dict__"].__set__, views, each), maxlen=0)
    return views
