"""The part of the screen that runs answers, asks the finished program, and shows what they report."""

from __future__ import annotations

import asyncio

from textual import on, work
from textual.getters import query_one
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import TextArea

from tutor.attempt import attempt
from tutor.grading.kinds import kind_of
from tutor.grading.verdict import Verdict
from tutor.protocol.messages import (
    Ask,
    Cells,
    Finished,
    InputWanted,
    Output,
    Question,
    Recording,
    Report,
    Unfolded,
)
from tutor.session import NoProgram, PythonUnusable, Session
from tutor.state.progress import ExerciseState
from tutor.state.settings import Settings
from tutor.text import one_line
from tutor.ui.answer.code import CodePane
from tutor.ui.answer.prompt import PromptState
from tutor.ui.answer.run_panel import RunPanel
from tutor.ui.cells.cells_pane import CellInspector
from tutor.ui.cells.timeline_view import TimelineView
from tutor.ui.exercise.course_state import CourseState
from tutor.ui.exercise.exercise_view import ExerciseView
from tutor.ui.kit.line_input import PromptInput
from tutor.ui.screens.pane_screen import PaneScreen
from tutor.ui.screens.value_screen import ValueScreen
from tutor.ui.tabs import Tab
from tutor.views.timeline import Timeline

NAMES_PAUSE = 0.3
"""Seconds without a key after which the names are read."""


class RunScreen(PaneScreen):
    """Owns the state of the exercise in view and of its program."""

    exercise_view: reactive[ExerciseView | None] = reactive(None)
    """The exercise in view, with what the learner may see of it."""
    states: reactive[dict[str, ExerciseState]] = reactive(dict[str, ExerciseState])
    """How far every exercise is."""
    running: reactive[bool] = reactive(False, bindings=True)
    attempted: reactive[bool] = reactive(False, toggle_class="-attempted")
    """Whether the exercise was run since it was opened: then the cells are in sight."""

    settings = Settings()
    """What a run may use, and whether it is recorded."""

    code = query_one(CodePane)
    run_panel = query_one(RunPanel)
    inspector = query_one(CellInspector)

    def __init__(self, course_state: CourseState, session: Session) -> None:
        super().__init__()
        self.reading: Timer | None = None
        """Until the names are read."""
        self.ran = ""
        """The program that ran last: the lines of its recording are lines of this."""
        self.course_state = course_state
        self.session = session

    def on_mount(self) -> None:
        self.watch(self.run_panel.prompt, "state", self.follow_prompt)

    def follow_prompt(self, state: PromptState) -> None:
        """What can be asked at the prompt can be asked about a cell."""
        self.inspector.askable = state is PromptState.READY

    def refresh_record(self) -> None:
        """Show what is now known of the learner."""
        self.states = self.course_state.states
        self.exercise_view = self.course_state.exercise_view

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
        recording: Recording | None = None
        self.ran = self.code.editor.text
        try:
            async for report in attempt(
                self.session,
                self.course_state.exercise,
                answer,
                limits=self.settings.limits,
                record=self.settings.record,
            ):
                self.show(report)
                if isinstance(report, Recording):
                    recording = report
                elif isinstance(report, Finished) and report.failure and report.failure.line:
                    self.code.editor.point_at(report.failure.line)
            if recording:
                self.show_recording(recording)
            self.read_names()
        except PythonUnusable as error:
            self.running = False
            self.run_panel.complain(str(error))

    @work(exclusive=True, group="timeline")
    async def show_recording(self, recording: Recording) -> None:
        """Have the timeline of a run; a quarter of a second for 100,000 steps, so in a thread."""
        self.inspector.show_timeline(await asyncio.to_thread(Timeline, recording))

    def forget_run(self) -> None:
        """What the run before has left is not to be shown any more."""
        self.leave_names()
        self.workers.cancel_group(self, "timeline")
        self.inspector.clear()

    @work(exclusive=True, group="run")
    async def ask(self, question: Question) -> None:
        """Ask the finished program; the cells show what that changed."""
        before = self.inspector.cells
        try:
            async for report in self.session.ask(question):
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
            case Unfolded():
                title = self.inspector.title_of_cell(report.cell)
                self.app.push_screen(ValueScreen(title, report.text))
            case Finished():
                self.running = False
                self.run_panel.finish(report)
                if report.failure and self.maximized is self.inspector:  # the log is out of sight
                    self.tell(one_line(report.failure.summary))
            case Verdict():
                self.course_state.save_attempt(report.passed)
                self.refresh_record()
                self.run_panel.judge(report)

    @on(TimelineView.Moved)
    def mark_step(self, message: TimelineView.Moved) -> None:
        """Mark the line of a step, unless the program is another by now."""
        editor = self.code.editor
        editor.step_line = message.line if editor.text == self.ran else None

    @on(PromptInput.Entered)
    def take_line(self, message: PromptInput.Entered) -> None:
        """A line was entered at the prompt: for the program's input(), or to be evaluated."""
        prompt = self.run_panel.prompt
        if prompt.state is PromptState.INPUT:
            self.run_panel.answer_input(message.text)
            self.session.send_input(None if message.text is None else message.text + "\n")
        elif prompt.state is PromptState.READY and message.text:
            self.run_panel.echo(message.text, ">>> ")
            self.running = True
            self.ask(Question(Ask.EVALUATE, message.text))

    @on(CellInspector.Asked)
    def ask_about_cell(self, message: CellInspector.Asked) -> None:
        """Something is to be done with a cell, or told of it."""
        if message.said:
            self.run_panel.echo(message.said)
        self.run_panel.prompt.state = PromptState.RUNNING
        self.running = True
        self.ask(message.question)

    # The names, before any run.

    @on(TextArea.Changed, "CodeEditor")
    def await_names(self) -> None:
        """Read the program once the learner pauses; what was being read is out of date."""
        self.leave_names()
        self.reading = self.set_timer(NAMES_PAUSE, self.read_names)

    def leave_names(self) -> None:
        """Read no program for now."""
        self.workers.cancel_group(self, "names")
        if self.reading:
            self.reading.stop()

    @work(exclusive=True, group="names")
    async def read_names(self) -> None:
        """Ask what each name of the program is."""
        if not self.names_offered:
            return
        try:
            # The next key ends this reading; it must not end the start of the spare with it.
            await asyncio.shield(self.session.warm())
            found = await self.session.scopes(self.code.editor.text)
        except PythonUnusable:  # which is told when the session is warmed up
            return
        self.inspector.names.show(found)
        self.run_panel.names.show(found)

    @property
    def names_offered(self) -> bool:
        """Whether the names may be shown: not while they, or what follows from them, are asked for."""
        return self.attempted or kind_of(self.course_state.exercise).is_program

    # Actions.

    async def action_stop(self) -> None:
        if self.offers("stop"):
            await self.session.stop()

    def action_prompt(self) -> None:
        if not self.offers("prompt"):
            return
        self.bring(self.run_panel)
        self.run_panel.tab = Tab.OUTPUT
        self.run_panel.prompt.line.focus()

    def action_next_pane(self) -> None:
        if self.inspector.experiment.line.has_focus:
            self.inspector.end_experiment()
        else:
            super().action_next_pane()

    def offers(self, action: str) -> bool:
        """Whether the key of an action does something now.

        `check_action` would hand a key that does nothing on to the widget with the focus, and to
        another meaning: of F7 to TextArea's `select_all`.
        """
        if action == "stop":
            return self.running
        return action != "prompt" or self.run_panel.prompt.is_open
