"""The recorded functions that live: who they are, and by which of them a cell can be found."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from weakref import ref

from ..cpython.objects import identity


class FunctionRef(ref[FunctionType]):
    """A weak reference to a function, with its number and those of its cells."""

    __slots__ = ("cells", "key", "number")
    number: int
    cells: tuple[int, ...]
    key: int
    """The function's identity."""


class LivingFunctions:
    """Keeps track of functions without keeping them alive."""

    def __init__(self, on_gone: Callable[[FunctionRef], None]) -> None:
        self._on_gone = on_gone
        self._living: dict[int, FunctionRef] = {}
        """By identity of the function."""
        self._of_cell: dict[int, FunctionRef] = {}
        """One that holds the cell, by the cell's number."""

    def add(self, function: FunctionType, number: int, cells: tuple[int, ...]) -> FunctionRef:
        """Take in a function that was just made."""
        tie = FunctionRef(function, self._on_gone)
        tie.number, tie.cells, tie.key = number, cells, identity(function)
        self._living[tie.key] = tie
        self._of_cell.update(dict.fromkeys(cells, tie))
        return tie

    def remove(self, tie: FunctionRef) -> tuple[int, ...]:
        """Let go of a function that is gone; the cells that were found by it."""
        if self._living.get(tie.key) is tie:
            self._living.pop(tie.key, None)
        found_by_it = tuple(cell for cell in tie.cells if self._of_cell.get(cell) is tie)
        for cell in found_by_it:
            self._of_cell.pop(cell, None)
        return found_by_it

    def living(self) -> list[FunctionRef]:
        """The functions that live."""
        return [tie for tie in [*self._living.values()] if tie() is not None]

    def knows(self, function: FunctionType) -> bool:
        """Whether it was taken in."""
        tie = self._living.get(identity(function))
        return tie is not None and tie() is function

    def of(self, cell: int) -> FunctionRef | None:
        """A function that holds the cell of that number."""
        return self._of_cell.get(cell)

    def find(self, cell: int) -> FunctionRef | None:
        """Look for another function that holds the cell, among all."""
        for tie in [*self._living.values()]:
            if cell in tie.cells and tie() is not None:
                self._of_cell[cell] = tie
                return tie
        return None

    def clear(self) -> None:
        """Forget all; nothing is told of their ends any more."""
        self._living.clear()
        self._of_cell.clear()
