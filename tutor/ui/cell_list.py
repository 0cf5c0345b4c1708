"""The list of the cells, in which the learner chooses one."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive

from tutor.ui.cell_text import CellText, Memo, Place
from tutor.ui.marks import MARKS
from tutor.ui.pane import Pane
from tutor.ui.text_view import TextView, hang
from tutor.worker.messages import Cells, CellView

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
        self.places: list[Place] = []
        self.memo: Memo = {}

    def show(self, cells: Cells | None, before: Cells | None) -> None:
        """Show the cells of a moment, and against an earlier one what changed."""
        self.cells, self.before = cells, before
        self.reflow()

    @property
    def chosen(self) -> CellView | None:
        """The cell that is chosen."""
        if self.cells is None or not self.places:
            return None
        label = self.places[self.place].label
        return next(cell for cell in self.cells.cells if cell.label == label)

    def watch_place(self) -> None:
        self.keep_in_sight()
        self.refresh()

    def reflow(self) -> None:
        super().reflow()
        if self.pane_has_focus:
            self.keep_in_sight()

    def choose(self, label: str) -> None:
        """Choose a cell, if it is there."""
        number = self.place_of(label)
        if number is not None:
            self.place = number

    def bring(self, label: str) -> None:
        """Scroll to a cell, if it is there."""
        number = self.place_of(label)
        if number is not None:
            self.scroll_to_place(number)

    def place_of(self, label: str) -> int | None:
        """The first place of a cell."""
        return next((n for n, each in enumerate(self.places) if each.label == label), None)

    def keep_in_sight(self) -> None:
        """Scroll to the chosen cell."""
        if self.places:
            self.scroll_to_place(self.place)

    def scroll_to_place(self, number: int) -> None:
        place = self.places[number]
        self.scroll_to_region(Region(0, place.line, 1, place.rows), animate=False)

    def action_choose(self, step: int) -> None:
        """The cell above or below; past the last one, the text."""
        if 0 <= self.place + step < len(self.places):
            self.place += step
        else:
            self.scroll_relative(y=step, animate=False)

    def lines(self, width: int) -> list[Content]:
        label = self.places[self.place].label if self.places else None
        self.places = []
        if self.cells is None:
            return hang(Content.styled(NOTHING_YET, "$muted"), width)
        text = CellText(self.cells, self.before, width, self.memo)
        self.places = text.places
        labels = [place.label for place in self.places]
        if labels[self.place : self.place + 1] != [label]:
            self.set_reactive(CellList.place, labels.index(label) if label in labels else 0)
        return text.shown

    def line_at(self, index: int) -> Content:
        line = super().line_at(index)
        if not (self.places and self.places[self.place].line == index and self.pane_has_focus):
            return line
        return Content.assemble(MARKS.closed, line[1:]).stylize(
            "$block-cursor-foreground on $block-cursor-background"
        )

    @property
    def pane_has_focus(self) -> bool:
        """Whether the learner is in this pane."""
        return any(isinstance(each, Pane) and each.has_focus_within for each in self.ancestors)
