"""Finding a text in the program: a line at the foot of the editor, and where the text stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static
from textual.widgets.text_area import Location

from tutor.ui.kit.keys_in_order import KeysInOrder

NOWHERE = "not in the program"


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the text."""

    start: Location
    end: Location
    number: int
    """Which one of them, from 1."""
    count: int
    wrapped: bool
    """Whether it lies on the other side of the beginning."""

    def __str__(self) -> str:
        return f"{self.number} of {self.count}" + (", from the top again" if self.wrapped else "")


def find(lines: Sequence[str], text: str, start: Location) -> Found | None:
    """The first place of a text at or after a location, else the first of all.

    Capitals count only if there is one in the text.
    """
    if not text:
        return None
    pattern = re.compile(re.escape(text), re.IGNORECASE if text == text.lower() else 0)
    places = [
        ((row, match.start()), (row, match.end()))
        for row, line in enumerate(lines)
        for match in pattern.finditer(line)
    ]
    if not places:
        return None
    number = bisect_left(places, start, key=lambda place: place[0])
    wrapped = number == len(places)
    place = places[0 if wrapped else number]
    return Found(*place, 1 if wrapped else number + 1, len(places), wrapped)


class FindInput(KeysInOrder, Input):
    """The text that is looked for."""

    @dataclass
    class Next(Message):
        """The next place is asked for."""

    IS_FOR_TEXT = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "find_next", "The next place", show=False)
    ]

    def __init__(self, in_editor: Callable[[str], str | None]) -> None:
        super().__init__(compact=True)
        self.cursor_blink = False
        self.in_editor = in_editor
        """What a key does in the editor: what finds the next place there does it here."""

    def action_of(self, key: str) -> str | None:
        goes_on = self.in_editor(key) == "find_next"
        return "find_next" if goes_on else super().action_of(key)

    def action_find_next(self) -> None:
        self.post_message(self.Next())


class FindLine(Horizontal):
    """One row: the text, and which of its places is in view."""

    DEFAULT_CSS = """
    FindLine {
        height: 1;
        padding: 0 1;
        background: $panel;
        display: none;
        &.-open { display: block; }
        FindInput { width: 1fr; background: $panel; }
        FindInput:focus { background-tint: $foreground 0%; }
        Static { width: auto; color: $muted; }
        .name { color: $foreground; }
    }
    """

    is_open: reactive[bool] = reactive(False, toggle_class="-open")

    def __init__(self, in_editor: Callable[[str], str | None]) -> None:
        super().__init__()
        self.line = FindInput(in_editor)
        self.note = Static(markup=False)

    def compose(self) -> ComposeResult:
        yield Static("Find ", classes="name", markup=False)
        yield self.line
        yield self.note

    def open(self, text: str) -> None:
        """Come in sight, with a text to look for; the first letter typed takes its place."""
        self.is_open = True
        self.line.value = text
        self.line.select_all()
        self.screen.set_focus(self.line)

    def tell(self, found: Found | None) -> None:
        """Say which place is in view."""
        self.note.update(f" {found or NOWHERE * bool(self.line.value)}")
