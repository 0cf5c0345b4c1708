"""The task and the lesson: what to do, what was hinted, why it works."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive

from tutor.ui.brief import Brief
from tutor.ui.markdown import render
from tutor.ui.pane import Pane, Tab
from tutor.ui.text_view import TextView


class TaskText(TextView):
    """The prompt, the hints that are open, and once it is passed the explanation."""

    brief: reactive[Brief | None] = reactive(None, init=False)

    def __init__(self) -> None:
        super().__init__()
        self.newest = 0
        """The line on which what was opened last begins."""
        self.unread = False
        """Whether it was not in sight yet."""

    def watch_brief(self, old: Brief | None, new: Brief | None) -> None:
        self.reflow()
        if old and new and old.exercise is new.exercise:
            self.unread = True
        else:
            self.scroll_home(animate=False)
            self.unread = False

    def show_newest(self) -> None:
        """Bring what was opened last into sight, once there is a size to scroll in."""
        self.unread = False
        self.call_after_refresh(lambda: self.scroll_to(y=self.newest, animate=False))

    def lines(self, width: int) -> list[Content]:
        brief = self.brief
        if brief is None:
            return []
        exercise = brief.exercise
        shown = render(exercise.prompt, width)
        self.newest = 0
        for number, hint in enumerate(exercise.hints[: brief.hints], start=1):
            self.newest = len(shown) + 1
            heading = Content.styled(f"Hint {number} of {len(exercise.hints)}", "bold $text-accent")
            shown += [Content(), heading, *render(hint, width)]
        if brief.passed:
            self.newest = len(shown) + 1
            heading = Content.styled("Why it works", "bold $text-success")
            shown += [Content(), heading, *render(exercise.explanation, width)]
        return shown


class LessonText(TextView):
    """The lesson of the exercise's unit."""

    brief: reactive[Brief | None] = reactive(None, init=False)

    def watch_brief(self, old: Brief | None, new: Brief | None) -> None:
        if not (old and new and old.unit is new.unit):
            self.reflow()
            self.scroll_home(animate=False)

    def lines(self, width: int) -> list[Content]:
        return render(self.brief.unit.lesson, width) if self.brief else []


class TaskPane(Pane):
    """Both, above the editor, where the screen is wide enough."""

    brief: reactive[Brief | None] = reactive(None)

    def __init__(self) -> None:
        self.task_text = TaskText()
        self.lesson_text = LessonText()
        super().__init__({Tab.TASK: self.task_text, Tab.LESSON: self.lesson_text})

    def compose(self) -> ComposeResult:
        self.task_text.data_bind(TaskPane.brief)
        self.lesson_text.data_bind(TaskPane.brief)
        yield from super().compose()
