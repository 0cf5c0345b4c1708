"""Beliefs about when variables and values are made, and how long they last."""

from __future__ import annotations

import ast
import re

from tutor.beliefs.rewriting import (
    HIDDEN,
    NAMES_GIVEN_BACK,
    Made,
    Rewriting,
    begin_with,
    expression,
    hide_parameters,
    ids,
    statements,
    suspends,
)
from tutor.beliefs.scopes import Function, Scope


class OneCellADef(Rewriting):
    """The variables of a function are made once, at its def: all its calls share them.

    The def moves into a function that owns its captured names, and in which it is called once.
    """

    helpers = NAMES_GIVEN_BACK
    blind = re.compile(r"co_cellvars|\bdis\b")

    def function(self, node: Function, scope: Scope) -> Made:
        given = scope.given()
        if not given or isinstance(node, ast.Lambda):
            return None
        # What stands outside of the body would find the names of the function that it moves into,
        # and a variable with an annotation cannot be nonlocal.
        outside = [*node.args.defaults, *node.args.kw_defaults, *node.decorator_list]
        if ids(*outside) & given or any(isinstance(each, ast.AnnAssign) for each in ast.walk(node)):
            return None
        hide_parameters(node, given)
        names = sorted(given)
        taken = [f"{name} = {HIDDEN}{name}" for name in names if name in scope.parameters]
        begin_with(node, "\n".join([f"nonlocal {', '.join(names)}", *taken]))
        moved = statements(
            f"def _b_once():\n"
            f"    if 0: {' = '.join(names)} = None\n"
            f"    return {node.name}\n"
            f"{node.name} = _b_once()"
        )
        assert isinstance(moved[0], ast.FunctionDef)
        moved[0].body.insert(1, node)
        return moved


class GoneWithTheCall(Rewriting):
    """A function's variables end with its call, captured or not."""

    def function(self, node: Function, scope: Scope) -> Made:
        given = sorted(scope.given())
        if not given or isinstance(node, ast.Lambda) or suspends(node):
            return None
        unbound = statements(f"{' = '.join(given)} = None\ndel {', '.join(given)}")
        node.body = [ast.Try(node.body, [], [], unbound)]
        return node


class UnboundIsNone(Rewriting):
    """A variable without a value holds None."""

    def function(self, node: Function, scope: Scope) -> Made:
        names = sorted(scope.own - scope.parameters)
        if not names or isinstance(node, ast.Lambda):
            return None
        begin_with(node, f"{' = '.join(names)} = None")
        return node

    def deleted(self, node: ast.Delete) -> Made:
        made: list[ast.stmt] = []
        for target in node.targets:
            holds = isinstance(target, ast.Name) or (
                isinstance(target, ast.Attribute) and target.attr == "cell_contents"
            )
            emptied = statements(f"{ast.unparse(target)} = None")
            made += emptied if holds else [ast.Delete([target])]
        return made

    def tried(self, node: ast.Try) -> Made:
        names = sorted({each.name for each in node.handlers if each.name})
        if not self.scope.is_function or not names:
            return None
        kept = "\n".join(f"try: {name}\nexcept NameError: {name} = None" for name in names)
        return [node, *statements(kept)]


class DefaultEachCall(Rewriting):
    """A default is evaluated anew at each call that needs it."""

    helpers = """
class _b_Late:
    def __init__(self, make):
        self.make = make
    def __repr__(self):
        return repr(self.make())
def _b_now(value):
    return value.make() if type(value) is _b_Late else value
"""

    def function(self, node: Function, scope: Scope) -> Made:
        arguments = node.args
        late: list[str] = []
        around = scope.parent
        in_class = around.bound if around and isinstance(around.node, ast.ClassDef) else set()

        def put_off(parameter: ast.arg, default: ast.expr) -> ast.expr:
            # A lambda would not see the names of a class body.
            if isinstance(default, ast.Constant) or ids(default) & in_class:
                return default
            late.append(parameter.arg)
            return expression("_b_Late(lambda: default)", default=default)

        plain = [*arguments.posonlyargs, *arguments.args]
        with_default = plain[len(plain) - len(arguments.defaults) :]
        arguments.defaults = list(map(put_off, with_default, arguments.defaults))
        arguments.kw_defaults = [
            default and put_off(parameter, default)
            for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        ]
        if not late:
            return None
        if isinstance(node, ast.Lambda):
            now = "".join(f"({name} := _b_now({name}))," for name in late)
            node.body = expression(f"({now} body)[-1]", body=node.body)
        else:
            begin_with(node, "\n".join(f"{name} = _b_now({name})" for name in late))
        return node


class IterableLate(Rewriting):
    """All of a generator expression is evaluated late, its first iterable too.

    A loop over nothing of interest stands before the others: its iterable is the first one now.
    """

    def generator(self, node: ast.GeneratorExp, _: Scope) -> Made:
        if suspends(node):
            return None
        once = ast.comprehension(ast.Name("_b_once", ast.Store()), expression("(0,)"), [], 0)
        node.generators.insert(0, once)
        return node


class DecoratorsTopDown(Rewriting):
    """Of several decorators the upper one is applied first."""

    def function(self, node: Function, _: Scope) -> Made:
        if isinstance(node, ast.Lambda) or len(node.decorator_list) < 2:
            return None
        node.decorator_list.reverse()
        return node
