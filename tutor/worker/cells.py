"""The inspector: the learner's live functions and the cells that they hold, as plain data.

One look goes: find the functions, gather their cells by identity, label the cells, explain
functions that have none, describe what is in the cells. It runs no code of the learner's (what a
`__repr__` says is asked in a fork) and nothing of the learner's outlives it: objects die when they
would have died in a script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from gc import disable, enable, get_objects, isenabled
from types import CellType, CodeType, FunctionType

from .describe import describe_all
from .labels import LabelBook
from .messages import Cells, CellView, FreeName, FunctionKind, FunctionView, LabelHint
from .origins import Origin, Origins
from .reach import Walk
from .reading import LONGEST_CHAIN, behind, cells_of, contents, function_behind

NOT_BY_NAME = "not reached by a name"
TOO_MUCH_TO_SEARCH = "somewhere in data too large to search"
EMPTY = object()
"""Stands for the contents of an empty cell; None is a value."""

NO_CELLS_OF_ITS_OWN = {
    FunctionKind.PARTIAL: "a partial keeps its function and arguments in attributes, not in cells",
    FunctionKind.CACHED: "an lru_cache wrapper keeps its function and results in itself, not in cells",
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
            shown = [_Found(*each) for each in found[: self._limit]]
            cells = _gather(shown)
            self._label(shown, cells)
            return Cells(
                functions=tuple(_views(shown, cells)),
                cells=tuple(_cell_views(cells, run_learners_code)),
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

    def _find(self) -> list[tuple[object, FunctionType, Origin, str]]:
        """Reached from the module first, in the order of the walk, then what the collector adds."""
        origin_of = self._origins.of
        walk = Walk(self._namespace, origin_of)
        found: list[tuple[object, FunctionType, Origin, str]] = []
        reached = set()
        for thing, path in walk:
            function = thing if type(thing) is FunctionType else function_behind(thing)
            if function and (origin := origin_of(function.__code__)):
                found.append((thing, function, origin, path))
                if thing is function:
                    reached.add(function)
        how = TOO_MUCH_TO_SEARCH if walk.cut else NOT_BY_NAME
        rest = [
            (thing, thing, origin, how)
            for thing in get_objects()
            if type(thing) is FunctionType
            and thing not in reached
            and (origin := origin_of(thing.__code__))
        ]
        # The collector's own order changes when it collects.
        return found + sorted(rest, key=lambda each: each[2].line)

    def _label(self, shown: list[_Found], cells: dict[int, _Held]) -> None:
        # Asked while `cells` holds its cells, so that no address can have changed hands.
        known = self._book.known()
        for address, held in cells.items():
            held.label = known.get(address) or self._book.new(held.owner, held.name)
        for each in shown:
            if each.cells:
                self._book.keep(each.function, tuple(cells[id(c)].label for c in each.cells))


class _Found:
    """A function that lives, or a partial or cache of one."""

    __slots__ = ("cells", "function", "kind", "origin", "path", "thing")

    def __init__(self, thing: object, function: FunctionType, origin: Origin, path: str) -> None:
        self.thing = thing
        self.function = function
        """The function itself, or the one behind the partial or cache."""
        self.origin = origin
        self.path = path
        self.cells: tuple[CellType, ...] = ()
        self.kind = origin.kind
        if thing is function:
            self.cells = cells_of(function)
        else:
            wraps = type(thing) is partial
            self.kind = FunctionKind.PARTIAL if wraps else FunctionKind.CACHED


@dataclass(slots=True, eq=False)
class _Held:
    """One cell, by identity, and what its holders and the source say of it."""

    cell: CellType
    name: str
    owner: str | None
    sharers: list[str] = field(default_factory=list)
    label: str = ""
    disputed: bool = False

    def claim(self, name: str, owner: str) -> None:
        """Take in what another holder's code says; two that differ mean that nobody knows."""
        if self.owner is None and not self.disputed:
            self.name, self.owner = name, owner
        elif (name, owner) != (self.name, self.owner):
            self.owner, self.disputed = None, True


def _gather(shown: list[_Found]) -> dict[int, _Held]:
    """The cells of these functions by address, in order of first reach."""
    cells: dict[int, _Held] = {}
    for number, each in enumerate(shown, 1):
        names = each.function.__code__.co_freevars
        for name, owner, cell in zip(names, each.origin.owners, each.cells, strict=False):
            held = cells.get(id(cell))
            if held is None:
                held = cells[id(cell)] = _Held(cell, name, owner)
            elif owner is not None:
                held.claim(name, owner)
            sharer = f"f{number}"
            if sharer not in held.sharers[-1:]:
                held.sharers.append(sharer)
    return cells


def _views(shown: list[_Found], cells: dict[int, _Held]) -> Iterator[FunctionView]:
    ids = {id(each.thing): f"f{number}" for number, each in enumerate(shown, 1)}
    for each in shown:
        origin, code = each.origin, each.function.__code__
        is_function = each.thing is each.function
        yield FunctionView(
            id=ids[id(each.thing)],
            kind=each.kind,
            name=origin.name,
            qualname=origin.qualname,
            line=origin.line,
            reached_by=each.path,
            free=tuple(
                FreeName(name, cells[id(cell)].label)
                for name, cell in zip(code.co_freevars, each.cells, strict=False)
            ),
            cell_names=code.co_cellvars if is_function else (),
            why_no_cells=None if each.cells else _why_no_cells(each),
            wraps=_wrapped(each.thing, ids),
        )


def _why_no_cells(each: _Found) -> str:
    return NO_CELLS_OF_ITS_OWN.get(each.kind) or each.origin.explain(each.function)


def _wrapped(thing: object, ids: dict[int, str]) -> str | None:
    """The id of the nearest entry behind a wrapper: past a bound method, say, its function."""
    for _ in range(LONGEST_CHAIN):
        thing = behind(thing)
        if thing is None or id(thing) in ids:
            return ids.get(id(thing))
    return None


def _cell_views(cells: dict[int, _Held], run_learners_code: bool) -> Iterator[CellView]:
    values = [contents(held.cell, EMPTY) for held in cells.values()]
    full = [value for value in values if value is not EMPTY]
    descriptions = iter(describe_all(full, run_learners_code))
    for held, value in zip(cells.values(), values, strict=True):
        said = None if value is EMPTY else next(descriptions)
        yield CellView(
            label=held.label,
            name=held.name,
            owner=held.owner,
            empty=said is None,
            type=said.type if said else None,
            value=said.text if said else None,
            shared_by=tuple(held.sharers),
        )
