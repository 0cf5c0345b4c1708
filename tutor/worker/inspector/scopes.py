"""What each name of one function is: local, cell, free, global or builtin, and the evidence.

A captured parameter stands in `co_varnames` and in `co_cellvars`, so free goes before cell before
local. A code object cannot tell a global from a builtin: for that the namespaces are asked once the
program has run.
"""

from __future__ import annotations

import builtins as _builtins
from collections.abc import Iterator
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any

from ...protocol.reports import Labels
from ...protocol.views import NameScope, Scope, ScopeMap, ScopeView
from ..cpython.bytecode import Use, is_function_body, parameters, uses
from ..cpython.compiled import Inner, captors, inner_of
from ..cpython.objects import plain, short_name
from ..process.compiling import compiled
from .origins import owner_of
from .reasons import MODULE

if TYPE_CHECKING:
    from .inspector import Inspector

STORES = {"STORE_FAST", "STORE_DEREF", "STORE_NAME", "STORE_GLOBAL"}
OF_THE_MODULE = {"LOAD_GLOBAL", "STORE_GLOBAL", "DELETE_GLOBAL", "LOAD_NAME"}


class ScopeReader:
    """Reads the names of one function from the code of its module, before that runs."""

    def __init__(self, module: CodeType, qualname: str) -> None:
        self._qualname = qualname
        self._found = [
            each
            for each in _codes(Inner(module, 0, None))
            if each.inner.code.co_qualname == qualname
        ]

    def labels(self, namespace: dict[str, object], inspector: Inspector | None = None) -> Labels:
        """The names and their scopes, after the program has run.

        Where two functions have this qualified name, the one whose cells are known is meant, else
        the last. No names: there is no such function.
        """
        if not self._found:
            return Labels(self._qualname, ())
        function = self._found[-1]
        cells: dict[str, str] = {}
        for each in self._found:
            if inspector and (labels := inspector.labels_in(each.inner.code)):
                function, cells = each, labels
        module, builtins = _names(namespace), _names(namespace.get("__builtins__"))
        return Labels(self._qualname, tuple(function.scopes(module, builtins, cells)))


def scope_map(source: str) -> ScopeMap:
    """What every name of every function is, worked out by compiling, without running anything.

    It reads code objects rather than symtable: on 3.12 and later symtable cannot tell a local from
    a cell, and merges comprehensions. A name that the module binds nowhere is a builtin if there is
    one of that name.
    """
    try:
        code = compiled(lambda: compile(source, "<source>", "exec", dont_inherit=True))
    except SyntaxError as error:
        return ScopeMap(fault=f"{type(error).__name__}: {error.msg}", line=error.lineno)
    except (ValueError, RecursionError, MemoryError) as error:
        return ScopeMap(fault=f"{type(error).__name__}: {error}")
    codes = list(_codes(Inner(code, 0, None)))
    module = {
        use.name
        for each in codes
        for use in uses(each.inner.code)
        if use.operation == "STORE_GLOBAL"
        or (each.inner.code is code and use.operation == "STORE_NAME")
    }
    builtins = set(vars(_builtins))
    return ScopeMap(
        tuple(
            ScopeView(
                plain(each.inner.code.co_qualname),
                each.inner.line,
                each.depth,
                tuple(each.scopes(module, builtins, {})),
            )
            for each in codes
            if is_function_body(each.inner.code)
        )
    )


def _codes(inner: Inner, enclosing: tuple[Inner, ...] = ()) -> Iterator[_CodeNames]:
    """A code object and all within it, but for those that the compiler made."""
    if inner.purpose is None:
        yield _CodeNames(inner, enclosing)
    for each in inner_of(inner.code):
        yield from _codes(each, (inner, *enclosing))


class _CodeNames:
    """The names of one code object, each with the instruction that says most of it."""

    def __init__(self, inner: Inner, enclosing: tuple[Inner, ...]) -> None:
        self.inner = inner
        self.depth = sum(outer.purpose is None for outer in enclosing) - 1
        self._enclosing = enclosing
        self._telling: dict[str, Use] = {}
        for use in uses(inner.code):
            known = self._telling.get(use.name)
            if known is None or (use.operation in STORES and known.operation not in STORES):
                self._telling[use.name] = use

    def scopes(
        self, module: set[str], builtins: set[str], cells: dict[str, str]
    ) -> Iterator[NameScope]:
        """Every name's scope: variables in the order of the code object, then the module's names."""
        code = self.inner.code
        variables = dict.fromkeys([*code.co_varnames, *code.co_cellvars, *code.co_freevars])
        for name in variables:
            if name in code.co_freevars:
                yield NameScope(name, Scope.FREE, self._free(name), cells.get(name))
            elif name in code.co_cellvars:
                yield NameScope(name, Scope.CELL, self._cell(name))
            elif not name.startswith("."):  # `.0` is a comprehension's first iterable
                yield NameScope(name, Scope.LOCAL, self._local(name))
        for name, use in self._telling.items():
            if name in variables:
                continue
            if use.operation == "STORE_NAME":
                yield NameScope(name, Scope.LOCAL, f"assigned on line {use.line}, so STORE_NAME")
            elif use.operation == "STORE_GLOBAL":
                yield NameScope(name, Scope.GLOBAL, "declared global, so STORE_GLOBAL")
            elif use.operation in OF_THE_MODULE:
                yield _looked_up(name, module, builtins)

    def _free(self, name: str) -> str:
        around = tuple(outer.code for outer in self._enclosing)
        owner = owner_of(name, around)
        called = [_called(outer) for outer in self._enclosing if outer.code is owner]
        captured = f"captured from {called[0] if called else 'an enclosing scope'}"
        use = self._telling.get(name)
        if use is None or "DEREF" not in use.operation:
            return f"{captured}, to hand on to an inner function"
        if use.operation in STORES:
            return f"{captured}, assigned on line {use.line}, so {use.operation}"
        return f"{captured}, so {use.operation}"

    def _cell(self, name: str) -> str:
        inner = [*inner_of(self.inner.code)]
        holders = (*captors(name, inner), *(e for e in inner if name in e.code.co_freevars))
        captured = f"captured by {_called(holders[0]) if holders else 'an inner function'}"
        if name in parameters(self.inner.code):
            return f"a parameter, {captured}, so MAKE_CELL"
        use = self._telling.get(name)
        if use is not None and use.operation in STORES:
            return f"assigned on line {use.line}, {captured}, so {use.operation}"
        return f"{captured}, so MAKE_CELL"

    def _local(self, name: str) -> str:
        if name in parameters(self.inner.code):
            return "a parameter"
        use = self._telling.get(name)
        if use is None:
            return "a local by declaration"
        if use.operation in STORES:
            return f"assigned on line {use.line}, so {use.operation}"
        return f"a local on line {use.line}, so {use.operation}"


def _looked_up(name: str, module: set[str], builtins: set[str]) -> NameScope:
    if name in module:
        return NameScope(name, Scope.GLOBAL, "found in the module when it runs")
    if name in builtins:
        return NameScope(name, Scope.BUILTIN, "found in builtins")
    return NameScope(name, Scope.GLOBAL, "found neither in the module nor in builtins")


def _called(inner: Inner) -> str:
    if inner.purpose:
        return f"the {inner.purpose.title}"
    return "the module" if inner.code.co_name == MODULE else short_name(plain(inner.code.co_name))


def _names(namespace: Any) -> set[str]:
    """The names in a module's dict; exact str only, since looking up others may run `__eq__`."""
    if type(namespace) is ModuleType:
        namespace = namespace.__dict__
    if not issubclass(type(namespace), dict):
        return set()
    return {name for name in [*dict.keys(namespace)] if type(name) is str}
