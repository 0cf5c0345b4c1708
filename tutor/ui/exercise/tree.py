"""The tree of exercises: units, and in each its exercises with difficulty and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from tutor.course.model import Course, Exercise, Unit
from tutor.state.progress import ExerciseState
from tutor.text import visible
from tutor.ui.exercise.exercise_view import ExerciseView
from tutor.ui.exercise.title_bar import STATE_MARKS
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.pane import Pane
from tutor.ui.tabs import Tab

Item = Unit | Exercise
COLUMNS_FOR_STATES = 26
"""From this width on the difficulty is a word, before it a letter."""


class ExerciseTree(Pane):
    """The pane at the left, or a drawer where the screen is narrow."""

    exercise_view: reactive[ExerciseView | None] = reactive(None, init=False)
    states: reactive[Mapping[str, ExerciseState]] = reactive(dict[str, ExerciseState])

    def __init__(self, course: Course) -> None:
        self.course_tree = CourseTree(course)
        super().__init__({Tab.EXERCISES: self.course_tree})

    def watch_exercise_view(self) -> None:
        if self.exercise_view:
            self.course_tree.go_to(self.exercise_view.exercise)

    def watch_states(self) -> None:
        self.course_tree.states = self.states


class CourseTree(Tree[Item]):
    """The course as a tree of units and exercises."""

    @dataclass
    class Chosen(Message):
        """The learner wants this exercise."""

        exercise: Exercise

    ICON_NODE = f"{MARKS.closed} "
    ICON_NODE_EXPANDED = f"{MARKS.opened} "

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "fold", "Close the unit", show=False),
        Binding("right", "unfold", "Open the unit", show=False),
    ]

    DEFAULT_CSS = """
    CourseTree {
        background: $background;
        overflow-x: hidden;
        scrollbar-size: 0 1;
        &:focus {
            background-tint: $foreground 0%;
        }
    }
    """

    states: reactive[Mapping[str, ExerciseState]] = reactive(dict[str, ExerciseState])

    def __init__(self, course: Course) -> None:
        super().__init__(Text("Exercises"))
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self.in_view: TreeNode[Item] | None = None
        self.nodes: dict[str, TreeNode[Item]] = {}
        for unit in course.units:
            branch = self.root.add(Text(visible(unit.title)), unit)
            for exercise in unit.exercises:
                self.nodes[exercise.id] = branch.add_leaf(Text(visible(exercise.title)), exercise)

    def watch_states(self) -> None:
        for node in (*self.root.children, *self.nodes.values()):
            node.refresh()

    def go_to(self, exercise: Exercise) -> None:
        """Open the unit of the exercise in view and put the cursor on it."""
        node = self.nodes[exercise.id]
        if self.in_view:
            self.in_view.refresh()
        self.in_view = node
        if node.parent:
            node.parent.expand()
        self.call_after_refresh(self.move_cursor, node)

    def on_tree_node_selected(self, event: Tree.NodeSelected[Item]) -> None:
        event.stop()
        if isinstance(event.node.data, Exercise):
            self.post_message(self.Chosen(event.node.data))

    def action_fold(self) -> None:
        node = self.cursor_node
        unit = node if node and node.allow_expand else node.parent if node else None
        if unit and unit is not self.root:
            self.move_cursor(unit)
            unit.collapse()

    def action_unfold(self) -> None:
        if self.cursor_node and self.cursor_node.allow_expand:
            self.cursor_node.expand()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor stands while the tree has the focus."""
        return self.content_region.offset + Offset(0, self.cursor_line - self.scroll_offset.y)

    def get_label_width(self, node: TreeNode[Item]) -> int:  # noqa: ARG002
        return 1  # labels are cut to the width: there is nothing to scroll to

    def render_label(self, node: TreeNode[Item], base_style: Style, style: Style) -> Text:  # noqa: ARG002
        width = self.scrollable_content_region.width
        item = node.data
        if isinstance(item, Unit):
            states = [self.states.get(each.id) for each in item.exercises]
            mark = self.ICON_NODE_EXPANDED if node.is_expanded else self.ICON_NODE
            left = Text(f"{mark}{item.number} {visible(item.title)}")
            right = f" {states.count(ExerciseState.PASSED)}/{len(states)}"
        elif item:
            width -= self.guide_depth
            state = self.states.get(item.id, ExerciseState.NOT_BEGUN)
            left = Text(f"{STATE_MARKS[state]} {visible(item.title)}")
            right = f" {item.difficulty if width >= COLUMNS_FOR_STATES else item.difficulty[0]}"
        else:
            return Text()
        left.truncate(max(1, width - len(right)), overflow="ellipsis", pad=True)
        bold = Style(bold=True if node is self.in_view else None)
        return Text.assemble((left.plain, style + bold), (right, style + Style(dim=True)))
