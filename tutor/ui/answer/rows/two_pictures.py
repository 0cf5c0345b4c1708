"""Two diagrams: the cells as the learner's answers have them, and as they are."""

from __future__ import annotations

from itertools import zip_longest

from textual.content import Content

from tutor.grading.verdict import TwoPictures
from tutor.protocol.views import Cells
from tutor.ui.cells.diagram import STROKES, DrawnLines
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.sentences import spoken
from tutor.ui.kit.text_view import hang
from tutor.views.picture import Drawing, picture

YOURS, PYTHONS = "Your answers", "Python"
BAR = 3
"""Columns between the two."""


def picture_lines(pictures: TwoPictures, width: int, *, reverse: bool) -> list[Content]:
    """Both side by side, or one under the other where that is too narrow; else why there is one."""
    moment = f", {pictures.moment}" if pictures.moment else ""
    pythons = f"{PYTHONS}{moment}"
    if pictures.yours is None:
        why = hang(spoken(pictures.why_none), width, "  ", "  ")
        return [Content(), *why, *drawn(pictures.pythons, pythons, width, reverse=reverse)]
    half = (width - BAR) // 2
    yours = drawn(pictures.yours, f"{YOURS}{moment}", half, reverse=reverse)
    theirs = drawn(pictures.pythons, pythons, half, reverse=reverse)
    if max(line.cell_length for line in (*yours, *theirs)) <= half:
        bar = Content.styled(f" {MARKS.bar} ", "$muted")
        pairs = zip_longest(yours, theirs, fillvalue=Content())
        return [
            Content(),
            *(one.pad_right(half - one.cell_length) + bar + other for one, other in pairs),
        ]
    yours = drawn(pictures.yours, f"{YOURS}{moment}", width, reverse=reverse)
    theirs = drawn(pictures.pythons, pythons, width, reverse=reverse)
    return [Content(), *yours, Content(), *theirs]


def drawn(cells: Cells, title: str, width: int, *, reverse: bool) -> list[Content]:
    """A diagram under its title."""
    heading = hang(Content.styled(title, "bold $muted"), width)
    lines = DrawnLines(Drawing(picture(cells), width, STROKES), heading, reverse=reverse)
    return [lines.line(number) for number in range(len(lines))]
