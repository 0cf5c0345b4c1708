"""Asking the recording about the chosen cell: who wrote it, when was it a value, where was it made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from tutor.protocol.views import Cells, CellView, RecordedCell
from tutor.text import NAME_COLUMNS, one_line
from tutor.ui.cells.cell_list import CellList
from tutor.ui.cells.set_line import Experiment
from tutor.ui.cells.timeline_view import TimelineView
from tutor.ui.kit.pane import Pane
from tutor.ui.tabs import Tab
from tutor.views.asked_value import NotALiteral, literal
from tutor.views.questions import UnknownCell

NO_RECORDING = "There is no timeline to ask: nothing was recorded."
NOT_OF_THE_PROMPT = " What was done at the prompt is not recorded."
NO_CELL = "There is no cell to ask about."


class AskingPane(Pane):
    """A pane of cells, of which one is chosen, and of their timeline."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "who", "Who wrote"),
        Binding("equals_sign", "when", "When"),
        Binding("m", "made", "Made"),
    ]

    cells: Cells | None
    told: tuple[Cells | None, Cells | None]
    view: CellList
    timeline: TimelineView
    experiment: Experiment

    def refresh_hint(self) -> None:
        """Say what can be done with the chosen cell."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("who", "when", "made"):
            some = self.view.chosen is not None or bool(self.timeline.followed)
            return self.tab is not Tab.NAMES and self.cells is not None and some
        return super().check_action(action, parameters)

    @property
    def label_to_ask(self) -> str:
        """The label of the chosen cell; empty if nothing can be asked about it, and the learner is told."""
        chosen = self.view.chosen.label if self.view.chosen else ""
        label = self.timeline.followed if self.tab is Tab.TIMELINE else chosen
        if Tab.TIMELINE not in self.tabs:
            self.notify(NO_RECORDING, markup=False)
            return ""
        if not label:
            self.notify(NO_CELL, markup=False)
        return label

    def action_who(self) -> None:
        self.ask_recording(self.label_to_ask, self.timeline.ask_who)

    def action_made(self) -> None:
        self.ask_recording(self.label_to_ask, self.timeline.ask_made)

    def action_when(self) -> None:
        """Ask for a literal; the one that was asked for last stands there already."""
        if label := self.label_to_ask:
            self.ask_literal(label, self.timeline.literal)

    def ask_literal(self, label: str, text: str) -> None:
        """Have a literal typed, in place of this one."""
        self.experiment.open(label, f"{self.title_of_cell(label)} == ", self.ask_when, text)
        self.refresh_hint()

    def ask_when(self, text: str) -> None:
        """Ask when the cell became this literal."""
        label = self.experiment.cell
        self.timeline.literal = text
        try:
            asked = literal(text)
        except NotALiteral as error:
            self.notify(str(error), markup=False)
            self.ask_literal(label, text)
            return
        self.ask_recording(label, partial(self.timeline.ask_when, asked))

    def ask_recording(self, label: str, ask: Callable[[str, str], None]) -> None:
        """Have a question answered, and show the timeline, where the answer is.

        What the list shows is after all steps, and after what was asked at the prompt.
        """
        if not label:
            return
        _, before_prompt = self.told
        elsewhere = self.tab is not Tab.TIMELINE
        if elsewhere:
            self.timeline.go_to_end()
        try:
            ask(label, NOT_OF_THE_PROMPT if elsewhere and before_prompt else "")
        except UnknownCell as error:
            self.notify(str(error), markup=False)
        else:
            self.tab = Tab.TIMELINE

    def title_of_cell(self, label: str) -> str:
        """How a cell is called: `A (count)`."""
        shown = self.cells.cells if self.cells else ()
        recorded = self.timeline.timeline.cell(label)
        cell = next((each for each in shown if each.label == label), recorded)
        return title(cell) if cell else label


def title(cell: CellView | RecordedCell) -> str:
    """How a cell is called: `A (count)`."""
    return f"{cell.label} ({one_line(cell.name, NAME_COLUMNS)})"
