"""What a recording says of a value, and by what it is known to be as it was. No learner code runs.

The text has at most 40 characters. What `describe` would ask a learner's `__repr__` for is told by
its type, and an object by its attributes: `<Account balance=5, owner='Ann'>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ctypes import PYFUNCTYPE, c_void_p, py_object, pythonapi
from functools import partial
from types import FunctionType, NoneType

from .describe import Writer, cut
from .memory import Mark, Marker, mark_dict, mark_list, mark_set
from .reading import CachedFunction, identity, type_name
from .texts import BY_TYPE

LONGEST = 40
LARGEST_INT = 10**30
HEAP_TYPE = 1 << 9
"""Py_TPFLAGS_HEAPTYPE: a class that was made at run time, as a `class` statement does."""
NOT_OBJECTS = (type, partial, CachedFunction)
"""Their classes are made at run time too, but their `__dict__` is not what they are for."""

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
    writer = _Brief({})
    if kind is list or kind is dict or kind is str:
        return cut(writer.write(value), LONGEST)
    if attributes := attributes_of(value):
        each = (f"{_name(name)}={writer.write(it)}" for name, it in [*attributes.items()])
        inside = writer.within(value, each, len(attributes))
        return cut(f"<{type_name(kind)} {inside}", LONGEST - 1) + ">"
    for base, _ in _MARKERS:
        if issubclass(kind, base) and kind is not base:
            return cut(f"{type_name(kind)}({BY_TYPE[identity(base)](writer, value)})", LONGEST)
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


def attributes_of(value: object) -> dict[object, object] | None:
    """The `__dict__` of an object of a learner's class, whatever the class says of it."""
    kind = type(value)
    if not _flags(kind) & HEAP_TYPE or issubclass(kind, NOT_OBJECTS):
        return None
    try:
        return _attributes(value, None)  # type: ignore[no-any-return]
    except AttributeError:  # it has slots only
        return None


class _Brief(Writer):
    """Writes of the outermost container only as many items as fit, and how many more there are."""

    _is_inside = False

    def within(self, outer: object, texts: Iterable[str], count: int) -> str:
        if self._is_inside or not count:
            return super().within(outer, texts, count)
        self._is_inside = True
        shown: list[str] = []
        length = 0
        for text in texts:
            shown.append(text)
            length += len(text) + 2
            if length > LONGEST:
                break
        while len(shown) > 1 and len(_with_rest(shown, count)) > LONGEST - 2:
            shown.pop()
        return _with_rest(shown, count)


def _with_rest(shown: list[str], count: int) -> str:
    more = count - len(shown)
    return ", ".join(shown + [f"… {more:,} more"] * (more > 0))


def _name(name: object) -> str:
    return name if type(name) is str else "…"


def _mark_object(value: object) -> Mark:
    return mark_dict(attributes_of(value))


_MARKERS: list[tuple[type, Marker]] = [(list, mark_list), (dict, mark_dict), (set, mark_set)]
