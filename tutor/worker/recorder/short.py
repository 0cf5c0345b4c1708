"""What a recording says of a value, and by what it is known to be as it was. No learner code runs.

The text has at most 40 characters. What `describe` would ask a learner's `__repr__` for is told by
its type, and an object by its attributes: `<Account balance=5, owner='Ann'>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from types import FunctionType, NoneType
from typing import Any

from ..cpython.memory import Mark, Marker, dict_of, mark_dict, mark_list, mark_set
from ..cpython.objects import HEAP_TYPE, CachedFunction, type_name
from ..values.cut import cut
from ..values.writers import Writer
from .tape import LARGEST_TEXT

LONGEST_SHORT = 40
LONGEST_KIND = 24
"""Of the name of a class, before what is in the object."""
FIRST = 6
"""Items of a container that are told at most; more do hardly fit."""
LARGEST_INT = 10**30
NOT_OBJECTS = (type, partial, CachedFunction)
"""Their classes are made at run time too, but their `__dict__` is not what they are for."""

_flags: Callable[[type], int] = type.__dict__["__flags__"].__get__


def told(value: object) -> str:
    """The value in a few words."""
    kind = type(value)
    if kind is int or kind is str or kind is NoneType:
        return cut(_write(value), LONGEST_SHORT)
    for base, tell, _ in _CONTAINERS:
        if issubclass(kind, base):
            text = tell(value)
            return cut(text if kind is base else f"{_kind(kind)}({text})", LONGEST_SHORT)
    if attributes := attributes_of(value):
        each = (f"{_name(name)}={_write(it)}" for name, it in _first(dict.items(attributes)))
        name = _kind(kind)
        text = f"<{name} {_fit(each, len(attributes), len(name) + 3)}"
        return cut(text, LONGEST_SHORT - 1) + ">"
    return cut(_write(value), LONGEST_SHORT)


def written(value: object) -> bytes:
    """The same for the tape."""
    try:
        return told(value).encode("utf-8", "replace")[:LARGEST_TEXT]
    except RecursionError:  # too deep to tell, but the change is worth its step
        return "…".encode()


def marker_of(value: object) -> Marker | None:
    """What marks the value's contents; None if they cannot be changed in place.

    They can in a list, a dict, a set and an object with a `__dict__` from a `class` statement.
    """
    kind = type(value)
    if kind is int or kind is str or kind is FunctionType:
        return None
    for base, _, marker in _CONTAINERS:
        if issubclass(kind, base):
            return marker
    return None if attributes_of(value) is None else _mark_object


def attributes_of(value: object) -> dict[object, object] | None:
    """The `__dict__` of an object of a learner's class, whatever the class says of it."""
    kind = type(value)
    if not _flags(kind) & HEAP_TYPE or issubclass(kind, NOT_OBJECTS):
        return None
    try:
        return dict_of(value)
    except AttributeError:  # it has slots only
        return None


def _mark_object(value: object) -> Mark:
    return mark_dict(attributes_of(value))


def _tell_list(value: list[Any]) -> str:
    return f"[{_fit(map(_write, _first(list.__iter__(value))), list.__len__(value))}]"


def _tell_set(value: set[Any]) -> str:
    inside = _fit(map(_write, _first(set.__iter__(value))), set.__len__(value))
    return f"{{{inside}}}" if inside else "set()"


def _tell_dict(value: dict[Any, Any]) -> str:
    each = (f"{_write(key)}: {_write(it)}" for key, it in _first(dict.items(value)))
    return f"{{{_fit(each, dict.__len__(value))}}}"


def _first(items: Iterable[Any]) -> list[Any]:
    """The items that may be told, taken in one C call: another thread may be changing them."""
    return [*islice(items, FIRST)]


def _fit(texts: Iterable[str], count: int, around: int = 2) -> str:
    """As many texts as fit beside what is around them, and how many more there are."""
    room = LONGEST_SHORT - around
    shown: list[str] = []
    length = -2
    for text in texts:
        shown.append(text)
        length += len(text) + 2
        if length > room:
            break
    if len(shown) < count or length > room:
        room -= len(f", … {count:,} more")
        while len(shown) > 1 and length > room:
            length -= len(shown.pop()) + 2
        if more := count - len(shown):
            shown = [*map(cut, shown, [room]), *shown[1:], f"… {more:,} more"]
    return ", ".join(shown)


def _write(value: Any) -> str:
    kind = type(value)
    # What `Writer` would write too, at a fifth of the cost.
    if kind is str and len(value) < LONGEST_SHORT:
        return repr(value)
    if kind is int and -LARGEST_INT < value < LARGEST_INT:
        return repr(value)
    return Writer({}).write(value)


def _kind(kind: type) -> str:
    return cut(type_name(kind), LONGEST_KIND)


def _name(name: object) -> str:
    return name if type(name) is str else "…"


_CONTAINERS: list[tuple[type, Callable[[Any], str], Marker]] = [
    (list, _tell_list, mark_list),
    (dict, _tell_dict, mark_dict),
    (set, _tell_set, mark_set),
]
