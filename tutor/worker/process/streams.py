"""The three standard streams of a learner's program, over descriptors 0, 1 and 2."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from os import read
from select import select
from time import monotonic
from typing import Any

ERRORS = "backslashreplace"
"""A lone surrogate is shown as what it is, where a script would end in UnicodeEncodeError."""


class Input(io.FileIO):
    """Standard input that says when the program waits for it."""

    def __init__(self, wanted: Callable[[], None]) -> None:
        super().__init__(0, closefd=False)
        self.name = "<stdin>"
        self._wanted = wanted
        self.waited = 0.0
        """Seconds spent waiting for the learner to type."""

    def readall(self) -> bytes:
        """Read until the end of input."""
        return b"".join(iter(lambda: self.read(io.DEFAULT_BUFFER_SIZE), b""))

    def read(self, size: int | None = -1, /) -> bytes:
        """Read at most so many bytes."""
        if size is None or size < 0:
            return self.readall()
        buffer = bytearray(size)
        return bytes(buffer[: self.readinto(memoryview(buffer))])

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as input is there; waits for the learner if there is none."""
        ready, _, _ = select([0], [], [], 0)
        if not ready:
            started = monotonic()
            self._wanted()
            select([0], [], [])
            self.waited += monotonic() - started
        data = read(0, len(buffer))
        buffer[: len(data)] = data
        return len(data)


class StandardStreams:
    """The streams that a program begins with: it may replace them, close them or lose them."""

    def __init__(self, source: Input) -> None:
        """Set sys.stdin, sys.stdout and sys.stderr; output is buffered by line, as on a terminal."""
        # As create_stdio() makes it (Python/pylifecycle.c).
        stdin: Any = io.TextIOWrapper(
            io.BufferedReader(source), encoding="utf-8", errors="surrogateescape", newline="\n"
        )
        stdin.mode = "r"
        vars(sys).update(stdin=stdin, __stdin__=stdin)
        for stream in (sys.stdout, sys.stderr):
            assert isinstance(stream, io.TextIOWrapper)
            stream.reconfigure(line_buffering=True, errors=ERRORS, newline="")
        self._stdout, self.stderr = sys.stdout, sys.stderr

    def flush(self) -> None:
        """Flush what the program wrote, through its own streams and ours."""
        names = vars(sys)
        for stream in (names.get("stdout"), names.get("stderr"), self._stdout, self.stderr):
            try:
                stream.flush()  # type: ignore[union-attr]
            except BaseException:  # closed, replaced or broken by the program: its own to lose
                continue


def renew() -> None:
    """Give a fork new streams: a thread that it left behind may have held the locks of the old."""
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        if type(vars(sys).get(name)) is io.TextIOWrapper:
            raw = io.BufferedWriter(io.FileIO(descriptor, "w", closefd=False))
            setattr(sys, name, io.TextIOWrapper(raw, "utf-8", ERRORS, "", line_buffering=True))
