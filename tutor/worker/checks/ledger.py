"""Looks after the fork in which checks run: for how long, and which of them is at work.

The fork keeps a ledger in a pipe: the names of all checks, then a mark where one begins and where
it ends, then one for the end of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from os import WIFSIGNALED, WTERMSIG, close, kill, pipe, read, waitpid, write
from select import POLLIN, poll
from signal import SIGKILL, SIGXCPU
from time import monotonic

from ...protocol.reports import Cause, CheckResult, CourseFault
from ...protocol.requests import Limits

AFTER_NAMES, BEGUN, DONE, END = b"\0", b"(", b")", b"."
ENDED_ITSELF = "the process that it ran in was ended"
NOT_TRIED = "Not tried: a check before it did not come to its end."


class Ledger:
    """A pipe for the results of checks: written to in the fork, read in the worker. Raises OSError if there is none."""

    def __init__(self) -> None:
        self._receiving, self._sending = pipe()

    def list(self, names: Sequence[str]) -> None:
        """Name all checks that there are."""
        write(self._sending, "\n".join(names).encode() + AFTER_NAMES)

    def mark(self, mark: bytes) -> None:
        """Write down that a check begins or ends, or that all have ended."""
        write(self._sending, mark)

    def close(self) -> None:
        """Let go of it: there is no fork."""
        close(self._receiving)
        close(self._sending)

    def missing(self, child: int, limits: Limits) -> Iterator[CheckResult | CourseFault]:
        """Wait for the fork, at most as long as a program may run; what it could not report itself."""
        close(self._sending)
        data, in_time = self._read(monotonic() + limits.wall_seconds)
        close(self._receiving)
        if data.endswith(END):
            _reap(child)
            return
        if not in_time:
            kill(child, SIGKILL)
        seconds = limits.wall_seconds if not in_time else limits.cpu_seconds
        stopped = _reap(child) == SIGXCPU or not in_time
        why = f"it was stopped after {seconds:g} seconds" if stopped else ENDED_ITSELF
        names, listed, marks = data.partition(AFTER_NAMES)
        if not listed:
            yield CourseFault(f"checks.py did not come to its end: {why}")
            return
        begun, done = marks.count(BEGUN), marks.count(DONE)
        waiting = names.decode().split("\n")[done:]
        for name in waiting[: begun - done]:
            said = f"This check did not come to its end: {why}."
            yield CheckResult(name, False, said, Cause.UNTRIED)
        for name in waiting[begun - done :]:
            yield CheckResult(name, False, NOT_TRIED, Cause.UNTRIED)

    def _read(self, deadline: float) -> tuple[bytes, bool]:
        """What the fork wrote down until it ended, and whether it ended before the deadline."""
        data = b""
        watcher = poll()
        watcher.register(self._receiving, POLLIN)
        while not data.endswith(END):
            left = deadline - monotonic()
            if left <= 0 or not watcher.poll(left * 1000):
                return data, False
            more = read(self._receiving, 4096)
            if not more:
                break
            data += more
        return data, True


def _reap(child: int) -> int:
    """The signal that ended the fork; 0 if none did, or if nobody knows."""
    # Where the program ignores SIGCHLD, or one of its threads waits for all, it is reaped.
    with suppress(ChildProcessError):
        _, status = waitpid(child, 0)
        return WTERMSIG(status) if WIFSIGNALED(status) else 0
    return 0
