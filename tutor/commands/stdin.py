"""The tutor's own standard input, a line at a time, without blocking the event loop."""

from __future__ import annotations

import asyncio
import os
import threading

STDIN = 0


class StandardInput:
    """Lines for a program that asks for them.

    They are read on a thread, for a file cannot be waited for by the event loop; with `os.read`,
    for a thread that still waits inside `sys.stdin` at exit brings the interpreter down.
    """

    def __init__(self) -> None:
        self._read = b""

    async def line(self) -> str | None:
        """The next line with its newline; None at the end of input."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[str | None] = loop.create_future()

        def deliver(line: str | None) -> None:
            if not answer.done():
                answer.set_result(line)

        def wait() -> None:
            line = self._next()
            if not loop.is_closed():
                loop.call_soon_threadsafe(deliver, line)

        threading.Thread(target=wait, daemon=True).start()
        return await answer

    def _next(self) -> str | None:
        while b"\n" not in self._read:
            try:
                more = os.read(STDIN, 65536)
            except OSError:  # closed, or a terminal in the background
                more = b""
            if not more:
                break
            self._read += more
        line, newline, self._read = self._read.partition(b"\n")
        return (line + newline).decode("utf-8", "surrogateescape") or None
