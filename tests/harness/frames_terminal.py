"""The app of `frames_app` in a pseudo-terminal, through our driver or through Textual's own."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harness.emulator import Look
from tests.harness.terminal import DEADLINE_SECONDS, Terminal, wait_until


class FramesTerminal(Terminal):
    """The app on a terminal, and a pipe through which it says what no screen shows.

    `driver` is `stock`, `frames` or `slow to tell`.
    """

    def __init__(self, driver: str, heeds_hangup: bool = True) -> None:
        self.counted = 0
        self._said, said = os.pipe()
        os.set_inheritable(said, True)
        super().__init__(
            Path.home(),
            driver,
            command=(sys.executable, "-m", "tests.harness.frames_app"),
            environment={"TEXTUAL_ANIMATIONS": "none", "SAID": str(said)},
            heeds_hangup=heeds_hangup,
            keeps_open=(said,),
        )
        os.close(said)

    def close(self) -> None:
        super().close()
        os.close(self._said)

    @property
    def text(self) -> str:
        """The screen with all its spaces: after a number they show that it ends there."""
        return self.screen.text

    @property
    def look(self) -> Look:
        return self.screen.look()

    def until(self, holds: Callable[[], bool], why: str) -> None:
        """Read until something holds."""
        wait_until(holds, why, self)

    def answer(self) -> None:
        """Read until all keys that were pressed have been answered."""
        self.counted += 1
        self.press("f2")
        marks = f"count {self.counted} ", f"counted to {self.counted} "
        self.until(lambda: all(mark in self.text for mark in marks), marks[0])

    def hear(self) -> str:
        """What the app says past the terminal; meanwhile the terminal is not read."""
        said = b""
        while not said.endswith(b"\0"):
            assert select.select([self._said], [], [], DEADLINE_SECONDS)[0], "it said nothing"
            piece = os.read(self._said, 65536)
            assert piece, "it ended"
            said += piece
        return said[:-1].decode()


@contextmanager
def frames_terminal(driver: str, heeds_hangup: bool = True) -> Iterator[FramesTerminal]:
    """An app that has painted its first screen and rests."""
    with FramesTerminal(driver, heeds_hangup) as terminal:
        # Textual makes the footer last.
        terminal.until(
            lambda: "count 0" in terminal.text and "palette" in terminal.text, "the first screen"
        )
        terminal.answer()
        yield terminal
