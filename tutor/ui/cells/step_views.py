"""Beside the cells of a step: the code around its line, and the changes around it, a row each."""

from __future__ import annotations

from bisect import bisect_left, insort

from textual.content import Content
from textual.widget import Widget

from tutor.text import columns, visible
from tutor.ui.cells.step_text import note
from tutor.ui.kit.highlighting import Highlighting
from tutor.ui.kit.marks import MARKS
from tutor.views.timeline import Timeline

MOST_LINES = 2_000
"""Lines whose colours are found at one time, in 0.2 s; what lies below has none before the next."""
ROWS = 7


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
        return _step_line(self, line.truncate(width, ellipsis=True), width)


class StepRows(Widget):
    """Some rows, that of the step in view among them and marked."""

    DEFAULT_CSS = """
    StepRows {
        display: none;
        padding: 0 0 1 1;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows = Content()

    def show(self, timeline: Timeline, followed: str, step: int, width: int) -> None:
        """Show the changes of a cell around a step."""
        changes = timeline.changes_of(followed)
        place = bisect_left(changes, step)
        near = [*changes[max(0, place - ROWS) : place + ROWS]]
        if step and step not in near:
            insort(near, step)
        first = max(0, min(bisect_left(near, step) - ROWS // 2, len(near) - ROWS))
        near = near[first : first + ROWS]
        digits = len(f"{len(timeline):,}")
        steps = timeline.recording.steps
        lines = max((len(f"{steps[each - 1].line:,}") for each in near), default=0)
        self.rows = Content("\n").join(
            [self.row(timeline, each, each == step, digits, lines, width) for each in near]
        )
        # As many for every step: so what is under them stays where it is.
        self.styles.height = min(ROWS, len(changes) + 1) + 1
        self.refresh()

    def row(
        self, timeline: Timeline, number: int, here: bool, digits: int, lines: int, width: int
    ) -> Content:
        """`22  line 24  A  1 → 2  increment`."""
        step = timeline.recording.steps[number - 1]
        where = f"line {step.line:>{lines},}" if step.line else " " * (lines + 5)
        row = Content.assemble(
            (MARKS.closed if here else " ", "bold $accent"),
            (f"{number:>{digits},}", "bold" if here else "$muted"),
            f"  {where}  ",
            note(timeline, step),
        )
        name = timeline.writer(step) or ""
        if columns(name) <= width - row.cell_length - 2:
            row = Content.assemble(row, "  ", (name, "$muted"))
        row = row.truncate(width, ellipsis=True)
        return _step_line(self, row, width) if here else row

    def render(self) -> Content:
        return self.rows


def _step_line(widget: Widget, line: Content, width: int) -> Content:
    """A line on the ground of the step in view."""
    style = "reverse" if widget.app.no_color else "on $step-line"
    return line.pad_right(max(0, width - line.cell_length)).stylize_before(style)
