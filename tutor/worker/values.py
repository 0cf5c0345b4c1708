"""What a recording says of a value, and whether it is still as it was: no learner code runs.

The text has at most 40 characters. What `describe` would ask a learner's `__repr__` for is told by
its type, and an object by its attributes: `<Account balance=5, owner='Ann'>`.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import PYFUNCTYPE, c_void_p, py_object, pythonapi
from functools import partial
from itertools import islice
from types import FunctionType, NoneType
from typing import Any

from .describe import Writer, cut
from .reading import CachedFunction, identity, type_name

LONGEST = 40
MOST_SHOWN = 6
"""Attributes of an object that are told."""
LOOKED_AT = 64
"""Items of a container that are looked at for changes."""
LARGEST_INT = 10**30
HEAP_TYPE = 1 << 9
"""Py_TPFLAGS_HEAPTYPE: a class that was made at run time, as a `class` statement does."""
NOT_OBJECTS = (type, partial, CachedFunction)
"""Their classes are made at run time too, but their `__dict__` is not what they are for."""

Mark = tuple[int, list[int], list[int]]
Marker = Callable[[Any], Mark]
"""What is in a mutable value, by identity: how many items, and the first of them."""

_flags: Callable[[type], int] = type.__dict__["__flags__"].__get__
# The descriptor that `reading.fields` finds would do it too, but to keep it keeps its class alive.
_attributes = PYFUNCTYPE(py_object, py_object, c_void_p)(("PyObject_GenericGetDict", pythonapi))


def told(value: object) -> str:
    """The value in a few words."""
    kind = type(value)
    if kind is bool or kind is NoneType:
        return repr(value)
    if kind is int and -LARGEST_INT < value < LARGEST_INT:  # type: ignore[operator]
        return repr(value)
    writer = Writer({})
    if attributes := attributes_of(value):
        first = [*islice(dict.items(attributes), MOST_SHOWN)]
        each = (f"{_name(name)}={writer.write(attribute)}" for name, attribute in first)
        return cut(f"<{type_name(kind)} {', '.join(each)}", LONGEST - 1) + ">"
    return cut(writer.write(value), LONGEST)


def marker_of(value: object) -> Marker | None:
    """What marks the value's contents; None if they cannot be changed in place.

    They can in a list, a dict, a set and an object with a `__dict__` from a `class` statement.
    """
    kind = type(value)
    if kind is int or kind is str or kind is FunctionType:
        return None
    for base, marker in _MARKERS:
        if issubclass(kind, base):
            return marker
    return None if attributes_of(value) is None else _mark_object


def attributes_of(value: object) -> dict[str, object] | None:
    """The `__dict__` of an object of a learner's class, whatever the class says of it."""
    kind = type(value)
    if not _flags(kind) & HEAP_TYPE or issubclass(kind, NOT_OBJECTS):
        return None
    try:
        return _attributes(value, None)  # type: ignore[no-any-return]
    except AttributeError:  # it has slots only
        return None


def _name(name: object) -> str:
    return name if type(name) is str else "…"


def _mark_list(value: list[object]) -> Mark:
    return list.__len__(value), [*map(identity, islice(list.__iter__(value), LOOKED_AT))], []


def _mark_set(value: set[object]) -> Mark:
    return set.__len__(value), [*map(identity, islice(set.__iter__(value), LOOKED_AT))], []


def _mark_dict(value: dict[object, object]) -> Mark:
    keys = [*map(identity, islice(dict.__iter__(value), LOOKED_AT))]
    return dict.__len__(value), keys, [*map(identity, islice(dict.values(value), LOOKED_AT))]


def _mark_object(value: object) -> Mark:
    return _mark_dict(_attributes(value, None))


_MARKERS: list[tuple[type, Marker]] = [(list, _mark_list), (dict, _mark_dict), (set, _mark_set)]
