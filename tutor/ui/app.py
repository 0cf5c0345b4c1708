"""The application: what it is made of, how it begins and ends."""

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
LEFT_OUT = "Some of the course has faults and is left out: `python -m tutor verify` names them."


class TutorApp(App[None]):
    TITLE = "Closure Tutor"
    CSS_PATH = "tutor.tcss"
    COMMANDS = {TutorCommands}  # noqa: RUF012  a ClassVar by Textual's own declaration

    def __init__(
        self,
        course: Course,
        progress: Progress,
        session: Session,
        first: Exercise | None = None,
        theme: str | None = None,
        notice: str = "",
    ) -> None:
        # Else NO_COLOR with a theme of sixteen colours is black on black.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.animation_level = "none"
        self.main = MainScreen(course, progress, session, first or course.exercises[0], notice)
        for own in OWN:
            self.register_theme(own)
        self.theme = theme_for(theme, progress.theme, self.console.color_system)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return SIXTEEN_ON_DARK if self.current_theme.dark else SIXTEEN_ON_LIGHT

    def get_default_screen(self) -> MainScreen:
        return self.main

    def on_mount(self) -> None:
        for number in (signal.SIGHUP, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self.leave, 128 + number)

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

    def leave(self, status: int = 0) -> None:
        """End the tutor; nothing is lost."""
        self.main.save_draft()
        self.exit(return_code=status)


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
    first = course.exercise(options.exercise or progress.last_exercise or "")

    async def run() -> int:
        async with Session(options.python) as session:
            app = TutorApp(course, progress, session, first, options.theme, LEFT_OUT * bool(faults))
            await app.run_async(mouse=options.mouse)
        return app.return_code or 0

    return asyncio.run(run())
