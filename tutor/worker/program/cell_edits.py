"""CellEdits on cells at the prompt: setting what a cell holds, and undoing it."""

from __future__ import annotations

from types import CellType, CodeType

from ...protocol.reports import Failure
from ..cpython.objects import EMPTY, contents


def emptiness(cell: CellType, code: CodeType) -> Failure | None:
    """What to say where an expression uses the cell by its name, and there is nothing in it."""
    if not code.co_freevars or contents(cell, EMPTY) is not EMPTY:
        return None
    name = code.co_freevars[0]
    told = f"The cell is empty: `{name}` has no value yet that an expression could use."
    return Failure(told, None, told)


class CellEdits:
    """Sets cells at the prompt, and knows what they held before, to undo it.

    It keeps those values alive, as nothing else of the tutor does: they could not come back else.
    """

    def __init__(self) -> None:
        self._before: list[tuple[CellType, object]] = []

    def set(self, cell: CellType, value: object) -> None:
        """Put a value into a cell, for every function that shares it."""
        self._before.append((cell, contents(cell, EMPTY)))
        cell.cell_contents = value

    def undo(self, cell: CellType) -> None:
        """Put back what the cell held before it was last set; nothing if it was not."""
        for place in range(len(self._before) - 1, -1, -1):
            held, value = self._before[place]
            if held is cell:
                del self._before[place]
                if value is EMPTY:
                    del cell.cell_contents
                else:
                    cell.cell_contents = value
                return
