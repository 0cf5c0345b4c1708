"""The mutable values that cells hold, looked at again and again: a change in place has no event.

Nothing of the learner's is kept. A cell is there as long as a function lives that holds it, or
while the frame of its owner runs; then what it holds is compared with its mark from the last look.

A look costs some 0.5 µs a value. So only the HOT values that were bound or used last are looked at
on every line; the others when code that has their cell runs next.

Other threads may be recorded at the same time, so whatever is looked up here may be gone already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from types import CellType, FunctionType
from typing import NamedTuple
from weakref import ref

from ..cpython.memory import (
    Mark,
    Marker,
    code_of,
    contents_place,
    identity_at,
    pointed_at,
    stack_from,
)
from ..cpython.objects import EMPTY, identity

HOT = 8
DEEPEST = 64
"""Frames below the running one in which an owner is looked for."""
PATIENCE = 250
"""Looks in vain after which a value that no function holds is no longer looked for on each line."""


Holder = ref[FunctionType]


class FrameSlot(NamedTuple):
    """Where in a frame a cell is: good as long as that very frame is on the stack."""

    frame: int
    code: int
    slot: int


class Changed(NamedTuple):
    """A value that is not as it was."""

    number: int
    """Of the cell."""
    value: object
    filled: bool
    """Whether the cell was empty before."""
    late: bool
    """Whether it may have changed several lines ago."""


@dataclass(slots=True, eq=False)
class _Seen:
    """A value as it was when last looked at; a cell that waits for its value has no marker."""

    number: int
    """Of its cell."""
    place: int
    """Of the cell's pointer to it."""
    value: int
    """Its identity."""
    kind: int
    """The identity of its type."""
    marker: Marker | None
    mark: Mark
    home: FrameSlot | None
    holder: Holder | None
    """A function that holds the cell."""
    missed: int = 0
    """Looks in vain since it was last looked at."""


class Watch:
    """Values that are compared again and again to see whether they changed, by their cells' numbers."""

    def __init__(self, number_of: Callable[[int], int | None]) -> None:
        self.wants_frame = False
        """Whether the next look must know the running frame."""
        self._number_of = number_of
        """The number of the cell that is alive at an address, by its identity."""
        self._hot: dict[int, _Seen] = {}
        self._cold: dict[int, _Seen] = {}

    def __len__(self) -> int:
        """How many values each look compares."""
        return len(self._hot)

    def __contains__(self, number: int) -> bool:
        return number in self._hot or number in self._cold

    def put(
        self,
        number: int,
        cell: CellType,
        value: object,
        marker: Marker | None,
        home: FrameSlot | None,
        holder: Holder | None,
    ) -> None:
        """Watch the value that a cell gets; without a marker, the empty cell until it gets one."""
        mark = marker and marker(value)
        place = contents_place(cell)
        kind = identity(type(value))
        self._heat(_Seen(number, place, identity(value), kind, marker, mark, home, holder))

    def drop(self, number: int) -> None:
        """The cell has another value, or none."""
        self._hot.pop(number, None)
        self._cold.pop(number, None)

    def hold(self, number: int, holder: Holder | None) -> bool:
        """Find the cell by this function from now on; False if it has no value to watch."""
        seen = self._hot.get(number) or self._cold.get(number)
        if seen is None:
            return False
        seen.holder = holder
        self.wants_frame = self.wants_frame or holder is None
        return True

    def clear(self) -> None:
        """Watch no value any more."""
        self._hot.clear()
        self._cold.clear()

    def look(self, frame: int, slots: tuple[int, ...]) -> list[Changed]:
        """What has changed since the last look; `slots` are the cells of the running frame."""
        changed: list[Changed] = []
        stack: set[int] = set()
        for seen in [*self._hot.values()]:
            # Kept until its cell was read: in another thread the function might end meanwhile.
            function = seen.holder and seen.holder()
            if function is None:
                stack = stack or {*islice(stack_from(frame), DEEPEST)}
                if not self._is_at_home(seen, stack):
                    seen.missed += 1
                    if seen.home is None or seen.missed > PATIENCE:
                        self._cool(seen)
                    continue
            late, seen.missed = seen.missed > 0, 0
            value = pointed_at(seen.place, EMPTY)
            if seen.marker is None:
                if value is not EMPTY:
                    self.drop(seen.number)
                    changed.append(Changed(seen.number, value, True, late))
            elif identity(value) == seen.value and _has_changed(seen, value):
                changed.append(Changed(seen.number, value, False, late))
        if self._cold:
            self._warm_up(frame, slots, changed)
        self.wants_frame = bool(stack or self._cold)
        return changed

    def look_at_the_cold(self) -> list[Changed]:
        """What has changed of the other values that a function holds: a last look."""
        changed = []
        for seen in [*self._cold.values()]:
            function = seen.holder and seen.holder()
            value = EMPTY if function is None else pointed_at(seen.place, EMPTY)
            if identity(value) == seen.value and _has_changed(seen, value):
                changed.append(Changed(seen.number, value, False, True))
        return changed

    def _heat(self, seen: _Seen) -> None:
        """Make it the last that will be cold."""
        self.drop(seen.number)
        self._hot[seen.number] = seen
        for oldest in [*self._hot.values()][:-HOT]:
            self._cool(oldest)
        self.wants_frame = self.wants_frame or bool(self._cold) or seen.holder is None

    def _cool(self, seen: _Seen) -> None:
        """Look at it only when code that has the cell runs next."""
        if self._hot.pop(seen.number, None):
            self._cold[seen.number] = seen

    def _warm_up(self, frame: int, slots: tuple[int, ...], changed: list[Changed]) -> None:
        """Look from now on at the cells of the running frame; they may have changed long ago."""
        for slot in slots:
            number = self._number_of(identity_at(frame, slot))
            seen = None if number is None else self._cold.get(number)
            if seen is None:
                continue
            seen.home, seen.missed = FrameSlot(frame, code_of(frame), slot), 0
            self._heat(seen)
            value = pointed_at(seen.place, EMPTY)
            if identity(value) == seen.value and _has_changed(seen, value):
                changed.append(Changed(seen.number, value, False, True))

    def _is_at_home(self, seen: _Seen, stack: set[int]) -> bool:
        """Whether the cell lives in its owner's frame, and that is on the stack of this thread."""
        home = seen.home
        return (
            home is not None
            and home.frame in stack
            and code_of(home.frame) == home.code
            and self._number_of(identity_at(home.frame, home.slot)) == seen.number
        )


def _has_changed(seen: _Seen, value: object) -> bool:
    """Whether the value is not as it was; from now on it was as it is now.

    Asked of the same value only: another was bound by an instruction that is still to be told of,
    or by `setattr`, which is not heard of. Then it may even lie where the value was.
    """
    if identity(type(value)) != seen.kind:  # to mark it as what it is not would read any memory
        return False
    mark = seen.marker and seen.marker(value)
    if mark == seen.mark:
        return False
    seen.mark = mark
    return True
