"""The gaps of a starter: where an answer is to be written."""

from __future__ import annotations

import re
from dataclasses import dataclass

ASKS = re.compile(r"#.*\b(your code|todo|fill in|fixme)\b", re.IGNORECASE)
"""A comment that asks for work."""
STANDS_IN = re.compile(r"\.\.\.|pass|raise NotImplementedError(\(.*\))?")
"""A line that holds the place of code."""


@dataclass(frozen=True)
class Gap:
    """A place for code: under a comment that asks for it, or a line that stands in for it."""

    row: int
    start: int
    end: int
    """From 0; `start` and `end` are columns, alike where nothing stands in for the code."""
    lines: tuple[str, ...]
    """The comment, and the line that follows it: while both are as they were, nothing is written."""


def gaps(code: str) -> list[Gap]:
    """All gaps of a program, from the top."""
    lines = code.split("\n")
    found: list[Gap] = []
    comment: list[str] = []
    for row, line in enumerate(lines):
        text = line.strip()
        if text.startswith("#"):
            comment.append(text)
            continue
        asked = any(map(ASKS.match, comment))
        stands_in = STANDS_IN.fullmatch(text) is not None
        if asked or stands_in:
            start = len(line) - len(line.lstrip())
            end = len(line.rstrip()) if stands_in else start
            found.append(Gap(row, start, end, (*comment, text)))
        comment = []
    return found


def first_gap(answer: str, starter: str) -> Gap | None:
    """The first gap that is as it was in the starter, if there is one."""
    open_ones = {gap.lines for gap in gaps(starter)}
    return next((gap for gap in gaps(answer) if gap.lines in open_ones), None)
