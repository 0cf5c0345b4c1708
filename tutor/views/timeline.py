"""A recording as states: which functions lived and what their cells held after each step.

Nothing is replayed: every function has the steps between which it lives, and every cell the steps
that changed it, so a state costs the same wherever it is in the recording.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from tutor.protocol.views import (
    Cells,
    CellView,
    Change,
    FunctionKind,
    FunctionView,
    RecordedCell,
    RecordedCode,
    RecordedFunction,
    Recording,
    Step,
)
from tutor.views.writers import writers

NEVER = 1 << 62
MOST_FUNCTIONS = 2_000
"""Of a state; as many as a report of cells has."""
FULL = "There was no room for more steps; the run went on unrecorded."
NOT_RECORDED = "a value from before the recording"


def joined(pieces: Iterable[Recording]) -> Recording:
    """The whole of a recording that came in pieces."""
    pieces = list(pieces)
    return Recording(
        tuple(chain.from_iterable(piece.steps for piece in pieces)),
        tuple(chain.from_iterable(piece.functions for piece in pieces)),
        tuple(chain.from_iterable(piece.cells for piece in pieces)),
        any(piece.stopped for piece in pieces),
        next((piece.unavailable for piece in pieces if piece.unavailable), ""),
        tuple(chain.from_iterable(piece.codes for piece in pieces)),
    )


def ending(recording: Recording) -> str:
    """Why no more was recorded, in one sentence; empty if all was."""
    return recording.unavailable or (FULL if recording.stopped else "")


def code_of(recording: Recording, step: Step) -> RecordedCode | None:
    """The code that did a step; None if it is not known, or the recording was damaged before it."""
    known = step.by is not None and step.by < len(recording.codes)
    return recording.codes[step.by] if known and step.by is not None else None


def state_at(recording: Recording, step: int) -> Cells:
    """What there was after that many steps; 0 is before the first."""
    return Timeline(recording).at(step)


class Timeline:
    """A recording, made ready to be asked for any of its states."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self._made: dict[str, int] = {}
        self._gone: dict[str, int] = {}
        self._changes: dict[str, list[int]] = {}
        """The numbers of the steps that changed each cell, from 1."""
        for number, step in enumerate(recording.steps, start=1):
            if step.what is Change.FUNCTION_MADE:
                self._made[str(step.function)] = number
            elif step.what is Change.FUNCTION_GONE:
                self._gone[str(step.function)] = number
            else:
                self._changes.setdefault(str(step.cell), []).append(number)
        self._held_from: dict[str, int] = {}
        """The step that made the first function which holds the cell."""
        for function in recording.functions:
            for free in function.free:
                made = self._made.get(function.id, NEVER)
                self._held_from[free.cell] = min(made, self._held_from.get(free.cell, NEVER))
        self._cells = {cell.label: cell for cell in recording.cells}
        owned: dict[str | None, dict[str, None]] = {}
        for cell in recording.cells:
            owned.setdefault(cell.owner, {})[cell.name] = None
        self._called = dict(_called(recording.functions))
        self._writers = writers(recording.codes)
        self._functions = [
            (
                self._made.get(each.id, NEVER),
                self._gone.get(each.id, NEVER),
                _view(each, self._called[each.id], tuple(owned.get(each.qualname, ()))),
            )
            for each in recording.functions
        ]
        """Each with the step that made it and the step from which it was gone."""
        self._states: dict[int, Cells] = {}
        """The three that were asked for last: a step on or back, one of them is the other state shown."""
        self._views: dict[str, CellView] = {}
        """Each cell as it was shown last: most are the same a step on."""

    def __len__(self) -> int:
        return len(self.recording.steps)

    def at(self, step: int) -> Cells:
        """What there was after that many steps; 0 is before the first.

        As in every report, the cells are those that a living function holds, and besides them those
        that have a value already and will be held by a function yet to be made.
        """
        if step not in self._states:
            while len(self._states) > 2:
                del self._states[next(iter(self._states))]
            self._states[step] = self._at(step)
        return self._states[step]

    def _at(self, step: int) -> Cells:
        living = [view for made, gone, view in self._functions if made <= step < gone]
        more = max(0, len(living) - MOST_FUNCTIONS)
        del living[MOST_FUNCTIONS:]
        holders: dict[str, list[str]] = {}
        for function in living:
            for free in function.free:
                holders.setdefault(free.cell, []).append(function.id)
        shown = [
            cell
            for label, cell in self._cells.items()
            if label in holders or self._awaits_its_function(label, step)
        ]
        return Cells(
            tuple(living),
            tuple(self._cell(cell, step, tuple(holders.get(cell.label, ()))) for cell in shown),
            more,
        )

    def change_of(self, label: str, step: int, direction: int) -> int | None:
        """The step after this one that changed the cell, or the one before it; None if there is none."""
        changes = self._changes.get(label, [])
        place = bisect_right(changes, step) if direction > 0 else bisect_left(changes, step) - 1
        return changes[place] if 0 <= place < len(changes) else None

    def changes_of(self, label: str) -> Sequence[int]:
        """The steps that changed a cell, from 1."""
        return self._changes.get(label, ())

    def step(self, number: int) -> Step | None:
        """The step that led to a state; None at the beginning."""
        return self.recording.steps[number - 1] if number else None

    def subject(self, step: Step) -> str:
        """What a step is about: `A count`, or how the function is called."""
        if step.cell is None:
            return self._called.get(str(step.function), "a function")
        cell = self._cells.get(step.cell)
        return f"{step.cell} {cell.name}" if cell else step.cell

    def cell(self, label: str) -> RecordedCell | None:
        """The cell of that label, if it is in the recording."""
        return self._cells.get(label)

    def code(self, step: Step) -> RecordedCode | None:
        """The code that did a step, if that is known."""
        return code_of(self.recording, step)

    def writer(self, step: Step) -> str | None:
        """Whose code did a step: `increment`, `the module`; None if that is not known."""
        return self._writers[step.by] if step.by is not None and self.code(step) else None

    def first_holder(self, label: str) -> int | None:
        """The step that made the first function which holds a cell; None if none was made."""
        step = self._held_from.get(label, NEVER)
        return None if step == NEVER else step

    def values_of(self, label: str) -> Iterator[tuple[int, str | None]]:
        """What a cell held from which step on; from 0 before the first, and None while it is empty."""
        changes = self._changes.get(label, ())
        yield 0, self._value(label, 0)
        yield from ((number, self.recording.steps[number - 1].after) for number in changes)

    def _awaits_its_function(self, label: str, step: int) -> bool:
        changes = self._changes.get(label)
        return changes is not None and changes[0] <= step < self._held_from.get(label, 0) < NEVER

    def _cell(self, cell: RecordedCell, step: int, holders: tuple[str, ...]) -> CellView:
        value = self._value(cell.label, step)
        view = self._views.get(cell.label)
        if view is None or view.value != value or view.shared_by != holders:
            view = CellView(cell.label, cell.name, cell.owner, value is None, None, value, holders)
            self._views[cell.label] = view
        return view

    def _value(self, label: str, step: int) -> str | None:
        """What the cell held; None if it was empty."""
        changes = self._changes.get(label, [])
        place = bisect_right(changes, step)
        if place:
            return self.recording.steps[changes[place - 1] - 1].after
        if not changes:
            return None
        first = self.recording.steps[changes[0] - 1]
        if first.what is Change.FILLED:
            return None
        return NOT_RECORDED if first.before is None else first.before


def _view(function: RecordedFunction, called: str, owned: tuple[str, ...]) -> FunctionView:
    return FunctionView(
        id=function.id,
        kind=FunctionKind.LAMBDA if function.name == "<lambda>" else FunctionKind.FUNCTION,
        name=function.name,
        qualname=function.qualname,
        line=function.line,
        reached_by=called,
        free=function.free,
        cell_names=owned,
    )


def _called(functions: tuple[RecordedFunction, ...]) -> Iterator[tuple[str, str]]:
    """Each function's id and a name for it; several of one def, or of one name, are numbered."""
    namesakes = Counter(name for name, _ in {(each.name, each.qualname) for each in functions})
    keys = [each.name if namesakes[each.name] > 1 else each.qualname for each in functions]
    times, so_far = Counter(keys), Counter[str]()
    for function, key in zip(functions, keys, strict=True):
        so_far[key] += 1
        number = f" #{so_far[key]}" if times[key] > 1 else ""
        yield function.id, f"{function.name}{number}"
