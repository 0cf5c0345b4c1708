"""Whether what a learner is told to look at is there: each claim against the report of the run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tutor.course.look_and_try import Look, LookAtCells, LookAtNames, LookAtTimeline
from tutor.protocol.views import Cells, CellView, Change, FreeName, Recording, ScopeMap

EMPTY = "empty"


@dataclass(frozen=True)
class Seen:
    """What there is to be looked at after a run."""

    cells: Cells
    recording: Recording
    names: ScopeMap


class _NotThere(Exception):
    """A claim that does not hold; str() is what there is instead."""


def untrue(look: Look, seen: Seen) -> str | None:
    """What is not as it is said; None if all is."""
    try:
        match look:
            case LookAtCells():
                _look_at_cells(look, seen.cells)
            case LookAtTimeline():
                _look_at_timeline(look, seen)
            case LookAtNames():
                _look_at_names(look, seen.names)
    except _NotThere as what:
        return str(what)
    return None


def _look_at_cells(look: LookAtCells, cells: Cells) -> None:
    if look.cell:
        cell = _cell(look.cell, cells)
        held = EMPTY if cell.empty else cell.value
        if held != look.holds:
            raise _NotThere(f"`{look.cell}` holds `{held}`")
    if look.one:
        first, *others = (_cell(name, cells) for name in look.one)
        if any(other.label != first.label for other in others):
            raise _NotThere(f"{_listed(look.one)} are not one cell")
        named = {_function(name.rpartition(".")[0], cells) for name in look.one}
        if more := set(first.shared_by) - named:
            raise _NotThere(f"`{_called(more.pop(), cells)}` holds that cell too; name all who do")
    labels = [_cell(name, cells).label for name in look.apart]
    if len(set(labels)) < len(labels):
        raise _NotThere(f"of {_listed(look.apart)} some are one cell")
    if look.no_cells:
        view = next(f for f in cells.functions if f.id == _function(look.no_cells, cells))
        if view.free:
            raise _NotThere(f"`{look.no_cells}` holds {len(view.free)}")


def _look_at_timeline(look: LookAtTimeline, seen: Seen) -> None:
    wanted = (look.line, look.what, look.before, look.after)
    labels = set(_labels(look.cell, seen)) if look.cell else set()
    made = {f.id for f in seen.recording.functions if look.function in (f.name, f.qualname)}
    steps = [
        step
        for step in seen.recording.steps
        if (step.cell in labels if look.cell else step.function in made)
    ]
    if not steps:
        raise _NotThere(f"no step is about `{look.cell or look.function}`")
    told = [(s.line, s.what, s.before, s.after) for s in steps]
    if not any(_fits(wanted, each) for each in told):
        raise _NotThere(f"no such step; there are {'; '.join(_step(*each) for each in told[:12])}")


def _fits(
    wanted: tuple[int, Change, str | None, str | None],
    step: tuple[int, Change, str | None, str | None],
) -> bool:
    return all(mine in (None, its) for mine, its in zip(wanted, step, strict=True))


def _step(line: int, what: Change, before: str | None, after: str | None) -> str:
    values = f" {before} -> {after}" if before or after else ""
    return f"line {line} {what}{values}"


def _look_at_names(look: LookAtNames, names: ScopeMap) -> None:
    views = {view.qualname: view for view in names.functions}
    if look.function not in views:
        raise _NotThere(f"no function `{look.function}`; there are {', '.join(views) or 'none'}")
    scopes = {each.name: each.scope for each in views[look.function].names}
    if scopes.get(look.name) is not look.scope:
        raise _NotThere(f"`{look.name}` is {scopes.get(look.name, 'no name')} there")


def _cell(name: str, cells: Cells) -> CellView:
    """The cell of a function and a variable: `add5.n`."""
    function, _, variable = name.rpartition(".")
    id = _function(function, cells)
    view = next(each for each in cells.functions if each.id == id)
    label = next((free.cell for free in view.free if free.name == variable), None)
    if label is None:
        raise _NotThere(f"`{function}` holds no cell for `{variable}`")
    return next(cell for cell in cells.cells if cell.label == label)


def _function(name: str, cells: Cells) -> str:
    """The id of the one function that is reached so, or called so."""
    found = [f.id for f in cells.functions if f.reached_by == name]
    found = found or [f.id for f in cells.functions if name in (f.name, f.qualname)]
    if len(found) == 1:
        return found[0]
    there = _listed(f.reached_by for f in cells.functions)
    raise _NotThere(f"{len(found) or 'no'} functions are `{name}`; there are {there}")


def _called(id: str, cells: Cells) -> str:
    return next((f.reached_by for f in cells.functions if f.id == id), id)


def _labels(name: str, seen: Seen) -> Iterator[str]:
    """Of the cells that a name may mean at some time of the recording."""
    function, _, variable = name.rpartition(".")
    living = [f for f in seen.cells.functions if function == f.reached_by]
    recorded = [f for f in seen.recording.functions if function in (f.name, f.qualname)]
    held: list[tuple[FreeName, ...]] = [each.free for each in living]
    held += [each.free for each in recorded]
    yield from (free.cell for each in held for free in each if free.name == variable)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
