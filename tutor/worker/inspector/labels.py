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

from ...protocol.requests import LabelHint
from ..cpython.objects import cells_of, identity, plain

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class LabelBook:
    """Gives labels and knows the labelled cells again; it keeps neither cells nor functions."""

    def __init__(self, hints: Sequence[LabelHint] = ()) -> None:
        self._hints = {(hint.owner, hint.name): iter(hint.labels) for hint in hints}
        claimed = {label for hint in hints for label in hint.labels}
        self._hinted = set(claimed)
        self._unclaimed = filterfalse(claimed.__contains__, letters())
        self._small = filterfalse(claimed.__contains__, map(str.lower, letters()))
        self._labels: dict[int, str] = {}
        self._holders: list[ref[FunctionType]] = []
        """Whose cells the labels are, in order: by identity, which is sure while these live."""

    def label(
        self, variables: Iterable[tuple[int, tuple[str | None, str]]], besides: Iterable[int] = ()
    ) -> dict[int, str]:
        """The labels of cells by identity: those that are known, and new ones in order.

        `variables` are cells with their owners and names. What only functions of the compiler's
        hold is given `besides`: it gets small letters, so that the others are the same on every
        Python.
        """
        labels = self.known()
        for cell, (owner, name) in variables:
            if cell not in labels:
                labels[cell] = self.new(owner, name)
        for cell in besides:
            if cell not in labels:
                labels[cell] = next(self._small)
        return labels

    def new(self, owner: str | None, name: str) -> str:
        """A label for a cell that has none: the k-th of (owner, name) gets the k-th hinted one."""
        if hinted := self._hints.get((owner, name)):
            label = next(hinted, "")
            if label in self._hinted:
                self._hinted.remove(label)
                return label
        return next(self._unclaimed)

    def known(self) -> dict[int, str]:
        """The label of every labelled cell by its identity.

        True of a cell that was held before the call: of two that live at once none are alike.
        """
        living = [*self._living()]
        self._holders = [ref(function) for function in living]
        return {
            identity(cell): self._labels[identity(cell)]
            for function in living
            for cell in cells_of(function)
        }

    def keep(self, labels: dict[int, str], holders: Iterable[FunctionType]) -> None:
        """Note the labels of cells by identity, and the functions that hold these cells."""
        self._labels = labels
        self._holders = [ref(function) for function in dict.fromkeys((*self._living(), *holders))]

    def label_of(self, wanted: CellType) -> str | None:
        """The label of one cell, if it has one and a function that held it then still lives."""
        held = any(wanted is cell for cell in self._cells())
        return self._labels[identity(wanted)] if held else None

    def cell_of(self, wanted: str) -> CellType | None:
        """The cell that has a label, if a function that held it then still lives."""
        return next((c for c in self._cells() if self._labels[identity(c)] == wanted), None)

    def name_of(self, wanted: CellType) -> str:
        """What the first function that holds the cell calls it; empty if none of them lives."""
        names = (
            plain(name)
            for function in self._living()
            for name, cell in zip(function.__code__.co_freevars, cells_of(function), strict=True)
            if cell is wanted
        )
        return next(names, "")

    def labels_in(self, code: CodeType) -> dict[str, str]:
        """The labels by free variable, for the first labelled function that is made of `code`."""
        for function in self._living():
            if function.__code__ is code:
                labels = [self._labels[identity(cell)] for cell in cells_of(function)]
                return dict(zip(code.co_freevars, labels, strict=True))
        return {}

    def _cells(self) -> Iterator[CellType]:
        return (cell for function in self._living() for cell in cells_of(function))

    def _living(self) -> Iterator[FunctionType]:
        return (function for holder in self._holders if (function := holder()))


def letters() -> Iterator[str]:
    """A to Z, AA to ZZ, and so on."""
    return map("".join, chain.from_iterable(product(LETTERS, repeat=n) for n in count(1)))
