"""A picture in lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ...text import columns, shorten
from ..pieces import NO_CELLS
from .layout import CaptureRow, Picture, end_of, start_of

FUNCTION_COLUMNS = 40
"""What is shown of the way to a function at most."""
ENOUGH = 16
"""Columns of a value that are enough: it is cut rather than its function put over its captures."""
LEAST_NAME, LEAST_VALUE = 6, 8


@dataclass(frozen=True)
class Strokes:
    """The characters that lines are drawn with."""

    across: str = "─"
    down: str = "│"
    cross: str = "┼"
    begin: str = "┬"
    join: str = "┤"
    end: str = "┘"


LINES = Strokes()
ASCII = Strokes("-", "|", "|", "+", "+", "+")
"""A line is interrupted where it crosses another: the only `+` of a row is its own."""


class Line(NamedTuple):
    """One line of the drawing; its parts stand one after the other."""

    function: str = ""
    strokes: str = ""
    """The free variable, and the lines that lead from it to its cell."""
    label: str = ""
    contents: str = ""


class _Fit(NamedTuple):
    """The columns that there are, and how many of them each part has."""

    width: int
    functions: int
    """0 if a function stands over its captures."""
    names: int
    labels: int
    contents: int


def as_text(drawn: Picture, width: int | None = None, strokes: Strokes = LINES) -> list[str]:
    """The picture as plain text."""
    return ["".join(line).rstrip() for line in as_lines(drawn, width, strokes)]


def as_lines(drawn: Picture, width: int | None = None, strokes: Strokes = LINES) -> list[Line]:
    """The picture in lines that are no wider than asked, or else than `least_width`."""
    fit = _fit(drawn, None if width is None else max(width, least_width(drawn)))
    return [*_captures(drawn, fit, strokes), *_without_cells(drawn, fit)]


def least_width(drawn: Picture) -> int:
    """The columns that the picture needs, however much its names and values are cut."""
    return 1 + _gutters(drawn) + LEAST_NAME + _labels(drawn) + LEAST_VALUE


def _gutters(drawn: Picture) -> int:
    """The columns of a capture's lines and spaces, those before its name apart."""
    return drawn.track_columns + (7 if drawn.track_columns else 6)


def _labels(drawn: Picture) -> int:
    return max((len(row.label) for row in drawn.rows), default=0)


def _fit(drawn: Picture, width: int | None) -> _Fit:
    """The parts side by side if there is room, else the functions over their captures."""
    captures = [row for row in drawn.rows if row.label]
    functions = max((columns(row.function) for row in captures), default=0)
    names = max((columns(row.name) for row in captures), default=0)
    values = max((columns(row.contents) for row in captures if row.contents), default=0)
    labels, gutters = _labels(drawn), _gutters(drawn)
    beside = min(functions, FUNCTION_COLUMNS)
    used = beside + 2 + names + gutters + labels
    if width is None:
        widest = max((columns(row.function) for row in drawn.rows), default=0)
        return _Fit(max(used + values, widest + 10), beside, names, labels, values)
    if width - used >= min(values, ENOUGH):
        return _Fit(width, beside, names, labels, width - used)
    room = width - (1 + gutters + labels)
    names = max(LEAST_NAME, min(names, room - min(values, LEAST_VALUE)))
    # Where a track passes, the way to a function ends before it: it gets what no value needs.
    spare = room - names - min(values, ENOUGH) if drawn.track_columns else 0
    names += max(0, min(spare, functions - names))
    return _Fit(width, 0, names, labels, room - names)


def _captures(drawn: Picture, fit: _Fit, strokes: Strokes) -> Iterator[Line]:
    # What stands in each column of the tracks: where a row's line passes through, and where not.
    crossed = [strokes.across] * drawn.track_columns
    alone = [" "] * drawn.track_columns
    for number, row in enumerate(drawn.rows):
        if not row.label:
            return
        if not fit.functions and row.function:
            yield _heading(row, fit, "".join(alone))
        begins = row.contents is not None
        right = crossed if begins else alone
        if not row.track:
            yield _capture(row, fit, "".join(right), strokes)
            continue
        at, ends = row.track.column, number == row.track.last
        own = strokes.begin if begins else strokes.end if ends else strokes.join
        tracks = "".join((*crossed[:at], own, *right[at + 1 :]))
        if begins:
            crossed[at], alone[at] = strokes.cross, strokes.down
        elif ends:
            crossed[at], alone[at] = strokes.across, " "
        yield _capture(row, fit, tracks, strokes)


def _heading(row: CaptureRow, fit: _Fit, tracks: str) -> Line:
    """A function over its captures; before a track that passes it ends."""
    if not tracks.strip():
        return Line(end_of(row.function, fit.width))
    way = end_of(row.function, fit.names + 3)
    return Line(way, " " * (fit.names + 4 - columns(way)) + tracks)


def _capture(row: CaptureRow, fit: _Fit, tracks: str, strokes: Strokes) -> Line:
    way = end_of(row.function, fit.functions) if fit.functions else ""
    reach = fit.functions + 1 - columns(way)
    to_name = " "
    if fit.functions:
        to_name += strokes.across * reach if way else strokes.across.rjust(reach)
    name = start_of(row.name, fit.names)
    lead = strokes.across * (fit.names + 1 - columns(name))
    drawing = f"{to_name} {name} {lead}{tracks}"
    if row.contents is None:
        return Line(way, drawing)
    last = f"{strokes.across} " if tracks else " "
    gap = " " * (fit.labels - len(row.label) + 2)
    held = gap + shorten(row.contents, fit.contents)
    return Line(way, drawing + last, row.label, held)


def _without_cells(drawn: Picture, fit: _Fit) -> Iterator[Line]:
    ways = [end_of(row.function, fit.width - 10) for row in drawn.rows if not row.label]
    widest = max(map(columns, ways), default=0)
    for way in ways:
        yield Line(way, " " * (widest + 2 - columns(way)), contents=NO_CELLS)
