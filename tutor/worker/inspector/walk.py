"""How a program's objects are reached from its module: a walk, breadth first, in Python's notation.

The collector's list has every function that it has not been told to hide; this walk finds those
too, and says where: `funcs[0]`, `ops['add']`, `account ▸ ops['add']` (▸ goes into the cell of that
variable), `inside handlers` (where Python has no notation). Nothing of the learner's runs: objects
are read through `reading` and the collector.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from gc import is_tracked
from types import CellType, CodeType, FunctionType
from typing import Any, NamedTuple

from ...protocol.views import FunctionKind
from ..cpython.objects import (
    CachedFunction,
    annotate_of,
    cells_of,
    contents,
    exact,
    function_behind,
    identity,
    type_parameters_of,
)
from .frontier import Frontier
from .openers import FUNCTIONS_ATTRIBUTE, OPENERS, open_instance
from .origins import Origin
from .paths import as_it_is, is_name, keyword_default, subscript


class FoundFunction(NamedTuple):
    """A function, or a partial or lru_cache wrapper of one."""

    thing: Any
    origin: Origin
    path: str
    """How it is reached."""
    closure: tuple[CellType, ...]
    """Its cells; a wrapper has none."""


class Found:
    """What a walk has found."""

    def __init__(self) -> None:
        self.functions: list[FoundFunction] = []
        self.wrappers: list[object] = []
        """Whatever may be a wrapper of one, found or not."""

    def take_compiled(self) -> list[FoundFunction]:
        """Take out what the compiler made of its own accord."""
        taken = [each for each in self.functions if each.origin.purpose]
        if taken:
            self.functions = [each for each in self.functions if not each.origin.purpose]
        return taken


class Walk(Frontier):
    """Finds every function of the learner's, and partial or cache of one, that it reaches.

    `cut` tells whether there was more to search than a walk may look at.
    """

    def __init__(
        self, namespace: dict[str, object], origin_of: Callable[[CodeType], Origin | None]
    ) -> None:
        super().__init__(namespace, origin_of)
        self.found = Found()
        self._open_namespace(namespace)
        opened = []  # the identities in `seen` are true as long as what they are of is held
        while self._queue:
            level, self._queue = self._queue, []
            opened.append(level)
            self._open_level(level)

    def _open_namespace(self, namespace: dict[str, object]) -> None:
        named, others = [], []
        for name, value in self.some(dict.items, namespace):
            if not is_name(name):
                others.append((name, value))
            elif name != "__builtins__":
                named.append((name, value))
        self.add(named, "", str)
        self.add(others, "globals()", subscript)

    def _open_level(self, level: list[tuple[Any, str]]) -> None:
        """Open all that is equally far from the module; the cells of its functions last."""
        closures: list[tuple[CodeType, tuple[CellType, ...], str]] = []
        for thing, path in level:
            kind = type(thing)
            if kind is FunctionType:
                code, closure = thing.__code__, cells_of(thing)
                if origin := self.origin_of(code):
                    self.found.functions.append(FoundFunction(thing, origin, path, closure))
                self._open_function(thing, origin, path)
                if closure:
                    closures.append((code, closure, path))
                continue
            if kind is partial or kind is CachedFunction:
                self._take_wrapper(thing, path)
            OPENERS.get(identity(kind), open_instance)(self, thing, path)
        for code, closure, path in closures:
            for name, cell in zip(code.co_freevars, closure, strict=True):
                if is_tracked(value := contents(cell)):
                    self.add([(name, value)], path, " ▸ {}".format)

    def _take_wrapper(self, wrapper: object, path: str) -> None:
        """Take in a partial or lru_cache wrapper if it is of a function of the learner's."""
        self.found.wrappers.append(wrapper)
        function = function_behind(wrapper)
        if function and (origin := self.origin_of(function.__code__)):
            cached = type(wrapper) is CachedFunction
            behind = origin.behind(FunctionKind.CACHED if cached else FunctionKind.PARTIAL)
            self.found.functions.append(FoundFunction(wrapper, behind, path, ()))

    def _open_function(self, function: FunctionType, origin: Origin | None, path: str) -> None:
        """The attributes and defaults of a function, and what the compiler hung on it."""
        attributes = function.__dict__
        if type(attributes) is not dict or attributes:
            self.found.wrappers.append(function)
            self.add(self.some(dict.items, attributes), path, FUNCTIONS_ATTRIBUTE)
        # Asking for defaults is an audit event; those of no parameter play no part in a call.
        defaults = function.__defaults__ if origin is None or origin.positional else None
        if is_tracked(defaults):
            self.add(enumerate(exact(defaults)), path, ".__defaults__[{}]".format)
        if origin:
            self._open_parts(function, path)
        keywords = function.__kwdefaults__ if origin is None or origin.keyword_only else None
        if is_tracked(keywords):
            self.add(self.some(dict.items, keywords or {}), path, keyword_default)

    def _open_parts(self, function: FunctionType, path: str) -> None:
        """What tells the annotations of a function, and its type parameters."""
        if annotate := annotate_of(function):
            self.add([(".__annotate__", annotate)], path, as_it_is)
        if parameters := type_parameters_of(function):
            self.add(enumerate(parameters), path, ".__type_params__[{}]".format)
