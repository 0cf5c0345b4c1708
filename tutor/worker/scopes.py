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

from .bytecode import Use, inner_codes, is_function_body, parameters, uses
from .compiling import compiled
from .messages import Labels, NameScope, Scope, ScopeMap, ScopeView
from .origins import owner_of
from .reading import plain, short_name
from .reasons import MODULE

if TYPE_CHECKING:
    from .cells import Inspector

STORES = {"STORE_FAST", "STORE_DEREF", "STORE_NAME", "STORE_GLOBAL"}
OF_THE_MODULE = {"LOAD_GLOBAL", "STORE_GLOBAL", "DELETE_GLOBAL", "LOAD_NAME"}


class ScopeReader:
    """Reads the names of one function from the code of its module, before that runs."""

    def __init__(self, module: CodeType, qualname: str) -> None:
        self._qualname = qualname
        self._found = list(_find(module, qualname, ()))

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
            if inspector and (labels := inspector.labels_in(each.code)):
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
    codes = list(_codes(code, (), 0))
    module = {
        use.name
        for each, _, _ in codes
        for use in uses(each.code)
        if use.operation == "STORE_GLOBAL" or (each.code is code and use.operation == "STORE_NAME")
    }
    builtins = set(vars(_builtins))
    return ScopeMap(
        tuple(
            ScopeView(
                plain(each.code.co_qualname), line, depth, tuple(each.scopes(module, builtins, {}))
            )
            for each, line, depth in codes
            if is_function_body(each.code)
        )
    )


def _codes(
    code: CodeType, enclosing: tuple[CodeType, ...], line: int
) -> Iterator[tuple[_Function, int, int]]:
    """Every code object below one, with the line of its `def` and its depth."""
    yield _Function(code, enclosing), line, len(enclosing) - 1
    for inner, at in inner_codes(code):
        yield from _codes(inner, (code, *enclosing), at)


class _Function:
    """The names of one code object, each with the instruction that says most of it."""

    def __init__(self, code: CodeType, enclosing: tuple[CodeType, ...]) -> None:
        self.code = code
        self._enclosing = enclosing
        self._telling: dict[str, Use] = {}
        for use in uses(code):
            known = self._telling.get(use.name)
            if known is None or (use.operation in STORES and known.operation not in STORES):
                self._telling[use.name] = use

    def scopes(
        self, module: set[str], builtins: set[str], cells: dict[str, str]
    ) -> Iterator[NameScope]:
        """Every name's scope: variables in the order of the code object, then the module's names."""
        code = self.code
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
        owner = owner_of(name, self._enclosing)
        captured = f"captured from {_called(owner) if owner else 'an enclosing scope'}"
        use = self._telling.get(name)
        if use is None or "DEREF" not in use.operation:
            return f"{captured}, to hand on to an inner function"
        if use.operation in STORES:
            return f"{captured}, assigned on line {use.line}, so {use.operation}"
        return f"{captured}, so {use.operation}"

    def _cell(self, name: str) -> str:
        inner = [code for code, _ in inner_codes(self.code) if name in code.co_freevars]
        captured = f"captured by {_called(inner[0]) if inner else 'an inner function'}"
        if name in parameters(self.code):
            return f"a parameter, {captured}, so MAKE_CELL"
        use = self._telling.get(name)
        if use is not None and use.operation in STORES:
            return f"assigned on line {use.line}, {captured}, so {use.operation}"
        return f"{captured}, so MAKE_CELL"

    def _local(self, name: str) -> str:
        if name in parameters(self.code):
            return "a parameter, so LOAD_FAST"
        use = self._telling.get(name)
        if use is None:
            return "a local by declaration"
        if use.operation in STORES:
            return f"assigned on line {use.line}, so {use.operation}"
        return f"a local on line {use.line}, so {use.operation}"


def _find(code: CodeType, qualname: str, enclosing: tuple[CodeType, ...]) -> Iterator[_Function]:
    if code.co_qualname == qualname:
        yield _Function(code, enclosing)
    for inner, _ in inner_codes(code):
        yield from _find(inner, qualname, (code, *enclosing))


def _looked_up(name: str, module: set[str], builtins: set[str]) -> NameScope:
    if name in module:
        return NameScope(name, Scope.GLOBAL, "found in the module when it runs")
    if name in builtins:
        return NameScope(name, Scope.BUILTIN, "found in builtins")
    return NameScope(name, Scope.GLOBAL, "found neither in the module nor in builtins")


def _called(code: CodeType) -> str:
    return "the module" if code.co_name == MODULE else short_name(plain(code.co_name))


def _names(namespace: Any) -> set[str]:
    """The names in a module's dict; exact str only, since looking up others may run `__eq__`."""
    if type(namespace) is ModuleType:
        namespace = namespace.__dict__
    if not issubclass(type(namespace), dict):
        return set()
    return {name for name in [*dict.keys(namespace)] if type(name) is str}
