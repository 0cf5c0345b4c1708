"""What there is to read of the exercise in view: task, hints, lesson, solution."""

from __future__ import annotations

from tutor.ui.answer.run_panel import RunPanel
from tutor.ui.answer.typing import Typing
from tutor.ui.exercise.course_state import CourseState
from tutor.ui.exercise.task import ReadingPane, TaskPane
from tutor.ui.pages.solution_screen import SolutionScreen
from tutor.ui.screens.pane_screen import PaneScreen
from tutor.ui.tabs import Tab


class Reading:
    """Brings it into sight."""

    def __init__(
        self,
        screen: PaneScreen,
        course_state: CourseState,
        panel: RunPanel,
        typing: Typing,
    ) -> None:
        self.screen = screen
        self.course_state = course_state
        self.panel = panel
        self.typing = typing

    @property
    def pane(self) -> ReadingPane:
        """Where task and lesson are."""
        return self.screen.query_one(TaskPane) if self.screen.wide else self.panel

    def show_hint(self, number: int | None = None) -> None:
        """Show a hint, the next one if none is named, and those before it."""
        if not self.course_state.exercise.hints:
            self.screen.tell("There are no hints here: nothing is asked.")
            return
        number = number or self.course_state.exercise_view.hints + 1
        self.course_state.open_hints(number)
        self.screen.bring(self.pane)
        self.pane.show_newest()
        self.pane.task_text.show_hint(number)

    def read_on(self) -> None:
        """Show the task, then the lesson, then what was there before."""
        pane = self.pane
        self.screen.bring(pane)
        pane.read_on()
        # There is more to read of what explains it than fits; the arrows are for that.
        explained = pane.tab is Tab.TASK and self.course_state.exercise_view.passed
        (pane if explained or pane.tab is Tab.LESSON else self.typing.answer_pane).take_focus()

    def show_solution(self) -> None:
        """Show a right answer, after a warning."""
        if not self.course_state.exercise.solution:
            self.screen.tell("There is no solution here: nothing is asked.")
            return
        state = self.course_state
        self.screen.app.push_screen(SolutionScreen(state.exercise, state.save_shown))
