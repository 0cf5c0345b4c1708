"""The tape of a recording: memory that a worker writes and that outlives it.

The supervisor makes it before the fork (an anonymous shared mapping), so what was recorded is there
however the worker went. A record is a head of 17 bytes, a payload, and a byte that says that the
record is whole: a worker may be killed in the midst of one. The first head that is all zero is the
end. `mmap.write` moves its own position and is one C call, so threads need no lock.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from enum import IntEnum, IntFlag
from itertools import count
from struct import Struct, error
from typing import NamedTuple

MOST_STEPS = 100_000
LARGEST_TEXT = 80
"""Bytes of one value's text; with head and end a step takes at most 98 bytes."""
BYTES = 16 * 1024 * 1024
"""For MOST_STEPS of the largest, and what tells of their cells, functions and code. Memory that is
not written to takes none."""
ROOM = 256 * 1024
"""Of them, what is kept back for the last records: why the recording stopped, and names."""
TOLD = BYTES - 1
"""The place of a byte that says that the worker has reported the recording itself."""

UNKNOWN = 2**32 - 1
"""The number of a cell that the recording knows nothing of."""

DAMAGE = (LookupError, ValueError, error)
"""What reading raises where a program has written into the memory: all else can be read."""

_HEAD = Struct("<BQII")
_END = b"\n"
_LAST = _END[0]
_numbers = Struct("<I")


class RecordKind(IntEnum):
    """What a record tells. Those of the first group are steps."""

    BOUND = 1
    """A cell got a value. place, cell; the value's text."""
    EMPTIED = 2
    """place, cell."""
    MUTATED = 3
    """place, cell; the value's text."""
    MADE = 4
    """place, function; its code and the cells of its closure."""
    GONE = 5
    """place, function."""

    CODE = 11
    """line of the definition, code; its qualified name, its name and its variables."""
    CELL = 12
    """code, cell; the variable's number in it, and how the cell was made."""
    LABEL = 13
    """0, cell; the label that a report of cells gave it."""
    KNOWN = 14
    """0, function; the id that a report of cells gave it."""
    STOPPED = 15
    """0, 0; why, or nothing if there were too many steps."""


LAST_STEP = RecordKind.GONE
_RECORD_KINDS = {kind.value: kind for kind in RecordKind}


class Make(IntFlag):
    """How a cell was made."""

    OF_CODE = 0
    """As a variable of code that runs."""
    BY_HAND = 1
    """By `types.CellType`: it has no owner."""
    FULL = 2
    """It may have held a value before it was heard of."""


_LINE_BITS = 32


def place_in(code: int) -> int:
    """Where the lines of a code object begin: with a line added, the place of a step."""
    return (code + 1) << _LINE_BITS


class TapeRecord(NamedTuple):
    """One record: its kind, two numbers and what follows, as the kind has it."""

    kind: RecordKind
    place: int
    number: int
    payload: bytes

    @property
    def line(self) -> int:
        """The line of a place; 0 if it is not known."""
        return self.place & ((1 << _LINE_BITS) - 1)

    @property
    def code(self) -> int:
        """The number of the code whose line it is; -1 if it is not known."""
        return (self.place >> _LINE_BITS) - 1

    @property
    def numbers(self) -> tuple[int, ...]:
        """The payload, read as numbers."""
        return tuple(number for (number,) in _numbers.iter_unpack(self.payload))


class Tape:
    """Writes records, and reads them back in any process that has the mapping."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, BYTES)
        self._steps = count(1)
        self._end = BYTES - ROOM

    def write(self, kind: RecordKind, place: int, number: int, payload: bytes = b"") -> bool:
        """Add a record; False if there is no more room, or no more for steps."""
        if kind <= LAST_STEP and next(self._steps) > MOST_STEPS:
            return False
        if self._memory.tell() + len(payload) >= self._end:
            return False
        self._memory.write(_HEAD.pack(kind, place, number, len(payload)) + payload + _END)
        return True

    def give_room(self) -> None:
        """Open what was kept back: from here on there come no more steps."""
        self._end = TOLD - 2 * _HEAD.size

    @property
    def told(self) -> bool:
        """Whether the worker has reported the recording."""
        return self._memory[TOLD] != 0

    @told.setter
    def told(self, told: bool) -> None:
        self._memory[TOLD] = told

    def __iter__(self) -> Iterator[TapeRecord]:
        """The records from the first on. Raises one of DAMAGE for what no recorder wrote."""
        memory = self._memory
        position = 0
        while position < TOLD - _HEAD.size:
            kind, place, number, length = _HEAD.unpack_from(memory, position)
            start = position + _HEAD.size
            end = start + length
            if not kind or end >= TOLD or memory[end] != _LAST:
                return
            yield TapeRecord(_RECORD_KINDS[kind], place, number, memory[start:end])
            position = end + 1


def packed(numbers: tuple[int, ...]) -> bytes:
    """Numbers as a payload."""
    return b"".join(map(_numbers.pack, numbers))
