"""The timeline: the cells as they were after each step of a run, one step at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from tutor.text import shorten, visible
from tutor.timeline import Timeline
from tutor.ui.cell_list import CellList
from tutor.ui.marks import MARKS
from tutor.worker.messages import Change, Recording, Step

NO_STEPS = "No function was made, and no cell changed."
STOPPED = "The recording stopped here: it was full. The run went on."
BEGINNING = "before the first"
VALUE_COLUMNS = 60
FIRST, LAST = -1 << 62, 1 << 62


class StepList(CellList):
    """The cells as of a step; its keys move through the steps."""

    @dataclass
    class Followed(Message):
        """The learner has chosen a cell."""

        label: str

    @dataclass
    class Wanted(Message):
        """Another step is wanted: so many on, or the next change of the cell in that direction."""

        steps: int
        change: int

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "move(-1)", "Step back", show=False),
        Binding("right_square_bracket", "move(1)", "Step forth", show=False),
        Binding("left_curly_bracket", "change(-1)", "Change before", show=False),
        Binding("right_curly_bracket", "change(1)", "Next change", show=False),
        Binding("home", f"move({FIRST})", "First step", show=False),
        Binding("end", f"move({LAST})", "Last step", show=False),
    ]

    def action_move(self, steps: int) -> None:
        self.post_message(self.Wanted(steps, 0))

    def action_change(self, direction: int) -> None:
        self.post_message(self.Wanted(0, direction))

    def action_choose(self, step: int) -> None:
        super().action_choose(step)
        if self.chosen:
            self.post_message(self.Followed(self.chosen.label))


class TimelineView(Vertical):
    """Where in the run the learner is, and the cells as they were there."""

    @dataclass
    class Moved(Message):
        """Another line is to be marked; None for no line."""

        line: int | None

    DEFAULT_CSS = """
    TimelineView > Static {
        height: auto;
        max-height: 5;
        padding: 0 0 0 1;
    }
    """

    step: reactive[int] = reactive(0, init=False)
    """How many steps have been made in the state on show."""

    def __init__(self) -> None:
        super().__init__()
        self.timeline = Timeline(Recording())
        self.followed = ""
        """The label of the cell whose changes are gone through."""
        self.position = Static(markup=False)
        self.list = StepList()

    def compose(self) -> ComposeResult:
        yield self.position
        yield self.list

    def show(self, timeline: Timeline) -> None:
        """Show a recording, its last step first."""
        self.timeline = timeline
        cells = timeline.recording.cells
        self.followed = cells[0].label if cells else ""
        self.set_reactive(TimelineView.step, len(self.timeline))
        self.show_step()

    def validate_step(self, step: int) -> int:
        return max(0, min(step, len(self.timeline)))

    def watch_step(self) -> None:
        self.show_step()
        self.post_message(self.Moved(self.line))

    def show_step(self) -> None:
        """Show the state after the step, and against the one before it what changed."""
        before = self.timeline.at(self.step - 1) if self.step else None
        self.list.show(self.timeline.at(self.step), before)
        self.list.choose(self.followed)
        self.say_where()
        step = self.timeline.step(self.step)
        if step and step.cell:
            self.list.bring(step.cell)

    @property
    def line(self) -> int | None:
        """The line of the step."""
        step = self.timeline.step(self.step)
        return step.line if step else None

    def on_step_list_wanted(self, message: StepList.Wanted) -> None:
        message.stop()
        if message.change:
            found = self.timeline.change_of(self.followed, self.step, message.change)
            self.step = self.step if found is None else found
        else:
            self.step += message.steps

    def on_step_list_followed(self, message: StepList.Followed) -> None:
        message.stop()
        self.followed = message.label
        self.say_where()

    def say_where(self) -> None:
        """Write the lines above the list."""
        recording = self.timeline.recording
        if recording.unavailable:
            self.position.update(Content(visible(recording.unavailable, keep_newlines=False)))
            return
        if not recording.steps:
            self.position.update(Content.styled(NO_STEPS, "$muted"))
            return
        step = self.timeline.step(self.step)
        what = self.said(step) if step else Content.styled(BEGINNING, "$muted")
        count = f"step {self.step:,} of {len(recording.steps):,}  "
        keys = "[ ] step" + (f"   {{ }} change of {self.followed}" if self.followed else "")
        lines = [Content.assemble(count, what), Content.styled(keys, "$muted")]
        if recording.stopped and self.step == len(recording.steps):
            lines.append(Content.styled(STOPPED, "$text-warning"))
        self.position.update(Content("\n").join(lines))

    def said(self, step: Step) -> Content:
        """A step in a few words: its line, what it is about, what it did."""
        subject = visible(self.timeline.subject(step), keep_newlines=False)
        where = f"line {step.line}  " if step.line else ""
        match step.what:
            case Change.FUNCTION_MADE:
                return Content.assemble(where, (subject, "bold"), " is made")
            case Change.FUNCTION_GONE:
                return Content.assemble(where, (subject, "bold"), " is gone")
        label, _, name = subject.partition(" ")
        old = "empty" if step.what is Change.FILLED else _value(step.before)
        in_place = ", in place" if step.what is Change.MUTATED else ""
        return Content.assemble(
            where,
            (label, "bold $cell"),
            f" {name} {old}",
            (MARKS.becomes, "bold $changed"),
            (_value(step.after), "bold $changed"),
            in_place,
        )


def _value(text: str | None) -> str:
    return "empty" if text is None else shorten(visible(text, keep_newlines=False), VALUE_COLUMNS)
