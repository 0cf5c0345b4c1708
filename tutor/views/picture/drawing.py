"""A picture in lines of text, each made when it is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from typing import NamedTuple

from ...text import columns, ends_of, padded, wrapped
from .layout import Box, Picture, name_in, way_in
from .places import Placed, columns_for, folded, line_of, natural, placed, stacked
from .routes import Routes, Row


@dataclass(frozen=True)
class Strokes:
    """The characters that wires and boxes are drawn with."""

    across: str = "─"
    down: str = "│"
    first: str = "╮"
    """Where a wire turns down into its track, ..."""
    last: str = "╯"
    join: str = "┤"
    leave: str = "├"
    """... and where it leaves it for the box."""
    arrow: str = "▶"
    corners: tuple[str, str, str, str] = ("╭", "╮", "╰", "╯")
    becomes: str = "→"
    back: str = "↩"


LINES = Strokes()
ASCII = Strokes("-", "|", ".", "'", "+", "+", ">", ("+", "+", "+", "+"), ">", "<-")
LEAST_REMARK = 8


class Ink(Enum):
    """What a piece of a line is, by which a medium chooses its looks."""

    WAY = auto()
    NAME = auto()
    FACT = auto()
    """The line of a function, what is said beside a box or in place of one."""
    WIRE = auto()
    FRAME = auto()
    LETTER = auto()
    TITLE = auto()
    """The name of a cell in its frame."""
    TYPE = auto()
    OLD = auto()
    VALUE = auto()
    EMPTY = auto()


class Span(NamedTuple):
    """A piece of a line."""

    text: str
    ink: Ink
    cell: str = ""
    """The label of the cell whose colour it has."""


Line = list[Span]
Wires = dict[int, tuple[str, str]]
"""By column: the character of a wire, and the label of the cell that it leads to."""


class Drawing:
    """The lines of a picture, none wider than asked, or else than the least width."""

    def __init__(self, drawn: Picture, width: int | None = None, strokes: Strokes = LINES) -> None:
        self.drawn = drawn
        self.strokes = strokes
        self.fit = fit = columns_for(drawn, width)
        self.heights = {label: 2 + len(self.held(box)) for label, box in drawn.boxes.items()}
        """The lines of each box."""
        self.places = [placed(part, self.heights, fit) for part in drawn.parts]
        self.starts = stacked([each.height for each in self.places])
        """Where each part begins; the last is where what holds no cell begins."""
        self.below = [*self._unheld()]

    @property
    def width(self) -> int:
        """Columns that the picture takes."""
        below = max(map(columns, map(_plain, self.below)), default=0)
        return max(below, self.fit.box_at + self.fit.box + self.fit.facts if self.places else 0)

    def __len__(self) -> int:
        return self.starts[-1] + len(self.below)

    def line(self, number: int) -> Line:
        """One line of the drawing."""
        if number >= self.starts[-1]:
            return self.below[number - self.starts[-1]]
        which = bisect_right(self.starts, number) - 1
        spans = self._line(self.drawn.parts[which], self.places[which], number - self.starts[which])
        return _merged(spans)

    def held(self, box: Box) -> list[Line]:
        """What stands inside a box: in a line if there is room, else the value under its type."""
        room, (kind, value) = self.fit.inside, box.now
        value += f" {self.strokes.back}" if box.back else ""
        old = f"{box.old} {self.strokes.becomes} " if box.old else ""
        ink = Ink.EMPTY if box.empty else Ink.VALUE
        if natural(box) <= room:
            gap = " " * (room - columns(kind + old + value))
            return [[Span(kind + gap, Ink.TYPE), Span(old, Ink.OLD), Span(value, ink)]]
        lines = [[Span(ends_of(kind, room), Ink.TYPE)]] if kind else []
        return [*lines, *([Span(line, ink)] for line in folded(old + value, room))]

    def _line(self, part: Routes, place: Placed, line: int) -> Iterator[Span]:
        row = place.row_at(line)
        wires = self._wires(part, place, line, row)
        left = [*self._left(part, place, line, row, min(wires, default=self.fit.box_at))]
        yield from left
        at = columns(_plain(left))
        for x, (char, cell) in sorted(wires.items()):
            yield Span(" " * (x - at), Ink.FACT)
            yield Span(char, Ink.WIRE, cell)
            at = x + 1
        which = place.box_at(line)
        if which >= 0 and line < place.tops[which] + self.heights[place.boxes[which]]:
            yield Span(" " * (self.fit.box_at - at), Ink.FACT)
            yield from self._box(self.drawn.boxes[place.boxes[which]], line - place.tops[which])

    def _wires(self, part: Routes, place: Placed, line: int, number: int) -> Wires:
        """The wire of a row, and the tracks that pass it: a wire that crosses a track breaks it."""
        fit, draw = self.fit, self.strokes
        wires = {
            fit.track(track.column): (draw.down, cell)
            for cell, track in part.tracks.items()
            if place.rows[track.first] < line < place.rows[track.last]
        }
        if number < 0:
            return wires
        row = part.rows[number]
        track = part.tracks.get(row.cell)
        turn = fit.track(track.column) if track else fit.box_at - 1
        begin = turn if row.name is None else fit.name_at + columns(self.name(row)) + 1
        end = fit.box_at - 1 if row.enters else turn
        wires |= dict.fromkeys(range(begin, end), (draw.across, row.cell))
        if row.enters:
            wires[end] = (draw.arrow, row.cell)
        if track:
            ends = {track.first: draw.first, track.first + 1: draw.leave, track.last: draw.last}
            wires[turn] = (ends.get(number, draw.join), row.cell)
        return wires

    def _left(
        self, part: Routes, place: Placed, line: int, number: int, room: int
    ) -> Iterator[Span]:
        """A function, its line and its free variable; above its captures, the function alone."""
        fit = self.fit
        if number < 0 or part.rows[number].name is None:
            below = place.row_at(line + 1)
            if not fit.way and below >= 0 and (function := part.rows[below].function):
                yield Span(way_in(self.drawn.called[function.id], room - 1), Ink.WAY)
            return
        row = part.rows[number]
        way = where = ""
        if row.function and fit.way:
            called = self.drawn.called[row.function.id]
            way = way_in(called, fit.way)
            where = f"  {line_of(called, row.function.line)}" if fit.line else ""
        yield Span(padded(way, fit.way), Ink.WAY)
        yield Span(padded(where, fit.name_at - fit.way), Ink.FACT)
        yield Span(self.name(row), Ink.NAME)

    def name(self, row: Row) -> str:
        """The free variable of a row as far as there is room."""
        return name_in(row, self.fit.name)

    def title(self, box: Box) -> str:
        """The name of a cell in its frame, if there is room."""
        title = f" {box.name} "
        return title if len(box.label) + columns(title) + 6 <= self.fit.box else ""

    def _box(self, box: Box, y: int) -> Iterator[Span]:
        fit, draw, label = self.fit, self.strokes, box.label
        left, right = draw.corners[:2]
        if y == 0:
            title = self.title(box)
            rest = fit.box - 5 - len(label) - columns(title)
            yield Span(left + draw.across, Ink.FRAME, label)
            yield Span(f" {label} ", Ink.LETTER, label)
            yield Span(title, Ink.TITLE, label)
            yield Span(draw.across * rest + right, Ink.FRAME, label)
        elif y + 1 == self.heights[label]:
            left, right = draw.corners[2:]
            yield Span(left + draw.across * (fit.box - 2) + right, Ink.FRAME, label)
        else:
            held = self.held(box)[y - 1]
            rest = fit.inside - columns(_plain(held))
            yield Span(f"{draw.down} ", Ink.FRAME, label)
            yield from (span._replace(cell=label) for span in held)
            yield Span(" " * rest, Ink.VALUE, label)
            yield Span(f" {draw.down}", Ink.FRAME, label)
        if fit.facts and 0 < y <= len(box.facts):
            yield Span(f"  {ends_of(box.facts[y - 1], fit.facts - 2)}", Ink.FACT)

    def _unheld(self) -> Iterator[Line]:
        """The functions that hold no cell, and what is said under all."""
        fit, unheld = self.fit, self.drawn.unheld
        widest = max((columns(each.way) for each in unheld), default=0)
        way = max(fit.way, min(widest, 2 * fit.width // 5))
        where = (
            max((len(line_of(each.way, each.line)) for each in unheld), default=0)
            if fit.line
            else 0
        )
        indent = way + 1 + (where + 3 if where else 0)
        for each in unheld:
            facts = f"  {line_of(each.way, each.line)}" if where else ""
            first, *rest = wrapped(each.remark, max(fit.width - indent, LEAST_REMARK))
            yield [
                Span(padded(way_in(each.way, way), way), Ink.WAY),
                Span(padded(facts, indent - way) + first, Ink.FACT),
            ]
            yield from ([Span(" " * indent + line, Ink.FACT)] for line in rest)
        if self.drawn.closing:
            yield [Span(self.drawn.closing, Ink.FACT)]


def as_text(drawn: Picture, width: int | None = None, strokes: Strokes = LINES) -> list[str]:
    """The picture as plain text."""
    drawing = Drawing(drawn, width, strokes)
    return [_plain(drawing.line(number)).rstrip() for number in range(len(drawing))]


def _plain(line: Line) -> str:
    return "".join(span.text for span in line)


def _merged(spans: Iterable[Span]) -> Line:
    """Neighbours that look alike as one."""
    return [
        Span("".join(span.text for span in alike), ink, cell)
        for (ink, cell), alike in groupby(spans, key=lambda span: span[1:])
    ]
