"""The cells of one moment as text: every function, its free names, and beside each name its cell."""

from __future__ import annotations

from enum import Enum, auto
from itertools import zip_longest
from typing import NamedTuple

from textual.content import Content

from tutor.text import columns, shorten, visible
from tutor.ui.markdown import prose
from tutor.ui.marks import MARKS
from tutor.ui.text_view import hang
from tutor.worker.messages import Cells, CellView, FunctionKind, FunctionView

NO_FUNCTIONS = "No function of this program is alive."
REACHED_COLUMNS = 14
"""What is put under each other: a longer way to a function pushes the rest of its line."""
VALUE_COLUMNS = 500
"""What is shown of a value at most; the rest is counted."""


def cell_lines(cells: Cells, before: Cells | None, width: int) -> list[Content]:
    """Every function, its free names and cells, in that many columns."""
    return CellText(cells, before, width, {}).shown


Memo = dict[tuple[object, ...], list[Content]]
"""Lines by all that they depend on: a step on, or an answer on, most of thousands are as before."""
MOST_KEPT = 20_000


class _New(Enum):
    """Stands for the earlier state of a cell that was not there."""

    NEW = auto()


NEW = _New.NEW


class Place(NamedTuple):
    """Where a free name stands beside its cell."""

    line: int
    rows: int
    label: str


class CellText:
    """The lines, and on which of them each cell stands."""

    def __init__(self, cells: Cells, before: Cells | None, width: int, memo: Memo) -> None:
        if len(memo) > MOST_KEPT:
            memo.clear()
        self.memo = memo
        self.shown: list[Content] = []
        self.places: list[Place] = []
        self.cells = cells
        self.width = width
        self.by_label = {cell.label: cell for cell in cells.cells}
        self.old = {cell.label: cell for cell in before.cells} if before else None
        self.reached = {f.id: visible(f.reached_by, keep_newlines=False) for f in cells.functions}
        self.met: set[str] = set()
        self.indent = min(REACHED_COLUMNS, max(map(columns, self.reached.values()), default=0))
        self.owned: dict[tuple[str | None, str], list[str]] = {}
        for cell in cells.cells:
            self.owned.setdefault((cell.owner, cell.name), []).append(cell.label)
        self.write()

    def write(self) -> None:
        if not self.cells.functions:
            self.shown += hang(Content.styled(NO_FUNCTIONS, "$muted"), self.width)
        # What a factory made stands above the factory: that is where the captured cells are.
        functions = sorted(self.cells.functions, key=lambda f: "<locals>" not in f.qualname)
        for function, after in zip_longest(functions, functions[1:]):
            self.heading(function)
            self.free_names(function)
            self.owned_names(function)
            why = _why_no_cells(function)
            if why and why != _why_no_cells(after):
                self.remark(f"no cells: {why}")
        if self.cells.more:
            self.remark(f"… and {self.cells.more:,} more functions")

    def heading(self, function: FunctionView) -> None:
        reached, name = self.reached[function.id], visible(function.name, keep_newlines=False)
        wraps = self.reached.get(function.wraps or "")
        key = (self.width, self.indent, reached, name, function.kind, function.line, wraps)
        if key not in self.memo:
            facts = [name] if name not in (reached, "<lambda>") else []
            if function.kind is not FunctionKind.FUNCTION:
                facts.append(function.kind)
            if function.line:
                facts.append(f"line {function.line}")
            if wraps:
                facts.append(f"wraps {wraps}")
            gap = " " * max(2, self.indent + 2 - columns(reached))
            text = Content.assemble((reached, "bold"), gap, (", ".join(facts), "$muted"))
            self.memo[key] = hang(text, self.width, "", "    ")
        self.shown += self.memo[key]

    def free_names(self, function: FunctionView) -> None:
        names = [visible(free.name, keep_newlines=False) for free in function.free]
        widest = max(map(columns, names), default=0)
        for name, free in zip(names, function.free, strict=True):
            cell = self.by_label[free.cell]
            indent = widest + len(free.cell) + 6
            contents = self.cell_lines(name, widest, cell)
            self.places.append(Place(len(self.shown), len(contents), free.cell))
            self.shown += contents
            self.sharers(function, cell, " " * indent)

    def cell_lines(self, name: str, widest: int, cell: CellView) -> list[Content]:
        """A free name beside its cell, and what the cell holds."""
        old = self.old.get(cell.label, NEW) if self.old is not None else None
        was = (old.empty, old.type, old.value) if isinstance(old, CellView) else old
        key = (self.width, name, widest, cell.label, cell.empty, cell.type, cell.value, was)
        if key not in self.memo:
            gap = " " * (widest - columns(name) + 2)
            lead = Content.assemble("  ", name, gap, (cell.label, "bold $cell"), "  ")
            rest = " " * lead.cell_length
            self.memo[key] = hang(_contents(cell, old), self.width, lead, rest)
        return self.memo[key]

    def sharers(self, function: FunctionView, cell: CellView, indent: str) -> None:
        """Who else holds the cell: all of them where it is met first, then in one line."""
        if cell.shared_by in ((), (function.id,)):
            return
        met = cell.label in self.met
        self.met.add(cell.label)
        # Where it is met again, more than fit on a line need not be put together.
        known = cell.shared_by[: self.width] if met else cell.shared_by
        others = [self.reached[id] for id in known if id != function.id]
        text = "shared with " + ", ".join(others)
        if met and columns(indent + text) > self.width:
            text = f"shared with {others[0]} and {len(cell.shared_by) - 2} more"
        self.shown += hang(Content.styled(text, "$muted"), self.width, indent, indent)

    def owned_names(self, function: FunctionView) -> None:
        for name in function.cell_names:
            labels = self.owned.get((function.qualname, name), [])
            noun = "cells" if len(labels) > 1 else "cell"
            which = f" ({noun} {', '.join(labels)})" if labels else ""
            self.remark(f"owns {visible(name)}{which}")

    def remark(self, text: str) -> None:
        muted = prose(visible(text, keep_newlines=False)).stylize_before("$muted")
        self.shown += hang(muted, self.width, "  ", "  ")


def _why_no_cells(function: FunctionView | None) -> str | None:
    """The reason, unless the function is there to own cells."""
    return function.why_no_cells if function and not function.cell_names else None


def _contents(cell: CellView, old: CellView | _New | None) -> Content:
    """What a cell holds; if it is known what it held before, the change."""
    now = _value(cell)
    if old is None:
        return now
    if not isinstance(old, CellView):
        return Content.assemble(now, ("  new", "bold $changed"))
    if (old.empty, old.type, old.value) == (cell.empty, cell.type, cell.value):
        return now
    if old.type == cell.type and not cell.empty:
        now = _value(cell, typed=False)
    return Content.assemble(
        _value(old), (f" {MARKS.becomes} ", "bold $changed"), now.stylize("bold $changed")
    )


def _value(cell: CellView, *, typed: bool = True) -> Content:
    if cell.empty:
        return Content.styled("empty", "italic $text-warning")
    value = shorten(visible(cell.value or "", keep_newlines=False), VALUE_COLUMNS)
    if not typed or cell.type is None:
        return Content(value)
    kind = visible(cell.type, keep_newlines=False)
    return Content.assemble((kind, "$muted"), "  ", value)
