"""The task and the lesson: what to do, what was hinted, why it works."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tutor.ui.exercise.exercise_view import ExerciseView
from tutor.ui.exercise.lesson import LessonText
from tutor.ui.kit.markdown import render
from tutor.ui.kit.pane import Pane
from tutor.ui.kit.text_view import TextView
from tutor.ui.tabs import Tab


class TaskText(TextView):
    """The prompt, the hints that are open, and once it is passed the explanation."""

    exercise_view: reactive[ExerciseView | None] = reactive(None, init=False)

    def __init__(self) -> None:
        super().__init__()
        self.newest = 0
        """The line on which what was opened last begins."""
        self.hints: list[int] = []
        """The line on which each hint that is open begins."""
        self.sought = 0
        """The number of the hint that is to be brought into sight in place of that; 0: none."""
        self.unread = False
        """Whether it was not in sight yet."""
        self.seeking = False
        """Whether it is still to be brought into sight."""

    def watch_exercise_view(self, old: ExerciseView | None, new: ExerciseView | None) -> None:
        self.reflow()
        if old and new and old.exercise is new.exercise:
            told = (old.hints, old.passed) != (new.hints, new.passed)
            self.unread = self.unread or told
        else:
            self.scroll_home(animate=False)
            self.unread = False

    def show_newest(self) -> None:
        """Bring what was opened last into sight, once the lines are made for the width."""
        self.unread = False
        self.seeking = True
        self.call_after_refresh(self.seek)

    def show_hint(self, number: int) -> None:
        """Bring a hint that is open into sight."""
        self.sought = number
        self.show_newest()

    def reflow(self) -> None:
        super().reflow()
        self.seek()

    def seek(self) -> None:
        """Scroll to what is sought, if the lines are those of the width that there is."""
        if self.seeking and self.virtual_size.width == self.scrollable_content_region.width > 0:
            self.seeking = False
            number, self.sought = self.sought, 0
            line = self.hints[number - 1] if 0 < number <= len(self.hints) else self.newest
            # By force: the bar that lets it scroll comes with the next layout.
            self.scroll_to(y=line, animate=False, force=True)

    def lines(self, width: int) -> list[Content]:
        exercise_view = self.exercise_view
        if exercise_view is None:
            return []
        exercise = exercise_view.exercise
        shown = render(exercise.prompt, width)
        self.newest = 0
        self.hints = []
        for number, hint in enumerate(exercise.hints[: exercise_view.hints], start=1):
            self.newest = len(shown) + 1
            self.hints.append(self.newest)
            heading = Content.styled(f"Hint {number} of {len(exercise.hints)}", "bold $text-accent")
            shown += [Content(), heading, *render(hint, width)]
        if exercise_view.passed:
            self.newest = len(shown) + 1
            heading = Content.styled("Why it works", "bold $text-success")
            shown += [Content(), heading, *render(exercise.page_after, width)]
        return shown


class ReadingPane(Pane):
    """A pane that has the task and the lesson, and perhaps more."""

    exercise_view: reactive[ExerciseView | None] = reactive(None)

    def __init__(self, others: Mapping[Tab, Widget] = MappingProxyType({})) -> None:
        self.task_text = TaskText()
        self.lesson_text = LessonText()
        super().__init__({**others, Tab.TASK: self.task_text, Tab.LESSON: self.lesson_text})

    def compose(self) -> ComposeResult:
        self.task_text.data_bind(ReadingPane.exercise_view)
        self.lesson_text.data_bind(ReadingPane.exercise_view)
        yield from super().compose()

    @property
    def round_trip(self) -> tuple[Tab, ...]:
        """What there is to read, and the way back from it."""
        return (Tab.TASK, Tab.LESSON)

    def read_on(self) -> None:
        """Show the task, then the lesson, then what was there before; first of all what is new."""
        place = self.round_trip.index(self.tab) + 1 if self.tab in self.round_trip else 0
        if self.task_text.unread:
            self.show_newest()
        else:
            self.tab = self.round_trip[place % len(self.round_trip)]

    def show_newest(self) -> None:
        """Show the hint or the explanation that was opened last."""
        self.tab = Tab.TASK
        self.task_text.show_newest()


class TaskPane(ReadingPane):
    """Task and lesson above the editor, where the screen is wide enough."""
