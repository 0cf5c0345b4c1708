"""The app of `frames_app` in a pseudo-terminal, and the screen that a learner would see."""

from __future__ import annotations

import codecs
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ptyprocess import PtyProcess

from tests.harness.emulator import Emulator, Look

DEADLINE_SECONDS = 30.0
KEYS = {
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "shift+right": "\x1b[1;2C",
    "ctrl+end": "\x1b[1;5F",
    "ctrl+home": "\x1b[1;5H",
    "page down": "\x1b[6~",
    "page up": "\x1b[5~",
    "shift+tab": "\x1b[Z",
}


class Seat:
    """A process on a terminal, its output and its screen."""

    def __init__(
        self, driver: str, columns: int = 80, lines: int = 24, heeds_hangup: bool = True
    ) -> None:
        self.screen = Emulator(columns, lines)
        self.received = ""
        self.counted = 0
        self._said, said = os.pipe()
        os.set_inheritable(said, True)
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self._process = PtyProcess.spawn(
            [sys.executable, "-m", "tests.harness.frames_app", driver],
            dimensions=(lines, columns),
            cwd=str(Path(__file__).parents[2]),
            env={
                **environment,
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "TEXTUAL_ANIMATIONS": "none",
                "SAID": str(said),
            },
            pass_fds=(said,),
            preexec_fn=None if heeds_hangup else _ignore_hangup,
        )
        os.close(said)
        self.pid: int = self._process.pid

    @property
    def text(self) -> str:
        return self.screen.text

    @property
    def look(self) -> Look:
        return self.screen.look()

    def press(self, *keys: str) -> None:
        """Press keys by name; what is no name is typed."""
        for key in keys:
            self._process.write(KEYS.get(key, key).encode())

    def read(self, seconds: float = 0.0) -> bool:
        """Take what comes within a time; whether anything came."""
        if not select.select([self._process.fd], [], [], seconds)[0]:
            return False
        try:
            text = self._decode(self._process.read(65536))
        except EOFError:
            return False
        self.received += text
        self.screen.feed(text)
        return True

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

    def resize(self, columns: int, lines: int) -> None:
        self.screen.resize(lines, columns)
        self._process.setwinsize(lines, columns)

    def hang_up(self) -> None:
        """Take the terminal away, and wait for the end."""
        self._process.fileobj.close()
        wait_until(lambda: not self._process.isalive(), "exit")

    def exit_status(self) -> int:
        """Read to the end."""
        self.until(lambda: not self._process.isalive(), "exit")
        while self.read():
            pass
        return int(self._process.exitstatus)

    def close(self) -> None:
        if self._process.isalive():
            self._process.kill(signal.SIGKILL)
            self._process.wait()
        self._process.close(force=True)
        os.close(self._said)


def _ignore_hangup() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def wait_until(holds: Callable[[], bool], why: str, *seats: Seat) -> None:
    """Read what seats send until something holds."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"{why}: never came\n" + "\n\n".join(seat.text for seat in seats))
        for seat in seats:
            seat.read(0.01)


@contextmanager
def seated(
    driver: str, columns: int = 80, lines: int = 24, heeds_hangup: bool = True
) -> Iterator[Seat]:
    """An app that has painted its first screen and rests."""
    seat = Seat(driver, columns, lines, heeds_hangup)
    try:
        # Textual makes the footer last.
        seat.until(lambda: "count 0" in seat.text and "palette" in seat.text, "the first screen")
        seat.answer()
        yield seat
    finally:
        seat.close()
