"""The steps of a path, in Python's notation: `.name`, `[0]`, `['key']`.

Each function makes the text of a step from a name or key; None if there is no notation for it.
"""

from __future__ import annotations

from collections.abc import Callable
from keyword import kwlist
from math import isfinite
from typing import Any

KEYWORDS = frozenset(kwlist)
LONGEST_KEY = 40
"""Characters of a key that is written down."""

Step = Callable[[Any], str | None]


def as_it_is(step: str | None) -> str | None:
    """For keys that are steps already."""
    return step


def is_name(name: object) -> bool:
    """Whether it can stand in source as it is."""
    return type(name) is str and name.isidentifier() and name not in KEYWORDS


def keyword_default(name: object) -> str | None:
    """`.__kwdefaults__['name']`."""
    key = subscript(name)
    return key and f".__kwdefaults__{key}"


def attribute(name: object) -> str | None:
    """`.name`, or what reads an attribute that is no identifier."""
    return f".{name}" if is_name(name) else attribute_of_dict(name)


def attribute_of_dict(name: object) -> str | None:
    """`.__dict__['name']`."""
    key = subscript(name)
    return key and f".__dict__{key}"


def subscript(key: object) -> str | None:
    """`[key]` for a key that can be written down shortly."""
    text = _literal(key)
    return None if text is None or len(text) > LONGEST_KEY else f"[{text}]"


def _literal(key: Any, depth: int = 2) -> str | None:
    kind = type(key)
    if kind is str or kind is bytes:
        return repr(key) if len(key) <= LONGEST_KEY else None
    if kind is int:
        return repr(key) if key.bit_length() <= 128 else None
    if kind is bool or key is None or (kind is float and isfinite(key)):
        return repr(key)
    if kind is tuple and len(key) <= 4 and depth:
        parts = [_literal(part, depth - 1) or "" for part in key]
        return f"({', '.join(parts)}{',' * (len(parts) == 1)})" if all(parts) else None
    return None
