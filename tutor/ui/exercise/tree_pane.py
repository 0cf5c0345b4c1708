"""The pane of the tree, and the line in which a scratch pad is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import on
from textual.app import ComposeResult
from textual.reactive import reactive

from tutor.course.model import Course, Exercise
from tutor.grading.kinds.scratch import Pad
from tutor.state.progress import ExerciseState
from tutor.ui.exercise.exercise_view import ExerciseView
from tutor.ui.exercise.name_line import NameLine
from tutor.ui.exercise.pads import Do, PadAsked
from tutor.ui.exercise.tree import CourseTree, Scratch
from tutor.ui.kit.line_input import PromptInput
from tutor.ui.kit.pane import Pane
from tutor.ui.tabs import Tab

ON_PADS = "On a scratch pad letters are commands. Enter opens it."


class ExerciseTree(Pane):
    """The pane at the left, or a drawer where the screen is narrow."""

    ground = "$surface"
    DEFAULT_CSS = """
    ExerciseTree {
        background: $surface;
    }
    """

    exercise_view: reactive[ExerciseView | None] = reactive(None, init=False)
    states: reactive[Mapping[str, ExerciseState]] = reactive(dict[str, ExerciseState])
    pads: reactive[tuple[Pad, ...]] = reactive(())

    def __init__(self, course: Course, choose: Callable[[Exercise], None]) -> None:
        self.course_tree = CourseTree(course, choose)
        self.name_line = NameLine()
        super().__init__({Tab.EXERCISES: self.course_tree})

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self.name_line

    @property
    def letters(self) -> str:
        node = self.course_tree.cursor_node
        return ON_PADS if node and isinstance(node.data, Pad | Scratch) else ""

    def watch_exercise_view(self) -> None:
        if self.exercise_view:
            self.course_tree.go_to(self.exercise_view.exercise)

    def watch_states(self) -> None:
        self.course_tree.states = self.states

    def watch_pads(self) -> None:
        self.course_tree.show_pads(self.pads)

    def take_focus(self) -> None:
        if self.name_line.display:
            self.screen.set_focus(self.name_line.line)
        else:
            super().take_focus()

    def give_up(self) -> bool:
        """Close the line for the name; whether it was open."""
        was_open = bool(self.name_line.display)
        if was_open:
            super().take_focus()
            self.name_line.display = False
        return was_open

    @on(CourseTree.NameWanted)
    def ask_for_name(self, message: CourseTree.NameWanted) -> None:
        """Ask what the pad under the cursor is to be called."""
        message.stop()
        self.ask_name(message.pad)

    def ask_name(self, pad: Pad) -> None:
        """Ask what a pad is to be called."""
        self.name_line.open(pad)

    @on(PromptInput.Entered)
    def name_pad(self, message: PromptInput.Entered) -> None:
        """Call it so."""
        message.stop()
        pad = self.name_line.pad
        self.give_up()
        if message.text:
            self.post_message(PadAsked(Do.NAME, pad, message.text))
