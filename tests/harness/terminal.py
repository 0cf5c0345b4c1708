"""A program in a real pseudo-terminal with an emulator behind it: what a person would see and press."""

from __future__ import annotations

import codecs
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from ptyprocess import PtyProcess

from tests.harness import ROOT
from tests.harness.emulator import Emulator
from tutor import faults

DEADLINE_SECONDS = 30.0
"""How long a screen may take to come; only a failing test waits so long."""

TUTOR = (sys.executable, "-m", "tutor")

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "shift+right": "\x1b[1;2C",
    "left": "\x1b[D",
    "end": "\x1b[F",
    "page up": "\x1b[5~",
    "page down": "\x1b[6~",
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
    "ctrl+home": "\x1b[1;5H",
    "ctrl+j": "\n",
    "ctrl+l": "\x0c",
    "ctrl+n": "\x0e",
    "ctrl+o": "\x0f",
    "ctrl+q": "\x11",
    "ctrl+r": "\x12",
    "ctrl+s": "\x13",
    "ctrl+t": "\x14",
    "ctrl+u": "\x15",
}
"""What xterm sends."""


BEGUN = 'last_exercise = "independent-captures"\n'


def _has_begun(home: Path, arguments: Sequence[str]) -> None:
    """Keep what one start at 1.1 has kept: the welcome of the first one would lie over the task."""
    words = [*map(str, arguments)]
    state = home / ".local" / "state" / "closure-tutor"
    if "--state" in words[:-1]:
        state = Path(words[words.index("--state") + 1])
    with suppress(OSError):  # a test may have left no way to write there
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (state / "progress.toml").exists():
            (state / "progress.toml").write_text(BEGUN)
            (state / "progress.toml").chmod(0o600)


class Terminal:
    """A program, by default `python -m tutor`, in a terminal of its own, with a HOME of its own."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
        command: Sequence[str] = TUTOR,
        heeds_hangup: bool = True,
        keeps_open: tuple[int, ...] = (),
        first_start: bool = False,
    ) -> None:
        if not first_start:
            _has_begun(home, arguments)
        self.screen = Emulator(columns, rows)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.received = bytearray()
        """Every byte that the program sent."""
        passed_on = ("PATH", "TMPDIR", faults.DEBUG)
        inherited = {name: os.environ[name] for name in passed_on if name in os.environ}
        self.process = PtyProcess.spawn(
            [*command, *arguments],
            dimensions=(rows, columns),
            cwd=str(ROOT),
            env={
                **inherited,
                "HOME": str(home),
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                **(environment or {}),
            },
            pass_fds=keeps_open,
            preexec_fn=None if heeds_hangup else _ignore_hangup,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill the program, if it lives, and take the terminal away."""
        if self.process.isalive():
            self.process.kill(signal.SIGKILL)
            self.process.wait()
        self.process.close(force=True)

    @property
    def text(self) -> str:
        """The screen, a line a row, spaces at the ends cut."""
        return "\n".join(row.rstrip() for row in self.screen.text.split("\n"))

    def press(self, *keys: str) -> None:
        """Press keys by name; anything that is no name is typed as it is."""
        for key in keys:
            self.process.write(KEYS.get(key, key).encode())

    def paste(self, text: str) -> None:
        """Paste as a terminal does; lines end with a carriage return."""
        data = f"\x1b[200~{text}\x1b[201~".encode()
        while data:
            data = data[os.write(self.process.fd, data[:4096]) :]

    def complete_line(self, row: int, text: str) -> None:
        """Go to a row, from 0, take the `...` away at the end of that line, and type."""
        self.press("ctrl+home", *["down"] * row, "end", *["backspace"] * 3, text)

    def wait_for(self, what: str | Callable[[str], bool], why: str = "") -> None:
        """Read until the screen shows a text, or fits a predicate."""
        fits = what if callable(what) else lambda text: what in text
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not fits(self.text):
            if not self._comes_before(deadline) or not self.take():
                raise AssertionError(f"{why or what!r} never came. The screen:\n{self.text}")

    def wait_until_gone(self) -> int:
        """Read to the end; the exit status, or minus the signal."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while self._comes_before(deadline) and self.take():
            pass
        if time.monotonic() > deadline:
            raise AssertionError(f"It does not end. The screen:\n{self.text}")
        self.process.wait()
        status = self.process.exitstatus
        return -int(self.process.signalstatus or 0) if status is None else int(status)

    def settle(self, quiet_seconds: float = 0.3) -> None:
        """Read until nothing has come for a while: for measuring what a key costs."""
        while self.read(quiet_seconds):
            pass

    def read(self, seconds: float = 0.0) -> bool:
        """Take what comes within a time; whether anything came."""
        return self._comes_before(time.monotonic() + seconds) and self.take()

    def take(self) -> bool:
        """Take the next piece, for which this waits; False at the end."""
        try:
            data = self.process.read(65536)
        except EOFError:
            return False
        self.show(data)
        return True

    def show(self, data: bytes) -> None:
        """Draw what the program has sent."""
        self.received += data
        self.screen.feed(self._decode(data))

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        self.process.setwinsize(rows, columns)

    def hang_up(self) -> None:
        """Take the terminal away, and wait for the end."""
        self.process.fileobj.close()
        wait_until(lambda: not self.process.isalive(), "exit")

    def _comes_before(self, deadline: float) -> bool:
        left = max(0.0, deadline - time.monotonic())
        return bool(select.select([self.process.fd], [], [], left)[0])


def wait_until(holds: Callable[[], bool], why: str, *terminals: Terminal) -> None:
    """Read what terminals are sent until something holds."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            screens = "\n\n".join(terminal.text for terminal in terminals)
            raise AssertionError(f"{why}: never came\n{screens}")
        for terminal in terminals:
            terminal.read(0.01)


def _ignore_hangup() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
