"""How a program's objects are reached from its module: a walk, breadth first, in Python's notation.

The collector's list has every function that it has not been told to hide; this walk finds those
too, and says where: `funcs[0]`, `ops['add']`, `account ▸ ops['add']` (▸ goes into the cell of that
variable), `inside handlers` (where Python has no notation). Nothing of the learner's runs: objects
are read through `reading` and the collector.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from gc import is_tracked
from itertools import chain, compress, repeat
from types import CellType, CodeType, FunctionType
from typing import Any

from ...protocol.messages import FunctionKind
from ..cpython.objects import (
    CachedFunction,
    annotate_of,
    cells_of,
    contents_of,
    exact,
    function_behind,
    identity,
    type_parameters_of,
)
from .frontier import Frontier
from .openers import FUNCTIONS_ATTRIBUTE, OPENERS, open_instance
from .origins import Origin
from .paths import as_it_is, is_name, keyword_default, subscript


class Found:
    """Functions, and partials and lru_cache wrappers of them, in columns.

    Here and in the walk: an object and a call for each would take twice the time.
    """

    def __init__(self) -> None:
        self.things: list[Any] = []
        self.origins: list[Origin] = []
        self.paths: list[str] = []
        """How each is reached."""
        self.closures: list[tuple[CellType, ...]] = []
        self.wrappers: list[object] = []
        """Whatever may be a wrapper of one, found or not."""

    def add(
        self,
        things: Sequence[object],
        origins: Sequence[Origin | None],
        paths: Sequence[str],
        closures: Sequence[tuple[CellType, ...]],
    ) -> None:
        """Add those that have an origin."""
        self.things += compress(things, origins)
        self.origins += filter(None, origins)
        self.paths += compress(paths, origins)
        self.closures += compress(closures, origins)

    def take_compiled(self) -> Found:
        """Take out what the compiler made of its own accord."""
        taken = Found()
        purposes = [origin.purpose for origin in self.origins]
        if any(purposes):
            others = [purpose is None for purpose in purposes]
            for column, from_here in zip(taken.columns, self.columns, strict=True):
                column += compress(from_here, purposes)
                from_here[:] = compress(from_here, others)
        return taken

    @property
    def columns(self) -> tuple[list[Any], ...]:
        """Those that have an entry for each."""
        return self.things, self.origins, self.paths, self.closures

    def shorten(self, length: int) -> int:
        """Drop what is beyond a length, and say how many that were."""
        beyond = max(0, len(self.things) - length)
        for column in self.columns:
            del column[length:]
        return beyond


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
        while self._things:
            things, paths = self._things, self._paths
            opened.append(things)
            self._things, self._paths = [], []
            self._open_level(things, paths)

    def _open_namespace(self, namespace: dict[str, object]) -> None:
        named, others = [], []
        for name, value in self.some(dict.items, namespace):
            if not is_name(name):
                others.append((name, value))
            elif name != "__builtins__":
                named.append((name, value))
        self.add(named, "", str)
        self.add(others, "globals()", subscript)

    def _open_level(self, things: list[Any], paths: list[str]) -> None:
        """Open all that is equally far from the module; the cells of its functions last."""
        kinds = [*map(type, things)]
        functions = [kind is FunctionType for kind in kinds]
        codes = [
            each.__code__ if yes else None for each, yes in zip(things, functions, strict=True)
        ]
        closures = [
            cells_of(each) if yes else () for each, yes in zip(things, functions, strict=True)
        ]
        which = [*map(identity, codes)]
        distinct = dict(zip(which, codes, strict=True))
        known = {each: code and self.origin_of(code) for each, code in distinct.items()}
        origins = [*map(known.__getitem__, which)]
        for place, kind in enumerate(kinds):
            if kind is partial or kind is CachedFunction:
                origins[place] = self._origin_behind(things[place])
        self.found.add(things, origins, paths, closures)
        for thing, kind, origin, path in zip(things, kinds, origins, paths, strict=True):
            if kind is not FunctionType:
                OPENERS.get(identity(kind), open_instance)(self, thing, path)
                continue
            attributes = thing.__dict__
            if type(attributes) is not dict or attributes:
                self.found.wrappers.append(thing)
                self.add(self.some(dict.items, attributes), path, FUNCTIONS_ATTRIBUTE)
            # Asking for defaults is an audit event; those of no parameter play no part in a call.
            defaults = thing.__defaults__ if origin is None or origin.positional else None
            if is_tracked(defaults):
                self.add(enumerate(exact(defaults)), path, ".__defaults__[{}]".format)
            if origin:
                self._open_parts(thing, path)
            keywords = thing.__kwdefaults__ if origin is None or origin.keyword_only else None
            if is_tracked(keywords):
                self.add(self.some(dict.items, keywords), path, keyword_default)
        values = contents_of([*chain.from_iterable(closures)], None)
        tracked = [*map(is_tracked, values)]
        if any(tracked):
            free = {each: code.co_freevars if code else () for each, code in distinct.items()}
            names = chain.from_iterable(map(free.__getitem__, which))
            holders = chain.from_iterable(map(repeat, paths, map(len, closures)))
            for name, value, path in compress(zip(names, values, holders, strict=True), tracked):
                self.add([(name, value)], path, " ▸ {}".format)

    def _open_parts(self, function: FunctionType, path: str) -> None:
        """What tells the annotations of a function, and its type parameters."""
        if annotate := annotate_of(function):
            self.add([(".__annotate__", annotate)], path, as_it_is)
        if parameters := type_parameters_of(function):
            self.add(enumerate(parameters), path, ".__type_params__[{}]".format)

    def _origin_behind(self, wrapper: object) -> Origin | None:
        """The origin of a partial or lru_cache wrapper."""
        self.found.wrappers.append(wrapper)
        function = function_behind(wrapper)
        origin = function and self.origin_of(function.__code__)
        cached = type(wrapper) is CachedFunction
        return origin and origin.behind(FunctionKind.CACHED if cached else FunctionKind.PARTIAL)
