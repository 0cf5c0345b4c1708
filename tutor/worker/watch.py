"""The mutable values that cells hold, looked at again and again: a change in place has no event.

Nothing of the learner's is kept: a cell is found through a function that holds it, or in the frame
that owns it while that frame runs. A value is compared by the identity of its first items; a rare
change escapes that (an item that left, and another that came to its address, within one line).

A look costs about 1 µs a value, so only the HOT values that were bound or used last are looked at
on every line; the others when a function that holds them runs next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from types import CellType
from typing import NamedTuple

from .interpreter_frame import cell_at, code_of, identity_at, stack_from
from .reading import identity
from .values import Mark, Marker

HOT = 32
DEEPEST = 64
"""Frames below the running one in which an owner is looked for."""
PATIENCE = 250
"""Looks in vain after which a value that no function holds is given up."""


class Home(NamedTuple):
    """Where in a frame of its owner a cell is: good as long as that very frame is on the stack."""

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

    value: int
    """Its identity."""
    marker: Marker | None
    mark: Mark | None
    home: Home | None
    missed: int = 0


class Watch:
    """What to look at, by the numbers of cells."""

    def __init__(
        self, held: Callable[[int], CellType | None], number_of: Callable[[int], int | None]
    ) -> None:
        self._held = held
        """The cell of a number, through a function that holds it."""
        self._number_of = number_of
        """The number of the cell that is alive at an address, by its identity."""
        self._hot: dict[int, _Seen] = {}
        self._cold: dict[int, _Seen] = {}

    def __bool__(self) -> bool:
        return bool(self._hot or self._cold)

    def __contains__(self, number: int) -> bool:
        return number in self._hot or number in self._cold

    def put(self, number: int, value: object, marker: Marker, home: Home | None) -> None:
        """Watch the value that a cell has now."""
        self._heat(number, _Seen(identity(value), marker, marker(value), home))

    def await_value(self, number: int, home: Home) -> None:
        """Watch for a value that no instruction binds: a class, in its `__class__` cell."""
        self._heat(number, _Seen(0, None, None, home))

    def drop(self, number: int) -> None:
        """The cell has another value, or none."""
        self._hot.pop(number, None)
        self._cold.pop(number, None)

    def look(self, frame: int, slots: tuple[int, ...]) -> Iterator[Changed]:
        """What has changed since the last look; `slots` are the cells of the running frame."""
        stack: set[int] = set()
        if self._cold:
            for slot in slots:
                number = self._number_of(identity_at(frame, slot))
                if number is not None and (seen := self._cold.get(number)):
                    self._heat(number, seen)
                    yield from self._compare(number, seen, frame, stack, late=True)
        for number, seen in [*self._hot.items()]:
            yield from self._compare(number, seen, frame, stack)

    def clear(self) -> None:
        self._hot.clear()
        self._cold.clear()

    def _heat(self, number: int, seen: _Seen) -> None:
        self._cold.pop(number, None)
        self._hot.pop(number, None)
        self._hot[number] = seen
        if len(self._hot) > HOT:
            oldest = next(iter(self._hot))
            self._cold[oldest] = self._hot.pop(oldest)

    def _compare(
        self, number: int, seen: _Seen, frame: int, stack: set[int], late: bool = False
    ) -> Iterator[Changed]:
        cell = self._held(number) or self._at_home(number, seen.home, frame, stack)
        if cell is None:
            seen.missed += 1
            if seen.home is None or seen.missed > PATIENCE:
                self.drop(number)
            return
        try:
            value = cell.cell_contents
        except ValueError:
            return
        if seen.marker is None:
            self.drop(number)
            yield Changed(number, value, True, late)
        # Another value was bound, by an instruction whose step is still to come.
        elif identity(value) == seen.value and (mark := seen.marker(value)) != seen.mark:
            seen.mark = mark
            yield Changed(number, value, False, late)

    def _at_home(
        self, number: int, home: Home | None, frame: int, stack: set[int]
    ) -> CellType | None:
        """The cell in its owner's frame, if that is on the stack of this thread."""
        if home is None:
            return None
        if not stack:
            stack.update(islice(stack_from(frame), DEEPEST))
        if home.frame not in stack or code_of(home.frame) != home.code:
            return None
        if self._number_of(identity_at(home.frame, home.slot)) != number:
            return None
        return cell_at(home.frame, home.slot)
