"""Descriptions cut to their length."""

from __future__ import annotations

LONGEST = 120
"""Characters of a whole description."""
LONGEST_TEXT = 60
"""Characters that are shown of one str or bytes."""


def cut(text: str, length: int = LONGEST) -> str:
    """At most `length` characters, the last an ellipsis if there were more."""
    return text if len(text) <= length else text[: length - 1] + "…"


def quoted(start: str | bytes, length: int, unit: str) -> str:
    """A str or bytes of which `start` is known; escapes may make it four to ten times as long."""
    text = repr(start)
    while len(text) > LONGEST_TEXT + len("b''") and len(start) > 1:
        start = start[: len(start) // 2]
        text = repr(start)
    return text if len(start) == length else f"{text[:-1]}…{text[-1]} ({length:,} {unit})"
