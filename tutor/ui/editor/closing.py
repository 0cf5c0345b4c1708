"""Brackets and quotes that close themselves, for those who want it."""

from __future__ import annotations

import re
from enum import Enum, auto

PAIRS = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'"}
_QUOTES = "\"'"
_GOES_WITH = re.compile(r"$|[\s)\]}:,;]")
"""What may follow an opened bracket that closes itself: not a word that is to be put in it."""
_PREFIX = re.compile(r"(^|\W)([bfrtu]|[bft]r|r[bft])?$", re.IGNORECASE)
"""What may come before an opening quote."""


class Typed(Enum):
    """What a typed character comes to."""

    ITSELF = auto()
    PAIR = auto()
    """It and what closes it, with the cursor between."""
    STEP = auto()
    """A step over the same character, which is there already."""


def typed(char: str, before: str, after: str, *, in_text: bool) -> Typed:
    """What a character comes to between two parts of a line; `in_text`: in a string or a comment."""
    if char in PAIRS.values() and after.startswith(char) and in_text == (char in _QUOTES):
        return Typed.STEP
    if char not in PAIRS or in_text or not _GOES_WITH.match(after):
        return Typed.ITSELF
    if char in _QUOTES and (before.endswith(char) or not _PREFIX.search(before)):
        return Typed.ITSELF
    return Typed.PAIR


def is_empty_pair(before: str, after: str) -> bool:
    """Whether the cursor is between a bracket or quote and what closes it."""
    return bool(before and after) and PAIRS.get(before[-1]) == after[0]
