"""What lies one step from an object, by its type, and how that step is written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
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
from typing import Any, NamedTuple

from ...protocol.views import INSIDE
from ..cpython.objects import (
    DICTS,
    Getter,
    bases,
    contents,
    fields,
    identity,
    members,
    names_of,
    read,
    runs_on_reading,
)
from .frontier import Frontier
from .paths import Step, as_it_is, attribute, attribute_of_dict, is_name, subscript

Opener = Callable[[Frontier, Any, str], None]
"""Has the walk add what lies in an object, of which the path is given."""


class Shape(NamedTuple):
    """How to read the instances of a class."""

    attributes: Getter | None
    slots: list[tuple[str | None, Getter]]
    """Each with its step."""
    opener: Opener | None
    """For what they hold as a container."""
    step: Step
    """To what is in their `__dict__`."""


def open_instance(walk: Frontier, thing: object, path: str) -> None:
    """An object of any class: its attributes and slots, what it holds as a container, and its class."""
    kind = type(thing)
    if issubclass(kind, type):
        _open_class(walk, thing, path)  # type: ignore[arg-type]
        return
    if not walk.one():
        return
    shape = walk.shapes.get(identity(kind))
    if shape is None:
        shape = walk.shapes[identity(kind)] = _shape_of(kind)
        _add_type(walk, thing, path)
    attributes, slots, opener, step = shape
    # A container may hold millions, which its opener counts; other objects hold a few.
    referents = () if opener else get_referents(thing)
    insides = [inside for inside in referents if is_tracked(inside) and inside is not kind]
    own: Any = None
    # Asking for `__dict__` makes one, which is wasted on an object that holds plain values.
    if attributes and (opener or insides):
        own = read(attributes, thing)
        if issubclass(type(own), dict):
            walk.add(walk.some(dict.items, own), path, step)
    if slots:
        walk.add([(name, read(slot, thing)) for name, slot in slots], path, as_it_is)
    if opener:
        opener(walk, thing, path)
    others = [each for each in insides if identity(each) not in walk.seen and each is not own]
    if others:
        _add_insides(walk, others, path)


def _shape_of(kind: type) -> Shape:
    found = fields(kind)
    slots = [(name and attribute(name), getter) for name, getter in found.slots]
    opener = next((opener for base, opener in _CONTAINERS if issubclass(kind, base)), None)
    return Shape(found.attributes, slots, opener, _step_to_attribute(found.hidden))


def _step_to_attribute(hidden: set[str]) -> Step:
    """By its name, unless the class answers for that name."""

    def step(name: Any) -> str | None:
        return f".{name}" if is_name(name) and name not in hidden else attribute_of_dict(name)

    return step


FUNCTIONS_ATTRIBUTE = _step_to_attribute(fields(FunctionType).hidden)


def _sequence(iterate: Callable[[Any], Iterable[Any]]) -> Opener:
    def open_sequence(walk: Frontier, items: object, path: str) -> None:
        walk.add(enumerate(walk.some(iterate, items)), path, "[{}]".format)

    return open_sequence


def _unordered(iterate: Callable[[Any], Iterable[Any]]) -> Opener:
    def open_unordered(walk: Frontier, items: object, path: str) -> None:
        _add_insides(walk, walk.some(iterate, items), path)

    return open_unordered


def _mapping(iterate: Callable[[Any], Iterable[Any]]) -> Opener:
    def open_mapping(walk: Frontier, mapping: object, path: str) -> None:
        items = walk.some(iterate, mapping)
        walk.add(items, path, subscript)
        _add_insides(walk, [key for key, _ in items if is_tracked(key)], path)

    return open_mapping


def _open_cell(walk: Frontier, cell: CellType, path: str) -> None:
    walk.add([(".cell_contents", contents(cell))], path, as_it_is)


def _open_proxy(walk: Frontier, proxy: MappingProxyType[Any, Any], path: str) -> None:
    walk.add([("", mapping) for mapping in get_referents(proxy)], path, as_it_is)


def _open_builtin(walk: Frontier, method: BuiltinFunctionType, path: str) -> None:
    walk.add([(".__self__", method.__self__)], path, as_it_is)


def _open_paused(walk: Frontier, paused: object, path: str) -> None:
    """A generator or coroutine: its locals, cells and function; nothing while it runs."""
    _add_insides(walk, get_referents(paused), path)


def _open_frame(walk: Frontier, frame: FrameType, path: str) -> None:
    if walk.origin_of(frame.f_code):
        _add_insides(walk, get_referents(frame), path)


def _open_module(walk: Frontier, module: ModuleType, path: str) -> None:
    """The learner's functions among its names: what else a module holds is not the learner's."""
    named = walk.some(dict.items, names_of(module))
    functions = [(name, thing) for name, thing in named if type(thing) is FunctionType]
    walk.add([each for each in functions if walk.origin_of(each[1].__code__)], path, attribute)


def _open_nothing(walk: Frontier, thing: object, path: str) -> None:
    """Code: what it makes was not made yet."""


def _open_class(walk: Frontier, cls: type, path: str) -> None:
    namespace = members(cls)
    if not _is_learners(walk, namespace):
        return
    steps: list[tuple[str | None, object]] = []
    for name, member in namespace:
        step = attribute(name)
        if type(member) is staticmethod:
            steps.append((step, member.__func__))
        elif runs_on_reading(cls, name, member):
            steps.append((attribute_of_dict(name), member))
        else:
            steps.append((step, member))
    walk.add(steps, path, as_it_is)
    walk.add(enumerate(bases(cls)), path, ".__bases__[{}]".format)
    _add_type(walk, cls, path)


def _is_learners(walk: Frontier, namespace: list[tuple[str, object]]) -> bool:
    """Whether a class says that it is of the learner's module, or has a method of the learner's."""
    module = [each for name, each in namespace if type(name) is str and name == "__module__"]
    if module and type(module[0]) is type(walk.module) is str and module[0] == walk.module:
        return True
    methods = [member for _, member in namespace if type(member) is FunctionType]
    return any(walk.origin_of(method.__code__) for method in methods)


def _add_type(walk: Frontier, thing: object, path: str) -> None:
    inside = path.startswith(INSIDE)
    walk.add([(path, type(thing))], path if inside else "", "type({})".format)


def _add_insides(walk: Frontier, things: Iterable[object], path: str) -> None:
    """Add what lies inside, where Python has no notation; but no modules and classes."""
    walk.add(
        [
            (None, thing)
            for thing in things
            if type(thing) is not ModuleType and not issubclass(type(thing), type)
        ],
        path,
        as_it_is,
    )


_CONTAINERS: list[tuple[type, Opener]] = [
    *((kind, _mapping(kind.items)) for kind in DICTS),
    *((kind, _sequence(kind.__iter__)) for kind in (list, tuple, deque)),
    *((kind, _unordered(kind.__iter__)) for kind in (set, frozenset)),
]
_OTHERS: list[tuple[type, Opener]] = [
    (CellType, _open_cell),
    (MappingProxyType, _open_proxy),
    (BuiltinFunctionType, _open_builtin),
    *((kind, _open_paused) for kind in (GeneratorType, CoroutineType, AsyncGeneratorType)),
    (FrameType, _open_frame),
    (type, _open_class),
    (ModuleType, _open_module),
    (CodeType, _open_nothing),
]
# By identity: a metaclass may have a hash of its own.
OPENERS: dict[int, Opener] = {identity(kind): opener for kind, opener in (*_CONTAINERS, *_OTHERS)}
