"""What can be searched for: exercises, and the actions that have no key."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList

from tutor.text import visible
from tutor.ui.keys import KEYS
from tutor.ui.page import ClosesOnce
from tutor.ui.themes import CHOICES

if TYPE_CHECKING:
    from tutor.ui.app import TutorApp

Command = tuple[str, str, Callable[[], None]]
"""Title, what it does, and the doing."""


class TutorCommands(Provider):
    """Everything that the palette finds."""

    def commands(self) -> Iterator[Command]:
        app = cast("TutorApp", self.app)
        main = app.main
        yield (
            "Start over",
            "Back to the starter; undo brings your text back",
            partial(self.on_main, main.action_start_over),
        )
        solution = partial(self.on_main, main.action_solution)
        yield "Show the solution", "After a warning; your text stays", solution
        for theme in CHOICES:
            yield f"Theme: {theme}", "Colours from now on", partial(app.choose_theme, theme)
        for unit in main.learner.course.units:
            for exercise in unit.exercises:
                title = f"{unit.number}.{exercise.number} {visible(exercise.title)}"
                yield (
                    title,
                    f"{exercise.difficulty}, {exercise.kind}",
                    partial(self.on_main, partial(main.go_to, exercise)),
                )

    def on_main(self, act: Callable[[], None]) -> None:
        """Close the pages that lie over the main screen, and act there."""
        app = cast("TutorApp", self.app)
        while app.screen is not app.main:
            app.pop_screen()
        act()

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
    """Textual's palette, its cursor at rest; in its line, too, the keys of ours mean nothing else."""

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

    def action_pass_over(self) -> None:
        """Do nothing: what the key is for lies under this page."""

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False
