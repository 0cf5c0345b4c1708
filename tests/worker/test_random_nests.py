"""Random nests of functions: the inspector says what `__closure__` says, on every Python.

The programs capture, rebind by nonlocal, delete, loop, and make functions in loops, comprehensions,
classes and except clauses; every function is kept in a list and called.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from textwrap import indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from .looking import other_pythons
from .peer import Peer

EXAMPLES = 100
DEEPEST = 2
HEAD = """\
kept = []
def keep(function):
    kept.append(function)
    return function
"""
NAMES = ("a", "b", "c", "d")
VALUES = ("1", "None", "[2]", "'text'", "{'key': 3}", "keep(lambda: a)", "object", "kept[:1]")

names = st.sampled_from(NAMES)


@st.composite
def programs(draw: DrawFn) -> str:
    blocks = [draw(functions(frozenset(), 0)) for _ in range(draw(st.integers(1, 3)))]
    return HEAD + "a = 0\n" + "".join(blocks)


@st.composite
def functions(draw: DrawFn, around: frozenset[str], depth: int) -> str:
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
        body.append(draw(statements(inner, depth)))
    star = draw(st.sampled_from(("", "*, ", "*rest, ")))
    head = star + ", ".join(f"{each}={number}" for number, each in enumerate(parameters))
    text = indent("\n".join(body), "    ")
    return (
        f"def {name}({head if parameters else ''}):\n{text}\nkeep({name})\n{guarded(f'{name}()')}\n"
    )


def guarded(statement: str) -> str:
    return f"try:\n    {statement}\nexcept (NameError, TypeError, ValueError):\n    pass"


@st.composite
def statements(draw: DrawFn, bound: frozenset[str], depth: int) -> str:
    one, two = draw(names), draw(names)
    value = draw(st.sampled_from(VALUES))
    simple = (
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
    kinds = st.sampled_from(simple)
    if depth >= DEEPEST:
        return draw(kinds)
    inner = functions(bound, depth + 1)
    looped = inner.map(lambda text: "for _ in range(2):\n" + indent(text, "    "))
    return draw(st.one_of(kinds, inner, looped))


@pytest.fixture(scope="module")
def peers() -> Iterator[list[Peer]]:
    """One process for each Python: in this one the collector would list all of pytest as well."""
    running = [Peer(python) for python in (sys.executable, *other_pythons())]
    yield running
    for peer in running:
        peer.close()


@given(source=programs())
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_random_nests(peers: list[Peer], source: str) -> None:
    for peer in peers:
        assert peer.faults(source) == [], peer.python
