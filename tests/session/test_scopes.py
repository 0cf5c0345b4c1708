"""The scope map of a source, worked out by the spare before anything runs."""

from __future__ import annotations

import asyncio

import pytest

from tests.harness.runs import collect
from tutor.protocol.requests import RunRequest
from tutor.protocol.views import Scope
from tutor.session import Session

NESTED = """\
z = 3
@staticmethod
def outer(p, q=1):
    x = 1
    def middle():
        def inner():
            y = 2
            print(x, y, z, p, missing)
        return inner
    return middle
class K:
    attribute = 1
    def method(self):
        return self, z
"""


async def test_every_name_of_every_function(session: Session) -> None:
    found = await session.scopes(NESTED)
    assert found is not None
    assert found.fault is None
    assert [(each.qualname, each.line, each.depth) for each in found.functions] == [
        ("outer", 3, 0),
        ("outer.<locals>.middle", 5, 1),
        ("outer.<locals>.middle.<locals>.inner", 6, 2),
        ("K.method", 13, 1),
    ]
    outer, middle, inner, method = (
        {name.name: name for name in each.names} for each in found.functions
    )
    assert {name: each.scope for name, each in inner.items()} == {
        "y": Scope.LOCAL,
        "p": Scope.FREE,
        "x": Scope.FREE,
        "print": Scope.BUILTIN,
        "z": Scope.GLOBAL,
        "missing": Scope.GLOBAL,
    }
    assert "from outer" in inner["x"].evidence
    assert "hand on" in middle["x"].evidence
    assert outer["x"].scope is outer["p"].scope is Scope.CELL
    assert outer["q"].scope is Scope.LOCAL
    assert method["z"].scope is Scope.GLOBAL
    assert "neither" in inner["missing"].evidence


@pytest.mark.parametrize(
    ("source", "fault", "line"),
    [
        ("x = 1\ndef f(:\n", "SyntaxError: invalid syntax", 2),
        ("def f():\n    nonlocal x\n", "SyntaxError: no binding for nonlocal 'x' found", 2),
        ("if 1:\n\tx\n        y\n", "TabError", 3),
        ("x\0", "null byte", None),
        ("(" * 100_000, "too many nested parentheses", 1),
    ],
)
async def test_a_source_that_does_not_compile_says_where(
    session: Session, source: str, fault: str, line: int | None
) -> None:
    found = await session.scopes(source)
    assert found is not None
    assert found.functions == ()
    assert found.fault is not None
    assert fault in found.fault
    assert line in (None, found.line)


@pytest.mark.parametrize("depth", [1_000, 100_000])
async def test_a_source_that_ends_its_compiler_costs_a_spare_and_nothing_else(
    session: Session, depth: int
) -> None:
    await session.scopes("x = " + "-" * depth + "1")  # some builds overflow the C stack here
    found = await session.scopes("def f(): pass")
    assert found is not None
    assert len(found.functions) == 1
    assert (await collect(session.run(RunRequest("print(1)")), session, [])).stdout == "1\n"


async def test_a_run_may_begin_while_a_map_is_awaited(session: Session) -> None:
    waiting = asyncio.create_task(session.scopes(NESTED))
    await asyncio.sleep(0)
    outcome = await collect(session.run(RunRequest("print('\\d')")), session, [])
    assert outcome.stdout == "\\d\n"
    assert await waiting is not None


async def test_a_map_that_nobody_awaits_any_more_is_dropped(session: Session) -> None:
    waiting = asyncio.create_task(session.scopes(NESTED))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await session.scopes("def f(): pass") is not None
