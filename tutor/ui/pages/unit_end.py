"""The end of a unit, told before F8 leaves it: passed, first tries, what is open, what comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from tutor.course.model import Exercise
from tutor.text import visible
from tutor.ui.exercise.ahead import Ahead
from tutor.ui.kit.pane import LEAVE, ClosesOnce, Page
from tutor.ui.kit.text_view import TextView, hang
from tutor.ui.tabs import Tab

LEAD = 14
"""Columns of the words at the left."""
IN_VIEW = ", which is in view"
DONE = "nothing: the unit is done"
NOWHERE = "nothing more; F2 opens any exercise again"


class UnitEndScreen(ClosesOnce, ModalScreen[None]):
    """A page over the screen: nothing below it moves, and Escape leaves all as it is."""

    DEFAULT_CSS = """
    UnitEndScreen {
        background: $surface;
        color: $foreground;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close", show=False),
        Binding("enter", "go_on", "Go on", show=False),
        Binding("f8,ctrl+n", "go_on", "Go on", show=False, id="next_exercise"),
    ]

    def __init__(self, ahead: Ahead, go_to: Callable[[Exercise], None]) -> None:
        super().__init__()
        self.ahead = ahead
        self.go_to = go_to

    def compose(self) -> ComposeResult:
        yield Page({Tab.UNIT_END: UnitEndText(self.ahead)}, note=LEAVE)

    def action_go_on(self) -> None:
        if self.is_current:
            self.dismiss()
            if self.ahead.following:
                self.go_to(self.ahead.following)


class UnitEndText(TextView):
    """What the page says."""

    def __init__(self, ahead: Ahead) -> None:
        super().__init__()
        self.ahead = ahead

    def lines(self, width: int) -> list[Content]:
        unit = self.ahead.unit
        heading = f"{unit.number} {visible(unit.title, keep_newlines=False)}"
        shown = [Content(), *hang(Content.styled(heading, "bold $accent"), width), Content()]
        for word, facts in self.facts():
            lead = Content.styled(f"{word:{LEAD}}", "$muted")
            for fact in facts:
                shown += hang(fact, width, lead, " " * LEAD)
                lead = Content(" " * LEAD)
            shown.append(Content())
        return shown

    def facts(self) -> Iterator[tuple[str, list[Content]]]:
        """What is told, a word at the left of each."""
        ahead = self.ahead
        unit = ahead.unit
        passed, tries = ahead.passed_in(unit), ahead.first_tries_in(unit)
        count = Content.styled(f"{passed} of {len(unit.exercises)}", "bold")
        yield "Passed", [count + (f", {tries} at the first try" if passed else "")]
        left = ahead.open_in(unit)
        yield "Still open", [*map(self.still_open, left)] or [Content(DONE)]
        if others := [each for each in ahead.open if each not in left]:
            yield "Elsewhere", [Content(ahead.still_open(others))]
        yield "What comes", [self.what_comes]

    def still_open(self, exercise: Exercise) -> Content:
        """An exercise that is not passed; of the one in view that it is."""
        in_view = exercise.id == self.ahead.exercise.id
        return Content(self.ahead.name(exercise)) + Content(IN_VIEW * in_view)

    @property
    def what_comes(self) -> Content:
        """Where F8 goes."""
        if following := self.ahead.following:
            return Content.assemble(("F8", "bold $accent"), f"  {self.ahead.name(following)}")
        return Content(NOWHERE if self.ahead.open else f"{self.ahead.all_done} F2 opens any again.")
