"""The cells that the functions of one report hold."""

from __future__ import annotations

from itertools import chain, compress, repeat

from ..cpython.objects import identity
from .origins import Variable
from .walk import Found


class CellColumns:
    """The cells that functions hold, and what their holders and the source say of them.

    In columns: objects would take twice the time.
    """

    def __init__(self, found: Found, ids: list[str]) -> None:
        holders = chain.from_iterable(map(repeat, ids, map(len, found.closures)))
        self.cells = [*chain.from_iterable(found.closures)]
        self.variables = [*chain.from_iterable([origin.variables for origin in found.origins])]
        self.sharers: list[tuple[str, ...]] = [*zip(holders)]
        self.which = [*map(identity, self.cells)]
        self.names = [name for _, name in self.variables]
        """Of the free variables of each function in turn."""
        self.each = self.which
        """The cells of these, by identity."""
        if len({*self.which}) < len(self.which):
            self._merge()

    def leave_out(self, others: CellColumns) -> None:
        """Leave the cells to others that hold them as well."""
        theirs = {*others.which}
        kept = [which not in theirs for which in self.which]
        self.cells = [*compress(self.cells, kept)]
        self.variables = [*compress(self.variables, kept)]
        self.sharers = [*compress(self.sharers, kept)]
        self.which = [*compress(self.which, kept)]

    def _merge(self) -> None:
        """Let each cell stand once, where it was first reached."""
        firsts = dict(zip(reversed(self.which), range(len(self.which) - 1, -1, -1), strict=True))
        shared: dict[int, dict[str, None]] = {}
        disputed = set()
        for row, first in enumerate(map(firsts.__getitem__, self.which)):
            if row != first:
                sharers = shared.setdefault(first, dict.fromkeys(self.sharers[first]))
                sharers[self.sharers[row][0]] = None
                said, variable = self.variables[first], self.variables[row]
                if variable.owner is not None and variable != said:
                    if said.owner is None:
                        self.variables[first] = variable
                    else:  # two holders' codes tell two things of it: nobody knows
                        disputed.add(first)
        for first, sharers in shared.items():
            self.sharers[first] = (*sharers,)
        for first in disputed:
            self.variables[first] = Variable(None, self.variables[first].name)
        order = sorted(firsts.values())
        self.which = [self.which[row] for row in order]
        self.cells = [self.cells[row] for row in order]
        self.variables = [self.variables[row] for row in order]
        self.sharers = [self.sharers[row] for row in order]
