"""Beliefs about which variable a name stands for."""

from __future__ import annotations

import ast
import builtins
import re

from tutor.beliefs.rewriting import (
    HIDDEN,
    NAMES_GIVEN_BACK,
    Made,
    Rewriting,
    begin_with,
    expression,
    hide_parameters,
    statements,
)
from tutor.beliefs.scopes import Function, Scope


class SearchedWhenItRuns(Rewriting):
    """A name is looked for when a line runs: local if it is bound by then, else further out.

    A local that hides a name further out becomes a hidden variable; as long as that has no value,
    the outer name is read.
    """

    helpers = "_b_unbound = object()" + NAMES_GIVEN_BACK

    def name(self, node: ast.Name) -> Made:
        name = node.id
        if not self._hides(self.scope.owner(name), name):
            return None
        hidden = HIDDEN + name
        if isinstance(node.ctx, ast.Load):
            return expression(f"({name} if {hidden} is _b_unbound else {hidden})")
        return ast.Name(hidden, node.ctx)

    def added(self, node: ast.AugAssign) -> Made:
        if not isinstance(node.target, ast.Name) or not node.target.id.startswith(HIDDEN):
            return None
        hidden = node.target.id
        found = f"{hidden} = {hidden.removeprefix(HIDDEN)} if {hidden} is _b_unbound else {hidden}"
        return [*statements(found), node]

    def nonlocals(self, node: ast.Nonlocal) -> Made:
        owner = self.scope.owner
        names = [HIDDEN + n if self._hides(owner(n), n) else n for n in node.names]
        return ast.Nonlocal(names) if names != node.names else None

    def function(self, node: Function, scope: Scope) -> Made:
        names = sorted(name for name in scope.bound if self._hides(scope, name))
        if not names or isinstance(node, ast.Lambda):
            return None
        begin_with(node, "".join(f"{HIDDEN}{name} = " for name in names) + "_b_unbound")
        node.decorator_list.append(expression("_b_names"))
        return node

    def _hides(self, scope: Scope | None, name: str) -> bool:
        """Whether it is a local, by plain assignment, that hides a name further out."""
        if scope is None or not scope.is_function or scope.owner(name) is not scope:
            return False
        if name in scope.parameters or name in scope.named_otherwise:
            return False
        return any(name in each.bound for each in scope.around()) or hasattr(builtins, name)


class NonlocalNotNeeded(Rewriting):
    """An assignment in an inner function writes the variable of the function around it."""

    globals_too = False

    def visit(self, node: ast.AST) -> ast.AST | list[ast.stmt]:
        # The outermost first: what becomes nonlocal there changes what inner functions see.
        scope = self.scopes.get(node)
        if scope and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for name in sorted(scope.own - scope.parameters - scope.named_otherwise):
                self._reach_out(node, scope, name)
        return super().visit(node)

    def _reach_out(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope, name: str
    ) -> None:
        """Have a name that is bound here stand for the nearest variable around, if there is one."""
        near = next(
            (each for each in scope.around() if name in each.bound or name in each.globals), None
        )
        if near is None:
            return
        if near.is_function and name not in near.globals:
            scope.nonlocals.add(name)
            begin_with(node, [ast.Nonlocal([name])])
        elif self.globals_too and near.first_line.get(name, 0) < node.lineno:
            scope.globals.add(name)
            begin_with(node, [ast.Global([name])])
        else:
            return
        self.changed = True


class GlobalNotNeeded(NonlocalNotNeeded):
    """An assignment writes the nearest variable of that name, one of the module too.

    One of the module that is first bound below the function is taken for a name of its own.
    """

    globals_too = True


class GlobalForNonlocal(Rewriting):
    """A global statement reaches the variable of the function around."""

    def globals(self, node: ast.Global) -> Made:
        reached = [
            name
            for name in node.names
            if any(each.is_function and name in each.own for each in self.scope.around())
        ]
        if not reached:
            return None
        others = [name for name in node.names if name not in reached]
        return [ast.Nonlocal(reached), *([ast.Global(others)] if others else [])]


class GlobalWins(Rewriting):
    """A name that the module binds is read from the module, whatever the functions around bind."""

    def function(self, node: Function, scope: Scope) -> Made:
        of_module = self.module.bound - self.module.named_otherwise
        names = sorted(
            name
            for name in scope.used - scope.nonlocals
            if name in of_module and scope.owner(name) not in (None, scope)
        )
        if not names or isinstance(node, ast.Lambda):
            return None
        begin_with(node, [ast.Global(names)])
        return node


class CallersScope(Rewriting):
    """A free name is looked for in the functions that are calling just now.

    Where no caller has it, it is the one that Python finds: who holds this does not expect that
    every closure stops with a NameError.
    """

    blind = re.compile(r"\bdis\b")
    helpers = """
def _b_of_callers(name, lexical):
    import sys
    frame = sys._getframe(1).f_back
    while frame and frame.f_code.co_name != '<module>':
        of_program = frame.f_globals is globals()
        if of_program and name in frame.f_locals and name not in frame.f_code.co_freevars:
            return frame.f_locals[name]
        frame = frame.f_back
    return lexical()
"""

    def name(self, node: ast.Name) -> Made:
        scope = function = self.scope
        while function.parent and not function.is_function:
            function = function.parent
        bound = node.id in scope.bound | function.bound
        if bound or not isinstance(node.ctx, ast.Load) or not function.parent:
            return None
        somewhere = any(
            node.id in each.variables for each in self.scopes.values() if each.is_function
        )
        if isinstance(scope.node, ast.ClassDef) or not somewhere:
            return None
        return expression(f"_b_of_callers({node.id!r}, lambda: {node.id})")


class ClassEncloses(Rewriting):
    """Methods see the names of the class body as variables.

    A name that a class body binds by assignment is read from the class where a function in it finds
    it nowhere nearer.
    """

    helpers = """
def _b_of_class(class_name, name, lexical):
    try:
        return lexical()
    except NameError:
        return getattr(globals()[class_name], name)
"""

    def name(self, node: ast.Name) -> Made:
        nearest = self.scope
        if not isinstance(node.ctx, ast.Load) or isinstance(nearest.node, ast.ClassDef):
            return None
        while nearest.parent and not isinstance(nearest.node, ast.ClassDef):
            if node.id in nearest.bound | nearest.globals:
                return None
            nearest = nearest.parent
        if not isinstance(nearest.node, ast.ClassDef) or nearest.parent is not self.module:
            return None
        if node.id not in nearest.bound - nearest.named_otherwise:
            return None
        return expression(f"_b_of_class({nearest.node.name!r}, {node.id!r}, lambda: {node.id})")


class OneVariableAName(Rewriting):
    """There is one variable for each name in the whole program.

    From the first cell that is asked for the rest is open: globals have none.
    """

    helpers = NAMES_GIVEN_BACK
    blind = re.compile(r"co_(cell|free)vars|\bdis\b|getclosurevars")
    open_from = re.compile(r"__closure__")

    def function(self, node: Function, scope: Scope) -> Made:
        if isinstance(node, ast.Lambda) or not scope.bound:
            return None
        hide_parameters(node, scope.parameters)
        taken = [f"{name} = {HIDDEN}{name}" for name in sorted(scope.parameters)]
        begin_with(node, "\n".join([f"global {', '.join(sorted(scope.bound))}", *taken]))
        return node

    def nonlocals(self, _: ast.Nonlocal) -> Made:
        return ast.Pass()

    def globals(self, _: ast.Global) -> Made:
        return ast.Pass()
