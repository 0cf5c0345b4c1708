"""From a tape to a Recording: what the records say, in the words of `protocol.views`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ...protocol.views import (
    Change,
    FreeName,
    RecordedCell,
    RecordedCode,
    RecordedFunction,
    Recording,
    Step,
)
from ..inspector.labels import LabelBook
from .tape import DAMAGE, LAST_STEP, MOST_STEPS, Make, RecordKind, Tape, TapeRecord

STEPS_A_PIECE = 2_000
"""A recording crosses in pieces: to read one holds nobody up for longer than some 20 ms."""
DAMAGED = "The program has damaged what was recorded."


@dataclass(frozen=True, slots=True)
class _Code:
    """What the tape tells of a code object."""

    view: RecordedCode
    place: int
    """Among all codes."""
    variables: tuple[str, ...]


@dataclass(slots=True)
class _Cell:
    """A cell, and how it stands at the step that is read."""

    name: str
    owner: str | None
    is_full: bool
    label: str = ""
    text: str | None = None
    matters: bool = False
    """Whether it changed, or a function held it."""


@dataclass(slots=True)
class _MadeFunction:
    """A function and its cells, by number."""

    id: str
    code: _Code
    free: tuple[tuple[str, int], ...]


def recording(tape: Tape, book: LabelBook) -> Iterator[Recording]:
    """What was recorded, in pieces: their parts, one after the other, are the whole.

    Where the program has damaged the tape, a last piece says so.
    """
    try:
        story = _Story(tape)
        story.label(book)
        yield from story.pieces()
    except DAMAGE:
        yield Recording(unavailable=DAMAGED)


class _Story:
    """All that a tape tells, by number."""

    def __init__(self, tape: Tape) -> None:
        self._stopped = False
        self._unavailable = ""
        self._tape = tape
        self._codes: dict[int, _Code] = {}
        self._cells: dict[int, _Cell] = {}
        self._made: dict[int, _MadeFunction] = {}
        self._taken: set[str] = set()
        steps = 0
        for entry in tape:
            self._take(entry)
            steps += entry.kind <= LAST_STEP
        if steps > MOST_STEPS:
            raise ValueError(steps)

    def label(self, book: LabelBook) -> None:
        """Give a label to each cell that has none: no live function holds it any more."""
        for number in sorted(self._cells):
            cell = self._cells[number]
            while cell.matters and not cell.label:
                label = book.new(cell.owner, cell.name)
                # The book may be another than that which gave out those of the tape.
                cell.label = "" if label in self._taken else label

    def pieces(self) -> Iterator[Recording]:
        """The whole, cut where it is long."""
        steps, functions, cells = self._steps(), self._functions(), self._recorded_cells()
        codes = (code.view for code in self._codes.values())
        first = True
        while True:
            piece = Recording(
                tuple(islice(steps, STEPS_A_PIECE)),
                tuple(islice(functions, STEPS_A_PIECE)),
                tuple(islice(cells, STEPS_A_PIECE)),
                self._stopped,
                self._unavailable,
                tuple(islice(codes, STEPS_A_PIECE)),
            )
            if not first and not (piece.steps or piece.functions or piece.cells or piece.codes):
                return
            yield piece
            first = False

    def _functions(self) -> Iterator[RecordedFunction]:
        """In order of making."""
        for _, made in sorted(self._made.items()):
            free = tuple(FreeName(name, self._cells[cell].label) for name, cell in made.free)
            yield RecordedFunction(made.id, *made.code.view, free)

    def _recorded_cells(self) -> Iterator[RecordedCell]:
        """Those that changed or were held, in order of making."""
        for _, cell in sorted(self._cells.items()):
            if cell.matters:
                yield RecordedCell(cell.label, cell.name, cell.owner)

    def _steps(self) -> Iterator[Step]:
        """In order of time."""
        for entry in self._tape:
            kind, _, number, payload = entry
            if kind > LAST_STEP:
                continue
            line, code = entry.line, self._codes.get(entry.code)
            by = code.place if code else None
            if kind is RecordKind.MADE:
                yield Step(line, Change.FUNCTION_MADE, function=self._made[number].id, by=by)
            elif kind is RecordKind.GONE and number in self._made:
                yield Step(line, Change.FUNCTION_GONE, function=self._made[number].id, by=by)
            elif kind in _ON_CELLS:
                cell = self._cells[number]
                before = cell.text
                after = None if kind is RecordKind.EMPTIED else _text(payload)
                change = _ON_CELLS[kind]
                if kind is RecordKind.BOUND and not cell.is_full:
                    change = Change.FILLED
                cell.text, cell.is_full = after, after is not None
                yield Step(line, change, cell.label, None, before, after, by)

    def _take(self, entry: TapeRecord) -> None:
        kind, place, number, payload = entry
        match kind:
            case RecordKind.BOUND | RecordKind.MUTATED | RecordKind.EMPTIED:  # the most by far
                self._cells[number].matters = True
            case RecordKind.CODE:
                qualname, name, *variables = _text(payload).split("\n")
                view = RecordedCode(name, qualname, place)
                self._codes[number] = _Code(view, len(self._codes), tuple(variables))
            case RecordKind.CELL:
                code = self._codes[place]
                slot, make = entry.numbers
                owner = None if make & Make.BY_HAND else code.view.qualname
                full = bool(make & Make.FULL)
                self._cells[number] = _Cell(code.variables[slot], owner, full)
            case RecordKind.MADE:
                of, *cells = entry.numbers
                code = self._codes[of]
                names = code.variables[len(code.variables) - len(cells) :]
                free = tuple(zip(names, cells, strict=True))
                self._made[number] = _MadeFunction(f"r{number + 1}", code, free)
                for each in cells:
                    self._cells[each].matters = True
            # What did not fit on the tape any more may have names nevertheless.
            case RecordKind.LABEL:
                self._taken.add(_text(payload))
                if cell := self._cells.get(number):
                    cell.label = _text(payload)
            case RecordKind.KNOWN:
                if made := self._made.get(number):
                    made.id = _text(payload)
            case RecordKind.STOPPED:
                self._stopped = not payload
                self._unavailable = _text(payload)


_ON_CELLS = {
    RecordKind.BOUND: Change.REBOUND,
    RecordKind.MUTATED: Change.MUTATED,
    RecordKind.EMPTIED: Change.EMPTIED,
}


def _text(payload: bytes) -> str:
    return payload.decode("utf-8", "ignore")
