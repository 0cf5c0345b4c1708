"""The cells of one moment as text: every function, its free names, and beside each name its cell.

Of thousands of functions a screen shows a dozen: only those are written. Of the others it is worked
out how many lines they take, nearly always without writing them.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import zip_longest
from typing import NamedTuple

from textual.content import Content

from tutor.protocol.views import Cells, CellView, FunctionView
from tutor.text import NAME_COLUMNS, columns, ends_of, visible
from tutor.ui.cells.cell_value import (
    NEW,
    New,
    at_most,
    coloured,
    contents,
    contents_at_most,
    filled_letter,
)
from tutor.ui.kit.markdown import prose
from tutor.ui.kit.text_view import LazyLines, hang
from tutor.views import pieces
from tutor.views.made_by_compiler import folded_away
from tutor.views.pieces import Piece
from tutor.views.why_not import why_not

NO_FUNCTIONS = "No function of this program is alive."
REACHED_COLUMNS = 14
"""What is put under each other: a longer way to a function pushes the rest of its line."""
LEAST_NAME, BESIDE_NAME = 8, 18
"""What a free name has at least, and what its cell has beside it: the rest of a name is counted."""
BESIDE, UNDER = 28, 4
"""What is too long for its line goes on beside its cell with that many columns, else under its name."""


class Place(NamedTuple):
    """Where a free name stands beside its cell."""

    line: int
    rows: int
    label: str


class _Head(NamedTuple):
    """What is written of a function whatever its cells hold."""

    of: tuple[object, ...]
    """All that it depends on."""
    function: FunctionView
    heading: tuple[Piece, Piece]
    rows: int
    """The lines of the heading: how the function is reached, and the facts."""
    names: list[str]
    widest: int
    """The columns of its widest free name."""
    lead: int
    """The columns that its free names take at most, and the space around them."""


class _ShownFunction(NamedTuple):
    """A function of the text, not written yet."""

    head: _Head
    line: int
    """Its first line in the text."""
    place: int
    """The number of its first place."""
    remarks: tuple[str, ...]


class CellText(LazyLines):
    """The lines, and on which of them each cell stands; much of them is as in the text before."""

    def __init__(
        self,
        cells: Cells,
        before: Cells | None,
        width: int,
        last: CellText | None = None,
        *,
        reverse: bool = False,
    ) -> None:
        self.width = width
        self.reverse = reverse
        """Whether what is filled is to be in reverse video."""
        self.cells = {cell.label: cell for cell in cells.cells}
        self.old = {cell.label: cell for cell in before.cells} if before else None
        self.owned: dict[tuple[str | None, str], list[str]] = {}
        for cell in cells.cells:
            self.owned.setdefault((cell.owner, cell.name), []).append(cell.label)
        self.called = pieces.names(cells.functions)
        ways = map(pieces.way, cells.functions)
        self.indent = min(REACHED_COLUMNS, max(map(columns, ways), default=0))
        self.told: set[tuple[str, tuple[str, ...]]] = set()
        """The reasons that have been told, each with the qualified name of its functions."""
        self.labels: list[str] = []
        """The label of the cell at each place."""
        self.first: dict[str, int] = {}
        """The number of the first place of each cell."""
        self.functions: list[_ShownFunction] = []
        self.written: dict[int, tuple[list[Content], list[Place]]] = {}
        """Functions with their lines and places, those that were asked for."""
        self.closing: list[Content] = []
        self.length = 0
        self.heads: dict[str, _Head] = {}
        self.lay_out(cells, last.heads if last else {})

    def __len__(self) -> int:
        return self.length

    def line(self, index: int) -> Content:
        if index >= self.length - len(self.closing):
            return self.closing[index - self.length]
        number = bisect_right(self.functions, index, key=lambda each: each.line) - 1
        lines, _ = self.write(number)
        return lines[index - self.functions[number].line]

    def place(self, number: int) -> Place:
        """Where a place is."""
        of = bisect_right(self.functions, number, key=lambda each: each.place) - 1
        _, places = self.write(of)
        function = self.functions[of]
        place = places[number - function.place]
        return place._replace(line=function.line + place.line)

    def lay_out(self, cells: Cells, known: dict[str, _Head]) -> None:
        """Find the line of each function."""
        # What a factory made stands above the factory: that is where the captured cells are.
        functions = sorted(cells.functions, key=lambda f: "<locals>" not in f.qualname)
        for function, after in zip_longest(functions, functions[1:]):
            head = self.heads[function.id] = self.head(function, known.get(function.id))
            owned = pieces.owns(function, self.owned)
            remarks = (*([owned] if owned else []), *self.reasons(function, after))
            place = len(self.labels)
            for free in function.free:
                self.first.setdefault(free.cell, len(self.labels))
                self.labels.append(free.cell)
            self.functions.append(_ShownFunction(head, self.length, place, remarks))
            rows = self.rows(self.functions[-1])
            self.length += rows or len(self.write(len(self.functions) - 1)[0])
        if not functions:
            self.closing = hang(Content.styled(NO_FUNCTIONS, "$muted"), self.width)
        elif cells.more:
            self.closing = self.remark(f"… and {cells.more:,} more functions")
        if note := folded_away(cells):
            self.closing += self.remark(f"besides, {note}: c shows them")
        self.length += len(self.closing)

    def rows(self, function: _ShownFunction) -> int | None:
        """The lines of a function; None if that takes writing them, for one might be too long."""
        head, _, place, remarks = function
        if any(at_most(remark) + 2 > self.width for remark in remarks):
            return None
        rows = head.rows + len(remarks)
        for number, free in enumerate(head.function.free, start=place):
            cell = self.cells[free.cell]
            room = self.width - head.lead - len(cell.label)
            needed = contents_at_most(cell, self.earlier(cell))
            rows += 1
            if len(cell.shared_by) > 1:
                rows += 1
                sharers = at_most(self.sharers(head.function, cell, number))
                needed = max(needed, sharers + room - (self.width - UNDER))
            if needed > room:
                return None
        return rows

    def write(self, number: int) -> tuple[list[Content], list[Place]]:
        """The lines of a function, and its places counted from the first of them."""
        if number not in self.written:
            head, _, place, remarks = self.functions[number]
            lines = self.heading(head.heading)
            places = []
            for at, (name, free) in enumerate(
                zip(head.names, head.function.free, strict=True), start=place
            ):
                cell = self.cells[free.cell]
                gap = " " * (head.widest - columns(name) + 1)
                label = filled_letter(cell.label, reverse=self.reverse)
                lead = Content.assemble(f"  {name}{gap}", label, " ")
                indent = " " * lead.cell_length
                rest = indent if self.width - len(indent) >= BESIDE else " " * UNDER
                held = hang(contents(cell, self.earlier(cell)), self.width, lead, rest)
                places.append(Place(len(lines), len(held), cell.label))
                lines += held
                if len(cell.shared_by) > 1:
                    sharers = Content.styled(self.sharers(head.function, cell, at), "$muted")
                    fits = len(indent) + sharers.cell_length <= self.width
                    lines += hang(sharers, self.width, *[indent if fits else rest] * 2)
            for remark in remarks:
                lines += self.remark(remark)
            self.written[number] = lines, places
        return self.written[number]

    def earlier(self, cell: CellView) -> CellView | New:
        """What the cell was before; itself if that is not known."""
        return cell if self.old is None else self.old.get(cell.label, NEW)

    def head(self, function: FunctionView, known: _Head | None) -> _Head:
        """What is said of the function itself; `known` if it is still true."""
        wraps = self.called.get(function.wraps) if function.wraps else None
        called = self.called[function.id]
        of = (function, called, wraps, self.indent, self.width)
        if known and known.of == of:
            return known
        heading = pieces.heading(function, called, wraps or "", lambda_by_kind=True)
        way, facts = heading
        fits = max(at_most(way.text), self.indent) + 2 + at_most(facts.text) <= self.width
        rows = 1 if fits else len(self.heading(heading))
        room = max(LEAST_NAME, min(NAME_COLUMNS, self.width - BESIDE_NAME))
        names = [ends_of(visible(free.name, keep_newlines=False), room) for free in function.free]
        widest = max(map(columns, names), default=0)
        lead = 6 + widest + sum([at_most(name) for name in names if not name.isascii()])
        return _Head(of, function, heading, rows, names, widest, lead)

    def heading(self, heading: tuple[Piece, Piece]) -> list[Content]:
        """The first lines of a function: how it is reached, and facts about it."""
        gap = " " * max(2, self.indent + 2 - columns(heading[0].text))
        return hang(coloured(heading, gap), self.width, "", "    ")

    def sharers(self, function: FunctionView, cell: CellView, place: int) -> str:
        """Who else holds the cell: all of them where it stands first, then as many as fit a line."""
        met = self.first[cell.label] != place
        room = self.width - UNDER
        # Where it is met again, more than fit on a line need not be put together.
        known = cell.shared_by[:room] if met else cell.shared_by
        others = [self.called[id] for id in known if id != function.id]
        text = pieces.shared_with(others)
        if met and columns(text) > room:
            return pieces.shared_in_short(others[0], len(cell.shared_by) - 2)
        return text

    def reasons(self, function: FunctionView, after: FunctionView | None) -> tuple[str, ...]:
        """Why names have no cell: with the first of one def, or under the last of a row without."""
        if function.free and not function.not_captured:
            return ()
        reasons = _reasons(function)
        if not function.free:
            return () if reasons == _reasons(after) else reasons
        if (function.qualname, reasons) in self.told:
            return ()
        self.told.add((function.qualname, reasons))
        return reasons

    def remark(self, text: str) -> list[Content]:
        """An indented remark in grey, wrapped."""
        return hang(prose(text).stylize_before("$muted"), self.width, "  ", "  ")


def _reasons(function: FunctionView | None) -> tuple[str, ...]:
    """Why there is no cell for a name; of a function that is there to own cells, not why for none."""
    if function is None:
        return ()
    none = "" if function.cell_names else pieces.no_cells(function)
    return (*([none] if none else []), *why_not(function))
