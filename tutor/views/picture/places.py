"""Where everything of a picture stands: columns for a width, lines for the rows and boxes of a part."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from ...text import columns, shorten, wrapped
from .layout import Box, Picture, name_in
from .routes import Routes

MOST_WAY, MOST_NAME = 40, 60
"""Columns of the way to a function and of a free name at most."""
LEAST_NAME, LEAST_INSIDE = 6, 7
LEAST_WIDTH = 2 + LEAST_NAME + 3 + LEAST_INSIDE + 4
"""Of a picture without tracks: a name, a wire, a box."""
ENOUGH = 9
"""Columns inside a box for whose sake functions stand over their captures."""
MOST_INSIDE = 60
MOST_LINES = 4
"""Of a value in its box; the rest is counted."""
MOST_FACTS = 34
"""Columns of what is said beside a box at most."""
ROOMY = 100
"""From this width on a line is left free between boxes."""
LEAD, TAIL = 6, 2
"""Columns that a wire gets before and behind the tracks where there is room."""


@dataclass(frozen=True)
class Columns:
    """The columns that the parts of a line begin at, and how wide they are."""

    way: int
    """Columns of the ways to functions; 0 if they stand over the captures."""
    line: int
    """Columns of the lines of their `def`, and the space before; 0 where they are not told."""
    name_at: int
    name: int
    tracks_at: int
    step: int
    """From a track to the next."""
    box_at: int
    box: int
    facts: int
    """Columns of what is said beside the boxes, and the space before; 0 where it is not."""
    width: int
    roomy: bool
    """Whether a line is left free between boxes."""

    @property
    def inside(self) -> int:
        """The columns for what a box holds."""
        return self.box - 4

    def track(self, column: int) -> int:
        """Where a track is."""
        return self.tracks_at + column * self.step


def columns_for(drawn: Picture, width: int | None) -> Columns:
    """Share out a width; None for one in which there is room for all."""
    rows = [row for part in drawn.parts for row in part.rows]
    functions = [row.function for row in rows if row.function]
    longest = max((columns(drawn.called[each.id]) for each in functions), default=0)
    line = max((len(line_of(drawn.called[each.id], each.line)) for each in functions), default=0)
    line += 3 if line else 0
    name = max((columns(name_in(row, MOST_NAME)) for row in rows), default=0)
    tracks = max((part.columns for part in drawn.parts), default=0)
    boxes = drawn.boxes.values()
    inside = min(MOST_INSIDE, max(map(natural, boxes), default=LEAST_INSIDE))
    titled = max((len(box.label) + columns(box.name) + 4 for box in boxes), default=0)
    title = max(0, min(MOST_INSIDE, titled) - inside)
    said = [columns(fact) for box in boxes for fact in box.facts]
    facts = 2 + min(MOST_FACTS, max(said, default=0))
    way, wires = min(longest, MOST_WAY), 3 + tracks
    if width is None:
        width = way + 1 + line + name + wires + tracks + LEAD + TAIL + inside + title + 4 + facts
    width = max(width, LEAST_WIDTH + tracks)
    beside = way + 1 + name + wires + min(inside, ENOUGH) + 4
    if beside <= width and (way <= width // 3 or beside - min(inside, ENOUGH) + inside <= width):
        name_at = way + 1
    else:
        way, name_at = 0, 2
        name = max(LEAST_NAME, min(name, width - 2 - wires - min(inside, ENOUGH) - 4))
    inside = min(inside, width - name_at - name - wires - 4)
    spare = width - name_at - name - wires - inside - 4
    line = line if way and spare >= line else 0
    spare -= line
    facts = facts if line and spare >= facts else 0
    title = min(title, spare - facts) if line else 0
    inside += title
    spare -= facts + title
    step = 2 if tracks and spare > tracks else 1
    spare -= tracks * (step - 1)
    lead = min(spare, LEAD if way else max(0, longest - name))
    tail = min(spare - lead, TAIL if tracks and step == 2 else 0)
    tracks_at = name_at + line + name + 2 + lead
    return Columns(
        way=way,
        line=line,
        name_at=name_at + line,
        name=name,
        tracks_at=tracks_at,
        step=step,
        box_at=tracks_at + tracks * step + tail + 1,
        box=inside + 4,
        facts=facts,
        width=width,
        roomy=width >= ROOMY,
    )


def least_width(drawn: Picture) -> int:
    """The columns that the picture needs, however much its names and values are cut."""
    return LEAST_WIDTH + max((part.columns for part in drawn.parts), default=0)


def natural(box: Box) -> int:
    """The columns inside a box in which what it holds is one line."""
    held = columns(box.now.type) + columns(box.now.value) + (1 if box.now.type else 0)
    change = columns(box.old) + 3 if box.old else 0
    return max(held + change + (3 if box.back else 0), len(box.label) + 2, LEAST_INSIDE)


def line_of(called: str, line: int) -> str:
    """Where a function is defined, unless that is in what it is called."""
    return f"line {line}" if line and f", line {line}" not in called else ""


def folded(text: str, width: int) -> list[str]:
    """A value in the lines of a box, between its words; a word that is wider than the box is counted."""
    lines = [shorten(line, width) for line in wrapped(text, width)]
    if len(lines) <= MOST_LINES:
        return lines
    kept = wrapped(lines[MOST_LINES - 1], width - len(f"… +{len(text)}"))[0]
    lines = [*lines[: MOST_LINES - 1], kept]
    return [*lines[:-1], shorten(f"{kept}… +{len(text) - len(' '.join(lines))}", width)]


class Placed(NamedTuple):
    """Where a part of a picture stands, in lines from its top."""

    rows: list[int]
    """The line of each row of the routes."""
    tops: list[int]
    """The first line of each box, in their order."""
    boxes: list[str]
    """Their labels."""
    height: int

    def box_at(self, line: int) -> int:
        """Which box has begun last on a line or above it; -1 for none."""
        return bisect_right(self.tops, line) - 1

    def row_at(self, line: int) -> int:
        """Which row stands on a line; -1 for none."""
        row = bisect_right(self.rows, line) - 1
        return row if row >= 0 and self.rows[row] == line else -1


def placed(part: Routes, heights: dict[str, int], fit: Columns) -> Placed:
    """The lines of a part: a wire that nothing shares is level with what its box holds."""
    at: list[int] = []
    tops: list[int] = []
    boxes: list[str] = []
    free, free_for_box = 0, 0
    for row in part.rows:
        # A function that stands over its captures has a line for itself.
        line = free + (row.function is not None and not fit.way)
        track = part.tracks.get(row.cell)
        if not track:
            line = max(line, free_for_box + 1)
        elif track.first == len(at):
            line = max(line, free_for_box)
        if not track or track.first == len(at):
            tops.append(line if track else line - 1)
            boxes.append(row.cell)
            free_for_box = tops[-1] + heights[row.cell] + fit.roomy
        at.append(line)
        free = line + 1
    return Placed(at, tops, boxes, max(free, free_for_box))


def stacked(heights: list[int]) -> list[int]:
    """Where each of several things begins that stand one under the other, and where the last ends."""
    return [0, *accumulate(heights)]
