"""The top row: where the learner is, and how far."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tutor.state.progress import ExerciseState
from tutor.text import columns, shorten
from tutor.ui.exercise.exercise_view import ExerciseView
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.pane import WIDE

STATE_MARKS = {
    ExerciseState.NOT_BEGUN: MARKS.not_begun,
    ExerciseState.BEGUN: MARKS.begun,
    ExerciseState.PASSED: MARKS.passed,
    ExerciseState.SHOWN: MARKS.shown,
}


class TitleBar(Widget):
    """One row: exercise, difficulty and kind at the left, the unit's progress at the right."""

    DEFAULT_CSS = """
    TitleBar {
        dock: top;
        height: 1;
        background: $panel;
        padding: 0 1;
    }
    TitleBar:ansi {
        text-style: reverse;
    }
    """

    exercise_view: reactive[ExerciseView | None] = reactive(None)
    states: reactive[Mapping[str, ExerciseState]] = reactive(dict[str, ExerciseState])

    def render(self) -> Content:
        if self.exercise_view is None:
            return Content()
        view = self.exercise_view
        states = [self.states[each.id] for each in view.counted]
        passed = states.count(ExerciseState.PASSED)
        marks = "".join(STATE_MARKS[state] for state in states)
        progress = f"{marks}  {passed}/{len(states)}" if states else ""
        where = f"{view.number} {view.title}"
        sort = f" · {view.sort}" if view.sort else ""
        product = "Closure Tutor   " if self.outer_size.width >= WIDE else ""
        room = self.size.width - columns(product + sort + progress) - 2
        where = shorten(where, room)
        gap = " " * (room - columns(where) + 2)
        return Content.assemble(
            (product, "$muted"), (where, "bold"), (sort, "$muted"), gap, progress
        )
