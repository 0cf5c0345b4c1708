"""What the faulthandler knows of a crash of the interpreter: where the program stood.

The worker's faulthandler writes to a pipe of the supervisor's, which reads it when the worker has
ended. The program can write there as well: what stands there is data, of a bounded size, and can but
make the sentence about its own end a false one.
"""

from __future__ import annotations

import faulthandler
import os
import re
import sys
from collections import Counter
from dataclasses import dataclass

from ..program.prompt import PROMPT

MOST_BYTES = 65536
"""What a pipe holds: more than the hundred frames that are dumped (Python/traceback.c)."""
REPEATS = 20
"""So often among them no program has one line by chance."""
NAME_CHARACTERS = 60

# `File "/x.py", line 9 in wrapper`: what is not ASCII is escaped, what is long is cut.
_frame = re.compile(r'^  File "(.*)", line (\d{1,9}) in (.*)$', re.MULTILINE)
_escape = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\U([0-9a-f]{8})")


@dataclass(frozen=True)
class Crash:
    """Where the program stood: a function and a line of it."""

    name: str
    line: int
    endless: bool
    """Whether that line called its own function again and again."""


def tell_crashes(pipe: int) -> None:
    """Have this process write to the pipe where it stands, should it crash."""
    os.set_blocking(pipe, False)
    if sys.version_info >= (3, 14):
        faulthandler.enable(pipe, all_threads=False, c_stack=False)
    else:
        faulthandler.enable(pipe, all_threads=False)


def crash_in(pipe: int, path: str, lines: int) -> Crash | None:
    """What was written to the pipe of the program at `path`; None if that names no line of it."""
    os.set_blocking(pipe, False)
    try:
        dump = os.read(pipe, MOST_BYTES).decode("ascii", "replace")
    except BlockingIOError:
        return None
    _, _, last = dump.rpartition("(most recent call first):")  # a child's may stand before it
    files = {path.encode("ascii", "backslashreplace").decode(), PROMPT}
    frames = [(name, int(line)) for file, line, name in _frame.findall(last) if file in files]
    if not frames:
        return None
    [((name, line), times)] = Counter(frames).most_common(1)
    endless = times >= REPEATS
    if not endless:
        name, line = frames[0]
    if line > lines:
        return None
    return Crash(_escape.sub(_character, name)[:NAME_CHARACTERS], line, endless)


def _character(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2] or escape[3], 16)
    return chr(number) if number <= sys.maxunicode else "?"
