"""A value at length, for the view that opens on a key: an item a line, a text in its own lines."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import islice
from types import CellType, FunctionType

from ..cpython.objects import DICTS, EMPTY, contents, fields, read
from .describe import describe_all

LONGEST_TEXT = 100_000
"""Characters of a str or bytes."""
MOST_ITEMS = 2_000


def unfold_cell(cell: CellType) -> str:
    """Describe what a cell holds at length."""
    value = contents(cell, EMPTY)
    return "The cell is empty." if value is EMPTY else unfold(value)


def unfold(value: object) -> str:
    """Describe a value in as many lines as it takes; what was left out is told in the last.

    Items are described as the inspector describes a cell's value: a learner's `__repr__` is asked
    in a fork, under a deadline. A container's subclass with a `__repr__` of its own is one item.
    """
    kind = type(value)
    if kind in (str, bytes):
        assert isinstance(value, str | bytes)
        return _text(value)
    if kind in DICTS:
        assert isinstance(value, DICTS)
        keys, values = zip(*islice(value.items(), MOST_ITEMS), strict=True) if value else ((), ())
        heads = [f"{text}: " for text in describe_all(keys).texts]
        return _lines(heads, values, len(value))
    if kind in (list, tuple, set, frozenset, deque):
        assert isinstance(value, list | tuple | set | frozenset | deque)
        items = [*islice(value, MOST_ITEMS)]
        ordered = kind in (list, tuple, deque)
        heads = [f"[{number}] " if ordered else "" for number in range(len(items))]
        return _lines(heads, items, len(value))
    attributes = _attributes(value)
    [described] = describe_all([value]).texts
    if not attributes:
        return described
    heads = [f".{name} = " for name in attributes]
    return f"{described}\n{_lines(heads, attributes.values(), len(attributes))}"


def _text(value: str | bytes) -> str:
    shown: str | bytes = value[:LONGEST_TEXT]
    left = len(value) - len(shown)
    if isinstance(shown, bytes):
        shown = repr(shown)
    return f"{shown}\n… {left:,} more" if left else shown


def _lines(heads: list[str], values: Iterable[object], count: int) -> str:
    """A line an item, and a last one if there are more."""
    texts = describe_all([*values]).texts
    # A learner's `__repr__` may have lines of its own: they stand under its first.
    lines = [
        head + text.replace("\n", "\n" + " " * len(head))
        for head, text in zip(heads, texts, strict=True)
    ]
    if count > len(lines):
        lines.append(f"… {count - len(lines):,} more")
    return "\n".join(lines) or "nothing in it"


def _attributes(value: object) -> dict[str, object]:
    """An instance's own dict, read past any `__getattribute__` of the learner's; {} if none."""
    getter = fields(type(value)).attributes
    found = read(getter, value) if getter else None
    if type(found) is not dict or type(value) is FunctionType:
        return {}
    return {name: each for name, each in islice(found.items(), MOST_ITEMS) if type(name) is str}
