"""In which order the captures of a picture stand, and how their wires run, so that few cross.

Boxes stand in the order in which their wires are met. The wire of a cell that one capture holds runs
straight to its box. Captures that share a cell have a track in common: an upright line from the first
of them to the last, which a wire leaves for the box right under the first. Crossings are where a wire
passes a track of another cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ...protocol.views import FreeName, FunctionView

ROUNDS = 4
"""How often the order is improved: sharers come together in two or three."""

Span = tuple[int, int]
"""The first and the last row of a track."""


class Holder(NamedTuple):
    """A function and its captures, in the order in which they are drawn."""

    function: FunctionView
    free: Sequence[FreeName]


class Row(NamedTuple):
    """A row on which one wire runs from left to right."""

    cell: str
    name: str | None
    """The free variable; None where the wire of a shared cell leaves its track."""
    function: FunctionView | None
    """On the row of its first capture."""
    enters: bool
    """Whether the wire ends at the box of its cell."""


class Track(NamedTuple):
    """The upright line of a shared cell."""

    column: int
    first: int
    last: int
    """Rows."""


class Routes(NamedTuple):
    """Functions that share cells with one another, and how their wires run."""

    rows: list[Row]
    tracks: dict[str, Track]
    """By the label of the cell."""
    columns: int
    """How many the tracks take."""
    crossings: int
    """Places where a wire passes a track of another cell."""


def arranged(functions: Sequence[FunctionView]) -> Iterator[Routes]:
    """What shares cells stands together, in the order that has the fewest crossings of those tried."""
    for part in _parts(functions):
        yield _least_crossings(part)


def in_program_order(functions: Iterable[FunctionView]) -> list[Holder]:
    """The functions that hold cells, as they come."""
    return [Holder(each, each.free) for each in functions if each.free]


def _least_crossings(part: list[Holder]) -> Routes:
    best = routes(part)
    for _ in range(ROUNDS):
        if not best.crossings:
            break
        part = _sharers_together(part)
        best = min(best, routes(part), key=lambda each: each.crossings)
    return best


def _parts(functions: Sequence[FunctionView]) -> Iterable[list[Holder]]:
    """The functions in parts that have no cell in common."""
    leads: dict[str, str] = {}
    """From each cell towards the one that stands for all cells of its part."""

    def stands_for(label: str) -> str:
        while (next_one := leads.setdefault(label, label)) != label:
            leads[label] = leads[next_one]
            label = next_one
        return label

    holders = in_program_order(functions)
    for _, free in holders:
        first = stands_for(free[0].cell)
        for each in free[1:]:
            leads[stands_for(each.cell)] = first
    parts: dict[str, list[Holder]] = {}
    for holder in holders:
        parts.setdefault(stands_for(holder.free[0].cell), []).append(holder)
    return parts.values()


def _sharers_together(holders: list[Holder]) -> list[Holder]:
    """Each cell to the middle of its functions, then each function to the middle of its cells."""
    places: dict[str, list[int]] = {}
    for number, holder in enumerate(holders):
        for free in holder.free:
            places.setdefault(free.cell, []).append(number)
    middles = {label: sum(numbers) / len(numbers) for label, numbers in places.items()}

    def middle(free: FreeName) -> float:
        return middles[free.cell]

    moved = [Holder(each.function, sorted(each.free, key=middle)) for each in holders]
    return sorted(moved, key=lambda each: sum(map(middle, each.free)) / len(each.free))


def routes(holders: Iterable[Holder]) -> Routes:
    """How the wires run for functions and captures in this order."""
    holders = [*holders]
    held = Counter(free.cell for holder in holders for free in holder.free)
    rows: list[Row] = []
    spans: dict[str, Span] = {}
    for function, captures in holders:
        for number, (name, cell) in enumerate(captures):
            shared, here = held[cell] > 1, len(rows)
            rows.append(Row(cell, name, None if number else function, not shared))
            if shared and cell not in spans:
                rows.append(Row(cell, None, None, True))
            if shared:
                spans[cell] = spans.get(cell, (here, here))[0], here
    if not spans:
        return Routes(rows, {}, 0, 0)
    by_first = [*spans]
    by_last = sorted(spans, key=lambda cell: spans[cell][1])
    orders = (by_first, by_last, by_first[::-1])
    tried = [_tracked(rows, _tracks(order, spans, len(rows))) for order in orders]
    return min(tried, key=lambda each: (each.crossings, each.columns))


def _tracks(order: Iterable[str], spans: dict[str, Span], rows: int) -> dict[str, Track]:
    """A column for each track, in this order from left to right; far from each other, they share one."""
    taken = [0] * rows
    tracks = {}
    for cell in order:
        first, last = spans[cell]
        column = max(taken[first : last + 1])
        taken[first : last + 1] = [column + 1] * (last + 1 - first)
        tracks[cell] = Track(column, first, last)
    return tracks


def _tracked(rows: list[Row], tracks: dict[str, Track]) -> Routes:
    """The routes with these tracks: where wires cross is counted row by row."""
    columns = 1 + max(track.column for track in tracks.values())
    there = bytearray(columns)
    """Whether a track passes the row, for each column."""
    count = 0
    for number, row in enumerate(rows):
        track = tracks.get(row.cell)
        if track is None:
            count += there.count(1)
        elif row.name is None:
            count += there.count(1, track.column + 1)
        else:
            count += there.count(1, 0, track.column)
            there[track.column] = number != track.last
    return Routes(rows, tracks, columns, count)
