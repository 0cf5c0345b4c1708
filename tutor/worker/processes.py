"""The processes below this one: finding and ending them, all of them.

A killed process's children come to the nearest subreaper above, the supervisor, so killing what is
there until nothing is there ends every tree, also one that keeps forking. Where there is no /proc
(macOS) the worker's process group is killed instead: an orphan that left its session outlives it.
"""

from __future__ import annotations

import os
import signal


def kill_below(worker: int, spare: bool) -> None:
    """Kill and reap all descendants of this process; a `worker` to spare is stopped, not killed."""
    if not os.path.isdir("/proc/self/task"):
        if not spare:
            _kill_group(worker)
        return
    empty = 0
    # The list of children may miss some while others end (proc(5)), so one empty look is no proof.
    while empty < 2:
        ours = [pid for pid in children(os.getpid()) if not (spare and pid == worker)]
        below = ours + [pid for pid in children(worker) if spare and not _is_zombie(pid)]
        for pid in below:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for pid in ours:
            os.waitpid(pid, 0)
        os.sched_yield()
        empty = 0 if below or not (spare or _childless()) else empty + 1


def _childless() -> bool:
    """Whether no child is left, dead or alive: what waitpid says is sure."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


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


def _is_zombie(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[0] in (b"Z", b"X")
    except (FileNotFoundError, ProcessLookupError):
        return True


def _kill_group(worker: int) -> None:
    try:
        os.killpg(worker, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # the group is gone
