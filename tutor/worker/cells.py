"""The inspector: the learner's live functions and the cells that they hold, as plain data.

One look goes: find the functions, gather their cells by identity, label the cells, explain
functions that have none, describe what is in the cells. It runs no code of the learner's (what a
`__repr__` says is asked in a fork) and nothing of the learner's outlives it: objects die when they
would have died in a script.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from gc import disable, enable, get_objects, isenabled
from itertools import chain, islice, repeat
from types import CellType, CodeType, FunctionType
from typing import TypeVar

from .describe import describe_all
from .labels import LabelBook
from .messages import Cells, CellView, FreeName, FunctionView, LabelHint
from .origins import Origins
from .reach import Found, Walk
from .reading import LONGEST_CHAIN, behind, cells_of, contents, identity

NOT_BY_NAME = "not reached by a name"
TOO_MUCH_TO_SEARCH = "somewhere in data too large to search"
EMPTY = object()
"""Stands for the contents of an empty cell; None is a value."""
DISPUTED = ""
"""Stands for the owner of a cell of which two holders' codes tell two things."""


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
            cells, held = _gather(shown)
            self._label(shown, cells)
            return Cells(
                functions=_made(FunctionView, _function_views(shown, held)),
                cells=_made(CellView, _cell_views([*cells.values()], run_learners_code)),
                more=len(found) - len(shown),
            )
        finally:
            if collecting:
                enable()

    @property
    def book(self) -> LabelBook:
        """The labels that were given so far."""
        return self._book

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
            (function, origin, how)
            for function, which in zip(functions, map(identity, functions), strict=True)
            if which not in walk.seen and (origin := self._origins.of(function.__code__))
        ]
        return found + self._in_order(rest)

    def _in_order(self, rest: list[Found]) -> list[Found]:
        """By line, and those of one line as last time: the collector's order changes as it collects."""
        known = self._book.known() if rest else {}
        places = {which: place for place, which in enumerate(known)}

        def place(found: Found) -> tuple[int, list[int]]:
            cells = map(identity, cells_of(found[0]))
            return found[1].line, [places.get(which, len(places)) for which in cells]

        return sorted(rest, key=place)

    def _label(self, shown: list[Found], cells: dict[int, _Held]) -> None:
        # Asked while `cells` holds its cells, so that no address can have changed hands.
        labels = self._book.known()
        for which, held in cells.items():
            if which not in labels:
                labels[which] = self._book.new(held.owner or None, held.name)
            held.label = labels[which]
        self._book.keep(labels, [thing for thing, origin, _ in shown if origin.free])


class _Held:
    """One cell, by identity, and what its holders and the source say of it."""

    __slots__ = ("cell", "label", "name", "owner", "sharers")

    label: str

    def __init__(self, cell: CellType, name: str, owner: str | None, sharers: list[str]) -> None:
        self.cell = cell
        self.name = name
        self.owner = owner
        self.sharers = sharers

    def share(self, name: str, owner: str | None, sharer: str) -> None:
        """Take in what another holder's code says; two that differ mean that nobody knows."""
        if owner is not None:
            if self.owner is None:
                self.name, self.owner = name, owner
            elif (name, owner) != (self.name, self.owner):
                self.owner = DISPUTED
        if sharer != self.sharers[-1]:
            self.sharers.append(sharer)


def _gather(shown: list[Found]) -> tuple[dict[int, _Held], list[_Held]]:
    """The cells by identity, in order of first reach; and those of each free variable in turn."""
    closures = [cells_of(thing) if origin.free else () for thing, origin, _ in shown]
    rows = zip(
        chain.from_iterable(closures),
        chain.from_iterable([origin.free for _, origin, _ in shown]),
        chain.from_iterable([origin.owners for _, origin, _ in shown]),
        chain.from_iterable(map(repeat, _ids(shown), map(len, closures))),
        strict=True,
    )
    cells: dict[int, _Held] = {}
    each = []
    for cell, name, owner, holder in rows:
        which = identity(cell)
        held = cells.get(which)
        if held is None:
            held = cells[which] = _Held(cell, name, owner, [holder])
        else:
            held.share(name, owner, holder)
        each.append(held)
    return cells, each


def _function_views(shown: list[Found], held: list[_Held]) -> list[dict[str, object]]:
    """The fields of each FunctionView; those that have their default are left out."""
    names = chain.from_iterable([origin.free for _, origin, _ in shown])
    cells = [{"name": name, "cell": each.label} for name, each in zip(names, held, strict=True)]
    free = iter(_made(FreeName, cells))
    views = []
    wrappers = []
    for own, (thing, origin, path) in zip(_ids(shown), shown, strict=True):
        fields = origin.fields_of(thing) if origin.namesakes else origin.fields
        view = {**fields, "id": own, "reached_by": path}
        if origin.free:
            view["free"] = (*islice(free, len(origin.free)),)
        if behind(thing) is not None:
            wrappers.append((view, thing))
        views.append(view)
    if wrappers:
        ids = {identity(thing): own for own, (thing, _, _) in zip(_ids(shown), shown, strict=True)}
        for view, thing in wrappers:
            view["wraps"] = _wrapped(thing, ids)
    return views


def _ids(shown: list[Found]) -> list[str]:
    return [f"f{number}" for number in range(1, len(shown) + 1)]


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
            "owner": held.owner or None,
            "empty": value is EMPTY,
            "type": kind,
            "value": text,
            "shared_by": tuple(held.sharers),
        }


View = TypeVar("View")


def _made(kind: type[View], fields: Iterable[Mapping[str, object]]) -> tuple[View, ...]:
    """Frozen dataclasses that have these fields, at a third of what their `__init__` costs.

    It calls `object.__setattr__` for each field: 1.5 µs for a FunctionView, and thousands are made.
    """
    each = [*fields]
    views = (*map(object.__new__, repeat(kind, len(each))),)
    deque(map(vars(kind)["__dict__"].__set__, views, each), maxlen=0)
    return views
