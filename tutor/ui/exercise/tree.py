"""The tree of exercises: units, and in each its exercises by difficulty, with their states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from tutor.course.model import Course, Difficulty, Exercise, Unit
from tutor.grading.kinds.scratch import Pad
from tutor.state.progress import ExerciseState
from tutor.text import one_line
from tutor.ui.exercise.pads import Do, PadAsked
from tutor.ui.exercise.title_bar import STATE_MARKS, STATE_STYLES
from tutor.ui.kit.keys_in_order import KeysInOrder
from tutor.ui.kit.marks import MARKS


class Scratch(Enum):
    """What stands in the tree for the scratch pads, beside themselves."""

    HEADING = auto()
    NEW = auto()


Item = Unit | Exercise | Difficulty | Scratch
"""A difficulty stands over the first exercise of a run that share it."""


class CourseTree(KeysInOrder, Tree[Item]):
    """The course as a tree of units and exercises, painted row by row."""

    @dataclass
    class NameWanted(Message):
        """The learner wants to name this pad."""

        pad: Pad

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Open", show=True),
        Binding("left", "fold", "Close the unit", show=False),
        Binding("right", "unfold", "Open the unit", show=False),
        Binding("n", "new_pad", "New", show=True),
        Binding("r", "name_pad", "Name", show=True),
        Binding("d,delete", "delete_pad", "Delete", show=True),
        Binding("u", "restore_pad", "Bring a deleted scratch pad back", show=False),
    ]

    DEFAULT_CSS = """
    CourseTree {
        background: $surface;
        overflow-x: hidden;
        scrollbar-size: 0 1;
        &:focus {
            background-tint: $foreground 0%;
        }
    }
    """

    states: reactive[Mapping[str, ExerciseState]] = reactive(dict[str, ExerciseState])

    def __init__(self, course: Course, choose: Callable[[Exercise], None]) -> None:
        super().__init__(Text("Exercises"))
        self.choose = choose
        """Goes to an exercise, at once: a message would come after what was typed behind Enter."""
        self.show_root = False
        self.in_view: TreeNode[Item] | None = None
        self.nodes: dict[str, TreeNode[Item]] = {}
        for unit in course.units:
            branch = self.root.add("", unit)
            for difficulty, run in groupby(unit.exercises, lambda each: each.difficulty):
                branch.add_leaf("", difficulty)
                self.nodes.update((each.id, branch.add_leaf("", each)) for each in run)
        self.scratch = self.root.add("", Scratch.HEADING)
        self.show_pads(())

    def watch_states(self) -> None:
        for node in (*self.root.children, *self.nodes.values()):
            node.refresh()

    def show_pads(self, pads: tuple[Pad, ...]) -> None:
        """Have these pads at the end, and a row for a new one."""
        before = [node.data for node in self.scratch.children if isinstance(node.data, Pad)]
        here = self.cursor_node.data if self.cursor_node else None
        for pad in before:
            del self.nodes[pad.id]
        self.scratch.remove_children()
        self.nodes.update((pad.id, self.scratch.add_leaf("", pad)) for pad in pads)
        self.scratch.add_leaf("", Scratch.NEW)
        if self.in_view and isinstance(self.in_view.data, Pad):
            self.in_view = self.nodes.get(self.in_view.data.id)
        if isinstance(here, Pad) and here in before:  # the cursor stands on it, or what follows it
            follows = self.scratch.children[min(before.index(here), len(pads))]
            self.call_after_refresh(self.move_cursor, self.nodes.get(here.id, follows))

    def go_to(self, exercise: Exercise) -> None:
        """Open the unit of the exercise in view and put the cursor on it."""
        if self.in_view:
            self.in_view.refresh()
        # None for a pad that another session has deleted meanwhile.
        self.in_view = node = self.nodes.get(exercise.id)
        if node and node.parent:
            node.parent.expand()
            self.call_after_refresh(self.move_cursor, node)

    def action_select_cursor(self) -> None:
        if self.cursor_node and isinstance(self.cursor_node.data, Exercise):
            self.choose(self.cursor_node.data)
        else:
            super().action_select_cursor()

    def on_tree_node_selected(self, event: Tree.NodeSelected[Item]) -> None:
        event.stop()
        if isinstance(event.node.data, Exercise):
            self.choose(event.node.data)
        elif event.node.data is Scratch.NEW:
            self.action_new_pad()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        item = self.cursor_node.data if self.cursor_node else None
        if action in ("new_pad", "restore_pad"):
            return isinstance(item, Pad | Scratch)
        if action in ("name_pad", "delete_pad"):
            return isinstance(item, Pad)
        return super().check_action(action, parameters)

    def action_new_pad(self) -> None:
        self.post_message(PadAsked(Do.NEW))

    def action_restore_pad(self) -> None:
        self.post_message(PadAsked(Do.RESTORE))

    def action_delete_pad(self) -> None:
        if self.cursor_node and isinstance(self.cursor_node.data, Pad):
            self.post_message(PadAsked(Do.DELETE, self.cursor_node.data))

    def action_name_pad(self) -> None:
        if self.cursor_node and isinstance(self.cursor_node.data, Pad):
            self.post_message(self.NameWanted(self.cursor_node.data))

    def action_fold(self) -> None:
        node = self.cursor_node
        unit = node if node and node.allow_expand else node.parent if node else None
        if unit and unit is not self.root:
            self.move_cursor(unit)
            unit.collapse()

    def action_unfold(self) -> None:
        if self.cursor_node and self.cursor_node.allow_expand:
            self.cursor_node.expand()

    def validate_cursor_line(self, value: int) -> int:
        """The cursor stands on units and exercises: it goes past a difficulty."""
        line = super().validate_cursor_line(value)
        node = self.get_node_at_line(line)
        if node and isinstance(node.data, Difficulty):  # over it is its unit, under it an exercise
            return line - 1 if value < self.cursor_line else line + 1
        return line

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor stands while the tree has the focus."""
        return self.content_region.offset + Offset(0, self.cursor_line - self.scroll_offset.y)

    def get_label_width(self, node: TreeNode[Item]) -> int:  # noqa: ARG002
        return 1  # rows are cut to the width: there is nothing to scroll to

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        number = self.scroll_offset.y + y
        node = self.get_node_at_line(number)
        row = self.row(node, width) if node else Content()
        # Textual 8.x: finds by this the row that the mouse is on.
        row = row.pad_right(width - row.cell_length).stylize(Style.from_meta({"line": number}))
        return Visual.to_strips(self, row, width, 1, self.visual_style)[0]

    def row(self, node: TreeNode[Item], width: int) -> Content:
        """A row as it is painted: with the cursor on it, it has an edge and a ground."""
        item = node.data
        if isinstance(item, Unit):
            line = self.unit_row(item, width - 1, opened=node.is_expanded)
        elif isinstance(item, Scratch):
            line = self.scratch_row(item, opened=node.is_expanded)
        elif isinstance(item, Exercise):
            chosen = node is self.in_view or node is self.cursor_node
            line = self.exercise_row(item, width - 1, chosen=chosen)
        else:
            line = Content.styled(f"  {item}", "$muted")
        if node is not self.cursor_node:
            return Content(" ") + line
        row = Content.assemble((MARKS.edge, "bold $accent"), line)
        return row.pad_right(width - row.cell_length).stylize_before("on $panel")

    def unit_row(self, unit: Unit, width: int, *, opened: bool) -> Content:
        """A unit, and how many of its exercises are passed."""
        states = [self.states.get(each.id) for each in unit.exercises]
        count = states.count(ExerciseState.PASSED)
        passed = Content.styled(str(count), "$success" if count else "$muted")
        of = f"/{len(states)} "
        room = width - passed.cell_length - len(of) - 1
        mark = MARKS.opened if opened else MARKS.closed
        name = one_line(f"{mark} {unit.number} {unit.title}", max(1, room))
        gap = " " * (room + 1 - Content(name).cell_length)
        return Content.assemble((name, "bold"), gap, passed, (of, "$muted"))

    def scratch_row(self, item: Scratch, *, opened: bool) -> Content:
        """The heading of the pads, or the row that makes a new one."""
        if item is Scratch.NEW:
            return Content.styled("+ New pad", "$muted")
        return Content.styled(f"{MARKS.opened if opened else MARKS.closed} Scratch pads", "bold")

    def exercise_row(self, exercise: Exercise, width: int, *, chosen: bool) -> Content:
        """An exercise after the mark of its state, a pad after a dot; what was not begun is muted."""
        if isinstance(exercise, Pad):
            title = one_line(f"{MARKS.bullet} {exercise.title}", max(1, width))
            return Content.styled(title, "bold" if chosen else "")
        state = self.states.get(exercise.id, ExerciseState.NOT_BEGUN)
        title = one_line(exercise.title, max(1, width - 2))
        style = "bold" if chosen else "$muted" if state is ExerciseState.NOT_BEGUN else ""
        return Content.assemble((STATE_MARKS[state], STATE_STYLES[state]), " ", (title, style))
