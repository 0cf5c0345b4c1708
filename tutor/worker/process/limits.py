"""The limits that the kernel keeps for a run (setrlimit(2)); wall time is the session's."""

from __future__ import annotations

import os
import resource
from resource import getrlimit, getrusage, setrlimit

from ...protocol.requests import Limits

REPORT_BYTES = 128 * 1024 * 1024
"""Address space beyond a run's own, so that a MemoryError can still be reported."""
CPU_GRACE = 600
"""Processor seconds between the signal at the soft limit and the kernel's SIGKILL."""
OPEN_FILES = 256


def apply(limits: Limits) -> None:
    """Put this process, and all that it starts, under `limits`."""
    _set(resource.RLIMIT_CORE, 0, 0)
    _set(resource.RLIMIT_FSIZE, limits.file_bytes, limits.file_bytes)
    _set(resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes + REPORT_BYTES)
    _set(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + CPU_GRACE)
    if os.getuid() != 0:  # root is exempt, and counting costs as much as all the rest of a run
        processes = _processes_of_this_user() + limits.processes
        _set(resource.RLIMIT_NPROC, processes, processes)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES, getrlimit(resource.RLIMIT_NOFILE)[1])


def make_room() -> None:
    """Raise the limits of memory and of open files to their hard values: for reporting."""
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE):
        _, hard = getrlimit(kind)
        setrlimit(kind, (hard, hard))


def restore(limits: Limits) -> None:
    """Give an evaluation at the prompt what a new run may use."""
    _set(resource.RLIMIT_AS, limits.memory_bytes, resource.RLIM_INFINITY)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES, resource.RLIM_INFINITY)
    usage = getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _set(resource.RLIMIT_CPU, used + limits.cpu_seconds, resource.RLIM_INFINITY)


def _set(kind: int, soft: int, hard: int) -> None:
    """Set a limit as near to the wish as the hard limit that is in force allows."""
    _, ceiling = getrlimit(kind)
    if ceiling != resource.RLIM_INFINITY:
        hard = ceiling if hard == resource.RLIM_INFINITY else min(hard, ceiling)
        soft = min(soft, ceiling)
    setrlimit(kind, (soft, hard))


def _processes_of_this_user() -> int:
    """How many threads of this user there are: RLIMIT_NPROC counts threads, for the whole user."""
    me = os.getuid()
    count = 0
    try:
        entries = [entry for entry in os.scandir("/proc") if entry.name.isdigit()]
    except FileNotFoundError:  # macOS has no /proc; its default is far below 1,000 a user
        return 256
    for entry in entries:
        try:
            if entry.stat().st_uid == me:
                count += len(os.listdir(f"{entry.path}/task"))
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue  # it ended while we looked
    return count
