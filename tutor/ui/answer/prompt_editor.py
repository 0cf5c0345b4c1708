"""What is typed at the prompt: a line, or a block of lines, with what was entered before it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from textwrap import dedent
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tutor.protocol.reports import Completions, Entry, Report
from tutor.protocol.requests import Ask, Question
from tutor.ui.kit.keys_in_order import hand_on
from tutor.ui.kit.line_input import Entries
from tutor.ui.kit.plain_editor import PlainEditor

INDENT = 4


async def _nobody(_: Question) -> Report | None:
    return None


class PromptEditor(PlainEditor):
    """Lines that are entered together; whether they are whole, and what a word may become, is asked.

    While an answer is awaited the keys that come after wait in the widget's queue, in their order.
    """

    @dataclass
    class Entered(Message):
        """Something was entered; None is the end of input."""

        text: str | None

    @dataclass
    class Offered(Message):
        """A word may become several."""

        names: tuple[str, ...]
        more: int

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "Enter it", show=False),
        Binding("tab", "complete", "Complete", show=True),
        Binding("up", "up", "The line above, or what was entered before", show=False),
        Binding("down", "down", "The line below, or what was entered after", show=False),
        Binding("ctrl+d", "delete_or_end", "Delete, or end the input", show=False),
    ]

    DEFAULT_CSS = """
    PromptEditor {
        padding: 0;
        scrollbar-size: 0 0;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.highlight_cursor_line = False
        self.ask: Callable[[Question], Awaitable[Report | None]] = _nobody
        """Asks the program as one types; None if it does not answer."""
        self.entries = Entries()
        self.is_code = False
        """Whether what is entered is code, else a line that the program reads."""
        self.waiting = False
        """Whether nothing can be entered for now; what is typed stands there until it can."""
        self.ahead = 0
        """How many lines were entered meanwhile, as at a terminal: they are taken in their turn."""

    @property
    def value(self) -> str:
        """All that stands there."""
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        self.rewrite(text)
        self.move_cursor(self.document.end)

    @property
    def is_block(self) -> bool:
        """Whether there are several lines."""
        return self.document.line_count > 1

    @property
    def before_cursor(self) -> str:
        """The line of the cursor, as far as it goes."""
        row, column = self.cursor_location
        return self.document.get_line(row)[:column]

    async def action_enter(self) -> None:
        row, _ = self.cursor_location
        last = row == self.document.line_count - 1
        if self.waiting or (self.is_code and not last):
            self.ahead += self.waiting and last
            self.insert("\n")
        elif not self.is_code:
            self.enter()
        elif not self.text.strip():
            self.clear()
        elif (whole := await self.is_whole(self.text)) is not None:
            if whole:
                self.enter()
            else:
                self.insert("\n", self.document.end)

    async def is_whole(self, text: str) -> bool | None:
        """Whether the program would take these lines; None if it does not answer."""
        answer = await self.ask(Question(Ask.IS_WHOLE, text))
        return answer.whole if isinstance(answer, Entry) else None

    def enter(self) -> None:
        """Hand on what stands there."""
        text = self.text
        self.put_away()
        self.hand_on(text)

    def hand_on(self, text: str) -> None:
        """Have what was entered taken; until then nothing else can be."""
        self.waiting = True
        self.post_message(self.Entered(text))

    async def catch_up(self) -> None:
        """Take the next of the lines that were entered while nothing could be."""
        while self.ahead and not self.waiting:
            lines = self.text.split("\n")
            for count in range(1, self.ahead + 1):
                text = "\n".join(lines[:count])
                if not self.is_code or not text.strip() or await self.is_whole(text):
                    break
            else:  # of a block more is to come
                self.ahead = 0
                return
            self.ahead -= count
            self.entries.add(text.strip("\n"))
            self.value = "\n".join(lines[count:])
            if text.strip() or not self.is_code:
                self.hand_on(text)

    def put_away(self) -> None:
        """Empty the prompt; Up brings back what stood there."""
        self.entries.add(self.text.rstrip("\n"))
        self.clear()
        self.history.clear()
        self.ahead = 0

    def give_up(self) -> bool:
        """Put a block away without entering it; whether there was one."""
        there = self.is_block
        if there:
            self.put_away()
        return there

    def action_copy(self) -> None:
        """Copy what is selected; without a selection Ctrl+C gives up what was typed, as in Python."""
        if self.selection.is_empty:
            self.put_away()
        else:
            super().action_copy()

    def action_delete_or_end(self) -> None:
        if self.text or self.is_code:
            self.action_delete_right()
        else:
            self.post_message(self.Entered(None))

    def action_up(self) -> None:
        self.ahead = 0
        if self.cursor_location[0]:
            self.action_cursor_up()
        else:
            self.recall(-1)

    def action_down(self) -> None:
        if self.cursor_location[0] < self.document.line_count - 1:
            self.action_cursor_down()
        else:
            self.recall(1)

    def recall(self, by: int) -> None:
        """Show what was entered before or after what is shown."""
        text = self.entries.step(by, self.text)
        if text != self.text:
            self.value = text

    async def action_complete(self) -> None:
        before = self.before_cursor
        if not before.strip():
            self.insert(" " * (INDENT - len(before) % INDENT))
        elif self.is_code and not self.waiting and before[-1] != " ":
            row, _ = self.cursor_location
            above = [self.document.get_line(number) for number in range(row)]
            answer = await self.ask(Question(Ask.COMPLETE, "\n".join((*above, before))))
            if isinstance(answer, Completions):
                self.insert(answer.common[len(answer.word) :])
                if len(answer.names) > 1:
                    self.post_message(self.Offered(answer.names, answer.more))

    def on_paste(self, event: events.Paste) -> None:
        if self.heir:
            hand_on(event, self.heir)
        elif not self.handed_on(event):
            event.stop()
            event.prevent_default()  # TextArea would insert it as it is
            self.replace(self.pasted(event.text), *self.selection)

    def pasted(self, text: str) -> str:
        """What was pasted, without the indentation of where it was copied; a line without its end."""
        text = "\n".join(text.splitlines() + [""] * text.endswith(("\n", "\r")))
        if self.is_code and not self.text:
            text = dedent(text)
        ends = text.endswith("\n")
        text = text.rstrip("\n")
        return text + "\n" if ends and "\n" in text else text
