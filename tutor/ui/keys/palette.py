"""What can be searched for: exercises, and the actions that have no key."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import ClassVar, Protocol, cast

from textual import on
from textual.binding import BindingType
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList

from tutor.ui.keys.actions import KEYS
from tutor.ui.kit.pane import ClosesOnce

Command = tuple[str, str, Callable[[], None]]
"""Its title, what it does in a few words, and the function that does it."""


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
        for title, help, command in self.commands():
            yield DiscoveryHit(Content(title), command, title, help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for title, help, command in self.commands():
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, Content(title), command, title, help)


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
