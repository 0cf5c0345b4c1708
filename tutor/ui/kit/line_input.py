"""One line to type in, with the lines before it on the arrow keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tutor.ui.kit.keys_in_order import KeysInOrder, in_sight


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
        self.history: list[str] = []
        self.place = 0
        """The line of the history that is shown; its length for a new one."""

    @property
    def takes_text(self) -> bool:
        return in_sight(self)

    def action_recall(self, step: int) -> None:
        self.place = max(0, min(self.place + step, len(self.history)))
        self.value = (*self.history, "")[self.place]
        self.cursor_position = len(self.value)

    def action_delete_or_end(self) -> None:
        if self.value:
            self.action_delete_right()
        else:
            self.post_message(self.Entered(None))

    async def action_submit(self) -> None:
        if self.value and self.history[-1:] != [self.value]:
            self.history.append(self.value)
        self.place = len(self.history)
        self.post_message(self.Entered(self.value))
        self.value = ""
