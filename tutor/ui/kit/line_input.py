"""One line to type in, with the lines before it on the arrow keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tutor.ui.kit.keys_in_order import KeysInOrder, in_sight

MOST_ENTRIES = 1000


class Entries:
    """What was entered, and the place in it that is shown; what is not entered yet comes last."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.place = 0
        self.draft = ""

    def add(self, text: str) -> None:
        """Keep what was entered, unless it is what was entered before it."""
        if text and self.texts[-1:] != [text]:
            self.texts.append(text)
            del self.texts[:-MOST_ENTRIES]
        self.place, self.draft = len(self.texts), ""

    def step(self, by: int, shown: str) -> str:
        """Go on in either direction from what is shown now."""
        if self.place == len(self.texts):
            self.draft = shown
        self.place = max(0, min(self.place + by, len(self.texts)))
        return (*self.texts, self.draft)[self.place]


class PromptInput(KeysInOrder, Input):
    """One line, with the lines before it on the arrow keys."""

    @dataclass
    class Entered(Message):
        """A line was entered; None is the end of input."""

        text: str | None

    IS_FOR_TEXT = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "recall(-1)", "The line before", show=False),
        Binding("down", "recall(1)", "The line after", show=False),
        Binding("ctrl+d", "delete_or_end", "Delete, or end the input", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.entries = Entries()

    @property
    def takes_text(self) -> bool:
        return in_sight(self)

    def action_recall(self, step: int) -> None:
        self.value = self.entries.step(step, self.value)
        self.cursor_position = len(self.value)

    def action_delete_or_end(self) -> None:
        if self.value:
            self.action_delete_right()
        else:
            self.post_message(self.Entered(None))

    async def action_submit(self) -> None:
        self.entries.add(self.value)
        self.post_message(self.Entered(self.value))
        self.value = ""
