"""The timeline: the cells as they were after each step of a run, one step at a time."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from tutor.protocol.views import Change, Recording, Step
from tutor.text import columns, shorten, visible
from tutor.ui.cells.cell_list import CellList
from tutor.ui.cells.cell_text import LEAST_NAME
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.text_view import hang
from tutor.views.pieces import EMPTY_CELL
from tutor.views.timeline import Timeline

NO_STEPS = "No function was made, and no cell changed."
STOPPED = "The recording stopped here: it was full. The run went on."
BEGINNING = "before the first"
COLUMNS_FOR_CODE = 48
"""From this width on where and what are one line."""
MANY_STEPS = 10_000
FIRST, LAST = -1 << 62, 1 << 62


class StepList(CellList):
    """Lists the cells as they were at one step; its keys go from step to step."""

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
        Binding("left_square_bracket", "move(-1)", "Step", show=True, key_display="[ ]"),
        Binding("right_square_bracket", "move(1)", "Step forth", show=False),
        Binding("left_curly_bracket", "change(-1)", "Change", show=True, key_display="{ }"),
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
        self.rows = 0
        """How many lines stand above the list."""
        self.list = StepList()

    def compose(self) -> ComposeResult:
        yield self.position
        yield self.list

    def show(self, timeline: Timeline) -> None:
        """Show a recording, its last step first."""
        gc.unfreeze()
        self.timeline = timeline
        if len(timeline) >= MANY_STEPS:
            # None of it is garbage; looking through 100,000 steps holds a key up by 80 ms.
            gc.freeze()
        last = timeline.at(len(timeline))
        held = [free.cell for function in last.functions for free in function.free]
        self.followed = next(iter([*held, *(cell.label for cell in timeline.recording.cells)]), "")
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

    def on_resize(self) -> None:
        self.say_where()

    def say_where(self) -> None:
        """Write the lines above the list, as many for every step: so the list stays where it is."""
        width = self.size.width - 2
        lines = [part for line in self.where(width) for part in hang(line, max(width, 1))]
        # To lay the whole screen out anew costs as much as all the rest of a step.
        self.position.update(Content("\n").join(lines), layout=len(lines) != self.rows)
        self.rows = len(lines)

    def where(self, width: int) -> list[Content]:
        """Where in the recording this is, what the step did, and the keys that lead on."""
        recording = self.timeline.recording
        if recording.unavailable:
            return [Content(visible(recording.unavailable, keep_newlines=False))]
        if not recording.steps:
            return [Content.styled(NO_STEPS, "$muted")]
        step = self.timeline.step(self.step)
        count = f"step {self.step:,} of {len(recording.steps):,}"
        if step and step.line:
            count += f"  line {step.line}"
        keys = "[ ] step" + (f"   {{ }} change of {self.followed}" if self.followed else "")
        lines = [Content(count), self.said(step, width), Content.styled(keys, "$muted")]
        if width >= COLUMNS_FOR_CODE:
            room = width - lines[0].cell_length - 2
            lines[:2] = [Content.assemble(lines[0], "  ", self.said(step, room))]
        if recording.stopped and self.step == len(recording.steps):
            lines.append(Content.styled(STOPPED, "$text-warning"))
        return lines

    def said(self, step: Step | None, width: int) -> Content:
        """A step in a line: what it is about, what it did."""
        if step is None:
            return Content.styled(BEGINNING, "$muted")
        subject = visible(self.timeline.subject(step), keep_newlines=False)
        match step.what:
            case Change.FUNCTION_MADE:
                return Content.assemble((shorten(subject, width - 8), "bold"), " is made")
            case Change.FUNCTION_GONE:
                return Content.assemble((shorten(subject, width - 8), "bold"), " is gone")
        label, _, name = subject.partition(" ")
        name = shorten(name, max(LEAST_NAME, width // 2))
        in_place = ", in place" if step.what is Change.MUTATED else ""
        old = EMPTY_CELL if step.what is Change.FILLED else _value(step.before)
        new = _value(step.after)
        room = width - columns(f"{label} {name}  {in_place}")
        if columns(old + new) > room:
            old = shorten(old, max(room - columns(new), room // 2))
            new = shorten(new, room - columns(old))
        return Content.assemble(
            (label, "bold $cell"),
            f" {name} {old}",
            (MARKS.becomes, "bold $changed"),
            (new, "bold $changed"),
            in_place,
        )


def _value(text: str | None) -> str:
    return EMPTY_CELL if text is None else visible(text, keep_newlines=False)
