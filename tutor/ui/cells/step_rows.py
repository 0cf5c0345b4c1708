"""The changes of the cell that is followed, a row each, around the step in view."""

from __future__ import annotations

from bisect import bisect_left, insort

from textual.content import Content
from textual.widget import Widget

from tutor.text import columns
from tutor.ui.cells.step_text import note
from tutor.ui.kit.marks import MARKS
from tutor.views.timeline import Timeline

ROWS = 7


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
        if not here:
            return row
        style = "reverse" if self.app.no_color else "on $step-line"
        return row.pad_right(max(0, width - row.cell_length)).stylize_before(style)

    def render(self) -> Content:
        return self.rows
