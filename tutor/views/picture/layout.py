"""The rows and tracks of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush

from ...protocol.views import Cells, CellView, FunctionView
from ...text import NAME_COLUMNS, columns, one_line, shorten, visible
from ..called import called
from ..pieces import WAY_COLUMNS
from ..pieces import contents as pieces_of

VALUE_COLUMNS = 60
"""What is shown of a value at most; the rest is counted."""


@dataclass(frozen=True)
class Track:
    """The vertical line of a shared cell, from row `first` to row `last`."""

    column: int
    first: int
    last: int


@dataclass(frozen=True)
class CaptureRow:
    """One capture, or a function that captures nothing."""

    function: str
    """How the function is reached; empty on its second capture and later ones."""
    name: str = ""
    """The free variable; empty for a function without cells."""
    label: str = ""
    """The cell's; empty for a function without cells."""
    contents: str | None = None
    """What the cell holds where it is drawn: on the row of its first capture."""
    track: Track | None = None
    """The cell's track; None for a cell with one capture."""


@dataclass(frozen=True)
class Picture:
    """Where everything of a drawing stands: rows of captures, and vertical lines of shared cells."""

    rows: tuple[CaptureRow, ...]
    """Functions without cells come last."""
    track_columns: int


def picture(cells: Cells) -> Picture:
    """Lay out a report of the inspector."""
    by_label = {cell.label: cell for cell in cells.cells}
    captures = [
        (function, number, free)
        for function in cells.functions
        for number, free in enumerate(function.free)
    ]
    spans: dict[str, tuple[int, int]] = {}
    for row, (_, _, free) in enumerate(captures):
        first, _ = spans.get(free.cell, (row, row))
        spans[free.cell] = (first, row)
    tracks = _tracks(spans)
    rows = [
        CaptureRow(
            function=name_of(function) if number == 0 else "",
            name=one_line(free.name, NAME_COLUMNS),
            label=free.cell,
            contents=contents(by_label[free.cell]) if spans[free.cell][0] == row else None,
            track=tracks.get(free.cell),
        )
        for row, (function, number, free) in enumerate(captures)
    ]
    rows += [CaptureRow(name_of(function)) for function in cells.functions if not function.free]
    width = max((track.column + 1 for track in tracks.values()), default=0)
    return Picture(tuple(rows), width)


def _tracks(spans: dict[str, tuple[int, int]]) -> dict[str, Track]:
    """A column for each shared cell: one that is free over its whole span."""
    tracks: dict[str, Track] = {}
    taken: list[tuple[int, int]] = []
    """Heaps: of the last rows in use, each with its column; and of the columns that are free."""
    free: list[int] = []
    for label, (first, last) in spans.items():
        if first == last:
            continue
        while taken and taken[0][0] < first:
            heappush(free, heappop(taken)[1])
        column = heappop(free) if free else len(taken)
        heappush(taken, (last, column))
        tracks[label] = Track(column, first, last)
    return tracks


def name_of(function: FunctionView) -> str:
    """How a function is called."""
    return end_of(visible(called(function), keep_newlines=False), WAY_COLUMNS)


def contents(cell: CellView) -> str:
    """What a cell holds: type and value."""
    return shorten(" ".join(piece.text for piece in pieces_of(cell)), VALUE_COLUMNS)


def start_of(name: str, width: int) -> str:
    """A name in that many columns."""
    if columns(name) <= width:
        return name
    name = name[:width]
    while columns(name) > width - 1:
        name = name[:-1]
    return f"{name}…"


def end_of(way: str, width: int) -> str:
    """The way to a function in that many columns: its end tells most."""
    if columns(way) <= width:
        return way
    way = way[-width:]
    # What begins with a combining mark would have it on the ellipsis.
    while columns(way) > width - 1 or (way and not columns(way[0])):
        way = way[1:]
    return f"…{way}"
