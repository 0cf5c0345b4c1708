"""The three standard streams of a learner's program, over descriptors 0, 1 and 2."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from os import read
from select import select
from time import monotonic

ERRORS = "backslashreplace"
"""A lone surrogate is shown as what it is, where a script would end in UnicodeEncodeError."""


class Input(io.RawIOBase):
    """Standard input that says when the program waits for it."""

    def __init__(self, wanted: Callable[[], None]) -> None:
        self._wanted = wanted
        self.waited = 0.0
        """Seconds spent waiting for the learner to type."""

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        ready, _, _ = select([0], [], [], 0)
        if not ready:
            started = monotonic()
            self._wanted()
            select([0], [], [])
            self.waited += monotonic() - started
        data = read(0, len(buffer))
        buffer[: len(data)] = data
        return len(data)


def open_console(source: Input) -> tuple[io.TextIOWrapper, io.TextIOWrapper]:
    """Set sys.stdin, sys.stdout and sys.stderr; returns the last two.

    Output is buffered by line, as on a terminal.
    """
    sys.stdin = io.TextIOWrapper(
        io.BufferedReader(source), encoding="utf-8", errors="surrogateescape"
    )
    for stream in (sys.stdout, sys.stderr):
        assert isinstance(stream, io.TextIOWrapper)
        stream.reconfigure(line_buffering=True, errors=ERRORS, newline="")
    assert isinstance(sys.stdout, io.TextIOWrapper)
    assert isinstance(sys.stderr, io.TextIOWrapper)
    return sys.stdout, sys.stderr
