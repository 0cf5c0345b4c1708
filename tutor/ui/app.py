"""The application: what it is made of, how it begins and how it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from textual.app import App
from textual.binding import Binding

from tutor.course.loader import content_folder, load
from tutor.course.model import Course, Exercise
from tutor.options import AppOptions
from tutor.progress import Progress
from tutor.session import Session
from tutor.ui.commands import Palette, TutorCommands
from tutor.ui.keys import key_name
from tutor.ui.main_screen import MainScreen
from tutor.ui.themes import CHOICES, OWN, SIXTEEN_ON_DARK, SIXTEEN_ON_LIGHT, theme_for

REFUSED = 2


class TutorApp(App[None]):
    """The tutor."""

    TITLE = "Closure Tutor"
    CSS_PATH = "tutor.tcss"
    COMMANDS = {TutorCommands}  # noqa: RUF012  a ClassVar by Textual's own declaration

    def __init__(
        self,
        course: Course,
        progress: Progress,
        session: Session,
        first: Exercise,
        theme: str | None,
    ) -> None:
        # NO_COLOR with a theme of sixteen colours would otherwise be black on black.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.animation_level = "none"
        self.main = MainScreen(course, progress, session, first)
        for own in OWN:
            self.register_theme(own)
        self.theme = theme_for(theme, progress.theme, self.console.color_system)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return SIXTEEN_ON_DARK if self.current_theme.dark else SIXTEEN_ON_LIGHT

    def get_default_screen(self) -> MainScreen:
        return self.main

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self.leave)

    def choose_theme(self, name: str) -> None:
        """Use these colours from now on."""
        self.theme = name
        self.main.learner.keep(self.main.learner.progress.save_theme, name)

    def get_key_display(self, binding: Binding) -> str:
        return key_name(binding.key)

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    async def action_quit(self) -> None:
        self.leave()

    def leave(self) -> None:
        """End the tutor; nothing is lost."""
        self.main.save_draft()
        self.exit()


def run_app(options: AppOptions) -> int:
    """Run the tutor until the learner leaves; the exit status."""
    if options.theme not in (None, *CHOICES):
        sys.stderr.write(f"There is no theme {options.theme}. There are {', '.join(CHOICES)}.\n")
        return REFUSED
    course, faults = load(options.content or content_folder())
    if not course.exercises:
        sys.stderr.write(f"{faults[0]}\n")
        return REFUSED
    progress = Progress.open(options.state)
    id = options.exercise or progress.last_exercise or ""
    first = course.exercise(id) or course.exercises[0]
    return asyncio.run(_run(course, progress, first, options))


async def _run(course: Course, progress: Progress, first: Exercise, options: AppOptions) -> int:
    async with Session(options.python) as session:
        app = TutorApp(course, progress, session, first, options.theme)
        await app.run_async(mouse=options.mouse)
    return app.return_code or 0
