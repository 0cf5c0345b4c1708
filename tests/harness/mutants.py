"""First-order mutants of a program: each differs from it in one small place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

OTHER_OPERATORS: dict[type, tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.FloorDiv),
    ast.Div: (ast.FloorDiv, ast.Mult),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Mutant:
    """A program that is another one but for one place."""

    name: str
    """Where, and what became of it: `add: return x + n -> return x - n`."""
    program: str


@dataclass(frozen=True)
class _Place:
    """What stands in a field of a node, or at an index of that field."""

    node: ast.AST
    field: str
    index: int | None
    where: str
    """The functions around it, by name."""
    statement: ast.stmt
    """The innermost that it belongs to."""
    names: tuple[str, ...]
    """The variables that can be seen there."""

    @property
    def value(self) -> object:
        there = getattr(self.node, self.field)
        return there if self.index is None else there[self.index]

    def put(self, value: object) -> None:
        if self.index is None:
            setattr(self.node, self.field, value)
        else:
            getattr(self.node, self.field)[self.index] = value


def mutants(program: str, untouched: str) -> Iterator[Mutant]:
    """Each mutant of a program once; the statements that `untouched` has as well stay as they are."""
    tree = ast.parse(program)
    given = {ast.dump(statement) for statement in ast.parse(untouched).body}
    seen = {ast.unparse(tree)}
    for index, statement in enumerate(tree.body):
        if ast.dump(statement) in given:
            continue
        for place in _places(tree, "body", index, "", statement, tuple(_bound_in(tree))):
            for changed in _changed(place.value, place):
                name, text = _applied(tree, place, changed)
                if text not in seen:
                    seen.add(text)
                    yield Mutant(name, text)


def _applied(tree: ast.Module, place: _Place, changed: object) -> tuple[str, str]:
    old = place.value
    before = _header(place.statement)
    place.put(changed)
    after = _header(changed if isinstance(changed, ast.stmt) else place.statement)
    text = ast.unparse(ast.fix_missing_locations(tree))
    place.put(old)
    return f"{place.where}: {before} -> {after}", text


def _header(statement: ast.stmt) -> str:
    """A statement on one line, without the statements in it."""
    lines = ast.unparse(ast.fix_missing_locations(statement)).split("\n")
    return (
        lines[0] if hasattr(statement, "body") and not lines[0].startswith("@") else " ".join(lines)
    )


def _places(
    node: ast.AST,
    field: str,
    index: int | None,
    where: str,
    around: ast.stmt,
    names: tuple[str, ...],
) -> Iterator[_Place]:
    """Every place in what stands there, the outermost first."""
    place = _Place(node, field, index, where or "module", around, names)
    value = place.value
    if isinstance(value, ast.stmt):
        place = _Place(node, field, index, where or "module", value, names)
        around = value
    yield place
    if isinstance(value, DEFINITIONS):
        where = f"{where}.{value.name}" if where else value.name
        names = tuple(dict.fromkeys([*names, *_bound_in(value)]))
    if isinstance(value, ast.AST):
        for inner, held in ast.iter_fields(value):
            for number in range(len(held)) if isinstance(held, list) else [None]:
                yield from _places(value, inner, number, where, around, names)


def _bound_in(definition: ast.AST) -> list[str]:
    """The parameters, variables and functions of a function, not those of functions in it."""
    names = []
    ahead = [*ast.iter_child_nodes(definition)]
    for node in ahead:
        if isinstance(node, ast.arg):
            names.append(node.arg)
        elif isinstance(node, DEFINITIONS):
            names.append(node.name)
            continue
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        ahead += ast.iter_child_nodes(node)
    return names


def _changed(value: object, place: _Place) -> Iterator[object]:
    """What may stand in its place."""
    for operator in OTHER_OPERATORS.get(type(value), ()):
        yield operator()
    if isinstance(value, ast.stmt):
        yield from _statements(value)
    elif isinstance(value, ast.expr):
        yield from _expressions(value, place)
    elif isinstance(value, ast.arguments) and (value.defaults or value.kw_defaults):
        yield ast.arguments(**{**dict(ast.iter_fields(value)), "defaults": [], "kw_defaults": []})


def _statements(value: ast.stmt) -> Iterator[ast.stmt]:
    if not isinstance(value, (*DEFINITIONS, ast.Pass)) and not _is_docstring(value):
        yield ast.Pass()
    match value:
        case ast.Return(value=ast.expr() as given):
            yield ast.Return(None)
            yield ast.Expr(given)
        case ast.AugAssign(target, _, amount):
            yield ast.Assign([target], amount, lineno=0)
        case ast.Raise(exc=ast.expr() as error):
            yield ast.Return(error)
            yield ast.Expr(error)
        case ast.Nonlocal(names):
            yield ast.Global(names)
        case ast.FunctionDef(decorator_list=[_, *_]):
            yield ast.FunctionDef(**{**dict(ast.iter_fields(value)), "decorator_list": []})


def _is_docstring(value: ast.stmt) -> bool:
    return isinstance(value, ast.Expr) and isinstance(value.value, ast.Constant)


def _expressions(value: ast.expr, place: _Place) -> Iterator[ast.expr]:
    match value:
        case ast.Constant(bool() as given):
            yield ast.Constant(not given)
        case ast.Constant(int() | float() as number):
            yield from (ast.Constant(number + 1), ast.Constant(number - 1))
        case ast.Constant(str() as text) if not _is_docstring(place.statement):
            yield ast.Constant(f"{text}x")
        case ast.Name(id=name, ctx=ast.Load()):
            yield from (ast.Name(other, ast.Load()) for other in place.names if other != name)
        case ast.Attribute(value=whole, ctx=ast.Load()):
            yield whole
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.Compare(ops=[_]):
            yield from (ast.Constant(True), ast.Constant(False))
        case ast.BoolOp(values=values):
            yield from values
        case ast.BinOp(left, operator, right):
            yield from (left, right, ast.BinOp(right, operator, left))
        case ast.Call(function, arguments, keywords):
            yield function
            yield from arguments[:1]  # the copy, or the conversion, is left out
            for index in range(len(arguments)):
                rest = [*arguments[:index], *arguments[index + 1 :]]
                yield ast.Call(function, rest, keywords)
        case ast.Starred(value=whole):
            yield whole
        case ast.Tuple(elts=[_, _, *_] as parts, ctx=ast.Load()):
            yield from (ast.Tuple([*reversed(parts)], ast.Load()), *parts)
        case ast.Subscript(value=whole, ctx=ast.Load()):
            yield whole
        case ast.JoinedStr(parts):
            yield ast.Constant("".join(chain.from_iterable(map(_as_text, parts))))


def _as_text(part: ast.expr) -> str:
    """A piece of an f-string, as it reads where the f is left out."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    return f"{{{ast.unparse(part.value)}}}" if isinstance(part, ast.FormattedValue) else ""
