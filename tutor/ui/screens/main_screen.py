"""The tutor's screen: its panes, the exercise in view and its answer, and what the keys do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.getters import query_one
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import TextArea

from tutor.course.model import Course, Exercise
from tutor.grading.kinds import kind_of
from tutor.grading.kinds.scratch import Pad
from tutor.session import Session
from tutor.state.progress import ExerciseState, Progress
from tutor.state.settings import Settings
from tutor.ui.answer.changed import AnswerChanged
from tutor.ui.answer.code import CodePane
from tutor.ui.answer.prompt_editor import PromptEditor
from tutor.ui.answer.run_panel import RunPanel
from tutor.ui.answer.typing import Typing
from tutor.ui.answer.verdict_band import VerdictBand
from tutor.ui.cells.cells_pane import CellInspector
from tutor.ui.cells.timeline_view import TimelineView
from tutor.ui.exercise.course_state import CourseState
from tutor.ui.exercise.exercise_view import ExerciseView
from tutor.ui.exercise.pads import PadAsked, Pads
from tutor.ui.exercise.task import TaskPane
from tutor.ui.exercise.title_bar import TitleBar
from tutor.ui.exercise.tree_pane import ExerciseTree
from tutor.ui.keys.actions import KEYS
from tutor.ui.keys.bar import KeyBar
from tutor.ui.keys.row import Moment
from tutor.ui.kit.pane import ROOMY, WIDE, Pane
from tutor.ui.pages.help_screen import HelpScreen
from tutor.ui.pages.welcome import Welcome
from tutor.ui.screens.compositor import narrow
from tutor.ui.screens.going import Going
from tutor.ui.screens.pane_screen import PaneScreen
from tutor.ui.screens.reading import Reading
from tutor.ui.screens.runs import Runs
from tutor.ui.tabs import Tab

IN_COLUMNS = (ExerciseTree, TaskPane, CodePane, RunPanel, CellInspector, Welcome)
"""The panes as they stand where the editor has others over and under it."""
IN_ROWS = (ExerciseTree, CodePane, TaskPane, CellInspector, RunPanel, Welcome)
"""The panes where the editor has the full height, and a column beside it the others."""


class MainScreen(PaneScreen):
    """Lays out the panes, opens exercises, and does what the keys ask."""

    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]
    AUTO_FOCUS = ""

    exercise_view: reactive[ExerciseView | None] = reactive(None)
    """The exercise in view, with what the learner may see of it."""
    states: reactive[dict[str, ExerciseState]] = reactive(dict[str, ExerciseState])
    """How far every exercise is."""
    pads: reactive[tuple[Pad, ...]] = reactive(())
    """The learner's scratch pads."""
    attempted: reactive[bool] = reactive(False, toggle_class="-attempted")
    """Whether the exercise was run since it was opened: then the cells are in sight."""

    drawer_pane = query_one(ExerciseTree)
    task_pane = query_one(TaskPane)

    def __init__(
        self,
        course: Course,
        progress: Progress,
        session: Session,
        first: Exercise,
        notice: str,
        settings: Settings,
        keys: Mapping[str, str],
        *,
        welcome: bool = False,
    ) -> None:
        super().__init__()
        narrow(self)
        self.course_state = CourseState(course, progress, first, self.tell, self.refresh_record)
        self.code = CodePane(keys, close_brackets=settings.close_brackets)
        self.run_panel = RunPanel()
        self.inspector = CellInspector()
        self.in_turns = self.run_panel, self.inspector
        self.typing = Typing(self, self.code, self.run_panel, bring=self.bring, tell=self.tell)
        self.runs = Runs(self, self.code, self.run_panel, self.inspector, session, settings)
        self.going = Going(
            self, self.course_state, self.runs, self.open_exercise, lambda: self.answer
        )
        self.reading = Reading(self, self.course_state, self.run_panel, self.typing)
        self.scratch = Pads(self.course_state, self.going.go_to, self)
        self.notice = notice
        self.python = session.python_name
        self.keys = keys
        """The keys in force, for the help."""
        self.over = Welcome(keys) if welcome else None

    def compose(self) -> ComposeResult:
        # Textual 8.x: else the first frame knows no breakpoint: all panes one over the other.
        columns = self.app.size.width
        self.add_class("-roomy" if columns >= ROOMY else "-wide" if columns >= WIDE else "-narrow")
        yield TitleBar(self.python).data_bind(MainScreen.exercise_view, MainScreen.states)
        panes: list[Pane] = [
            ExerciseTree(self.course_state.course, self.going.go_to).data_bind(
                MainScreen.exercise_view, MainScreen.states, MainScreen.pads
            ),
            TaskPane().data_bind(MainScreen.exercise_view),
            self.code,
            self.run_panel.data_bind(MainScreen.exercise_view, MainScreen.wide),
            self.inspector.data_bind(MainScreen.roomy),
        ]
        if columns >= ROOMY:
            panes.sort(key=lambda pane: IN_ROWS.index(type(pane)))
        yield Container(*panes, *([self.over] if self.over else []), id="body")
        yield VerdictBand(self.run_panel).data_bind(MainScreen.exercise_view)
        yield KeyBar()

    def on_mount(self) -> None:
        self.watch(self.run_panel.prompt, "state", self.runs.follow_prompt)
        self.watch(self.run_panel, "compares", self.take_turns)
        for notice in filter(None, (self.notice, self.course_state.progress.notice)):
            self.tell(notice)
        self.open_exercise(self.course_state.exercise)
        self.call_after_refresh(self.runs.warm_up)

    def take_turns(self, compares: bool) -> None:
        """The judged answer and the cells have one place, if the answer takes its width."""
        self.taking_turns = compares

    def watch_roomy(self, roomy: bool) -> None:
        """The panes in the order in which a grid fills its places; F6 goes the same way."""
        order = [*(IN_ROWS if roomy else IN_COLUMNS), Welcome]
        self.query_one("#body").sort_children(key=lambda pane: order.index(type(pane)))

    def watch_wide(self, wide: bool) -> None:
        """A pane that goes out of sight gives the focus back."""
        self.drawer = False
        gone = [self.drawer_pane, self.task_pane, *([] if self.attempted else [self.inspector])]
        if not wide and self.pane_in_focus in gone:
            self.typing.show_answer()

    # The exercise in view, and its answer.

    def open_exercise(self, exercise: Exercise) -> None:
        """Show an exercise as the learner left it."""
        answer = self.course_state.open(exercise)
        self.code.open(exercise, answer)
        self.run_panel.open(exercise, answer)
        self.attempted = self.drawer = False
        self.runs.open(names_offered=kind_of(exercise).is_program)
        self.refresh_record()
        self.typing.focus_answer()
        # Once it is in sight: a child's start and a slow disk must not keep it away.
        self.call_after_refresh(self.runs.read_names)
        self.call_after_refresh(self.course_state.save_place)

    def open_another(self, exercise: Exercise) -> None:
        """The same, in place of what was in view."""
        self.uncover()
        self.open_exercise(exercise)

    @on(PadAsked)
    def see_to_pad(self, message: PadAsked) -> None:
        """Do something about a scratch pad, or go to one."""
        self.going.save_draft()
        self.scratch.see_to(message)

    @property
    def answer(self) -> str:
        """The learner's answer as it stands."""
        return self.typing.answer_widget.answer

    def place_to_type(self, asking: Widget) -> Widget | None:
        """What takes the keys that were typed in a widget that cannot; it has the focus then."""
        return self.typing.place(asking)

    @on(TextArea.Changed)
    @on(AnswerChanged)
    def await_pause(self) -> None:
        """Save the answer once the learner pauses."""
        self.going.await_pause()
        if self.over and self.answer != self.course_state.draft:
            self.uncover()

    def refresh_record(self) -> None:
        """Show what is now known of the learner."""
        self.states = self.course_state.states
        self.pads = self.course_state.pads
        self.exercise_view = self.course_state.exercise_view

    # What the widgets tell that concerns a run.

    @on(TextArea.Changed, "CodeEditor")
    def await_names(self) -> None:
        """Read the names again once the learner pauses."""
        self.runs.await_names()

    @on(TimelineView.Moved)
    def mark_step(self, message: TimelineView.Moved) -> None:
        """Mark the line of the step in view."""
        self.runs.mark_step(message.line, message.note)

    @on(PromptEditor.Entered)
    def take_line(self, message: PromptEditor.Entered) -> None:
        """Hand on what was entered at the prompt."""
        self.runs.take_line(message.text)

    @on(CellInspector.Asked)
    def ask_about_cell(self, message: CellInspector.Asked) -> None:
        """Have something done with a cell, or told of it."""
        self.runs.ask(message.question, message.said)

    # Actions: see keys/actions.py for the key of each.

    def action_run(self) -> None:
        self.in_turn(self.start_run)

    def start_run(self) -> None:
        """Run the answer as it stands."""
        if not self.answer.strip():
            self.tell(f"{kind_of(self.course_state.exercise).call} first, then run it.")
            return
        self.going.save_draft()
        self.bring(self.run_panel)
        self.attempted = True
        self.runs.run(self.course_state.exercise, self.answer, self.course_state.save_attempt)

    async def action_stop(self) -> None:
        if self.offers("stop"):
            await self.runs.stop()

    def action_prompt(self) -> None:
        if not self.offers("prompt"):
            return
        self.bring(self.run_panel)
        self.run_panel.tab = Tab.OUTPUT
        self.set_focus(self.run_panel.prompt.line)

    def offers(self, action: str) -> bool:
        """Whether the key of an action does something now.

        `check_action` would hand a key that does nothing on to the widget with the focus, and to
        another meaning: of F7 to TextArea's `select_all`.
        """
        if action == "stop":
            return self.runs.running
        return action != "prompt" or self.run_panel.prompt.is_open

    @property
    def moment(self) -> Moment:
        """What the learner is at: the row of keys says what can be done then."""
        return self.typing.moment(closes=self.closes)

    def go_back(self) -> bool:
        return self.typing.go_back()

    def action_hint(self) -> None:
        self.reading.show_hint()

    def action_next_exercise(self) -> None:
        self.in_turn(self.going.go_on)

    def action_previous_exercise(self) -> None:
        self.in_turn(self.going.go_back)

    def action_quit(self) -> None:
        self.in_turn(self.going.leave)

    def action_task(self) -> None:
        self.reading.read_on()

    def action_help(self) -> None:
        self.uncover()
        self.app.push_screen(HelpScreen(self.keys, self.show_welcome))

    def show_welcome(self) -> None:
        """Say again what the first start says."""
        self.cover(Welcome(self.keys))

    def action_solution(self) -> None:
        self.reading.show_solution()

    def action_start_over(self) -> None:
        """The answer as the exercise begins."""
        self.typing.answer_widget.start_over()
