"""What is told of names from a program's tree is what the compiler makes of them."""

from __future__ import annotations

import ast
import contextlib
import copy
import dataclasses
import enum
import functools
import inspect
import textwrap
from collections.abc import Iterator
from types import CodeType, ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harness.nests import random_program
from tutor.beliefs.scopes import scopes_of

Told = set[tuple[str, int, tuple[str, ...]]]
"""Functions by name, first line, and what they capture."""


def by_tree(source: str) -> Told:
    """As the scopes of the tree have it."""
    told: Told = set()
    for node, scope in scopes_of(ast.parse(source)).items():
        if isinstance(node, ast.Lambda):
            told.add(("<lambda>", node.lineno, tuple(sorted(scope.captured()))))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            line = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            told.add((node.name, line, tuple(sorted(scope.captured()))))
    return told


def by_compiler(source: str) -> Told:
    """As the code objects have it: but for what the compiler leaves out, since it never runs."""
    told: Told = set()
    for code in _codes(compile(source, "<source>", "exec", dont_inherit=True)):
        if (
            code.co_flags & 2
            and code.co_name != "__annotate__"
            and (code.co_name == "<lambda>" or code.co_name[0] != "<")
        ):
            names = tuple(name for name in code.co_freevars if name != "__class__")  # of super()
            told.add((code.co_name, code.co_firstlineno, names))
    return told


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if type(each) is CodeType:
            yield from _codes(each)


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_random_nests(random) -> None:  # type: ignore[no-untyped-def]
    source = random_program(random.randrange)
    assert by_compiler(source) <= by_tree(source)


def test_what_the_nests_have_not() -> None:
    source = """
def outer(a, *args, k=1, **more):
    import os.path as p, sys
    def f():
        return p, sys, args, more
    class C(f()):
        b = a
        def m(self): return a, k, __name__
    for x, (y, z) in []:
        with open(x) as h: pass
    match a:
        case {"x": q, **rest}: pass
        case [first, *others]: pass
    try: pass
    except ValueError as error: pass
    if (w := a): pass
    [u := v for v in (lambda: (w, q, rest, first, others, h, y))()]
    async def g(): return [await each async for each in a if u and error]
    global outer
    return lambda: (C, g, z, outer)
"""
    assert by_compiler(source) <= by_tree(source)


@pytest.mark.parametrize("module", [functools, contextlib, dataclasses, enum, textwrap, copy])
def test_whatever_people_write(module: ModuleType) -> None:
    source = inspect.getsource(module)
    assert by_compiler(source) <= by_tree(source)
