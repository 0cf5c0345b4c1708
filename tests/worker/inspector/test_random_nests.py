"""Random nests of functions: the inspector says what `__closure__` says, on every Python.

The programs capture, rebind by nonlocal, delete, loop, and make functions in loops, comprehensions,
classes and except clauses, in annotations and in bounds, defaults and values of type aliases, where
the Python has these; every function is kept in a list and called.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from textwrap import indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.harness.peer import Peer
from tests.harness.programs import other_pythons

EXAMPLES = 100
DEEPEST = 2
HEAD = """\
kept = []
def keep(function):
    kept.append(function)
    return function
"""
GENERIC = {
    11: [""],
    12: ["", "[T]", "[T: a]", "[T: (a, b), *U]"],
    13: ["", "[T]", "[T: a = b, U = c]"],
}
"""The type parameters of a def, by the version of Python that has such."""
NAMES = ("a", "b", "c", "d")
VALUES = ("1", "None", "[2]", "'text'", "{'key': 3}", "keep(lambda: a)", "object", "kept[:1]")

names = st.sampled_from(NAMES)


@st.composite
def programs(draw: DrawFn) -> tuple[int, str]:
    """A program, and the first version of Python that has its syntax."""
    version = draw(st.sampled_from([*GENERIC]))
    blocks = [draw(functions(frozenset(), 0, version)) for _ in range(draw(st.integers(1, 3)))]
    return version, HEAD + "a = 0\n" + "".join(blocks)


@st.composite
def functions(draw: DrawFn, around: frozenset[str], depth: int, version: int) -> str:
    """A def, kept and called; `around` are the names that enclosing functions bind."""
    name = draw(st.sampled_from(("f", "g", *NAMES)))
    parameters = draw(st.lists(names, unique=True, max_size=2))
    own = draw(st.frozensets(names, max_size=2)).union(parameters)
    shared = draw(st.frozensets(names, max_size=2)) & around - own
    of_module = draw(st.frozensets(names, max_size=1)) - shared - own
    body = [f"nonlocal {each}" for each in sorted(shared)]
    body += [f"global {each}" for each in sorted(of_module)]
    body += [f"if not kept: {each} = 0" for each in sorted(own)]  # a local that may stay unbound
    inner = (around - of_module) | own
    for _ in range(draw(st.integers(1, 3))):
        body.append(draw(statements(inner, depth, version)))
    star = draw(st.sampled_from(("", "*, ", "*rest, ")))
    generic = draw(st.sampled_from(GENERIC[version]))
    said = [draw(annotation(generic)) for _ in parameters]
    typed = map("{}{}={}".format, parameters, said, range(len(parameters)))
    head = star + ", ".join(typed) if parameters else ""
    result = draw(annotation(generic)).replace(":", " ->", 1)
    text = indent("\n".join(body), "    ")
    made = f"def {name}{generic}({head}){result}:\n{text}\nkeep({name})"
    # What is annotated may be unbound: before 3.14 it is looked up when the def runs.
    return f"{guarded(made)}\n{guarded(f'{name}()')}\n"


def guarded(statement: str) -> str:
    caught = "except (NameError, TypeError, ValueError):\n    pass"
    return f"try:\n{indent(statement, '    ')}\n{caught}"


@st.composite
def annotation(draw: DrawFn, generic: str = "") -> str:
    """Of a parameter; mostly none."""
    name = draw(names)
    some = ("", "", f": {name}", f": [{name}]", f": (lambda: {name})", *(": T",) * bool(generic))
    return draw(st.sampled_from(some))


@st.composite
def statements(draw: DrawFn, bound: frozenset[str], depth: int, version: int) -> str:
    one, two = draw(names), draw(names)
    value = draw(st.sampled_from(VALUES))
    said = draw(annotation())
    simple = (
        f"def count({one}{said}): return {two}\nkeep(count)",
        f"class K:\n    {one}{said or ': int'} = {value}\n    def m(self, x{said}): pass\nkeep(K.m); kept.append(K)",
        *(new_syntax(one, two, said) if version > 11 else ()),
        f"{one} = {value}",
        guarded(f"del {one}"),
        guarded(f"{one} += {two}"),
        guarded(f"{one}, {two} = {two}, {one}"),
        f"keep(lambda: ({one}, {two}))",
        f"keep(lambda {one}={value}: ({one}, {two}))",
        f"keep(lambda: [{one} for {two} in '12'])",
        f"[keep(lambda: ({one}, {two})) for {one} in range(2)]",
        f"for {one} in range(2): keep(lambda: ({one}, {two}))",
        f"try:\n    1 / 0\nexcept ZeroDivisionError as {one}:\n    keep(lambda: {one})",
        f"def count():\n    yield {one}\nkeep(count); kept.append(count())",
        f"class K:\n    {one} = {value}\n    def m(self): return super(), {one}, {two}\nkeep(K.m); kept.append(K())",
    )
    kinds: st.SearchStrategy[str] = st.sampled_from(simple)
    if depth >= DEEPEST:
        return draw(kinds)
    inner = functions(bound, depth + 1, version)
    looped = inner.map(lambda text: "for _ in range(2):\n" + indent(text, "    "))
    return draw(st.one_of(kinds, inner, looped))


def new_syntax(one: str, two: str, said: str) -> list[str]:
    """Statements of 3.12 and later."""
    return [
        f"type A = ({one}, {two})\nkept.append(A)",
        f"type A[T: {one}] = (lambda: (T, {two}))\nkept.append(A)",
        f"class K[T: {one}]:\n    {two}{said or ': T'} = 1\n    def m[U: T](self, x: U): return T, {one}\nkeep(K.m)",
    ]


@pytest.fixture(scope="module")
def peers() -> Iterator[list[Peer]]:
    """One process for each Python: in this one the collector would list all of pytest as well."""
    running = [Peer(python) for python in (sys.executable, *other_pythons())]
    yield running
    for peer in running:
        peer.close()


@given(program=programs())
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_random_nests(peers: list[Peer], program: tuple[int, str]) -> None:
    version, source = program
    for peer in peers:
        if peer.version >= version:
            assert peer.faults(source) == [], peer.python
