"""How values of the built-in types are written: a table from type to function.

Each is asked for a value of its type, or of a subclass without a `__repr__` of its own, and reads
it by the methods of the built-in type: a subclass may have overridden them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from types import (
    AsyncGeneratorType,
    BuiltinFunctionType,
    CellType,
    CodeType,
    CoroutineType,
    EllipsisType,
    FunctionType,
    GeneratorType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    NoneType,
    NotImplementedType,
    WrapperDescriptorType,
)
from typing import Any
from weakref import ref

from ..cpython.objects import (
    DICTS,
    EMPTY,
    CachedFunction,
    behind,
    contents,
    first,
    identity,
    kind_of,
    lookup,
    names_of,
    plain,
    type_name,
)
from .cut import LONGEST, LONGEST_TEXT, quoted

FIRST = 6
"""Items that are shown of a container."""
DEPTH = 3
"""Levels of containers within containers that are shown."""

Iterating = Callable[[Any], Iterable[Any]]
"""How a container's items are come by: a method of the built-in type."""
MOST_BITS = 200
"""An int of more is told by its length: writing one out takes quadratic time."""


def _plainly(_: Writer, value: object) -> str:
    return repr(value)


def _int(_: Writer, value: int) -> str:
    bits = int.bit_length(value)
    if bits <= MOST_BITS:
        return int.__repr__(value)
    return f"an int of about {bits * 30_103 // 100_000 + 1:,} digits"


def _float(_: Writer, value: float) -> str:
    return float.__repr__(value)


def _complex(_: Writer, value: complex) -> str:
    return complex.__repr__(value)


def _str(_: Writer, value: str) -> str:
    return quoted(str.__getitem__(value, slice(LONGEST_TEXT)), str.__len__(value), "characters")


def _bytes(_: Writer, value: bytes) -> str:
    return quoted(bytes.__getitem__(value, slice(LONGEST_TEXT)), bytes.__len__(value), "bytes")


def _bytearray(_: Writer, value: bytearray) -> str:
    start = bytes(bytearray.__getitem__(value, slice(LONGEST_TEXT)))
    return f"bytearray({quoted(start, bytearray.__len__(value), 'bytes')})"


def _list(writer: Writer, value: list[Any]) -> str:
    return f"[{writer.items(value, list.__iter__, list.__len__(value))}]"


def _tuple(writer: Writer, value: tuple[Any, ...]) -> str:
    count = tuple.__len__(value)
    return f"({writer.items(value, tuple.__iter__, count)}{',' * (count == 1)})"


def _set(writer: Writer, value: set[Any]) -> str:
    count = set.__len__(value)
    return f"{{{writer.items(value, set.__iter__, count)}}}" if count else "set()"


def _frozenset(writer: Writer, value: frozenset[Any]) -> str:
    count = frozenset.__len__(value)
    items = writer.items(value, frozenset.__iter__, count)
    return f"frozenset({{{items}}})" if count else "frozenset()"


def _dict(writer: Writer, value: dict[Any, Any]) -> str:
    return f"{{{writer.pairs(value, dict.items, dict.__len__(value))}}}"


def _frozendict(writer: Writer, value: Any) -> str:
    kind = DICTS[-1]
    count = kind.__len__(value)
    return f"frozendict({{{writer.pairs(value, kind.items, count)}}})" if count else "frozendict()"


def _deque(writer: Writer, value: deque[Any]) -> str:
    inside = writer.items(value, deque.__iter__, deque.__len__(value))
    limit = value.maxlen if type(value) is deque else None
    return f"deque([{inside}]{'' if limit is None else f', maxlen={limit}'})"


def _exception(writer: Writer, value: BaseException) -> str:
    return writer.parts(value, *_exception_arguments(value))


def _function(_: Writer, value: FunctionType) -> str:
    return f"function {plain(value.__code__.co_name)}"


def _method(_: Writer, value: MethodType) -> str:
    function = value.__func__
    named = type(function) is FunctionType
    return f"method {plain(function.__code__.co_qualname)}" if named else "method"


def _builtin(_: Writer, value: BuiltinFunctionType) -> str:
    return f"builtin {value.__name__}"


def _module(_: Writer, value: ModuleType) -> str:
    name = names_of(value).get("__name__")
    return f"module {name}" if type(name) is str else "module"


def _paused(_: Writer, value: Any) -> str:
    kind = type(value)
    if kind is GeneratorType:
        return f"generator {plain(value.gi_code.co_name)}"
    if kind is CoroutineType:
        return f"coroutine {plain(value.cr_code.co_name)}"
    return f"async generator {plain(value.ag_code.co_name)}"


def _wrapper(writer: Writer, value: object) -> str:
    name = "lru_cache" if type(value) is CachedFunction else type_name(type(value))
    inside = behind(value)
    return name if inside is None else f"{name} of {writer.parts(value, inside)}"


def _cell(writer: Writer, value: CellType) -> str:
    inside = contents(value, EMPTY)
    return "empty cell" if inside is EMPTY else f"cell holding {writer.parts(value, inside)}"


def _code(_: Writer, value: CodeType) -> str:
    return f"code {plain(value.co_name)}"


def _range(writer: Writer, value: range) -> str:
    ends = [value.start, value.stop, *([value.step] if value.step != 1 else [])]
    return f"range({', '.join(map(writer.write, ends))})"


def _weakref(writer: Writer, value: ref[Any]) -> str:
    target = value()
    return "dead weakref" if target is None else f"weakref to {writer.parts(value, target)}"


OBJECTS_REPR = object.__dict__["__repr__"]
_exception_arguments: Callable[[object], tuple[Any, ...]] = BaseException.__dict__["args"].__get__

Writing = Callable[[Any, Any], str]

INHERITED: list[tuple[type, Writing]] = [
    (int, _int),
    (float, _float),
    (complex, _complex),
    (str, _str),
    (bytes, _bytes),
    (bytearray, _bytearray),
    (list, _list),
    (tuple, _tuple),
    (set, _set),
    (frozenset, _frozenset),
    *zip(DICTS, (_dict, _frozendict), strict=False),
    (deque, _deque),
    (BaseException, _exception),
]
EXACT: list[tuple[type, Writing]] = [
    *INHERITED[:-1],
    *((kind, _plainly) for kind in (NoneType, bool, EllipsisType, NotImplementedType)),
    (FunctionType, _function),
    (MethodType, _method),
    *((kind, _builtin) for kind in (BuiltinFunctionType, MethodDescriptorType)),
    *((kind, _builtin) for kind in (WrapperDescriptorType, MethodWrapperType)),
    (ModuleType, _module),
    *((kind, _paused) for kind in (GeneratorType, CoroutineType, AsyncGeneratorType)),
    *((kind, _wrapper) for kind in (partial, CachedFunction, staticmethod, classmethod)),
    (CellType, _cell),
    (CodeType, _code),
    (range, _range),
    (ref, _weakref),
]
# By identity: a metaclass may have a hash of its own.
BY_TYPE: dict[int, Writing] = {identity(kind): writing for kind, writing in EXACT}
BY_REPR: dict[int, tuple[type, Writing]] = {
    identity(kind.__dict__["__repr__"]): (kind, writing) for kind, writing in INHERITED
}


class Writer:
    """Writes values; those that only their own `__repr__` can tell, and no answer has, it collects."""

    def __init__(self, answers: dict[int, str]) -> None:
        self.unanswered: list[object] = []
        self._answers = answers
        self._around: list[int] = []

    def write(self, value: object) -> str:
        """The value's text; that of containers goes DEPTH levels down."""
        kind = type(value)
        if known := BY_TYPE.get(identity(kind)):
            return known(self, value)
        if issubclass(kind, type):
            return f"class {type_name(value)}"  # type: ignore[arg-type]
        # Which `__repr__` would run decides: a list's subclass without its own is written as a list.
        found = lookup(kind, "__repr__")
        if found is OBJECTS_REPR:
            return f"<{kind_of(value)} object>"
        if (inherited := BY_REPR.get(identity(found))) and issubclass(kind, inherited[0]):
            return f"{kind_of(value)}({inherited[1](self, value)})"
        if identity(value) not in self._answers:
            self.unanswered.append(value)
            return f"<{kind_of(value)} object>"
        return self._answers[identity(value)]

    def within(self, outer: object, texts: Iterable[str], count: int) -> str:
        """The inside of a container of `count` items: their texts as far as they fit."""
        if not count:
            return ""
        if identity(outer) in self._around or len(self._around) == DEPTH:
            return "…"
        self._around.append(identity(outer))
        shown: list[str] = []
        room = LONGEST - len(f"… {count:,} more")
        for text in texts:
            room -= len(text) + 2
            if shown and room < 0:
                break
            shown.append(text)
        self._around.pop()
        if (more := count - len(shown)) > 0:
            shown.append(f"… {more:,} more")
        return ", ".join(shown)

    def items(self, outer: object, iterate: Iterating, count: int) -> str:
        """The inside of a list, tuple or set."""
        return self.within(outer, map(self.write, first(FIRST, iterate, outer)), count)

    def pairs(self, outer: object, iterate: Iterating, count: int) -> str:
        """The inside of a dict."""
        pairs = first(FIRST, iterate, outer)
        texts = (f"{self.write(key)}: {self.write(value)}" for key, value in pairs)
        return self.within(outer, texts, count)

    def parts(self, outer: object, *parts: object) -> str:
        """The inside of what is no container but stands for something else."""
        return self.within(outer, map(self.write, parts[:FIRST]), len(parts))
