"""What a picture shows, whatever its medium and its width: routes, boxes, and what has no cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ...protocol.views import Cells, CellView, FunctionView
from ...text import NAME_COLUMNS, columns, ends_of, one_line, visible
from ..called import called_apart
from ..pieces import NO_CELLS, Part, no_cells, owns
from ..pieces import contents as pieces_of
from .routes import Routes, Row, arranged

VALUE_COLUMNS = 120
"""What is shown of a value at most: as much as a description has."""
PARTS_OF_A_WAY = re.compile(r"(?<!^)(?:▸|\.|\[)")
"""Where a way to a function can be cut: `account ▸ ops['deposit']`."""


class Held(NamedTuple):
    """What a cell holds."""

    type: str
    value: str


class Box(NamedTuple):
    """A cell as it is drawn."""

    label: str
    name: str
    now: Held
    old: str = ""
    """What it held before, if that was something else."""
    empty: bool = False
    back: bool = False
    """Whether the value is a function of the picture: the box only points back to it."""
    facts: tuple[str, ...] = ()
    """What is said beside the box where there is room."""


class Unheld(NamedTuple):
    """A function that holds no cell, and what is said of it."""

    way: str
    remark: str
    id: str
    line: int


@dataclass(frozen=True)
class Picture:
    """Functions left, cells right, and the wires between them."""

    parts: tuple[Routes, ...]
    """Functions that share cells, one group under the other."""
    boxes: dict[str, Box]
    """By label."""
    called: dict[str, str]
    """What each function is called, by its id."""
    unheld: tuple[Unheld, ...]
    closing: str = ""
    """What is said under all of it."""

    @property
    def crossings(self) -> int:
        """Places where a wire passes a track of another cell."""
        return sum(part.crossings for part in self.parts)


def picture(cells: Cells, before: Cells | None = None) -> Picture:
    """Lay out a report of the inspector; against an earlier one, what changed."""
    apart = called_apart(cells.functions)
    called = {id: visible(name, keep_newlines=False) for id, name in apart.items()}
    old = {cell.label: cell for cell in before.cells} if before else {}
    owned: dict[tuple[str | None, str], list[str]] = {}
    for cell in cells.cells:
        owned.setdefault((cell.owner, cell.name), []).append(cell.label)
    return Picture(
        parts=tuple(arranged(cells.functions)),
        boxes={cell.label: _box(cell, old.get(cell.label, cell), called) for cell in cells.cells},
        called=called,
        unheld=tuple(
            Unheld(called[each.id], _remark(each, owned), each.id, each.line)
            for each in cells.functions
            if not each.free
        ),
        closing=f"… and {cells.more:,} more functions" if cells.more else "",
    )


def _remark(function: FunctionView, owned: dict[tuple[str | None, str], list[str]]) -> str:
    """Of a function without cells: that others hold its locals, else why it has none."""
    return owns(function, owned) or no_cells(function) or NO_CELLS


def _box(cell: CellView, old: CellView, called: dict[str, str]) -> Box:
    now = _held(cell)
    if back := cell.holds in called:
        now = now._replace(value=called[str(cell.holds)])
    was = ""
    if (old.empty, old.type, old.value) != (cell.empty, cell.type, cell.value):
        before = _held(old)
        if before.type != now.type:
            now, before = (Held("", " ".join(filter(None, each))) for each in (now, before))
        was = before.value
    sharers = f"shared by {len(cell.shared_by):,} functions" if len(cell.shared_by) > 1 else ""
    owner = cell.owner.rpartition(".")[2] if cell.owner else ""
    local = f"local of {one_line(owner, NAME_COLUMNS)}" if owner else ""
    return Box(
        cell.label,
        one_line(cell.name, NAME_COLUMNS),
        now,
        was,
        cell.empty,
        back,
        tuple(filter(None, (local, sharers))),
    )


def _held(cell: CellView) -> Held:
    texts = {piece.part: piece.text for piece in pieces_of(cell, VALUE_COLUMNS)}
    return Held(texts.get(Part.TYPE, ""), texts.get(Part.VALUE) or texts.get(Part.EMPTY, ""))


def name_in(row: Row, width: int) -> str:
    """The free variable of a row in that many columns; empty for a row that begins at a track."""
    return ends_of(visible(row.name or "", keep_newlines=False), width)


def way_in(way: str, width: int) -> str:
    """The way to a function in that many columns: its last parts tell most."""
    if columns(way) <= width:
        return way
    for shorter in _ends(way):
        if columns(shorter) <= width:
            return shorter
    return ends_of(way, width)


def _ends(way: str) -> Iterator[str]:
    """The way without its first part, without its first two parts, ..."""
    for found in PARTS_OF_A_WAY.finditer(way):
        yield f"…{way[found.start() :]}"
