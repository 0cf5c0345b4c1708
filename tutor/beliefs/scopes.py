"""Which names each scope of a program binds, uses and captures, told from its tree.

The rewritings need the names at the nodes where they are changed; the worker's inspector tells them
from compiled code, which has no nodes. A test holds the two against each other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Scope:
    """A module, class, function or comprehension, with the names in it."""

    def __init__(self, node: ast.AST, parent: Scope | None) -> None:
        self.node = node
        self.parent = parent
        self.inner: list[Scope] = []
        self.bound: set[str] = set()
        """Bound here in any way, parameters too."""
        self.parameters: set[str] = set()
        self.named_otherwise: set[str] = set()
        """Those bound by def, class, import, except, del, match or `:=`, not by plain assignment."""
        self.used: set[str] = set()
        self.nonlocals: set[str] = set()
        self.globals: set[str] = set()
        self.first_line: dict[str, int] = {}
        """The line on which each name is first bound."""
        if parent:
            parent.inner.append(self)

    @property
    def is_function(self) -> bool:
        """Whether it is a def or a lambda."""
        return isinstance(self.node, FUNCTIONS)

    @property
    def variables(self) -> set[str]:
        """What is bound as a value: parameters and plain assignments."""
        return self.parameters | (self.bound - self.named_otherwise)

    @property
    def own(self) -> set[str]:
        """What is bound here and belongs here."""
        return self.bound - self.nonlocals - self.globals

    def around(self) -> Iterator[Scope]:
        """The scopes in which a name is looked for after this one, from the inside."""
        scope = self.parent
        while scope:
            if not isinstance(scope.node, ast.ClassDef):
                yield scope
            scope = scope.parent

    def owner(self, name: str) -> Scope | None:
        """The function, class or comprehension whose variable a name is here; None: a global."""
        if name in self.globals:
            return None
        if self.parent and name in self.own:
            return self
        return next((each for each in self.around() if each.parent and name in each.own), None)

    def with_inner(self) -> Iterator[Scope]:
        """This scope and all inside it."""
        yield self
        for each in self.inner:
            yield from each.with_inner()

    def captured(self) -> set[str]:
        """What this scope takes from outside, for itself or for what is inside it."""
        inside = list(self.with_inner())
        names = set()
        for each in inside:
            for name in each.used | each.nonlocals:
                owner = each.owner(name)
                if owner and owner not in inside:
                    names.add(name)
        return names

    def given(self) -> set[str]:
        """The names of this function that functions inside it capture."""
        return {
            name
            for function in self.with_inner()
            if function is not self and function.is_function
            for each in function.with_inner()
            for name in each.used | each.nonlocals
            if each.owner(name) is self
        }

    def bind(self, name: str, line: int = 0, *, by_assignment: bool = False) -> None:
        """Note that a name is bound here."""
        self.bound.add(name)
        self.first_line.setdefault(name, line)
        if not by_assignment:
            self.named_otherwise.add(name)


def scopes_of(tree: ast.Module) -> dict[ast.AST, Scope]:
    """The scope of each node that has one."""
    reader = _Reader(tree)
    return reader.scopes


class _Reader(ast.NodeVisitor):
    """Goes through a program in the order in which the compiler gives names to scopes."""

    def __init__(self, tree: ast.Module) -> None:
        self.scopes: dict[ast.AST, Scope] = {}
        self.now = self.scopes[tree] = Scope(tree, None)
        self._all(tree.body)

    def _enter(self, node: ast.AST, parameters: Iterable[str], parts: Iterable[ast.AST]) -> None:
        outer = self.now
        self.now = self.scopes[node] = Scope(node, outer)
        self.now.parameters |= set(parameters)
        self.now.bound |= self.now.parameters
        self._all(parts)
        self.now = outer

    def _all(self, parts: Iterable[ast.AST | None]) -> None:
        for part in parts:
            if part is not None:
                self.visit(part)

    def _def(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.now.bind(node.name, node.lineno)
        self._all([*node.decorator_list, *_defaults(node.args), *_annotations(node)])
        self._enter(node, names_of(node.args), node.body)

    visit_FunctionDef = _def
    visit_AsyncFunctionDef = _def

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._all(_defaults(node.args))
        self._enter(node, names_of(node.args), [node.body])

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.now.bind(node.name, node.lineno)
        self._all([*node.decorator_list, *node.bases, *node.keywords])
        self._enter(node, (), node.body)

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> None:
        self._comprehend(node, node.generators, [node.elt])

    visit_ListComp = _comprehension
    visit_SetComp = _comprehension
    visit_GeneratorExp = _comprehension

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehend(node, node.generators, [node.key, node.value])

    def _comprehend(
        self, node: ast.AST, loops: list[ast.comprehension], results: list[ast.expr]
    ) -> None:
        self.visit(loops[0].iter)  # evaluated outside (the data model, "Displays")
        inside: list[ast.AST] = [loops[0].target, *loops[0].ifs]
        for each in loops[1:]:
            inside += [each.iter, each.target, *each.ifs]
        self._enter(node, (), [*inside, *results])

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.now.used.add(node.id)
        else:
            by_assignment = isinstance(node.ctx, ast.Store)
            self.now.bind(node.id, node.lineno, by_assignment=by_assignment)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.now.used.add(node.target.id)
        self.generic_visit(node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        scope = self.now  # PEP 572: bound in what contains the comprehensions
        while isinstance(scope.node, COMPREHENSIONS) and scope.parent:
            scope = scope.parent
        scope.bind(node.target.id, node.lineno)
        self.visit(node.value)

    def visit_alias(self, node: ast.alias) -> None:
        self.now.bind((node.asname or node.name).partition(".")[0], node.lineno)

    def _caught(self, node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar) -> None:
        if node.name:
            self.now.bind(node.name, node.lineno)
        self.generic_visit(node)

    visit_ExceptHandler = _caught
    visit_MatchAs = _caught
    visit_MatchStar = _caught

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest:
            self.now.bind(node.rest, node.lineno)
        self.generic_visit(node)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self.now.nonlocals |= set(node.names)

    def visit_Global(self, node: ast.Global) -> None:
        self.now.globals |= set(node.names)


def arguments_of(arguments: ast.arguments) -> list[ast.arg]:
    """Every parameter, in no particular order."""
    several = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return several + [each for each in (arguments.vararg, arguments.kwarg) if each]


def names_of(arguments: ast.arguments) -> set[str]:
    """The names of the parameters."""
    return {each.arg for each in arguments_of(arguments)}


def _defaults(arguments: ast.arguments) -> list[ast.expr | None]:
    return [*arguments.defaults, *arguments.kw_defaults]


def _annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr | None]:
    return [each.annotation for each in arguments_of(node.args)] + [node.returns]
