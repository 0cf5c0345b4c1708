"""The recorded functions that live: who they are, and by which of them a cell can be found."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from weakref import ref

from ..cpython.objects import identity


class Tie(ref[FunctionType]):
    """A weak reference to a function, with its number and those of its cells."""

    __slots__ = ("cells", "key", "number")
    number: int
    cells: tuple[int, ...]
    key: int
    """The function's identity."""


class Holders:
    """Keeps track of functions without keeping them alive."""

    def __init__(self, on_gone: Callable[[Tie], None]) -> None:
        self._on_gone = on_gone
        self._living: dict[int, Tie] = {}
        """By identity of the function."""
        self._of_cell: dict[int, Tie] = {}
        """One that holds the cell, by the cell's number."""

    def add(self, function: FunctionType, number: int, cells: tuple[int, ...]) -> Tie:
        """Take in a function that was just made."""
        tie = Tie(function, self._on_gone)
        tie.number, tie.cells, tie.key = number, cells, identity(function)
        self._living[tie.key] = tie
        self._of_cell.update(dict.fromkeys(cells, tie))
        return tie

    def remove(self, tie: Tie) -> tuple[int, ...]:
        """Let go of a function that is gone; the cells that were found by it."""
        if self._living.get(tie.key) is tie:
            self._living.pop(tie.key, None)
        found_by_it = tuple(cell for cell in tie.cells if self._of_cell.get(cell) is tie)
        for cell in found_by_it:
            self._of_cell.pop(cell, None)
        return found_by_it

    def living(self) -> list[Tie]:
        """The functions that live."""
        return [tie for tie in [*self._living.values()] if tie() is not None]

    def knows(self, function: FunctionType) -> bool:
        """Whether it was taken in."""
        tie = self._living.get(identity(function))
        return tie is not None and tie() is function

    def of(self, cell: int) -> Tie | None:
        """A function that holds the cell of that number."""
        return self._of_cell.get(cell)

    def find(self, cell: int) -> Tie | None:
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
