"""The model solution, on request: a page of its own, so that no draft is ever written over."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen

from tutor.course.model import Exercise
from tutor.grading.kinds import kind_of
from tutor.text import visible
from tutor.ui.kit.highlighting import highlighted
from tutor.ui.kit.markdown import render
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.pane import ClosesOnce, Page
from tutor.ui.kit.text_view import TextView
from tutor.ui.tabs import Tab

WARNING = f"""
Seeing the solution is no failure, but finding it teaches more. The hints on F12 may be enough.

The exercise is marked {MARKS.shown} until you pass it. What you typed stays as it is.

**Enter** shows the solution. **Escape** goes back.
"""


class SolutionScreen(ClosesOnce, ModalScreen[None]):
    """First a warning, and after Enter the solution."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", show=False),
        Binding("enter", "show", "Show the solution", show=False),
    ]

    def __init__(self, exercise: Exercise, on_show: Callable[[], None]) -> None:
        super().__init__()
        self.text = SolutionText(exercise)
        self.on_show_solution = on_show

    def compose(self) -> ComposeResult:
        yield Page({Tab.SOLUTION: self.text})

    def action_show(self) -> None:
        if not self.text.open:
            self.text.open = True
            self.on_show_solution()


class SolutionText(TextView):
    """The warning, then the solution."""

    open: reactive[bool] = reactive(False)

    def __init__(self, exercise: Exercise) -> None:
        super().__init__()
        self.exercise = exercise

    def watch_open(self) -> None:
        self.reflow()

    def lines(self, width: int) -> list[Content]:
        if not self.open:
            return render(WARNING, width)
        solution = visible(self.exercise.solution.rstrip("\n"))
        if kind_of(self.exercise).is_program:
            return highlighted(solution)
        return [Content(line) for line in solution.split("\n")]
