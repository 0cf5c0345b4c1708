"""What every belief is: a rewriting of a program's tree, after which the false idea is true in it."""

from __future__ import annotations

import ast
import re
from typing import ClassVar

from tutor.beliefs.scopes import Function, Scope, arguments_of, scopes_of

RESERVED = "_b_"
"""How the names of the helpers begin; with one underscore, since two are mangled in a class."""
HIDDEN = f"{RESERVED}v_"
"""Before a variable's name, where another variable stands in for it."""

NAMES_GIVEN_BACK = f"""
def _b_names(f):
    def clean(names):
        return tuple(name.removeprefix({HIDDEN!r}) for name in names)
    code = f.__code__
    f.__code__ = code.replace(
        co_varnames=clean(code.co_varnames),
        co_cellvars=clean(code.co_cellvars),
        co_freevars=clean(code.co_freevars),
    )
    if f.__kwdefaults__:
        f.__kwdefaults__ = dict(zip(clean(f.__kwdefaults__), f.__kwdefaults__.values()))
    return f
"""
"""A helper: a function whose hidden variables have their names again, for keywords and for who looks."""

Made = ast.AST | list[ast.stmt] | None


class Rewriting(ast.NodeTransformer):
    """Rewrites the inside of a node before the node; the scopes are those of the program as it was.

    A subclass overrides what it changes. Each of these gets the node, and the scope that it makes if
    it makes one; `self.scope` is the one that it stands in. It returns what takes the node's place,
    or None where the belief says nothing of it.
    """

    helpers: ClassVar[str] = ""
    """Code that the rewritten program begins with."""
    blind: ClassVar[re.Pattern[str] | None] = None
    """What a program may not ask for: the answer would be one that nobody believes."""
    open_from: ClassVar[re.Pattern[str] | None] = None
    """The same, but what is printed until the program ends by it counts; the rest is open."""

    def __init__(self, tree: ast.Module) -> None:
        self.scopes = scopes_of(tree)
        self.scope = self.module = self.scopes[tree]
        self.module_loops: list[ast.For] = []
        """The `for` statements of the module around the node at hand."""
        self.changed = False
        """Whether the belief says something about this program."""

    def function(self, node: Function, scope: Scope) -> Made:
        """A def or a lambda."""

    def generator(self, node: ast.GeneratorExp, scope: Scope) -> Made:
        """A generator expression."""

    def name(self, node: ast.Name) -> Made:
        """A name that is read, bound or deleted."""

    def nonlocals(self, node: ast.Nonlocal) -> Made:
        """A nonlocal statement."""

    def globals(self, node: ast.Global) -> Made:
        """A global statement."""

    def added(self, node: ast.AugAssign) -> Made:
        """An assignment such as `n += 1`."""

    def deleted(self, node: ast.Delete) -> Made:
        """A del statement."""

    def tried(self, node: ast.Try) -> Made:
        """A try statement."""

    def attribute(self, node: ast.Attribute) -> Made:
        """An attribute that is read, bound or deleted."""

    def visit(self, node: ast.AST) -> ast.AST | list[ast.stmt]:
        if isinstance(node, ast.arg):
            return node  # an annotation is not evaluated by what beliefs are about
        outer, self.scope = self.scope, self.scopes.get(node, self.scope)
        of_module = isinstance(node, ast.For) and self.scope is self.module
        if isinstance(node, ast.For) and of_module:
            self.module_loops.append(node)
        node = self.generic_visit(node)
        if of_module:
            self.module_loops.pop()
        scope, self.scope = self.scope, outer
        made = self._made(node, scope)
        if made is None:
            return node
        self.changed = True
        return made

    def _made(self, node: ast.AST, scope: Scope) -> Made:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                return self.function(node, scope)
            case ast.GeneratorExp():
                return self.generator(node, scope)
            case ast.Name():
                return self.name(node)
            case ast.Nonlocal():
                return self.nonlocals(node)
            case ast.Global():
                return self.globals(node)
            case ast.AugAssign():
                return self.added(node)
            case ast.Delete():
                return self.deleted(node)
            case ast.Try():
                return self.tried(node)
            case ast.Attribute():
                return self.attribute(node)
        return None


def statements(text: str) -> list[ast.stmt]:
    """Code as statements."""
    return ast.parse(text).body


def expression(text: str, **parts: ast.expr) -> ast.expr:
    """Code as an expression; the names of the parts stand for them."""
    tree = ast.parse(text, mode="eval").body
    filled: ast.expr = _Filler(parts).visit(tree)
    return filled


class _Filler(ast.NodeTransformer):
    def __init__(self, parts: dict[str, ast.expr]) -> None:
        self.parts = parts

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.parts.get(node.id, node)


def begin_with(node: ast.FunctionDef | ast.AsyncFunctionDef, new: str | list[ast.stmt]) -> None:
    """Put statements first in a function's body, after its docstring."""
    place = 0 if ast.get_docstring(node, clean=False) is None else 1
    node.body[place:place] = statements(new) if isinstance(new, str) else new


def hide_parameters(node: ast.FunctionDef | ast.AsyncFunctionDef, names: set[str]) -> None:
    """Give parameters a hidden name; needs NAMES_GIVEN_BACK."""
    for each in arguments_of(node.args):
        if each.arg in names:
            each.arg = HIDDEN + each.arg
    node.decorator_list.append(expression("_b_names"))


def ids(*parts: ast.AST | None) -> set[str]:
    """Every name in these parts of a program."""
    return {
        each.id
        for part in parts
        if part is not None
        for each in ast.walk(part)
        if isinstance(each, ast.Name)
    }


def suspends(node: ast.AST) -> bool:
    """Whether it waits, yields or binds a name around itself: then it cannot be moved into a function."""
    kinds = (ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFor, ast.AsyncWith, ast.NamedExpr)
    return any(
        isinstance(each, (*kinds, ast.AsyncFunctionDef)) or getattr(each, "is_async", False)
        for each in ast.walk(node)
    )
