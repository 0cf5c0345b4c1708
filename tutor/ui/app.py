"""The application: what it is made of, how it begins and ends."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from rich.console import RenderableType
from textual import constants, events
from textual.binding import Binding
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size
from textual.worker import WorkerFailed

from tutor.course.model import Course, Exercise
from tutor.exits import FAILED
from tutor.session import Session
from tutor.state.progress import Progress
from tutor.state.settings import Settings, settings_file
from tutor.text import is_unicode
from tutor.ui.keys.actions import key_name
from tutor.ui.keys.keymap import USUAL, keymap
from tutor.ui.keys.palette import Command, Palette, TutorCommands
from tutor.ui.kit.marks import ENCODING
from tutor.ui.kit.sentences import copied
from tutor.ui.kit.themes import OWN, SIXTEEN_ON_DARK, theme_for
from tutor.ui.pages.too_small import TooSmall, fits
from tutor.ui.screens.main_screen import MainScreen
from tutor.ui.terminal.ascii import AsciiDriver
from tutor.ui.terminal.cursor import CursorAtFocus
from tutor.ui.terminal.driver import FrameDriver

if TYPE_CHECKING:
    from pathlib import Path

    from tutor.ui.settings.rows import Value

STOCK_DRIVER = "CLOSURE_TUTOR_STOCK_DRIVER"
"""Set in the environment, it has Textual's own driver talk to the terminal."""


class TutorApp(CursorAtFocus):
    """The tutor as a Textual application."""

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
        settings: Settings | None = None,
        config: Path | None = None,
        *,
        welcome: bool = False,
    ) -> None:
        # Else NO_COLOR with a theme of sixteen colours is black on black.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.saved = False
        """Whether the answer was saved when the tutor ended."""
        self.animation_level = "none"
        self.settings = settings or Settings()
        """The settings in force."""
        self.painted = self.settings.cursor == "painted"
        """Whether a cursor is painted where one types."""
        self.config = config or settings_file()
        """Where they are kept."""
        self.keys = keymap(self.settings.keys)
        """Each action with its keys, comma-separated, as they are in force."""
        first = first or course.exercises[0]
        self.main = MainScreen(
            course, progress, session, first, notice, self.settings, self.keys, welcome=welcome
        )
        for own in OWN:
            self.register_theme(own)
        self.theme = theme_for(theme, self.settings.theme, self.console.color_system)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return SIXTEEN_ON_DARK

    def get_driver_class(self) -> type[Driver]:
        if STOCK_DRIVER in os.environ or constants.DRIVER:
            return super().get_driver_class()
        return FrameDriver if is_unicode(ENCODING) else AsciiDriver

    def get_default_screen(self) -> MainScreen:
        return self.main

    def on_mount(self) -> None:
        self.use_keys()
        self.choose_cursor(painted=self.painted)
        self.fit(self.size)
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
            leave = partial(self.exit, return_code=128 + number)
            asyncio.get_running_loop().add_signal_handler(number, leave)

    def on_resize(self, event: Resize) -> None:
        self.fit(event.size)

    async def on_event(self, event: events.Event) -> None:
        # Textual 8.x: a binding with several keys does not tell its action which was pressed.
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.main.pressed = event.key
        await super().on_event(event)

    def fit(self, size: Size) -> None:
        """Show the tutor, or what it misses where it has no room."""
        told = isinstance(self.screen, TooSmall)
        if told and fits(size):
            self.pop_screen()
        elif not told and not fits(size):
            self.push_screen(TooSmall())

    def action_redraw(self) -> None:
        """Paint everything again: something else has written on the terminal."""
        # Textual 8.x: no public name leads to the driver.
        if isinstance(self._driver, FrameDriver):
            self._driver.redraw()
        self.refresh(layout=True)

    @property
    def config_name(self) -> str:
        """What the configuration file is called."""
        return self.config.name

    @property
    def shown_theme(self) -> str:
        """The colours that are in use."""
        return self.theme

    def change_setting(self, path: tuple[str, ...], value: Value) -> str:
        """Have a setting from now on, and keep it; why it cannot be kept, or nothing."""
        # What is not needed before something is changed.
        from tutor.state.settings_file import SettingsUnwritable, write_setting
        from tutor.ui.settings.rows import with_value

        self.settings = self.main.runs.settings = with_value(self.settings, path, value)
        if path == ("theme",):
            self.theme = str(value)
        elif path == ("cursor",):
            self.choose_cursor(painted=value == "painted")
        elif path[0] == "keys":
            self.use_keys()
        elif path == ("close_brackets",):
            self.main.code.editor.close_brackets = bool(value)
        try:
            write_setting(self.config, path, value)
        except SettingsUnwritable as error:
            return str(error)
        return ""

    def use_keys(self) -> None:
        """Have the keys as the settings say."""
        self.keys = self.main.keys = keymap(self.settings.keys)
        self.main.code.editor.use_keys(self.keys)
        self.main.run_panel.prompt.key = key_name(self.keys["prompt"].split(",")[0])
        # Textual 8.x: applies a keymap again at every key; 0.5 ms for all of them.
        self.set_keymap(dict(self.keys.items() - USUAL.items()))

    def choose_theme(self, name: str) -> None:
        """Use these colours from now on."""
        if failure := self.change_setting(("theme",), name):
            self.main.tell(failure)

    def open_settings(self, path: tuple[str, ...] = ("theme",)) -> None:
        """Show the settings, with the cursor on one."""
        from tutor.ui.pages.settings_screen import SettingsScreen  # few starts need it

        self.push_screen(SettingsScreen(self, path))

    def action_settings(self) -> None:
        self.open_settings()

    def get_key_display(self, binding: Binding) -> str:
        # The keys of the widget with the focus come first, among them perhaps a second key of ours.
        keys = self.keys.get(binding.id or "", "").split(",")
        return key_name(keys[0] if binding.key in keys else binding.key)

    def copy_to_clipboard(self, text: str) -> None:
        """Keep what was copied, hand it to the terminal (OSC 52), and say how much it is."""
        super().copy_to_clipboard(text)
        self.notify(copied(text), markup=False)

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, Palette | TooSmall):
            self.push_screen(Palette())

    def searchable(self) -> Iterator[Command]:
        """What the palette finds."""
        from tutor.ui.searchable import searchable  # the settings, which few starts need

        return searchable(self)

    def edit(self, action: str) -> None:
        """Do what a command of the editor does, in sight."""
        self.main.bring(self.main.code)
        self.main.code.take_focus()
        self.call_later(self.run_action, action, self.main.code.editor)

    async def on_main(self, act: Callable[[], Awaitable[object] | None]) -> None:
        """Close the pages that lie over the main screen, and act there."""
        while self.screen is not self.main:
            self.pop_screen()
        if done := act():
            await done

    async def action_quit(self) -> None:
        self.exit()

    def exit(
        self, result: None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End the tutor; nothing is lost."""
        try:
            self.main.going.save_draft()
            self.saved = True
        except Exception as error:  # noqa: BLE001  told and kept, as every fault of ours
            self._handle_exception(error)  # Textual 8.x: see there
        super().exit(result, return_code, message)

    @property
    def fault(self) -> Exception | None:
        """What ended the tutor, if it was its own code."""
        # Textual 8.x: kept by `_handle_exception` below, there under the name that `run_test` reads.
        return self._exception

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed):
            error = error.error if isinstance(error.error, Exception) else error
        # Textual 8.x: whatever nobody caught comes here, while what was typed still stands. It would
        # be painted on the terminal with all values; `run_app` tells it once the terminal is left.
        if self._exception is not None:
            self._exception.add_note(f"Then, while the tutor ended: {error!r}")
            return
        self._exception = error
        self._exception_event.set()
        self.exit(return_code=FAILED)
