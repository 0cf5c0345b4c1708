"""The timeline: the cells as they were after each step of a run, one step at a time."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from tutor.protocol.views import Recording
from tutor.text import visible
from tutor.ui.cells.cell_list import CellList
from tutor.ui.cells.step_text import Track, keys_of, note, said
from tutor.ui.cells.step_views import StepCode, StepRows
from tutor.ui.kit.text_view import hang
from tutor.views.asked_value import Literal
from tutor.views.questions import Answer, when_was, where_made, who_wrote
from tutor.views.timeline import Timeline

NO_STEPS = "No function was made, and no cell changed."
STOPPED = "The recording stopped here: it was full. The run went on."
COLUMNS_FOR_CODE = 48
"""From this width on where and what are one line."""
ROWS_FOR_CHANGES = 22
"""From this height on the changes of the cell are a list."""
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

    def __init__(self) -> None:
        super().__init__()
        self.followed = ""
        """The label of the cell that is chosen, wherever it is among the functions of a step."""

    def lines(self, width: int) -> Sequence[Content]:
        lines = super().lines(width)
        if self.text and self.followed in self.text.first and self.chosen_label != self.followed:
            self.set_reactive(CellList.place, self.text.first[self.followed])
        return lines

    @property
    def chosen_label(self) -> str:
        """The label of the chosen cell; empty for none."""
        return self.chosen.label if self.chosen else ""

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
        """Another line is to be marked, with a note of what its step did; None for no line."""

        line: int | None
        note: Content

    DEFAULT_CSS = """
    TimelineView > Static {
        height: auto;
        max-height: 9;
        padding: 0 0 0 1;
    }
    TimelineView.-tall StepRows { display: block; }
    """

    step: reactive[int] = reactive(0, init=False)
    """How many steps have been made in the state on show."""

    def __init__(self) -> None:
        super().__init__()
        self.timeline = Timeline(Recording())
        self.position = Static(markup=False)
        self.rows = 0
        """How many lines stand above the list."""
        self.track = Track(self.timeline, 1)
        self.asked: object = None
        """What was asked last, until the learner goes on by other keys."""
        self.answer: Answer | None = None
        self.remark = ""
        """What is to be said besides."""
        self.literal = ""
        """What a cell was held against last."""
        self.code = StepCode()
        self.changes = StepRows()
        self.list = StepList()

    @property
    def followed(self) -> str:
        """The label of the cell whose changes are gone through; empty if there is none."""
        return self.list.followed

    @followed.setter
    def followed(self, label: str) -> None:
        self.list.followed = label

    def compose(self) -> ComposeResult:
        yield self.position
        yield self.code
        yield self.changes
        yield self.list

    def show(self, timeline: Timeline, source: str = "") -> None:
        """Show the recording of a program, its last step first."""
        gc.unfreeze()
        self.timeline = timeline
        self.asked = self.answer = None
        self.code.open(source)
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
        self.post_message(self.moved)

    @property
    def moved(self) -> Moved:
        """Tells which line is that of the step, and what it did."""
        step = self.timeline.step(self.step)
        return self.Moved(step.line if step else None, note(self.timeline, step))

    def show_step(self) -> None:
        """Show the state after the step, and against the one before it what changed."""
        before = self.timeline.at(self.step - 1) if self.step else None
        self.list.show(self.timeline.at(self.step), before)
        self.list.choose(self.followed)
        self.say_where()
        step = self.timeline.step(self.step)
        self.code.mark(step.line if step else 0, note(self.timeline, step))
        if step and step.cell:
            self.list.bring(step.cell)

    @property
    def line(self) -> int | None:
        """The line of the step."""
        return self.moved.line

    # What is asked about a cell: see views/questions.py.

    def ask_who(self, label: str, remark: str) -> None:
        """Tell who wrote a cell last; asked again, who did before that. Raises UnknownCell."""
        question = ("who", label)
        self.tell(label, question, who_wrote(self.timeline, label, self.up_to(question)), remark)

    def ask_when(self, asked: Literal, label: str, remark: str) -> None:
        """Tell when a cell became a value last; asked again, when before that. Raises UnknownCell."""
        question = ("when", label, asked.text)
        answer = when_was(self.timeline, label, asked, self.up_to(question))
        self.tell(label, question, answer, remark)

    def ask_made(self, label: str, remark: str) -> None:
        """Tell where a cell was made. Raises UnknownCell."""
        self.tell(label, ("made", label), where_made(self.timeline, label), remark)

    def up_to(self, question: object) -> int:
        """Up to which step to look: to the one in view, or before it if that is the answer already."""
        again = question == self.asked and self.answer and self.answer.step == self.step
        return self.step - 1 if again else self.step

    def go_to_end(self) -> None:
        """The state that is shown beside the timeline: what is asked there is asked of all."""
        self.forget_answer()
        self.step = len(self.timeline)

    def tell(self, label: str, question: object, answer: Answer, remark: str) -> None:
        """Follow a cell, go to the step of an answer, and say it."""
        self.followed, self.asked, self.answer = label, question, answer
        self.remark = remark
        if answer.step is None or answer.step == self.step:
            self.list.choose(label)
            self.say_where()
        else:
            self.step = answer.step

    def forget_answer(self) -> None:
        """The learner goes on: what was said is of another step."""
        self.asked = self.answer = None

    def on_step_list_wanted(self, message: StepList.Wanted) -> None:
        message.stop()
        answered = self.answer is not None
        self.forget_answer()
        if answered:
            self.say_where()
        if message.change:
            found = self.timeline.change_of(self.followed, self.step, message.change)
            self.step = self.step if found is None else found
        else:
            self.step += message.steps

    def on_step_list_followed(self, message: StepList.Followed) -> None:
        message.stop()
        self.followed = message.label
        self.forget_answer()
        self.say_where()

    def on_resize(self) -> None:
        self.set_class(self.size.height >= ROWS_FOR_CHANGES, "-tall")
        self.say_where()

    def say_where(self) -> None:
        """Write the lines above the list, as many for every step: so the list stays where it is."""
        width = self.size.width - 2
        lines = [part for line in self.where(width) for part in hang(line, max(width, 1))]
        # To lay the whole screen out anew costs as much as all the rest of a step.
        self.position.update(Content("\n").join(lines), layout=len(lines) != self.rows)
        self.rows = len(lines)
        if self.has_class("-tall"):
            self.changes.show(self.timeline, self.followed, self.step, width)

    def where(self, width: int) -> list[Content]:
        """Where in the recording this is, what the step did, and the answer or the keys to ask."""
        recording = self.timeline.recording
        if recording.unavailable:
            return [Content(visible(recording.unavailable, keep_newlines=False))]
        if not recording.steps:
            return [Content.styled(NO_STEPS, "$muted")]
        step = self.timeline.step(self.step)
        count = f"step {self.step:,} of {len(recording.steps):,}"
        if step and step.line:
            count += f"  line {step.line}"
        lines = [Content(count)]
        if width >= COLUMNS_FOR_CODE:
            room = width - len(count) - 2
            lines[0] = Content.assemble(count, "  ", said(self.timeline, step, room))
        else:
            lines.append(said(self.timeline, step, width))
        if (self.track.timeline, self.track.width) != (self.timeline, width):
            self.track = Track(self.timeline, width)
        lines.append(self.track.at(self.step, self.followed))
        if self.answer:
            lines.append(Content(self.answer.sentence + self.remark))
        else:
            lines.append(Content.styled(keys_of(self.followed, width), "$muted"))
        if recording.stopped and self.step == len(recording.steps):
            lines.append(Content.styled(STOPPED, "$text-warning"))
        return lines
