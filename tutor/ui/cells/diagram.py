"""The cells as a diagram: functions left, cells as boxes right, and wires between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.visual import Visual

from tutor.protocol.views import Cells
from tutor.ui.cells.cell_list import NOTHING_YET
from tutor.ui.cells.cell_text import NO_FUNCTIONS
from tutor.ui.cells.cell_value import filled_letter
from tutor.ui.kit.marks import ASCII, MARKS
from tutor.ui.kit.text_view import LazyLines, TextView, hang
from tutor.views.labels import hue
from tutor.views.picture import ASCII as ASCII_LINES
from tutor.views.picture import LINES, Drawing, Ink, Span, picture

NOTHING_TO_SAVE = "There is no diagram yet. F5 runs the program."
STROKES = ASCII_LINES if MARKS is ASCII else LINES
STYLES = {
    Ink.WAY: "bold",
    Ink.NAME: "",
    Ink.FACT: "$muted",
    Ink.WIRE: "{cell}",
    Ink.FRAME: "{cell} on {tint}",
    Ink.TITLE: "{cell} on {tint}",
    Ink.TYPE: "$muted on {tint}",
    Ink.OLD: "on {tint}",
    Ink.VALUE: "bold on {tint}",
    Ink.EMPTY: "italic $text-warning on {tint}",
}


class DiagramView(TextView):
    """Shows functions and cells as a drawing; `<` and `>` scroll it sideways."""

    DEFAULT_CSS = """
    DiagramView {
        overflow: auto auto;
        scrollbar-size: 1 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("less_than_sign,shift+left", "sideways(-8)", "To the left", show=False),
        Binding("greater_than_sign,shift+right", "sideways(8)", "To the right", show=False),
        Binding("s", "save", "Save"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.cells: Cells | None = None
        self.before: Cells | None = None
        self.moment = ""
        """Which moment is shown, if it is not the present."""

    def show(self, cells: Cells | None, before: Cells | None, moment: str = "") -> None:
        """Draw the cells of a moment, and against an earlier one what changed."""
        told = cells, before, moment
        if told != (self.cells, self.before, self.moment):
            self.cells, self.before, self.moment = told
            self.reflow()

    def lines(self, width: int) -> Sequence[Content]:
        if self.cells is None or not self.cells.functions:
            said = NOTHING_YET if self.cells is None else NO_FUNCTIONS
            return hang(Content.styled(said, "$muted"), width)
        drawing = Drawing(picture(self.cells, self.before), width, STROKES)
        above = hang(Content.styled(self.moment, "$muted"), width) if self.moment else []
        return DrawnLines(drawing, above, reverse=self.app.no_color)

    def resize_text(self) -> None:
        width = self.shown.width if isinstance(self.shown, DrawnLines) else 0
        self.virtual_size = Size(width, len(self.shown))
        if width <= self.scrollable_content_region.width:
            self.scroll_to(x=0, animate=False)
        # A bar is there or not by the room that there is now.
        self.refresh(layout=True)

    def action_save(self) -> None:
        """Write the picture into files, and say where."""
        # Not at start: a file is written once in a while.
        from tutor.ui.cells.saved_picture import save_picture

        if self.cells is None or not self.cells.functions:
            self.notify(NOTHING_TO_SAVE, markup=False)
        else:
            self.notify(save_picture(self.cells, self.before, STROKES), markup=False)

    def action_sideways(self, columns: int) -> None:
        self.scroll_relative(x=columns, animate=False)

    def render_line(self, y: int) -> Strip:
        left, top = self.scroll_offset
        width = self.scrollable_content_region.width
        line = self.line_at(top + y)
        strips = Visual.to_strips(self, line, left + width, 1, self.visual_style, pad=True)
        return strips[0].crop(left, left + width) if strips else Strip.blank(width)


class DrawnLines(LazyLines):
    """The lines of a drawing in colour, under what is said above it."""

    def __init__(self, drawing: Drawing, above: list[Content], *, reverse: bool) -> None:
        self.drawing = drawing
        self.above = above
        self.reverse = reverse
        """Whether what is filled is to be in reverse video."""
        self.width = max([drawing.width, *(line.cell_length for line in above)])

    def __len__(self) -> int:
        return len(self.above) + len(self.drawing)

    def line(self, index: int) -> Content:
        if index < len(self.above):
            return self.above[index]
        line = self.drawing.line(index - len(self.above))
        return Content.assemble(*map(self.styled, line))

    def styled(self, span: Span) -> tuple[str, str]:
        """A piece of a line in the colours of its cell."""
        text, ink, cell = span
        if ink is Ink.LETTER:
            return filled_letter(cell, reverse=self.reverse)
        colour = hue(cell) if cell else ""
        return text, STYLES[ink].format(cell=f"$cell-{colour}", tint=f"$tint-{colour}")
