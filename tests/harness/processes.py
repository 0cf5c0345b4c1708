"""What processes there are, what they hold, and whether those of a test have gone."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

KIB_IN_MIB = 1024


def open_descriptors() -> int:
    """Those of this process."""
    return len(os.listdir("/proc/self/fd"))


def processes_of(area: Path) -> list[int]:
    """The live processes of sessions in `area`: the environment that they began with names it."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f":{area}".encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
        except OSError:
            continue  # it ended while we looked
    return found


def gone_within(seconds: float, area: Path, but: int = 0) -> bool:
    """Whether the processes of `area`, `but` for so many, are gone before the time is over."""
    deadline = time.monotonic() + seconds
    while len(processes_of(area)) > but:
        if time.monotonic() > deadline:
            return False
        os.sched_yield()
    return True


def children(process: int) -> list[int]:
    """The processes that a process has begun and that live."""
    return [int(pid) for pid in _proc(process, f"task/{process}/children").split()]


def memory(process: int) -> float:
    """MiB of a process, a shared page in equal parts by all who hold it (Pss, proc(5))."""
    found = re.search(r"^Pss: +(\d+) kB$", _proc(process, "smaps_rollup"), re.MULTILINE)
    assert found
    return int(found[1]) / KIB_IN_MIB


def _proc(process: int, what: str) -> str:
    return Path(f"/proc/{process}/{what}").read_text(encoding="ascii")
