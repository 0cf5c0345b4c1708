"""The cells: every function with its free names, and beside each name its cell."""

from __future__ import annotations

from itertools import zip_longest

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive

from tutor.text import columns, shorten, visible
from tutor.ui.markdown import prose
from tutor.ui.marks import MARKS
from tutor.ui.pane import Pane, Tab
from tutor.ui.text_view import TextView, hang
from tutor.worker.messages import Cells, CellView, FunctionKind, FunctionView

NOTHING_YET = "After a run every function is here, and beside each of its free names the cell."
NO_FUNCTIONS = "No function of this program is alive."
REACHED_COLUMNS = 14
"""What is put under each other: a longer way to a function pushes the rest of its line."""


VALUE_COLUMNS = 500
"""What is shown of a value at most; the rest is counted."""


class CellInspector(Pane):
    """The pane at the right: the functions and cells of the program that ran last."""

    cells: reactive[Cells | None] = reactive(None)
    """What is shown; None before a run has told."""
    before: reactive[Cells | None] = reactive(None)
    """What an evaluation at the prompt found: cells that it changed show both values."""

    def __init__(self) -> None:
        self.view = CellList()
        super().__init__({Tab.CELLS: self.view})

    def compose(self) -> ComposeResult:
        self.view.data_bind(CellInspector.cells, CellInspector.before)
        yield from super().compose()

    def show(self, cells: Cells | None, before: Cells | None = None) -> None:
        """Show the cells of a moment, and against an earlier one what changed."""
        self.before = before
        self.cells = cells


class CellList(TextView):
    """The functions one under the other."""

    cells: reactive[Cells | None] = reactive(None)
    before: reactive[Cells | None] = reactive(None)

    def watch_cells(self) -> None:
        self.reflow()

    def watch_before(self) -> None:
        self.reflow()

    def lines(self, width: int) -> list[Content]:
        if self.cells is None:
            return hang(Content.styled(NOTHING_YET, "$muted"), width)
        return cell_lines(self.cells, self.before, width)


def cell_lines(cells: Cells, before: Cells | None, width: int) -> list[Content]:
    """Every function, its free names and cells, in that many columns."""
    if not cells.functions:
        return hang(Content.styled(NO_FUNCTIONS, "$muted"), width)
    return _CellText(cells, before, width).lines()


class _CellText:
    """The cells of one moment, on their way to text."""

    def __init__(self, cells: Cells, before: Cells | None, width: int) -> None:
        self.cells = cells
        self.width = width
        self.by_label = {cell.label: cell for cell in cells.cells}
        self.old = {cell.label: cell for cell in before.cells} if before else None
        self.reached = {f.id: visible(f.reached_by, keep_newlines=False) for f in cells.functions}
        self.met: set[str] = set()
        self.indent = min(REACHED_COLUMNS, max(map(columns, self.reached.values())))

    def lines(self) -> list[Content]:
        # What a factory made stands above the factory: that is where the captured cells are.
        functions = sorted(self.cells.functions, key=lambda f: "<locals>" not in f.qualname)
        shown: list[Content] = []
        for function, after in zip_longest(functions, functions[1:]):
            shown += self.heading(function)
            shown += self.free_names(function)
            shown += self.owned(function)
            why = _why_no_cells(function)
            if why and why != _why_no_cells(after):
                shown += self.remark(f"no cells: {why}")
        if self.cells.more:
            shown += self.remark(f"… and {self.cells.more:,} more functions")
        return shown

    def heading(self, function: FunctionView) -> list[Content]:
        reached, name = self.reached[function.id], visible(function.name, keep_newlines=False)
        facts = [name] if name not in (reached, "<lambda>") else []
        if function.kind is not FunctionKind.FUNCTION:
            facts.append(function.kind)
        if function.line:
            facts.append(f"line {function.line}")
        if function.wraps in self.reached:
            facts.append(f"wraps {self.reached[function.wraps]}")
        gap = " " * max(2, self.indent + 2 - columns(reached))
        text = Content.assemble((reached, "bold"), gap, (", ".join(facts), "$muted"))
        return hang(text, self.width, "", "    ")

    def free_names(self, function: FunctionView) -> list[Content]:
        shown: list[Content] = []
        names = [visible(free.name, keep_newlines=False) for free in function.free]
        widest = max(map(columns, names), default=0)
        for name, free in zip(names, function.free, strict=True):
            cell = self.by_label[free.cell]
            gap = " " * (widest - columns(name) + 2)
            lead = Content.assemble("  ", name, gap, (free.cell, "bold $cell"), "  ")
            rest = " " * lead.cell_length
            shown += hang(self.contents(cell), self.width, lead, rest)
            shown += self.sharers(function, cell, rest)
        return shown

    def sharers(self, function: FunctionView, cell: CellView, indent: str) -> list[Content]:
        """Who else holds the cell: all of them where it is met first, then in one line."""
        others = [self.reached[id] for id in cell.shared_by if id != function.id]
        if not others:
            return []
        text = "shared with " + ", ".join(others)
        if cell.label in self.met and columns(indent + text) > self.width:
            text = f"shared with {others[0]} and {len(others) - 1} more"
        self.met.add(cell.label)
        return hang(Content.styled(text, "$muted"), self.width, indent, indent)

    def contents(self, cell: CellView) -> Content:
        now = _value(cell)
        if self.old is None:
            return now
        if cell.label not in self.old:
            return Content.assemble(now, ("  new", "bold $changed"))
        old = self.old[cell.label]
        if (old.empty, old.type, old.value) == (cell.empty, cell.type, cell.value):
            return now
        if old.type == cell.type and not cell.empty:
            now = _value(cell, typed=False)
        return Content.assemble(
            _value(old), (f" {MARKS.becomes} ", "bold $changed"), now.stylize("bold $changed")
        )

    def owned(self, function: FunctionView) -> list[Content]:
        shown: list[Content] = []
        for name in function.cell_names:
            labels = [
                cell.label
                for cell in self.cells.cells
                if cell.owner == function.qualname and cell.name == name
            ]
            noun = "cells" if len(labels) > 1 else "cell"
            which = f" ({noun} {', '.join(labels)})" if labels else ""
            shown += self.remark(f"owns {visible(name)}{which}")
        return shown

    def remark(self, text: str) -> list[Content]:
        muted = prose(visible(text, keep_newlines=False)).stylize_before("$muted")
        return hang(muted, self.width, "  ", "  ")


def _why_no_cells(function: FunctionView | None) -> str | None:
    """The reason, unless the function is there to own cells."""
    return function.why_no_cells if function and not function.cell_names else None


def _value(cell: CellView, *, typed: bool = True) -> Content:
    if cell.empty:
        return Content.styled("empty", "italic $text-warning")
    value = shorten(visible(cell.value or "", keep_newlines=False), VALUE_COLUMNS)
    if not typed:
        return Content(value)
    kind = visible(cell.type or "", keep_newlines=False)
    return Content.assemble((kind, "$muted"), "  ", value)
