"""From a tape to a Recording: what the records say, in the words of `messages`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .labels import LabelBook
from .messages import Change, FreeName, RecordedCell, RecordedFunction, Recording, Step
from .tape import UNKNOWN, Entry, Kind, Tape

STEPS_A_PIECE = 2_000
"""A recording crosses in pieces: to read one holds nobody up for longer than some 20 ms."""


@dataclass(frozen=True, slots=True)
class _Code:
    """What the tape tells of a code object."""

    line: int
    qualname: str
    name: str
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


def recording(tape: Tape, book: LabelBook) -> Iterator[Recording]:
    """What was recorded, in pieces: their parts, one after the other, are the whole."""
    story = _Story(tape)
    story.label(book)
    steps, functions, cells = story.steps(), story.functions(), story.cells()
    stopped, unavailable = story.stopped, story.unavailable
    first = True
    while True:
        piece = Recording(
            tuple(islice(steps, STEPS_A_PIECE)),
            tuple(islice(functions, STEPS_A_PIECE)),
            tuple(islice(cells, STEPS_A_PIECE)),
            stopped,
            unavailable,
        )
        if not first and not (piece.steps or piece.functions or piece.cells):
            return
        yield piece
        first = False


def was_told(tape: Tape) -> bool:
    """Whether the worker has reported the recording."""
    return any(entry.kind is Kind.TOLD for entry in tape)


class _Story:
    """All that a tape tells, by number."""

    def __init__(self, tape: Tape) -> None:
        self.stopped = False
        self.unavailable = ""
        self._tape = tape
        self._codes: dict[int, _Code] = {}
        self._cells: dict[int, _Cell] = {}
        self._made: dict[int, tuple[_Code, tuple[int, ...]]] = {}
        self._taken: set[str] = set()
        for entry in tape:
            self._take(entry)

    def label(self, book: LabelBook) -> None:
        """Give a label to each cell that has none: no live function holds it any more."""
        for number in sorted(self._cells):
            cell = self._cells[number]
            while cell.matters and not cell.label:
                label = book.new(cell.owner, cell.name)
                # The book may be another than that which gave out those of the tape.
                cell.label = "" if label in self._taken else label

    def functions(self) -> Iterator[RecordedFunction]:
        """In order of making."""
        for number in sorted(self._made):
            code, cells = self._made[number]
            names = code.variables[len(code.variables) - len(cells) :]
            free = tuple(
                FreeName(name, self._cells[cell].label)
                for name, cell in zip(names, cells, strict=True)
            )
            yield RecordedFunction(_id(number), code.name, code.qualname, code.line, free)

    def cells(self) -> Iterator[RecordedCell]:
        """Those that changed or were held, in order of making."""
        for _, cell in sorted(self._cells.items()):
            if cell.matters:
                yield RecordedCell(cell.label, cell.name, cell.owner)

    def steps(self) -> Iterator[Step]:
        """In order of time."""
        for kind, line, number, payload in self._tape:
            if kind is Kind.MADE:
                yield Step(line, Change.FUNCTION_MADE, function=_id(number))
            elif kind is Kind.GONE and number in self._made:
                yield Step(line, Change.FUNCTION_GONE, function=_id(number))
            elif kind in _ON_CELLS:
                cell = self._cells[number]
                before = cell.text
                after = None if kind is Kind.EMPTIED else _text(payload)
                change = _ON_CELLS[kind]
                if kind is Kind.BOUND and not cell.is_full:
                    change = Change.FILLED
                cell.text, cell.is_full = after, after is not None
                yield Step(line, change, cell.label, None, before, after)

    def _take(self, entry: Entry) -> None:
        kind, place, number, payload = entry
        match kind:
            case Kind.CODE:
                qualname, name, *variables = _text(payload).split("\n")
                self._codes[number] = _Code(place, qualname, name, tuple(variables))
            case Kind.CELL:
                code = self._codes[place]
                slot, by_hand = entry.numbers
                owner = None if by_hand else code.qualname
                # One that was made by hand may have been made with a value.
                self._cells[number] = _Cell(code.variables[slot], owner, is_full=bool(by_hand))
            case Kind.MADE:
                of, *cells = entry.numbers
                self._made[number] = self._codes[of], tuple(cells)
                for cell in cells:
                    self._cells[cell].matters = True
            case Kind.LABEL:
                self._taken.add(_text(payload))
                if number != UNKNOWN:
                    self._cells[number].label = _text(payload)
            case Kind.STOPPED:
                self.stopped = not payload
                self.unavailable = _text(payload)
            case Kind.BOUND | Kind.MUTATED | Kind.EMPTIED:
                self._cells[number].matters = True


_ON_CELLS = {
    Kind.BOUND: Change.REBOUND,
    Kind.MUTATED: Change.MUTATED,
    Kind.EMPTIED: Change.EMPTIED,
}


def _id(function: int) -> str:
    return f"r{function + 1}"


def _text(payload: bytes) -> str:
    return payload.decode("utf-8", "ignore")
