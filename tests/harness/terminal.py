"""A real pseudo-terminal with a terminal emulator behind it: what a person would see and press."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte
from ptyprocess import PtyProcess

DEADLINE_SECONDS = 20.0
"""How long a screen may take to come; only a failing test waits so long."""

TUTOR = (sys.executable, "-m", "tutor")

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "end": "\x1b[F",
    "backspace": "\x7f",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f12": "\x1b[24~",
    "ctrl+a": "\x01",
    "ctrl+end": "\x1b[1;5F",
    "ctrl+g": "\x07",
    "ctrl+j": "\n",
    "ctrl+l": "\x0c",
    "ctrl+n": "\x0e",
    "ctrl+o": "\x0f",
    "ctrl+q": "\x11",
    "ctrl+r": "\x12",
    "ctrl+s": "\x13",
    "ctrl+t": "\x14",
}
"""What xterm sends."""


class Terminal:
    """`python -m tutor` in a terminal of its own, with a HOME of its own."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        environment: dict[str, str] | None = None,
        command: Sequence[str] = TUTOR,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.received = bytearray()
        """Every byte that the program sent."""
        inherited = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        self.process = PtyProcess.spawn(
            [*command, *arguments],
            dimensions=(rows, columns),
            cwd=str(Path(__file__).parents[2]),
            env={
                **inherited,
                "HOME": str(home),
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                **(environment or {}),
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.process.isalive():
            self.process.kill(signal.SIGKILL)
            self.process.wait()
        self.process.close(force=True)

    @property
    def text(self) -> str:
        """The screen, a line a row, spaces at the ends cut."""
        return "\n".join(row.rstrip() for row in self.screen.display)

    def press(self, *keys: str) -> None:
        """Press keys by name; anything that is no name is typed as it is."""
        for key in keys:
            self.process.write(KEYS.get(key, key).encode())

    def paste(self, text: str) -> None:
        """Paste as a terminal does; lines end with a carriage return."""
        data = f"\x1b[200~{text}\x1b[201~".encode()
        while data:
            data = data[os.write(self.process.fd, data[:4096]) :]

    def wait_for(self, what: str | Callable[[str], bool], why: str = "") -> None:
        """Read until the screen shows a text, or fits a predicate."""
        fits = what if callable(what) else lambda text: what in text
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not fits(self.text):
            if not self._comes_before(deadline) or not self._read():
                raise AssertionError(f"{why or what!r} never came. The screen:\n{self.text}")

    def wait_until_gone(self) -> int:
        """Read to the end; the exit status, or minus the signal."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while self._comes_before(deadline) and self._read():
            pass
        if time.monotonic() > deadline:
            raise AssertionError(f"It does not end. The screen:\n{self.text}")
        self.process.wait()
        status = self.process.exitstatus
        return -int(self.process.signalstatus or 0) if status is None else int(status)

    def settle(self, quiet_seconds: float = 0.3) -> None:
        """Read until nothing has come for a while: for measuring what a key costs."""
        while select.select([self.process.fd], [], [], quiet_seconds)[0] and self._read():
            pass

    def resize(self, columns: int, rows: int) -> None:
        self.process.setwinsize(rows, columns)
        self.screen.resize(rows, columns)

    def _comes_before(self, deadline: float) -> bool:
        left = deadline - time.monotonic()
        return left > 0 and bool(select.select([self.process.fd], [], [], left)[0])

    def _read(self) -> bool:
        try:
            data = self.process.read(65536)
        except EOFError:
            return False
        self.received += data
        self._stream.feed(data)
        return True
