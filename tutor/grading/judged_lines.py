"""Text as lines to be judged."""

from __future__ import annotations

SURPLUS_LINES = 20
"""Lines beyond the right ones that a Verdict lists; an endless loop prints half a million."""


def lines_of(text: str) -> list[str]:
    """Only a newline ends a line; `splitlines` knows ten more ends."""
    return text.removesuffix("\n").split("\n") if text else []
