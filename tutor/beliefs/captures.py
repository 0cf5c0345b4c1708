"""Beliefs about what a function captures."""

from __future__ import annotations

import ast
import re

from tutor.beliefs.rewriting import Made, Rewriting, begin_with, expression, suspends
from tutor.beliefs.scopes import Function, Scope

COPY = """
def _b_copy(function, names=()):
    import types
    def copied(cell):
        try:
            return types.CellType(cell.cell_contents)
        except ValueError:
            return cell
    cells = tuple(map(copied, function.__closure__ or ())) or None
    space = function.__globals__
    if names:
        class Space(dict):
            __missing__ = space.__getitem__
        kept = (*names, '__builtins__', '__name__')
        space = Space({name: space[name] for name in kept if name in space})
    new = types.FunctionType(
        function.__code__, space, function.__name__, function.__defaults__, cells
    )
    new.__kwdefaults__, new.__qualname__ = function.__kwdefaults__, function.__qualname__
    new.__doc__ = function.__doc__
    new.__dict__.update(function.__dict__)
    return new
"""
"""A helper: a function with cells of its own, which hold what those of another hold now."""


class ByValue(Rewriting):
    """The values of free names are copied when a function is made: def, lambda, generator expression.

    A name that has no value yet stays as it is, so that a function can name itself. Functions made
    in a loop of the module copy the names of the loop, though those are globals: that is what who
    holds this expects of them too.
    """

    helpers = COPY

    def function(self, node: Function, scope: Scope) -> Made:
        names = self._of_loops(scope)
        if not scope.captured() and not names:
            return None
        if isinstance(node, ast.Lambda):
            return expression(f"_b_copy(function, {names})", function=node)
        # The innermost decorator: the others get the function that holds the copies.
        node.decorator_list.append(expression(f"lambda function: _b_copy(function, {names})"))
        return node

    def generator(self, node: ast.GeneratorExp, scope: Scope) -> Made:
        if not scope.captured() or suspends(node):
            return None
        first = node.generators[0].iter
        node.generators[0].iter = ast.Name("_b_first", ast.Load())
        copy = "_b_copy(lambda _b_first: made)(first)"
        return expression(copy, made=node, first=first)

    def _of_loops(self, scope: Scope) -> tuple[str, ...]:
        """The names that loops of the module bind and this function reads."""
        targets = {
            each.id
            for loop in self.module_loops
            for each in ast.walk(loop.target)
            if isinstance(each, ast.Name)
        }
        return tuple(sorted(targets & (scope.used - scope.bound)))


class GeneratorCopies(Rewriting):
    """A generator copies the values of its free names when it is called.

    Each call is one of a copy, made just then.
    """

    helpers = f"""{COPY}
def _b_copied_at_calls(function):
    import functools
    @functools.wraps(function)
    def made(*args, **keywords):
        return _b_copy(function)(*args, **keywords)
    return made
"""

    def function(self, node: Function, scope: Scope) -> Made:
        if not isinstance(node, ast.FunctionDef) or not scope.captured() or not _yields(node):
            return None
        node.decorator_list.append(expression("_b_copied_at_calls"))
        return node


def _yields(node: ast.FunctionDef) -> bool:
    """Whether it is a generator function."""
    inner: list[ast.AST] = [*node.body]
    while inner:
        each = inner.pop()
        if isinstance(each, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            inner += ast.iter_child_nodes(each)
    return False


class AllCaptured(Rewriting):
    """An inner function captures every variable of the functions around it, used or not.

    The names stand in code that never runs, so the compiler itself captures them: `co_freevars`,
    `__closure__` and lifetimes are as the belief has them.
    """

    blind = re.compile(r"__closure__\[-?\d")
    """A cell asked for by its place, which then is another's."""

    def function(self, node: Function, scope: Scope) -> Made:
        names = sorted(self.names(scope))
        if not names:
            return None
        unused = f"({', '.join(names)},)"
        if isinstance(node, ast.Lambda):
            node.body = expression(f"body if 1 else {unused}", body=node.body)
        else:
            begin_with(node, f"if 0: {unused}")
        return node

    def names(self, scope: Scope) -> set[str]:
        """What the function captures besides what it does capture."""
        around = {name for each in scope.around() if each.is_function for name in each.variables}
        return around - scope.bound - scope.globals - scope.captured()


class NestedIsAClosure(AllCaptured):
    """Every nested function is a closure, also one that takes nothing from outside.

    It captures its own name, the one that is at hand: so only whether there are cells can be asked.
    """

    blind = re.compile(r"co_freevars|__closure__\[|len\(\w+\.__closure__")

    def names(self, scope: Scope) -> set[str]:
        nested = any(each.is_function for each in scope.around())
        if not nested or scope.captured() or isinstance(scope.node, ast.Lambda):
            return set()
        assert isinstance(scope.node, ast.FunctionDef | ast.AsyncFunctionDef)
        return {scope.node.name}


class ACellEach(Rewriting):
    """Each function has cells of its own, though the values in them keep step.

    `__closure__` gives stand-ins for the cells, a set for each function.
    """

    helpers = """
class _b_Cell:
    def __init__(self, cell):
        self.__dict__['cell'] = cell
    def __getattr__(self, name):
        return getattr(self.cell, name)
    def __setattr__(self, name, value):
        setattr(self.cell, name, value)
    def __delattr__(self, name):
        delattr(self.cell, name)
def _b_cells(function):
    cells = function.__closure__
    if not cells or not hasattr(function, '__code__'):
        return cells
    return function.__dict__.setdefault('_b_cells', tuple(map(_b_Cell, cells)))
"""

    def attribute(self, node: ast.Attribute) -> Made:
        if node.attr == "__closure__" and isinstance(node.ctx, ast.Load):
            return expression("_b_cells(function)", function=node.value)
        return None
