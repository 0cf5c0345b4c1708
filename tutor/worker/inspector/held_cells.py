"""The cells that the functions of one report hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import CellType

from ..cpython.objects import identity
from .origins import Variable
from .walk import FoundFunction


@dataclass(slots=True)
class HeldCell:
    """A cell, and what its sharers and the source say of it."""

    cell: CellType
    variable: Variable
    sharers: list[str]
    """The ids of the functions that hold it."""
    is_disputed: bool = False
    """Whether two sharers' codes tell two things of it: then nobody knows its owner."""

    def share(self, id: str, variable: Variable) -> None:
        """Note that another function holds it, and whose variable its code says that it is."""
        if self.sharers[-1] != id:  # a function made by hand may hold it twice
            self.sharers.append(id)
        if variable.owner is None or variable == self.variable or self.is_disputed:
            return
        if self.variable.owner is None:
            self.variable = variable
        else:
            self.is_disputed = True
            self.variable = Variable(None, self.variable.name)


def held_cells(functions: list[FoundFunction], ids: Iterable[str]) -> dict[int, HeldCell]:
    """The cells of functions by identity, as they are first reached; `ids` are the functions'."""
    held: dict[int, HeldCell] = {}
    for id, function in zip(ids, functions, strict=True):
        for cell, variable in zip(function.closure, function.origin.variables, strict=True):
            key = identity(cell)
            if key in held:
                held[key].share(id, variable)
            else:
                held[key] = HeldCell(cell, variable, [id])
    return held
