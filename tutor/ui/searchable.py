"""What the palette finds: every action, the hints, the settings, the exercises with their state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Protocol

from textual.dom import DOMNode

from tutor.state.progress import ExerciseState
from tutor.state.settings import THEMES, Settings
from tutor.text import visible
from tutor.ui.exercise.title_bar import STATE_MARKS
from tutor.ui.keys.actions import KEYS
from tutor.ui.keys.editing import EDITING
from tutor.ui.keys.palette import Command
from tutor.ui.screens.main_screen import MainScreen
from tutor.ui.settings.rows import ROWS, named, shown, value_of

STATE_WORDS = {
    ExerciseState.NOT_BEGUN: "not begun",
    ExerciseState.BEGUN: "begun",
    ExerciseState.PASSED: "passed",
    ExerciseState.SHOWN: "solution shown",
}


class Searched(Protocol):
    """The application, as far as it is searched and acted upon."""

    main: MainScreen
    keys: dict[str, str]
    settings: Settings

    @property
    def config_name(self) -> str:
        """What the configuration file is called."""

    @property
    def shown_theme(self) -> str:
        """The colours that are in use."""

    async def run_action(self, action: str, default_namespace: DOMNode | None = None) -> bool:
        """Do what a key would."""

    async def on_main(self, act: Callable[[], Awaitable[object] | None]) -> None:
        """Act where nothing lies over the main screen."""

    def edit(self, action: str) -> None:
        """Do what a command of the editor does, in sight."""

    def choose_theme(self, name: str) -> None:
        """Use these colours from now on."""

    def open_settings(self, path: tuple[str, ...]) -> None:
        """Show the settings, with the cursor on one."""


def searchable(app: Searched) -> Iterator[Command]:
    """Everything that can be found, in the order in which it is listed."""
    yield from _actions(app)
    yield from _editing(app)
    yield from _hints(app)
    for title, help, act in app.main.scratch.commands():
        yield Command(title, help, partial(app.on_main, act))
    yield from _settings(app)
    yield from _exercises(app)


def _actions(app: Searched) -> Iterator[Command]:
    """The actions that do something now, each with its keys, and those that have none."""
    main = app.main
    for key in KEYS:
        if main.offers(key.action):
            keys = named(app.keys[str(key.id)])
            act = partial(app.on_main, partial(app.run_action, key.action, main))
            help = f"{key.tooltip[:1].upper()}{key.tooltip[1:]}"
            yield Command(key.description, help, act, keys)
    over = "Back to the starter; undo brings your text back"
    yield Command("Start over", over, partial(app.on_main, main.action_start_over))
    solution = partial(app.on_main, main.action_solution)
    yield Command("Show the solution", "After a warning; your text stays", solution)
    save = partial(app.on_main, main.inspector.save_picture)
    yield Command("Save the diagram", "As SVG and as text, where the tutor was started", save)
    welcome = partial(app.on_main, main.show_welcome)
    yield Command("Welcome", "What the first start says", welcome)


def _editing(app: Searched) -> Iterator[Command]:
    """What the editor can do, each with its keys."""
    for each in EDITING:
        act = partial(app.on_main, partial(app.edit, each.action))
        yield Command(each.description, each.tooltip, act, named(app.keys[str(each.id)]))


def _hints(app: Searched) -> Iterator[Command]:
    """The hints of the exercise in view, open or not."""
    view = app.main.course_state.exercise_view
    count = len(view.exercise.hints)
    for number in range(1, count + 1):
        if number <= view.hints:
            help = "Is open; shows it again"
        elif number == view.hints + 1:
            help = "Opens it"
        else:
            help = "Opens it and those before it"
        show = partial(app.on_main, partial(app.main.reading.show_hint, number))
        yield Command(f"Hint {number} of {count}", help, show)


def _settings(app: Searched) -> Iterator[Command]:
    """Each theme, and each setting as it is."""
    for theme in THEMES:
        kept = f"Colours from now on; kept in {visible(app.config_name, keep_newlines=False)}"
        yield Command(f"Theme: {theme}", kept, partial(app.choose_theme, theme))
    for row in ROWS:
        value = app.shown_theme if row.path == ("theme",) else value_of(app.settings, row.path)
        plain = named(str(value)) if row.is_key else shown(value)
        word = plain if value is None else dict(row.choices).get(value, plain)
        name = f"Keys of {row.name}" if row.is_key else row.name
        help = f"Now {visible(f'{word} {row.unit}'.strip(), keep_newlines=False)}"
        yield Command(f"Setting: {name}", help, partial(app.open_settings, row.path))


def _exercises(app: Searched) -> Iterator[Command]:
    """The exercises of the course, each with the mark and the word of its state."""
    main = app.main
    states = main.course_state.states
    for unit in main.course_state.course.units:
        for each in unit.exercises:
            state = states[each.id]
            title = f"{unit.number}.{each.number} {visible(each.title, keep_newlines=False)}"
            help = f"{STATE_WORDS[state].capitalize()} · {each.difficulty}, {each.kind}"
            go = partial(app.on_main, partial(main.going.go_to, each))
            yield Command(title, help, go, mark=STATE_MARKS[state])
