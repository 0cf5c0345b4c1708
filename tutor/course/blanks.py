"""Programs in which what the checks ask for is not there: no misconception may speak of them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.course.model import Exercise

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def blank_programs(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """What each lacks, in a few words, and the program."""
    yield "an empty file", ""
    yield "`print(1)`", "print(1)\n"
    try:
        body = ast.parse(exercise.solution).body
    except (SyntaxError, ValueError):
        return  # which its own run tells
    asked = _texts(exercise.checks or "")
    for name in dict.fromkeys(name for each in body for name in _bound(each) if name in asked):
        none = f"{name} = None\n"
        yield f"the solution ending in `{name} = None`", f"{exercise.solution}\n{none}"
        without = [none if _defines(each, name) else ast.unparse(each) for each in body]
        if none in without:
            what = f"the solution with `{name} = None` in place of its definition"
            yield what, "\n".join(without)


def _defines(statement: ast.stmt, name: str) -> bool:
    return isinstance(statement, _DEFINITIONS) and statement.name == name


def _texts(checks: str) -> set[object]:
    """The constants of a checks.py: each name that it asks for is one of them."""
    return {node.value for node in ast.walk(ast.parse(checks)) if isinstance(node, ast.Constant)}


def _bound(statement: ast.stmt) -> list[str]:
    """The names that a statement of a module binds, as far as exercises do that."""
    if isinstance(statement, _DEFINITIONS):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    names = [node for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    return [node.id for node in names]
