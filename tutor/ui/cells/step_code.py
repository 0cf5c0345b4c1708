"""The code around the line of a step, where the timeline has the screen to itself."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from tutor.text import visible
from tutor.ui.kit.highlighting import Highlighting
from tutor.ui.kit.marks import MARKS

MOST_LINES = 2_000
"""Lines whose colours are found at one time, in 0.2 s; what lies below has none before the next."""


class StepCode(Widget):
    """Some lines of the program as it ran, the line of the step in the middle and marked."""

    DEFAULT_CSS = """
    StepCode {
        display: none;
        height: 2fr;
        max-height: 15;
        background: $background;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.code: list[str] = []
        self.highlighting = Highlighting()
        self.line = 0
        """From 1; 0 for none, or if it is not known."""
        self.note = Content()

    def open(self, source: str) -> None:
        """Show another program."""
        self.code = visible(source).split("\n")
        self.styles.max_height = min(15, len(self.code))
        self.highlighting = Highlighting()
        self.refresh()

    def mark(self, line: int, note: Content) -> None:
        """Show the lines around this one; one that is not known leaves them in sight."""
        self.line, self.note = line, note
        self.refresh()

    def render(self) -> Content:
        width, height = self.size
        rest = max(0, len(self.code) - height)
        top = max(0, min(self.line - 1 - height // 2, rest)) if self.line else 0
        rows = range(top, min(top + height, len(self.code)))
        self.highlighting.update(self.code)
        coloured = self.highlighting.reach(top + height, MOST_LINES)
        return Content("\n").join([self.row(number, width, coloured) for number in rows])

    def row(self, number: int, width: int, coloured: bool) -> Content:
        """A line with its number; that of the step with its mark, its ground and what it did."""
        here = number + 1 == self.line
        digits = len(str(len(self.code)))
        gutter = f" {number + 1:>{digits}} {MARKS.closed if here else ' '} "
        code = Content(self.code[number])
        if coloured:
            for start, end, colour in self.highlighting.line(number):
                bold = "bold " if colour == "keyword" else ""
                code = code.stylize(f"{bold}$code-{colour}", start, end)
        line = Content.styled(gutter, "bold" if here else "$muted") + code
        if not here:
            return line.truncate(width, ellipsis=True)
        room = width - line.cell_length - 2
        if self.note.cell_length <= room:
            line = line.pad_right(room + 1 - self.note.cell_length) + self.note
        line = line.truncate(width, ellipsis=True)
        style = "reverse" if self.app.no_color else "on $step-line"
        return line.pad_right(width - line.cell_length).stylize_before(style)
