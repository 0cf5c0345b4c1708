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

from .messages import FunctionKind
from .notation import as_it_is, attribute, keyword_default, subscript
from .origins import Origin
from .reading import (
    CachedFunction,
    Getter,
    bases,
    cells_of,
    contents,
    exact,
    fields,
    first,
    function_behind,
    identity,
    members,
    read,
    runs_on_reading,
)

INSIDE = "inside "
LONGEST_PATH = 80
"""Characters; a longer path goes no further: what it leads to is `inside` it (a linked list, say)."""
MOST_OF_ONE = 50_000
MOST_OF_ALL = 250_000
"""Items looked at in one container and in the whole walk: some 10 to 100 ms."""


Found = tuple[Any, Origin, str]
"""A function, or a partial or lru_cache wrapper of one; where it comes from; how it is reached."""
Step = Callable[[Any], str | None]
"""Makes the text of a step from a name, index or key; None if there is no notation for it."""


class Walk:
    """Yields every function of the learner's, and partial or cache of one, that it reaches.

    `cut` tells afterwards whether there was more to search than a walk may look at.
    """

    def __init__(
        self, namespace: dict[str, object], origin_of: Callable[[CodeType], Origin | None]
    ) -> None:
        self.cut = False
        self._namespace = namespace
        self._origin_of = origin_of
        self._left = MOST_OF_ALL
        # Identities stay true because the queue holds what they are of.
        self._queue: list[tuple[Any, str]] = []
        self.seen = {identity(namespace)}
        self._shapes: dict[int, tuple[Getter | None, list[tuple[str, Getter]], Opener | None]] = {}

    def __iter__(self) -> Iterator[Found]:
        self._open_namespace()
        for thing, path in self._queue:  # it grows meanwhile
            kind = type(thing)
            if kind is FunctionType:
                origin = self._origin_of(thing.__code__)
                if origin is not None:
                    yield thing, origin, path
                self._open_function(thing, path, origin)
                continue
            if kind is partial or kind is CachedFunction:
                function = function_behind(thing)
                if function and (origin := self._origin_of(function.__code__)):
                    as_kind = FunctionKind.PARTIAL if kind is partial else FunctionKind.CACHED
                    yield thing, origin.behind(as_kind), path
            _OPENERS.get(identity(kind), Walk._open_instance)(self, thing, path)

    def _add(self, things: Iterable[tuple[Any, object]], path: str, step: Step) -> None:
        """Queue things that are one step from `path`, each with the key of its step.

        What the collector does not track (numbers, text, tuples of them) leads to no function.
        """
        seen, queue = self.seen, self._queue
        inside = path if path.startswith(INSIDE) else INSIDE + path
        ends = inside is path or len(path) > LONGEST_PATH
        for key, thing in things:
            if is_tracked(thing) and (which := identity(thing)) not in seen:
                seen.add(which)
                text = None if ends else step(key)
                queue.append((thing, inside if text is None else path + text))

    def _some(self, iterate: Callable[[Any], Iterable[Any]], container: object) -> list[Any]:
        """As many items of a container as may be looked at."""
        limit = min(MOST_OF_ONE, self._left)
        taken = first(limit, iterate, container)
        self._left -= len(taken)
        self.cut = self.cut or len(taken) == limit
        return taken

    def _open_namespace(self) -> None:
        named, others = [], []
        for name, value in self._some(dict.items, self._namespace):
            if type(name) is not str or not name.isidentifier():
                others.append((name, value))
            elif name != "__builtins__":
                named.append((name, value))
        self._add(named, "", str)
        self._add(others, "globals()", subscript)

    def _open_function(self, function: FunctionType, path: str, origin: Origin | None) -> None:
        if dict.__len__(function.__dict__):
            self._open_attributes(function.__dict__, path)
        # Asking for defaults is an audit event; those of no parameter play no part in a call.
        if (origin is None or origin.positional) and function.__defaults__ is not None:
            defaults = enumerate(exact(function.__defaults__))
            self._add(defaults, path, ".__defaults__[{}]".format)
        if (origin is None or origin.keyword_only) and function.__kwdefaults__ is not None:
            self._add(self._some(dict.items, function.__kwdefaults__), path, keyword_default)
        values = [*map(contents, cells_of(function))]
        if any(map(is_tracked, values)):
            names = function.__code__.co_freevars if origin is None else origin.free
            self._add(zip(names, values, strict=True), path, " ▸ {}".format)

    def _open_attributes(self, attributes: dict[Any, Any], path: str) -> None:
        self._add(self._some(dict.items, attributes), path, attribute)

    def _open_dict(self, mapping: dict[Any, Any], path: str) -> None:
        items = self._some(dict.items, mapping)
        self._add(items, path, subscript)
        self._add_insides([key for key, _ in items if is_tracked(key)], path)

    def _open_list(self, items: list[Any], path: str) -> None:
        self._add(enumerate(self._some(list.__iter__, items)), path, "[{}]".format)

    def _open_tuple(self, items: tuple[Any, ...], path: str) -> None:
        self._add(enumerate(self._some(tuple.__iter__, items)), path, "[{}]".format)

    def _open_deque(self, items: deque[Any], path: str) -> None:
        self._add(enumerate(self._some(deque.__iter__, items)), path, "[{}]".format)

    def _open_set(self, items: set[Any], path: str) -> None:
        self._add_insides(self._some(set.__iter__, items), path)

    def _open_frozenset(self, items: frozenset[Any], path: str) -> None:
        self._add_insides(self._some(frozenset.__iter__, items), path)

    def _open_cell(self, cell: CellType, path: str) -> None:
        self._add([(".cell_contents", contents(cell))], path, str)

    def _open_proxy(self, proxy: MappingProxyType[Any, Any], path: str) -> None:
        self._add((("", mapping) for mapping in get_referents(proxy)), path, str)

    def _open_builtin(self, method: BuiltinFunctionType, path: str) -> None:
        self._add([(".__self__", method.__self__)], path, str)

    def _open_paused(self, paused: object, path: str) -> None:
        """A generator or coroutine: its locals, cells and function; nothing while it runs."""
        self._add_insides(get_referents(paused), path)

    def _open_frame(self, frame: FrameType, path: str) -> None:
        if self._origin_of(frame.f_code):
            self._add_insides(get_referents(frame), path)

    def _open_nothing(self, thing: object, path: str) -> None:
        """Modules and code: what a module of the library holds is not the learner's."""

    def _open_class(self, cls: type, path: str) -> None:
        namespace = members(cls)
        if not self._is_learners_class(namespace):
            return
        steps: list[tuple[str | None, object]] = []
        for name, member in namespace:
            step = attribute(name)
            if type(member) is staticmethod:
                steps.append((step, member.__func__))
            elif type(name) is str and runs_on_reading(cls, name, member):
                steps.append((f".__dict__[{name!r}]", member))
            else:
                steps.append((step, member))
        self._add(steps, path, as_it_is)
        self._add(enumerate(bases(cls)), path, ".__bases__[{}]".format)
        self._add_type(cls, path)

    def _open_instance(self, thing: object, path: str) -> None:
        kind = type(thing)
        if issubclass(kind, type):
            self._open_class(thing, path)  # type: ignore[arg-type]
            return
        if not self._left:
            self.cut = True
            return
        self._left -= 1
        shape = self._shapes.get(identity(kind))
        if shape is None:
            opener = next((opener for base, opener in _CONTAINERS if issubclass(kind, base)), None)
            shape = self._shapes[identity(kind)] = *fields(kind), opener
            self._add_type(thing, path)
        attributes, slots, opener = shape
        # A container may hold millions, which its opener counts; other objects hold a few.
        referents = () if opener else get_referents(thing)
        insides = [inside for inside in referents if is_tracked(inside) and inside is not kind]
        own: Any = None
        # Asking for `__dict__` makes one, which is wasted on an object that holds plain values.
        if attributes and (opener or insides):
            own = read(attributes, thing)
            if issubclass(type(own), dict):
                self._open_attributes(own, path)
        if slots:
            self._add([(name, read(slot, thing)) for name, slot in slots], path, attribute)
        if opener:
            opener(self, thing, path)
        self._add_insides([inside for inside in insides if inside is not own], path)

    def _add_insides(self, things: Iterable[Any], path: str) -> None:
        """Queue what lies inside, where Python has no notation; but no modules and classes."""
        self._add(
            (
                (None, thing)
                for thing in things
                if type(thing) is not ModuleType and not issubclass(type(thing), type)
            ),
            path,
            as_it_is,
        )

    def _add_type(self, thing: object, path: str) -> None:
        inside = path.startswith(INSIDE)
        self._add([(path, type(thing))], path if inside else "", "type({})".format)

    def _is_learners_class(self, namespace: list[tuple[str, object]]) -> bool:
        """Whether it says that it is of the learner's module, or has a method of the learner's."""
        for name, member in namespace:
            if type(member) is FunctionType and self._origin_of(member.__code__):
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
# By identity: a metaclass may have a hash of its own.
_OPENERS: dict[int, Opener] = {identity(kind): opener for kind, opener in (*_CONTAINERS, *_OTHERS)}
