"""The top row: where the learner is, and how far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tutor.state.progress import ExerciseState
from tutor.text import columns, shorten
from tutor.ui.exercise.exercise_view import ExerciseView
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.pane import WIDE, Pane, chosen_style, filled

STATE_MARKS = {
    ExerciseState.NOT_BEGUN: MARKS.not_begun,
    ExerciseState.BEGUN: MARKS.begun,
    ExerciseState.PASSED: MARKS.passed,
    ExerciseState.SHOWN: MARKS.shown,
}
STATE_STYLES = {
    ExerciseState.NOT_BEGUN: "$muted",
    ExerciseState.BEGUN: "$warning",
    ExerciseState.PASSED: "$success",
    ExerciseState.SHOWN: "$accent",
}
GAP = "  "


def dots(states: Iterable[ExerciseState], gap: str) -> Content:
    """A mark for each exercise; those of one state in a row are one piece, with one colour."""
    return Content(gap).join(
        Content.styled(gap.join(STATE_MARKS[state] for _ in run), STATE_STYLES[state])
        for state, run in groupby(states)
    )


class TitleBar(Widget):
    """One row: exercise, difficulty and kind at the left, the unit's progress at the right.

    It stands for the header of a pane that has none: then its number is filled with the focus.
    """

    DEFAULT_CSS = """
    TitleBar {
        dock: top;
        height: 1;
        background: $raised;
    }
    TitleBar.-passed {
        background: $passed;
    }
    """

    exercise_view: reactive[ExerciseView | None] = reactive(None)
    states: reactive[Mapping[str, ExerciseState]] = reactive(dict[str, ExerciseState])
    in_focus: reactive[bool] = reactive(False)
    """Whether the focus is in a pane without a header."""

    def __init__(self, python: str) -> None:
        """`python` names the interpreter of learner code."""
        super().__init__()
        self.python = python

    def on_mount(self) -> None:
        self.watch(self.screen, "focused", self.follow_focus)

    def on_resize(self) -> None:
        # Once the new size has its classes: they decide which headers there are.
        self.call_after_refresh(self.follow_focus)

    def follow_focus(self) -> None:
        """See whether the focus is in a pane that has no header of its own."""
        focused = self.screen.focused
        panes = focused.ancestors_with_self if focused else ()
        pane = next((each for each in panes if isinstance(each, Pane)), None)
        self.in_focus = pane is not None and not pane.header.display

    def watch_exercise_view(self, view: ExerciseView | None) -> None:
        self.set_class(view is not None and view.just_passed, "-passed")

    def render(self) -> Content:
        if self.exercise_view is None:
            return Content()
        width, wide = self.size.width, self.size.width >= WIDE
        view = self.exercise_view
        states = [self.states[each.id] for each in view.counted]
        count = f"{states.count(ExerciseState.PASSED)}/{len(states)}"
        counted = Content.assemble((count, "bold"), " ") if states else Content()
        dotted = Content.assemble(dots(states, " " if wide else ""), GAP, counted)
        if wide:
            dotted += Content.assemble(GAP, (f"{self.python} ", "$muted"))
        number, around = self.number, 1 + 2 * len(GAP)
        # The title is whole as long as something else can go: what sort it is, then the dots.
        for sort, right in ((self.sort(wide), dotted), (Content(), dotted), (Content(), counted)):
            room = width - number.cell_length - sort.cell_length - right.cell_length - around
            if columns(view.title) <= room:
                break
        title = shorten(view.title, max(1, room))
        gap = " " * max(0, room - columns(title))
        return Content.assemble(number, " ", (title, "bold"), GAP, sort, gap, GAP, right)

    @property
    def number(self) -> Content:
        """Which exercise it is, filled where the focus is and after a pass."""
        assert self.exercise_view is not None
        number = self.exercise_view.number
        if self.exercise_view.just_passed:
            return Content.styled(f" {MARKS.right} {number} ", filled(self.app, "$success"))
        style = chosen_style(self.app) if self.in_focus else "bold $accent"
        return Content.styled(f" {number} ", style)

    def sort(self, wide: bool) -> Content:
        """How hard it is, and what is to be done; in place of that, or before it, that it is passed."""
        assert self.exercise_view is not None
        sort = Content.styled(self.exercise_view.sort, "$muted")
        if not self.exercise_view.just_passed:
            return sort
        passed = Content.styled("passed", "bold $success")
        return Content.assemble(passed, GAP, sort) if wide else passed
