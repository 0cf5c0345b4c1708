"""The cells as a diagram: functions left, cells in the middle, values right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from tutor.protocol.views import Cells
from tutor.text import columns
from tutor.ui.cells.cell_list import NOTHING_YET
from tutor.ui.cells.cell_text import NO_FUNCTIONS
from tutor.ui.kit.marks import ASCII, MARKS
from tutor.ui.kit.text_view import LazyLines, TextView, hang
from tutor.views.picture import ASCII as ASCII_LINES
from tutor.views.picture import LINES, Line, as_lines, picture


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
    ]

    cells: reactive[Cells | None] = reactive(None)

    def watch_cells(self) -> None:
        self.reflow()

    def lines(self, width: int) -> Sequence[Content]:
        if self.cells is None or not self.cells.functions:
            said = NOTHING_YET if self.cells is None else NO_FUNCTIONS
            return hang(Content.styled(said, "$muted"), width)
        strokes = ASCII_LINES if MARKS is ASCII else LINES
        return Drawing(as_lines(picture(self.cells), width, strokes))

    def resize_text(self) -> None:
        width = self.shown.width if isinstance(self.shown, Drawing) else 0
        self.virtual_size = Size(width, len(self.shown))
        if width <= self.scrollable_content_region.width:
            self.scroll_to(x=0, animate=False)
        # A bar is there or not by the room that there is now.
        self.refresh(layout=True)

    def action_sideways(self, columns: int) -> None:
        self.scroll_relative(x=columns, animate=False)

    def render_line(self, y: int) -> Strip:
        left, top = self.scroll_offset
        width = self.scrollable_content_region.width
        line = self.line_at(top + y)
        strips = Visual.to_strips(self, line, left + width, 1, self.visual_style, pad=True)
        return strips[0].crop(left, left + width) if strips else Strip.blank(width)


class Drawing(LazyLines):
    """The picture, the parts of its lines as they look in the list."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.width = max(columns("".join(line)) for line in lines)

    def __len__(self) -> int:
        return len(self.lines)

    def line(self, index: int) -> Content:
        function, strokes, label, contents = self.lines[index]
        return Content.assemble(
            (function, "bold"),
            strokes,
            (label, "bold $cell"),
            contents if label else (contents, "$muted"),
        )
