"""Reading a learner's objects without running a line of the learner's code.

`x.name` may be a property, `isinstance(x, C)` may ask `x.__class__`, a metaclass may answer for its
class, and a set of classes hashes them. The descriptors below are C functions taken when the child
starts: they read the fields of an object and ask nobody.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from itertools import islice
from types import (
    CellType,
    FunctionType,
    GetSetDescriptorType,
    MappingProxyType,
    MemberDescriptorType,
    MethodType,
    ModuleType,
)
from typing import Any, NamedTuple

Getter = Callable[[object], object]


class Fields(NamedTuple):
    """How to read the instances of a class."""

    attributes: Getter | None
    """Of their `__dict__`."""
    slots: list[tuple[str | None, Getter]]
    """Each with its name, or None where a class further on has something else of that name."""
    hidden: set[str]
    """Names that read something of the class, even if the `__dict__` has one of them too."""


CachedFunction: type = type(lru_cache(lambda: None))
"""The type of what `functools.lru_cache` returns, a C type without a public name."""

LONGEST_NAME = 40
"""Characters that are told of a name within a sentence."""
DICTS: tuple[Any, ...] = (
    dict,
    *(vars(builtins)[name] for name in ("frozendict",) if name in vars(builtins)),
)
"""Since 3.15 there is another that is no subclass (PEP 814)."""
TRIES = 100
"""To read a container that another thread keeps changing."""
LONGEST_CHAIN = 32
"""Wrappers followed to the function behind them: a partial can be made to hold itself."""

_name: Callable[[type], str] = type.__dict__["__name__"].__get__
_dict: Callable[[type], MappingProxyType[str, object]] = type.__dict__["__dict__"].__get__
_annotate: Getter | None = getattr(vars(FunctionType).get("__annotate__"), "__get__", None)
_type_parameters: Callable[[object], tuple[Any, ...]] | None = getattr(
    vars(FunctionType).get("__type_params__"), "__get__", None
)
identity: Callable[[object], int] = object.__hash__
"""What tells an object from all others that live: its address, with the bits turned by four.

`id` is an audit event, which runs the hooks of the worker and the learner: 60 ns become 200 or more.
"""
names_of: Callable[[object], dict[str, object]] = vars(ModuleType)["__dict__"].__get__
"""The names of a module."""
mro: Callable[[type], tuple[type, ...]] = type.__dict__["__mro__"].__get__
"""The class and all that it was derived from, in the order of look-up."""
bases: Callable[[type], tuple[type, ...]] = type.__dict__["__bases__"].__get__
"""The classes that a class was derived from."""


def plain(text: str) -> str:
    """The same text as an exact str: a name may be of a subclass with a `__format__` of its own."""
    return text if type(text) is str else str.__str__(text)


def type_name(cls: type) -> str:
    """The class's own name, whatever its metaclass says."""
    return plain(_name(cls))


def short_name(name: str) -> str:
    """A name for a sentence: what stands beside it must not be lost behind it."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def kind_of(value: object) -> str:
    """The name of a value's class, for a sentence."""
    return short_name(type_name(type(value)))


def members(cls: type) -> list[tuple[str, object]]:
    """The names that the class itself defines, in order of definition."""
    return [*_dict(cls).items()]


def lookup(cls: type, name: str) -> object | None:
    """What the class or one of its bases defines under this name, unbound; None if nothing."""
    for base in mro(cls):
        namespace = _dict(base)
        if name in namespace:
            return namespace[name]
    return None


def runs_on_reading(cls: type, name: object, member: object) -> bool:
    """Whether `cls.name` runs code, of the member or of the metaclass, instead of giving it."""
    if type(member) is classmethod:
        return type(member.__func__) is not FunctionType
    if type(lookup(type(member), "__get__")) is FunctionType:
        return True
    return type(name) is str and is_data_descriptor(lookup(type(cls), name))


def is_data_descriptor(member: object) -> bool:
    """Whether it answers for its name before the `__dict__` of an instance does."""
    kind = type(member)
    return lookup(kind, "__set__") is not None or lookup(kind, "__delete__") is not None


def fields(cls: type) -> Fields:
    """How to read an instance of the class: its `__dict__`, and each of its slots."""
    attributes: Getter | None = None
    slots: list[tuple[str | None, Getter]] = []
    hidden: set[str] = set()
    nearer: set[str] = set()
    for base in mro(cls):
        named = [(name, member) for name, member in members(base) if type(name) is str]
        for name, member in named:
            if type(member) is MemberDescriptorType:
                slots.append((None if name in nearer else name, member.__get__))
            elif type(member) is GetSetDescriptorType and name == "__dict__":
                attributes = attributes or member.__get__
            if name not in nearer and is_data_descriptor(member):
                hidden.add(name)
        nearer.update(name for name, _ in named)
    return Fields(attributes, slots, hidden)


def read(getter: Getter, thing: object) -> object | None:
    """A field of an object; None if it is empty, or if the getter is of another class."""
    try:
        return getter(thing)
    except (AttributeError, TypeError):
        return None


EMPTY = object()
"""Stands for the contents of an empty cell; None is a value."""
HEAP_TYPE = 1 << 9
"""Py_TPFLAGS_HEAPTYPE (Include/object.h): a class that was made at run time, as `class` does it."""


def contents(cell: CellType, empty: object = None) -> object:
    """What the cell holds, or `empty`."""
    try:
        return cell.cell_contents
    except ValueError:
        return empty


def cells_of(function: FunctionType) -> tuple[CellType, ...]:
    """The function's cells, in the order of `co_freevars`."""
    closure = function.__closure__
    return closure if type(closure) is tuple else exact(closure)


def annotate_of(function: FunctionType) -> object | None:
    """What tells the annotations of a function; None for none, and before 3.14."""
    return _annotate(function) if _annotate else None


def type_parameters_of(function: FunctionType) -> tuple[Any, ...]:
    """Its type parameters; none before 3.12."""
    return exact(_type_parameters(function)) if _type_parameters else ()


def exact(items: tuple[Any, ...] | None) -> tuple[Any, ...]:
    """The same items as an exact tuple: closures and defaults may be of a learner's subclass."""
    if items is None or type(items) is tuple:
        return items or ()
    return tuple.__getitem__(items, slice(None))


def first(count: int, iterate: Callable[[Any], Iterable[Any]], container: object) -> list[Any]:
    """The first items of a container, which other threads may be changing.

    They cannot while C code takes the items, but they can before it begins to.
    """
    for _ in range(TRIES):
        try:
            return [*islice(iterate(container), count)]
        except RuntimeError:  # it changed size: the thread that did it has had its turn
            continue
    return []


def behind(wrapper: object) -> object | None:
    """What a partial, an lru_cache wrapper, a method, or a function with `__wrapped__` stands for.

    None if it is no wrapper. Only exact C types are asked, for fields that nothing can override.
    """
    kind = type(wrapper)
    if kind is FunctionType or kind is CachedFunction:
        return getattr(wrapper, "__wrapped__", None)
    if kind is partial:
        return wrapper.func  # type: ignore[attr-defined, no-any-return]
    if kind is MethodType or kind is staticmethod or kind is classmethod:
        return wrapper.__func__  # type: ignore[attr-defined, no-any-return]
    return None


def function_behind(thing: object) -> FunctionType | None:
    """The Python function at the end of a chain of partials, caches and methods."""
    for _ in range(LONGEST_CHAIN):
        if type(thing) is FunctionType:
            return thing
        thing = behind(thing)
    return None
