"""The tutor's screen: it owns the state, hands it down, and acts on what comes up."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.getters import query_one
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import TextArea

from tutor.attempt import attempt
from tutor.course.grading import Verdict
from tutor.course.model import Course, Exercise, Kind
from tutor.progress import ExerciseState, Progress
from tutor.session import NoProgram, PythonUnusable, Session
from tutor.ui.brief import Brief
from tutor.ui.cell_inspector import CellInspector
from tutor.ui.classify_table import ClassifyTable
from tutor.ui.editor import CodePane
from tutor.ui.exercise_tree import CourseTree, ExerciseTree
from tutor.ui.help_screen import HelpScreen
from tutor.ui.key_bar import KeyBar
from tutor.ui.keys import KEYS
from tutor.ui.learner import Learner
from tutor.ui.pane import Pane, Tab
from tutor.ui.pane_screen import PaneScreen
from tutor.ui.prompt import PromptInput, PromptState
from tutor.ui.run_panel import RunPanel
from tutor.ui.solution_screen import SolutionScreen
from tutor.ui.task_pane import ReadingPane, TaskPane
from tutor.ui.title_bar import TitleBar
from tutor.worker.messages import Cells, Finished, InputWanted, Output, Report

DRAFT_PAUSE = 0.5
"""Seconds without a key after which what was typed is saved."""
WIDE = 120
"""Columns from which on the tree, the task and the cells have places of their own."""


class MainScreen(PaneScreen):
    """Exercises, task, editor, run panel and cells."""

    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide"), (160, "-roomy")]  # noqa: RUF012

    brief: reactive[Brief | None] = reactive(None)
    """The exercise in view, with what the learner may see of it."""
    states: reactive[dict[str, ExerciseState]] = reactive(dict[str, ExerciseState])
    """How far every exercise is."""
    running: reactive[bool] = reactive(False, bindings=True)
    attempted: reactive[bool] = reactive(False, toggle_class="-attempted")
    """Whether the exercise was run since it was opened: then the cells are in sight."""
    wide: reactive[bool] = reactive(False)

    code = query_one(CodePane)
    run_panel = query_one(RunPanel)
    inspector = query_one(CellInspector)
    task_pane = query_one(TaskPane)
    drawer_pane = query_one(ExerciseTree)

    def __init__(
        self, course: Course, progress: Progress, session: Session, first: Exercise, notice: str
    ) -> None:
        super().__init__()
        self.learner = Learner(course, progress, first, self.tell)
        self.notice = notice
        self.session = session
        self.pause: Timer | None = None

    def compose(self) -> ComposeResult:
        # Else the first frame knows no breakpoint: all panes one over the other.
        self.add_class("-wide" if self.app.size.width >= WIDE else "-narrow")
        yield TitleBar().data_bind(MainScreen.brief, MainScreen.states)
        with Container(id="body"):
            yield ExerciseTree(self.learner.course).data_bind(MainScreen.brief, MainScreen.states)
            yield TaskPane().data_bind(MainScreen.brief)
            yield CodePane()
            yield RunPanel().data_bind(MainScreen.brief, MainScreen.wide)
            yield CellInspector()
        yield KeyBar()

    def on_mount(self) -> None:
        for notice in filter(None, (self.notice, self.learner.progress.notice)):
            self.tell(notice)
        self.open_exercise(self.learner.exercise)
        self.warm_up()

    def on_resize(self) -> None:
        self.wide = self.size.width >= WIDE

    # The exercise in view, and its answer.

    def open_exercise(self, exercise: Exercise) -> None:
        """Show an exercise as the learner left it."""
        answer = self.learner.open(exercise)
        in_code = exercise.kind.answers_in_code
        self.code.open(answer if in_code else exercise.starter, read_only=not in_code)
        self.run_panel.open(exercise, answer)
        self.inspector.show(None)
        self.attempted = self.running = self.drawer = False
        self.refresh_record()
        self.answer_pane.take_focus()

    @on(CourseTree.Chosen)
    def choose(self, message: CourseTree.Chosen) -> None:
        self.go_to(message.exercise)

    def go_to(self, exercise: Exercise) -> None:
        """Leave the exercise in view for another."""
        self.save_draft()
        self.end_program()
        self.open_exercise(exercise)

    def refresh_record(self) -> None:
        """Show what is now known of the learner."""
        self.states = self.learner.states
        self.brief = self.learner.brief

    @property
    def answer_pane(self) -> Pane:
        """Where the learner answers."""
        return self.code if self.learner.exercise.kind.answers_in_code else self.run_panel

    @property
    def answer(self) -> str:
        """The learner's answer as it stands."""
        match self.learner.exercise.kind:
            case Kind.PREDICT:
                return self.run_panel.prediction.answer
            case Kind.CLASSIFY:
                return self.run_panel.labels.answer
            case _:
                return self.code.editor.text

    @on(TextArea.Changed)
    @on(ClassifyTable.Changed)
    def await_pause(self) -> None:
        """Save the answer once the learner pauses."""
        if self.pause:
            self.pause.stop()
        self.pause = self.set_timer(DRAFT_PAUSE, self.save_draft)

    def save_draft(self) -> None:
        """Keep the answer as it stands."""
        self.learner.save_draft(self.answer)
        self.refresh_record()

    # Runs.

    @work
    async def warm_up(self) -> None:
        """Have a child ready before the first run."""
        try:
            await self.session.warm()
        except PythonUnusable as error:
            self.tell(str(error))

    @work(exclusive=True, group="run")
    async def end_program(self) -> None:
        """Leave nothing running of the exercise before."""
        await self.session.reset()

    @work(exclusive=True, group="run")
    async def run_answer(self, answer: str) -> None:
        """One attempt: each report goes to the widget that shows it."""
        try:
            async for report in attempt(self.session, self.learner.exercise, answer):
                self.show(report)
                if isinstance(report, Finished) and report.failure and report.failure.line:
                    self.code.editor.point_at(report.failure.line)
        except PythonUnusable as error:
            self.running = False
            self.run_panel.complain(str(error))

    @work(exclusive=True, group="run")
    async def evaluate(self, text: str) -> None:
        """Ask the finished program; the cells show what that changed."""
        before = self.inspector.cells
        try:
            async for report in self.session.evaluate(text):
                self.show(report, before)
        except NoProgram as error:
            self.running = False
            self.run_panel.complain(str(error))

    def show(self, report: Report | Verdict, before: Cells | None = None) -> None:
        """Hand a report to the widget that shows it; checks and labels come with the verdict."""
        match report:
            case Output():
                self.run_panel.print(report)
            case InputWanted():
                self.run_panel.want_input()
                self.run_panel.prompt.line.focus()
            case Cells():
                self.inspector.show(report, before)
            case Finished():
                self.running = False
                self.run_panel.finish(report)
            case Verdict():
                self.learner.save_attempt(report.passed)
                self.refresh_record()
                self.run_panel.judge(report)

    @on(PromptInput.Entered)
    def take_line(self, message: PromptInput.Entered) -> None:
        """A line was entered at the prompt: for the program's input(), or to be evaluated."""
        prompt = self.run_panel.prompt
        if prompt.state is PromptState.INPUT:
            self.run_panel.answer_input(message.text)
            self.session.send_input(None if message.text is None else message.text + "\n")
        elif prompt.state is PromptState.READY and message.text:
            self.run_panel.echo(message.text)
            self.running = True
            self.evaluate(message.text)

    # Actions: see keys.py for the key of each.

    def action_run(self) -> None:
        if not self.answer.strip():
            self.tell("There is nothing to hold against the program yet.")
            return
        self.save_draft()
        self.bring(self.run_panel)
        self.attempted = self.running = True
        self.inspector.show(None)
        self.run_panel.start()
        self.run_answer(self.answer)

    async def action_stop(self) -> None:
        await self.session.stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action == "stop":
            return self.running
        return action != "prompt" or self.run_panel.prompt.is_open

    def action_prompt(self) -> None:
        self.bring(self.run_panel)
        self.run_panel.tab = Tab.OUTPUT
        self.run_panel.prompt.line.focus()

    def action_hint(self) -> None:
        self.learner.open_hint()
        self.refresh_record()
        self.bring(self.reading_pane)
        self.reading_pane.show_newest()

    def action_next_exercise(self) -> None:
        if following := self.learner.next_exercise:
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
        (pane if pane.tab is Tab.LESSON else self.answer_pane).take_focus()

    def action_redraw(self) -> None:
        self.app.refresh(layout=True)

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen())

    def action_solution(self) -> None:
        self.app.push_screen(SolutionScreen(self.learner.exercise, self.mark_shown))

    def mark_shown(self) -> None:
        """The learner has seen the solution."""
        self.learner.save_shown()
        self.refresh_record()

    def action_start_over(self) -> None:
        """The starter again; undo brings the draft back."""
        if self.learner.exercise.kind.answers_in_code:
            self.code.editor.rewrite(self.learner.exercise.starter)
        else:
            self.run_panel.start_over()
