"""The letters of cells: A, B, ... Z, AA; one letter is one cell's for good.

A cell cannot be weakly referenced and its address is used again at once, so neither tells whether
it is still the cell that was labelled. A function can be weakly referenced and holds its cells for
life: while it lives, its cells are the ones that they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, filterfalse, product
from types import CellType, CodeType, FunctionType
from weakref import ref

from .messages import LabelHint
from .reading import cells_of, identity

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class LabelBook:
    """Gives labels and knows the labelled cells again; it keeps neither cells nor functions."""

    def __init__(self, hints: Sequence[LabelHint] = ()) -> None:
        self._hints = {(hint.owner, hint.name): iter(hint.labels) for hint in hints}
        claimed = {label for hint in hints for label in hint.labels}
        self._hinted = set(claimed)
        self._unclaimed = filterfalse(claimed.__contains__, letters())
        self._held: dict[ref[FunctionType], tuple[str, ...]] = {}

    def new(self, owner: str | None, name: str) -> str:
        """A label for a cell that has none: the k-th of (owner, name) gets the k-th hinted one."""
        hinted = self._hints.get((owner, name))
        if hinted and (label := next(hinted, None)) in self._hinted:
            self._hinted.remove(label)
            return label
        return next(self._unclaimed)

    def keep(self, closures: Iterable[tuple[FunctionType, tuple[str, ...]]]) -> None:
        """Note the labels of the cells of functions' closures, in their order."""
        self._held.update((ref(function), labels) for function, labels in closures)

    def known(self) -> dict[int, str]:
        """The label of every labelled cell by its identity.

        True of a cell that was held before the call: of two that live at once none are alike.
        """
        self._held = {held: labels for held, labels in self._held.items() if held() is not None}
        return {identity(cell): label for _, cell, label in self._cells()}

    def label_of(self, wanted: CellType) -> str | None:
        """The label of one cell, if it has one and a function that held it then still lives."""
        for _, cell, label in self._cells():
            if cell is wanted:
                return label
        return None

    def cell_of(self, wanted: str) -> CellType | None:
        """The cell that has a label, if a function that held it then still lives."""
        return next((cell for _, cell, label in self._cells() if label == wanted), None)

    def labels_in(self, code: CodeType) -> dict[str, str]:
        """The labels by free variable, for the first labelled function that is made of `code`."""
        for held, labels in self._held.items():
            function = held()
            if function is not None and function.__code__ is code:
                return dict(zip(code.co_freevars, labels, strict=True))
        return {}

    def _cells(self) -> Iterator[tuple[FunctionType, CellType, str]]:
        for held, labels in self._held.items():
            function = held()
            if function is not None:
                for cell, label in zip(cells_of(function), labels, strict=True):
                    yield function, cell, label


def letters() -> Iterator[str]:
    """A to Z, AA to ZZ, and so on."""
    return map("".join, chain.from_iterable(product(LETTERS, repeat=n) for n in count(1)))
