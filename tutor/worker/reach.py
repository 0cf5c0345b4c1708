"""How a program's objects are reached from its module: a walk, breadth first, in Python's notation.

The collector's list has every function that it has not been told to hide; this walk finds those
too, and says where: `funcs[0]`, `ops['add']`, `account ▸ ops['add']` (▸ goes into the cell of that
variable), `inside handlers` (where Python has no notation). Nothing of the learner's runs: objects
are read through `reading` and the collector.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from gc import get_referents, is_tracked
from itertools import islice
from types import (
    AsyncGeneratorType,
    BuiltinFunctionType,
    CellType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    MappingProxyType,
    ModuleType,
)
from typing import Any

from .reading import (
    CachedFunction,
    Fields,
    bases,
    cells_of,
    contents,
    exact,
    fields,
    members,
    read,
    runs_on_reading,
)

INSIDE = "inside "
LONGEST_PATH = 80
"""Characters; past it a path is cut to `inside` its beginning (a linked list, say)."""
LONGEST_KEY = 40
MOST_OF_ONE = 50_000
MOST_OF_ALL = 250_000
"""Items looked at in one container and in the whole walk: some 10 to 100 ms."""


class Walk:
    """Yields (callable, path) for every function, partial and lru_cache wrapper that it reaches.

    `cut` tells afterwards whether there was more to search than a walk may look at.
    """

    def __init__(
        self, namespace: dict[str, object], is_learners: Callable[[CodeType], object]
    ) -> None:
        self.cut = False
        self._namespace = namespace
        self._is_learners = is_learners
        self._left = MOST_OF_ALL
        # Ids stay true because the queue holds what they are of.
        self._queue: list[tuple[Any, str]] = []
        self._seen = {id(namespace)}
        self._fields: dict[int, Fields] = {}

    def __iter__(self) -> Iterator[tuple[object, str]]:
        for name, value in self._some(dict.items(self._namespace)):
            if type(name) is not str or not name.isidentifier():
                self._add(value, "globals()", _subscript(name))
            elif name != "__builtins__":
                self._add(value, name)
        for thing, path in self._queue:  # it grows meanwhile
            kind = type(thing)
            if kind is FunctionType:
                yield thing, path
                self._open_function(thing, path)
                continue
            if kind is partial or kind is CachedFunction:
                yield thing, path
            _OPENERS.get(id(kind), Walk._open_instance)(self, thing, path)

    def _add(self, thing: object, path: str, step: str | None = "") -> None:
        """Queue what is one step from `path`; None is a step for which there is no notation.

        What the collector does not track (numbers, text, tuples of them) leads to no function; the
        openers leave it out before they work out a step.
        """
        if is_tracked(thing) and id(thing) not in self._seen:
            self._seen.add(id(thing))
            self._queue.append((thing, _join(path, step)))

    def _some(self, items: Iterable[Any]) -> list[Any]:
        """As many items as may be looked at, taken in one C call: other threads may be running."""
        limit = max(0, min(MOST_OF_ONE, self._left))
        taken = [*islice(items, limit)]
        self._left -= len(taken)
        self.cut = self.cut or len(taken) == limit
        return taken

    def _open_function(self, function: FunctionType, path: str) -> None:
        if dict.__len__(function.__dict__):
            self._open_attributes(function.__dict__, path)
        if function.__defaults__ is not None:
            for index, default in enumerate(exact(function.__defaults__)):
                self._add(default, path, f".__defaults__[{index}]")
        if function.__kwdefaults__ is not None:
            for name, default in self._some(dict.items(function.__kwdefaults__)):
                key = _subscript(name)
                self._add(default, path, key and f".__kwdefaults__{key}")
        for name, cell in zip(function.__code__.co_freevars, cells_of(function), strict=True):
            value = contents(cell)
            if is_tracked(value):
                self._add(value, path, f" ▸ {name}")

    def _open_attributes(self, attributes: dict[Any, Any], path: str) -> None:
        for name, value in self._some(dict.items(attributes)):
            if is_tracked(value):
                self._add(value, path, _attribute(name))

    def _open_dict(self, mapping: dict[Any, Any], path: str) -> None:
        for key, value in self._some(dict.items(mapping)):
            if is_tracked(value):
                self._add(value, path, _subscript(key))
            self._add(key, path, None)

    def _open_list(self, items: list[Any], path: str) -> None:
        self._open_sequence(list.__iter__(items), path)

    def _open_tuple(self, items: tuple[Any, ...], path: str) -> None:
        self._open_sequence(tuple.__iter__(items), path)

    def _open_deque(self, items: deque[Any], path: str) -> None:
        self._open_sequence(deque.__iter__(items), path)

    def _open_sequence(self, items: Iterator[Any], path: str) -> None:
        for index, item in enumerate(self._some(items)):
            if is_tracked(item):
                self._add(item, path, f"[{index}]")

    def _open_set(self, items: set[Any], path: str) -> None:
        self._open_insides(self._some(set.__iter__(items)), path)

    def _open_frozenset(self, items: frozenset[Any], path: str) -> None:
        self._open_insides(self._some(frozenset.__iter__(items)), path)

    def _open_cell(self, cell: CellType, path: str) -> None:
        self._add(contents(cell), path, ".cell_contents")

    def _open_proxy(self, proxy: MappingProxyType[Any, Any], path: str) -> None:
        for mapping in get_referents(proxy):
            self._add(mapping, path)

    def _open_builtin(self, method: BuiltinFunctionType, path: str) -> None:
        self._add(method.__self__, path, ".__self__")

    def _open_paused(self, paused: object, path: str) -> None:
        """A generator or coroutine: its locals, cells and function; nothing while it runs."""
        self._open_insides(get_referents(paused), path)

    def _open_frame(self, frame: FrameType, path: str) -> None:
        if self._is_learners(frame.f_code):
            self._open_insides(get_referents(frame), path)

    def _open_insides(self, things: Iterable[Any], path: str) -> None:
        for thing in things:
            if type(thing) is not ModuleType and not issubclass(type(thing), type):
                self._add(thing, path, None)

    def _open_nothing(self, thing: object, path: str) -> None:
        """Modules and code: what a module of the library holds is not the learner's."""

    def _open_class(self, cls: type, path: str) -> None:
        namespace = members(cls)
        if not self._is_learners_class(namespace):
            return
        for name, member in namespace:
            step = _attribute(name)
            if type(member) is staticmethod:
                self._add(member.__func__, path, step)
            elif type(name) is str and runs_on_reading(cls, name, member):
                self._add(member, path, f".__dict__[{name!r}]")
            else:
                self._add(member, path, step)
        for index, base in enumerate(bases(cls)):
            self._add(base, path, f".__bases__[{index}]")
        self._add_type(cls, path)

    def _open_instance(self, thing: object, path: str) -> None:
        kind = type(thing)
        if issubclass(kind, type):
            self._open_class(thing, path)  # type: ignore[arg-type]
            return
        self._left -= 1
        if self._left < 0:
            self.cut = True
            return
        if id(kind) not in self._fields:
            self._fields[id(kind)] = fields(kind)
        attributes, slots = self._fields[id(kind)]
        opener = next((opener for base, opener in _CONTAINERS if issubclass(kind, base)), None)
        # A container may hold millions, which its opener counts; other objects hold a few.
        insides = [] if opener else [r for r in get_referents(thing) if is_tracked(r)]
        own: Any = None
        # Asking for `__dict__` makes one, which is wasted on an object that holds plain values.
        if attributes and (opener or any(inside is not kind for inside in insides)):
            own = read(attributes, thing)
            if issubclass(type(own), dict):
                self._open_attributes(own, path)
        for name, slot in slots:
            self._add(read(slot, thing), path, _attribute(name))
        if opener:
            opener(self, thing, path)
        self._open_insides([inside for inside in insides if inside is not own], path)
        self._add_type(thing, path)

    def _add_type(self, thing: object, path: str) -> None:
        self._add(type(thing), path if path.startswith(INSIDE) else f"type({path})")

    def _is_learners_class(self, namespace: list[tuple[str, object]]) -> bool:
        """Whether it says that it is of the learner's module, or has a method of the learner's."""
        for name, member in namespace:
            if type(member) is FunctionType and self._is_learners(member.__code__):
                return True
            if type(name) is str and name == "__module__" and type(member) is str:
                module = self._namespace.get("__name__")
                if type(module) is str and member == module:
                    return True
        return False


Opener = Callable[[Walk, Any, str], None]

_CONTAINERS: list[tuple[type, Opener]] = [
    (dict, Walk._open_dict),
    (list, Walk._open_list),
    (tuple, Walk._open_tuple),
    (deque, Walk._open_deque),
    (set, Walk._open_set),
    (frozenset, Walk._open_frozenset),
]
_OTHERS: list[tuple[type, Opener]] = [
    (CellType, Walk._open_cell),
    (MappingProxyType, Walk._open_proxy),
    (BuiltinFunctionType, Walk._open_builtin),
    (GeneratorType, Walk._open_paused),
    (CoroutineType, Walk._open_paused),
    (AsyncGeneratorType, Walk._open_paused),
    (FrameType, Walk._open_frame),
    (type, Walk._open_class),
    (ModuleType, Walk._open_nothing),
    (CodeType, Walk._open_nothing),
]
# By id: a metaclass may have a hash of its own.
_OPENERS: dict[int, Opener] = {id(kind): opener for kind, opener in (*_CONTAINERS, *_OTHERS)}


def _join(path: str, step: str | None) -> str:
    if path.startswith(INSIDE):
        return path
    whole = path + (step or "")
    return INSIDE + path if step is None or len(whole) > LONGEST_PATH else whole


def _attribute(name: object) -> str | None:
    """`.name`, or what reads an attribute that is no identifier."""
    if type(name) is str and name.isidentifier():
        return f".{name}"
    key = _subscript(name)
    return key and f".__dict__{key}"


def _subscript(key: object) -> str | None:
    """`[key]` for a key that can be written down shortly."""
    text = _literal(key)
    return None if text is None or len(text) > LONGEST_KEY else f"[{text}]"


def _literal(key: Any, depth: int = 2) -> str | None:
    kind = type(key)
    if kind is str or kind is bytes:
        return repr(key) if len(key) <= LONGEST_KEY else None
    if kind is int:
        return repr(key) if key.bit_length() <= 128 else None
    if kind is float or kind is bool or key is None:
        return repr(key)
    if kind is tuple and len(key) <= 4 and depth:
        parts = [_literal(part, depth - 1) or "" for part in key]
        return f"({', '.join(parts)}{',' * (len(parts) == 1)})" if all(parts) else None
    return None
