"""The palette: what can be searched for, and the list of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol, cast

from rich.markup import escape
from textual import on
from textual.binding import BindingType
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList

from tutor.ui.keys.actions import KEYS
from tutor.ui.kit.pane import ClosesOnce


@dataclass(frozen=True)
class Command:
    """Something that can be found and done."""

    title: str
    """What is searched."""
    help: str
    """What it does or is, in a few words."""
    act: Callable[[], Awaitable[object] | None]
    key: str = ""
    """The keys that do the same, as they are written for people."""
    mark: str = ""
    """The mark of a state, before the title."""

    def display(self, title: Content) -> Content:
        """The title, in which what was found may be marked, between its mark and its keys."""
        mark = Content(f"{self.mark} " if self.mark else "")
        return mark + title + Content.styled(f"  {self.key}" if self.key else "", "$muted")


class Searchable(Protocol):
    """What the palette asks of the application."""

    def searchable(self) -> Iterator[Command]:
        """Everything that can be found."""


class TutorCommands(Provider):
    """Everything that the palette finds."""

    def commands(self) -> Iterator[Command]:
        """Everything that the application has to be found."""
        return cast(Searchable, self.app).searchable()

    async def discover(self) -> Hits:
        for each in self.commands():
            display = each.display(Content(each.title))
            yield DiscoveryHit(display, each.act, each.title, escape(each.help))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for each in self.commands():
            score = matcher.match(each.title)
            if score > 0:
                display = each.display(Content(each.title))
                yield Hit(score, display, each.act, each.title, escape(each.help))


class Palette(ClosesOnce, CommandPalette):
    """The list of commands and exercises, searched as one types.

    Where a key of the main screen means something else to the line that is typed in, it does nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        dataclasses.replace(key, action="pass_over", show=False)
        for key in KEYS
        if key.id not in ("next_pane", "quit")  # Escape closes it, Ctrl+Q quits everywhere
    ]

    @on(Input.Changed)
    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def leave_what_comes_late(self, message: Message) -> None:
        """What was typed before the palette was closed finds it without its list."""
        if not self.is_current:
            message.prevent_default()

    def _action_command_list(self, action: str) -> None:
        # Textual 8.x: to turn a page of a list that is not laid out yet raises KeyError.
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)

    def action_pass_over(self) -> None:
        """Do nothing: what the key is for lies under this page."""

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False
