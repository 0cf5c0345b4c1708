"""What the palette finds: exercises, the commands of the editor, the actions that have no key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

from textual.dom import DOMNode

from tutor.text import visible
from tutor.ui.keys.actions import shown_keys
from tutor.ui.keys.editing import EDITING
from tutor.ui.keys.palette import Command
from tutor.ui.kit.themes import CHOICES
from tutor.ui.screens.main_screen import MainScreen


class Searched(Protocol):
    """The application, as far as it is searched and acted upon."""

    main: MainScreen
    keys: dict[str, str]

    async def run_action(self, action: str, default_namespace: DOMNode | None = None) -> bool:
        """Do what a key would."""

    def on_main(self, act: Callable[[], None]) -> None:
        """Act where nothing lies over the main screen."""

    def choose_theme(self, name: str) -> None:
        """Use these colours from now on."""


def searchable(app: Searched) -> Iterator[Command]:
    """Everything that can be found, in the order in which it is listed."""
    main = app.main
    over = "Back to the starter; undo brings your text back"
    yield "Start over", over, partial(app.on_main, main.action_start_over)
    solution = partial(app.on_main, main.action_solution)
    yield "Show the solution", "After a warning; your text stays", solution
    yield from _editing(app)
    for theme in CHOICES:
        yield f"Theme: {theme}", "Colours from now on", partial(app.choose_theme, theme)
    for title, help, act in main.scratch.commands():
        yield title, help, partial(app.on_main, act)
    for unit in main.course_state.course.units:
        for each in unit.exercises:
            title = f"{unit.number}.{each.number} {visible(each.title)}"
            go = partial(app.on_main, partial(main.going.go_to, each))
            yield title, f"{each.difficulty}, {each.kind}", go


def _editing(app: Searched) -> Iterator[Command]:
    """The commands of the editor, each with its keys."""
    for command in EDITING:
        keys = ", ".join(shown_keys(app.keys[str(command.id)]))
        help = ": ".join(filter(None, (keys, command.tooltip)))
        yield command.description, help, partial(app.on_main, partial(_edit, app, command.action))


def _edit(app: Searched, action: str) -> None:
    """Do what a command of the editor does, in sight."""
    pane = app.main.code
    app.main.bring(pane)
    pane.take_focus()
    pane.call_later(app.run_action, action, pane.editor)
