"""The tutor's screen: its panes, the exercise in view and its answer, and what the keys do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.getters import query_one
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import TextArea

from tutor.course.model import Course, Exercise
from tutor.grading.kinds import kind_of
from tutor.session import Session
from tutor.state.progress import Progress
from tutor.ui.answer.changed import AnswerChanged
from tutor.ui.answer.code import CodePane
from tutor.ui.answer.kinds import AnswerWidget
from tutor.ui.answer.run_panel import RunPanel
from tutor.ui.cells.cells_pane import CellInspector
from tutor.ui.exercise.course_state import CourseState
from tutor.ui.exercise.task import ReadingPane, TaskPane
from tutor.ui.exercise.title_bar import TitleBar
from tutor.ui.exercise.tree import CourseTree, ExerciseTree
from tutor.ui.keys.actions import KEYS
from tutor.ui.keys.bar import KeyBar
from tutor.ui.kit.pane import Pane
from tutor.ui.screens.help_screen import HelpScreen
from tutor.ui.screens.run_screen import RunScreen
from tutor.ui.screens.solution_screen import SolutionScreen
from tutor.ui.tabs import Tab

DRAFT_PAUSE = 0.5
"""Seconds without a key after which what was typed is saved."""
WIDE = 120
"""Columns from which on the tree, the task and the cells have places of their own."""


class MainScreen(RunScreen):
    """Exercises, task, editor, run panel and cells."""

    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide"), (160, "-roomy")]  # noqa: RUF012

    wide: reactive[bool] = reactive(False)
    keys: Mapping[str, str] = MappingProxyType({})
    """The keys in force, for the help."""

    task_pane = query_one(TaskPane)
    drawer_pane = query_one(ExerciseTree)

    def __init__(
        self, course: Course, progress: Progress, session: Session, first: Exercise, notice: str
    ) -> None:
        super().__init__(CourseState(course, progress, first, self.tell), session)
        self.notice = notice
        self.pause: Timer | None = None
        self.warned = False
        """Whether the learner was told that quitting loses work."""

    def compose(self) -> ComposeResult:
        # Else the first frame knows no breakpoint: all panes one over the other.
        self.add_class("-wide" if self.app.size.width >= WIDE else "-narrow")
        yield TitleBar().data_bind(MainScreen.exercise_view, MainScreen.states)
        with Container(id="body"):
            yield ExerciseTree(self.course_state.course).data_bind(
                MainScreen.exercise_view, MainScreen.states
            )
            yield TaskPane().data_bind(MainScreen.exercise_view)
            yield CodePane()
            yield RunPanel().data_bind(MainScreen.exercise_view, MainScreen.wide)
            yield CellInspector()
        yield KeyBar()

    def on_mount(self) -> None:
        for notice in filter(None, (self.notice, self.course_state.progress.notice)):
            self.tell(notice)
        self.open_exercise(self.course_state.exercise)
        self.call_after_refresh(self.warm_up)

    def on_resize(self) -> None:
        self.wide = self.size.width >= WIDE

    def watch_wide(self, wide: bool) -> None:
        """A pane that goes out of sight gives the focus back."""
        self.drawer = False
        gone = [self.drawer_pane, self.task_pane, *([] if self.attempted else [self.inspector])]
        if not wide and self.pane_in_focus in gone:
            self.bring(self.answer_pane)
            self.answer_pane.take_focus()

    # The exercise in view, and its answer.

    def open_exercise(self, exercise: Exercise) -> None:
        """Show an exercise as the learner left it."""
        answer = self.course_state.open(exercise)
        self.code.open(exercise, answer)
        self.run_panel.open(exercise, answer)
        self.attempted = self.running = self.drawer = False
        self.forget_run()
        self.inspector.open(names_first=self.names_offered)
        self.run_panel.names.forget()
        self.refresh_record()
        self.answer_pane.take_focus()
        # Once it is in sight: a child's start and a slow disk must not keep it away.
        self.call_after_refresh(self.read_names)
        self.call_after_refresh(self.course_state.save_place)

    @on(CourseTree.Chosen)
    def choose(self, message: CourseTree.Chosen) -> None:
        self.go_to(message.exercise)

    def go_to(self, exercise: Exercise) -> None:
        """Leave the exercise in view for another."""
        self.save_draft()
        self.end_program()
        self.minimize()
        self.open_exercise(exercise)

    @property
    def answer_widget(self) -> AnswerWidget:
        """Where the learner answers."""
        return self.run_panel.answer_widget or self.code

    @property
    def answer_pane(self) -> Pane:
        """The pane of that."""
        return self.run_panel if self.run_panel.answer_widget else self.code

    @property
    def answer(self) -> str:
        """The learner's answer as it stands."""
        return self.answer_widget.answer

    @on(TextArea.Changed)
    @on(AnswerChanged)
    def await_pause(self) -> None:
        """Save the answer once the learner pauses."""
        if self.pause:
            self.pause.stop()
        self.pause = self.set_timer(DRAFT_PAUSE, self.save_draft)

    def save_draft(self) -> None:
        """Keep the answer as it stands."""
        self.course_state.save_draft(self.answer)
        self.refresh_record()

    # Actions: see keys.py for the key of each.

    def action_run(self) -> None:
        self.in_turn(self.start_run)

    def start_run(self) -> None:
        """Run the answer as it stands."""
        if not self.answer.strip():
            self.tell(f"{kind_of(self.course_state.exercise).call} first, then run it.")
            return
        self.save_draft()
        self.bring(self.run_panel)
        self.attempted = self.running = True
        self.forget_run()
        self.inspector.offer(Tab.NAMES, True)
        self.run_panel.start()
        self.run_answer(self.answer)

    def action_hint(self) -> None:
        self.course_state.open_hint()
        self.refresh_record()
        self.bring(self.reading_pane)
        self.reading_pane.show_newest()

    def action_next_exercise(self) -> None:
        self.in_turn(self.go_on)

    def action_quit(self) -> None:
        self.in_turn(self.leave)

    async def leave(self) -> None:
        """Quit; the first time not, if work would be lost."""
        self.save_draft()
        if self.course_state.progress.work_unsaved and not self.warned:
            self.warned = True
            self.tell(f"{self.course_state.told} F10 again leaves without it.")
        else:
            await self.app.action_quit()

    def go_on(self) -> None:
        """Go to the next exercise."""
        if following := self.course_state.next_exercise:
            self.go_to(following)
        else:
            self.tell("This is the last exercise.")

    def action_exercises(self) -> None:
        if self.wide:
            self.bring(self.drawer_pane)
            self.drawer_pane.take_focus()
        else:
            self.drawer = not self.drawer

    @property
    def reading_pane(self) -> ReadingPane:
        """Where task and lesson are."""
        return self.task_pane if self.wide else self.run_panel

    def action_task(self) -> None:
        pane = self.reading_pane
        self.bring(pane)
        pane.read_on()
        # There is more to read of what explains it than fits; the arrows are for that.
        explained = pane.tab is Tab.TASK and self.course_state.exercise_view.passed
        (pane if explained or pane.tab is Tab.LESSON else self.answer_pane).take_focus()

    async def action_redraw(self) -> None:
        await self.app.run_action("redraw", self.app)

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.keys))

    def action_solution(self) -> None:
        self.app.push_screen(SolutionScreen(self.course_state.exercise, self.mark_shown))

    def mark_shown(self) -> None:
        """The learner has seen the solution."""
        self.course_state.save_shown()
        self.refresh_record()

    def action_start_over(self) -> None:
        """The answer as the exercise begins."""
        self.answer_widget.start_over()
