"""The processes below this one: finding and ending them, all of them.

A killed process's children come to the nearest subreaper above, the supervisor, so killing what is
there until nothing is there ends every tree, also one that keeps forking. Where the kernel has no
list of them (macOS) the worker's process group is killed instead: an orphan that left its session
outlives it.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from time import sleep

PAUSE_SECONDS = 0.0005
"""Between looks at processes that are dying: of one that another traces, no event tells (ptrace(2))."""
LIST_BYTES = 65536
"""More than the kernel gives of a list at once; what it left out is there at the next look."""


class Descendants:
    """All that this process has started, directly or not: it must have one thread, and be a subreaper."""

    def __init__(self) -> None:
        # Held open, for a program may take away our right to open files (prlimit(2)).
        me = os.getpid()
        try:
            self._list = os.open(f"/proc/{me}/task/{me}/children", os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            self._list = -1

    def close(self) -> None:
        """Let go of the list: a fork has it as well."""
        if self._list >= 0:
            os.close(self._list)

    def kill(self, worker: int) -> int | None:
        """Kill and reap them all; the wait status of the worker, unless it was reaped before."""
        if self._list < 0:
            return _kill_group(worker)
        status = None
        while not _childless():
            status = _kill(self._ours()).get(worker, status)
        return status

    def kill_all_but(self, worker: int) -> None:
        """Kill all that a worker, which is stopped, has started. Raises OSError if it cannot look."""
        if self._list < 0:
            return
        empty = 0
        # The list may miss some while others end (proc(5)), so one empty look is no proof.
        while empty < 2:
            ours = [pid for pid in self._ours() if pid != worker]
            below = ours + [pid for pid in children(worker) if not _is_zombie(pid)]
            _kill(below)
            empty = 0 if below else empty + 1

    def _ours(self) -> list[int]:
        return [*map(int, os.pread(self._list, LIST_BYTES, 0).split())]


def children(pid: int) -> list[int]:
    """The direct children of a process, zombies too (proc(5), /proc/pid/task/tid/children)."""
    found: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", "rb") as file:
                found += map(int, file.read().split())
    except (FileNotFoundError, ProcessLookupError):
        return found  # the process or a thread of it ended while we looked
    return found


def _kill(processes: list[int]) -> dict[int, int]:
    """Kill processes; the wait statuses of those that are ours and have died by now."""
    for pid in processes:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    dead = {}
    for pid in processes:
        with suppress(ChildProcessError):  # a child's child
            reaped, status = os.waitpid(pid, os.WNOHANG)
            if reaped:
                dead[pid] = status
    if processes and not dead:
        sleep(PAUSE_SECONDS)
    return dead


def _childless() -> bool:
    """Whether no child is left, dead or alive: what the kernel says of waiting is sure."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return True
    return False


def _is_zombie(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[0] in (b"Z", b"X")
    except (FileNotFoundError, ProcessLookupError):
        return True


def _kill_group(worker: int) -> int | None:
    with suppress(ProcessLookupError, PermissionError):  # the group is gone
        os.killpg(worker, signal.SIGKILL)
    with suppress(ChildProcessError):  # reaped before
        return os.waitpid(worker, 0)[1]
    return None
