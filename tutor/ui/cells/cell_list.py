"""The list of the cells, in which the learner chooses one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive

from tutor.protocol.views import Cells, CellView
from tutor.ui.cells.cell_text import CellText
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.pane import Pane, chosen_style
from tutor.ui.kit.text_view import TextView, hang

NOTHING_YET = "After a run every function is here, and beside each of its free names the cell."


class CellList(TextView):
    """The functions one under the other; while the pane has the focus, one cell is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose(-1)", "Cell above", show=False),
        Binding("down", "choose(1)", "Cell below", show=False),
    ]

    place: reactive[int] = reactive(0, init=False)
    """Which of the places, where a free name stands beside its cell, is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: Cells | None = None
        self.before: Cells | None = None
        self.text: CellText | None = None

    def show(self, cells: Cells | None, before: Cells | None) -> None:
        """Show the cells of a moment, and against an earlier one what changed."""
        self.cells, self.before = cells, before
        self.reflow()

    @property
    def chosen(self) -> CellView | None:
        """The cell that is chosen."""
        if self.text is None or not self.text.labels:
            return None
        return self.text.cells[self.text.labels[self.place]]

    def watch_place(self) -> None:
        self.keep_in_sight()
        self.refresh()

    def resize_text(self) -> None:
        super().resize_text()
        if self.pane_has_focus:
            self.keep_in_sight()

    def choose(self, label: str) -> None:
        """Choose a cell, if it is there."""
        if self.text and label in self.text.first:
            self.place = self.text.first[label]

    def bring(self, label: str) -> None:
        """Scroll to a cell, if it is there."""
        if self.text and label in self.text.first:
            self.scroll_to_place(self.text.first[label])

    def keep_in_sight(self) -> None:
        """Scroll to the chosen cell."""
        if self.chosen:
            self.scroll_to_place(self.place)

    def scroll_to_place(self, number: int) -> None:
        """Bring a line that can be chosen in sight."""
        if self.text:
            place = self.text.place(number)
            self.scroll_to_region(Region(0, place.line, 1, place.rows), animate=False)

    def action_choose(self, step: int) -> None:
        """The cell above or below; past the last one, the text."""
        if self.text and 0 <= self.place + step < len(self.text.labels):
            self.place += step
        else:
            self.scroll_relative(y=step, animate=False)

    @property
    def line_in_focus(self) -> int:
        chosen = self.text.place(self.place).line if self.text and self.chosen else None
        return super().line_in_focus if chosen is None else chosen

    def lines(self, width: int) -> Sequence[Content]:
        chosen = self.chosen
        if self.cells is None:
            self.text = None
            return hang(Content.styled(NOTHING_YET, "$muted"), width)
        self.text = CellText(self.cells, self.before, width, self.text)
        there = self.text.labels[self.place : self.place + 1]
        if not chosen or there != [chosen.label]:
            first = self.text.first.get(chosen.label, 0) if chosen else 0
            self.set_reactive(CellList.place, first)
        return self.text

    def line_at(self, index: int) -> Content:
        line = super().line_at(index)
        if not (self.chosen and self.text and self.pane_has_focus):
            return line
        place = self.text.place(self.place)
        if not 0 <= index - place.line < place.rows:
            return line
        mark = MARKS.closed if index == place.line else " "
        return Content.assemble(mark, line[1:]).stylize(chosen_style(self.app))

    @property
    def pane_has_focus(self) -> bool:
        """Whether the learner is in this pane, and the tab is the one that has this list."""
        pane = next((each for each in self.ancestors if isinstance(each, Pane)), None)
        here = pane is not None and pane.bodies[pane.tab] in self.ancestors_with_self
        return here and pane is not None and pane.has_focus_within
