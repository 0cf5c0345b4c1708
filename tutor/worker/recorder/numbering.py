"""The numbers under which code objects and cells stand on the tape.

Which cell is it? A cell has no weak reference and its address is used again at once. But the
making of a cell is heard of as well: whatever cell was at its address before is gone. Only of one
that `types.CellType` makes nothing is heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from types import CellType

from ..cpython.memory import code_of, identity_at, stack_from
from ..cpython.objects import identity
from ..cpython.plan import Plan
from ..inspector.labels import LabelBook
from .living import LivingFunctions
from .tape import UNKNOWN, Make, RecordKind, packed, place_in

Write = Callable[[RecordKind, int, int, bytes], None]


class Numbering:
    """Gives the numbers, and writes on the tape what they stand for."""

    def __init__(self, write: Write, holders: LivingFunctions, plans: dict[int, Plan]) -> None:
        self._write = write
        self._holders = holders
        self._plans = plans
        # Counters, since two threads may ask for a number at once.
        self._code_numbers, self._cell_numbers = count(), count()
        self._cells: dict[int, int] = {}

    def at(self, cell: int) -> int | None:
        """The number of the cell that was made last at an address, by its identity; or None."""
        return self._cells.get(cell)

    def new(self, cell: CellType, plan: Plan, slot: int, make: Make = Make.OF_CODE) -> int:
        """A number for a cell that is new: a variable of that code."""
        number = next(self._cell_numbers)
        # Written first: whatever interrupts this, no number is used that the tape does not explain.
        self._write(RecordKind.CELL, self.of_code(plan), number, packed((slot, make)))
        self._cells[identity(cell)] = number
        return number

    def of(self, cell: CellType, plan: Plan, slot: int) -> int:
        """The number of a cell that code uses; one that was not heard of was made by hand."""
        number = self.at(identity(cell))
        if number is None:
            make = Make.OF_CODE if slot in plan.cells else Make.BY_HAND | Make.FULL
            number = self.new(cell, plan, slot, make)
        return number

    def of_living(self, cell: CellType, frame: int) -> int | None:
        """The number of a cell, if a function or a frame from this one down is known to hold it."""
        which = identity(cell)
        number = self.at(which)
        if number is None or self._holders.find(number) or self._is_on_stack(which, frame):
            return number
        return None

    def of_code(self, plan: Plan) -> int:
        """The number of a code object."""
        if plan.number is None:
            number = next(self._code_numbers)
            names = (plan.qualname, plan.name, *plan.variables)
            text = "\n".join([name.replace("\n", " ") for name in names])
            self._write(RecordKind.CODE, plan.line, number, text.encode("utf-8", "replace"))
            plan.place, plan.number = place_in(number), number
        return plan.number

    def names(
        self, book: LabelBook, ids: Mapping[int, str]
    ) -> Iterator[tuple[RecordKind, int, str]]:
        """What a report of cells calls them and the functions, by identity: as records."""
        living = self._holders.living()
        held = {number for tie in living for number in tie.cells}
        for cell, label in book.known().items():
            number = self.at(cell)
            yield RecordKind.LABEL, number if number in held else UNKNOWN, label
        for tie in living:
            if tie.key in ids:
                yield RecordKind.KNOWN, tie.number, ids[tie.key]

    def _is_on_stack(self, cell: int, frame: int) -> bool:
        return any(
            identity_at(each, slot) == cell
            for each in stack_from(frame)
            if (plan := self._plans.get(code_of(each)))
            for slot in plan.holds
        )
