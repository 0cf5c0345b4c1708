"""The runs of an exercise: what the session is asked, and where its reports are shown."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from textual.content import Content
from textual.timer import Timer
from textual.worker import Worker, WorkerCancelled

from tutor.attempt import attempt
from tutor.course.model import Exercise
from tutor.grading.verdict import Verdict
from tutor.protocol.reports import (
    Completions,
    Entry,
    Finished,
    InputWanted,
    Output,
    Report,
    Unfolded,
)
from tutor.protocol.requests import Ask, Question
from tutor.protocol.views import Cells, Recording
from tutor.session import NoProgram, PythonUnusable, Session
from tutor.state.settings import Settings
from tutor.text import one_line
from tutor.ui.answer.code import CodePane
from tutor.ui.answer.prompt_line import PromptState, echoed
from tutor.ui.answer.run_panel import RunPanel
from tutor.ui.cells.cells_pane import CellInspector
from tutor.ui.pages.value_screen import ValueScreen
from tutor.ui.screens.pane_screen import PaneScreen
from tutor.ui.tabs import Tab
from tutor.views.timeline import Timeline

NAMES_PAUSE = 0.3
"""Seconds without a key after which the names are read."""


class Runs:
    """Runs answers, asks the finished program, and reads the names of one that was not run.

    Workers and timers are the screen's, and end with it.
    """

    def __init__(
        self,
        screen: PaneScreen,
        code: CodePane,
        panel: RunPanel,
        inspector: CellInspector,
        session: Session,
        settings: Settings,
    ) -> None:
        self.screen = screen
        self.code = code
        self.panel = panel
        self.inspector = inspector
        self.session = session
        self.settings = settings
        """What a run may use, and whether it is recorded."""
        self.ran = ""
        """The program that ran last: the lines of its recording are lines of this."""
        self.names_offered = False
        """Whether the names may be shown: not while they, or what follows from them, are asked for."""
        self.reading: Timer | None = None
        """Until the names are read."""
        panel.prompt.line.ask = self.ask_while_typing

    @property
    def running(self) -> bool:
        """Whether the program runs, or answers a question."""
        return self.panel.prompt.state in (PromptState.RUNNING, PromptState.INPUT)

    def warm_up(self) -> None:
        """Have a child ready before the first run."""
        self._work("warm", self._warm_up)

    def open(self, *, names_offered: bool) -> None:
        """Make ready for an exercise: nothing of it has run."""
        self.names_offered = names_offered
        self._forget()
        self.inspector.open(names_first=names_offered)
        self.panel.names.forget()

    def end_program(self) -> None:
        """Leave nothing running of the exercise before."""
        self._work("run", self.session.reset)

    def run(self, exercise: Exercise, answer: str, save: Callable[[bool], None]) -> None:
        """Make an attempt; whether it passed is saved before the learner is told."""
        self.names_offered = True
        self._forget()
        self.inspector.offer(Tab.NAMES, True)
        self.panel.start()
        self.ran = self.code.editor.text
        self._work("run", partial(self._run, exercise, answer, save))

    async def stop(self) -> None:
        """End what the program is doing."""
        await self.session.stop()

    def take_line(self, line: str | None) -> None:
        """A line was entered at the prompt: for the program's input(), or to be evaluated."""
        state = self.panel.prompt.state
        if state is PromptState.INPUT:
            self.panel.answer_input(line)
            self.session.send_input(None if line is None else line + "\n")
        elif state is PromptState.READY and line:
            self.ask(Question(Ask.EVALUATE, line), echoed(line))

    def ask(self, question: Question, said: str) -> None:
        """Ask the finished program; the log of the output repeats what was said."""
        if said:
            self.panel.echo(said)
        self.panel.prompt.state = PromptState.RUNNING
        self._work("run", partial(self._ask, question))

    async def ask_while_typing(self, question: Question) -> Report | None:
        """What the program answers as one types at its prompt; None if it does not."""
        asking: Worker[Report | None] = self.screen.run_worker(
            self._ask_while_typing(question), group="typing"
        )
        try:
            return await asking.wait()
        except WorkerCancelled:  # the tutor ends
            return None

    def mark_step(self, line: int | None, note: Content) -> None:
        """Mark the line of a step, and note what it did, unless the program is another by now."""
        editor = self.code.editor
        editor.step_note = note
        editor.step_line = line if editor.text == self.ran else None

    def follow_prompt(self, state: PromptState) -> None:
        """What can be asked at the prompt can be asked about a cell."""
        self.inspector.askable = state is PromptState.READY

    # The names.

    def await_names(self) -> None:
        """Read the names once the learner pauses; what was being read is out of date."""
        self.leave_names()
        self.reading = self.screen.set_timer(NAMES_PAUSE, self.read_names)

    def read_names(self) -> None:
        """Show what each name of the program in view is."""
        self._work("names", self._read_names)

    def leave_names(self) -> None:
        """Read no program for now."""
        self._cancel("names")
        if self.reading:
            self.reading.stop()

    # What the workers do, and what they show.

    def _work(self, group: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do it beside the screen, in place of what the group was doing."""
        self.screen.run_worker(work, group=group, exclusive=True)

    def _cancel(self, group: str) -> None:
        self.screen.workers.cancel_group(self.screen, group)

    def _forget(self) -> None:
        """What the run before has left is not to be shown any more."""
        self.leave_names()
        self._cancel("typing")
        self._cancel("timeline")
        self.inspector.clear()

    async def _warm_up(self) -> None:
        try:
            await self.session.warm()
        except PythonUnusable as error:
            self.screen.tell(str(error))

    async def _run(self, exercise: Exercise, answer: str, save: Callable[[bool], None]) -> None:
        recording: Recording | None = None
        limits, record = self.settings.limits, self.settings.record
        try:
            async for report in attempt(
                self.session, exercise, answer, limits=limits, record=record
            ):
                match report:
                    case Verdict():
                        save(report.passed)
                        self.panel.judge(report)
                    case Recording():
                        recording = report
                    case _:
                        self._show(report)
                if isinstance(report, Finished) and report.failure and report.failure.line:
                    self.code.editor.point_at(report.failure.line)
        except PythonUnusable as error:
            self.panel.complain(str(error))
            return
        if recording:
            self._work("timeline", partial(self._show_recording, recording))
        self.read_names()

    async def _ask(self, question: Question) -> None:
        """Ask the finished program; the cells show what that changed."""
        before = self.inspector.cells
        try:
            async for report in self.session.ask(question):
                self._show(report, before)
        except NoProgram as error:
            self.panel.complain(str(error))

    async def _ask_while_typing(self, question: Question) -> Report | None:
        answer: Report | None = None
        try:
            async for report in self.session.ask(question):
                if isinstance(report, Entry | Completions):
                    answer = report
                elif not isinstance(report, Finished) or not report.prompt:
                    self._show(report)
        except NoProgram:  # it runs again, or was left
            return None
        return answer

    def _show(self, report: Report, before: Cells | None = None) -> None:
        """Hand a report to the widget that shows it; checks and labels come with the verdict."""
        match report:
            case Output():
                self.panel.print(report)
            case InputWanted():
                self.panel.want_input()
                self.screen.set_focus(self.panel.prompt.line)
            case Cells():
                self.inspector.show(report, before)
            case Unfolded():
                title = self.inspector.title_of_cell(report.cell)
                self.screen.app.push_screen(ValueScreen(title, report.text))
            case Finished(failure=failure):
                self.panel.finish(report)
                if failure and self.screen.maximized is self.inspector:  # the log is out of sight
                    self.screen.tell(one_line(failure.summary))

    async def _show_recording(self, recording: Recording) -> None:
        # A quarter of a second for 100,000 steps, so in a thread.
        timeline = await asyncio.to_thread(Timeline, recording)
        self.inspector.show_timeline(timeline, self.ran)

    async def _read_names(self) -> None:
        if not self.names_offered:
            return
        try:
            # The next key ends this reading; it must not end the start of the spare with it.
            await asyncio.shield(self.session.warm())
            found = await self.session.scopes(self.code.editor.text)
        except PythonUnusable:  # which is told when the session is warmed up
            return
        self.inspector.names.show(found)
        self.panel.names.show(found)
