"""A check puts a value into a cell or a default, and what comes of the function must follow."""

from __future__ import annotations

import pytest

from tests.harness.checked import asks
from tests.harness.runs import Run
from tutor.protocol.reports import Cause

ADDERS = """\
def make(n):
    def add(x): return x + n
    def decoy(x, kept=n): n; return x + kept
    return add, decoy
add, decoy = make(5)
"""
DEFAULTS = """\
class Loud:
    def __del__(self): print('gone')
    def __eq__(self, other): print('asked')
    __hash__ = None
def f(a, b=1, /, c=2, *, d, e=Loud()): return a, b, c, d, e
def one(x=1): return x
def named(*, x=1): return x
def none(x): return x
class Names(dict):
    def items(self): 1 / 0
    def __iter__(self): 1 / 0
class Values(tuple):
    def __iter__(self): 1 / 0
def odd(x=1, *, y=2): return x, y
odd.__defaults__, odd.__kwdefaults__ = Values((3,)), Names(y=4)
def many(x): return x
many.__defaults__ = (1, 2, 3)
"""


@pytest.mark.parametrize(
    ("source", "lines", "message"),
    [
        (
            ADDERS,
            [
                "add = learner['add']",
                "held = learner.set_cell(learner.cell(add, 'n'), 40)",
                "assert (held, learner.call(add, 2)) == (5, 42)",
            ],
            None,
        ),
        (
            ADDERS,
            [
                "decoy = learner['decoy']",
                "learner.set_cell(learner.cell(decoy, 'n'), 40)",
                "assert learner.call(decoy, 2) == 42, 'It did not follow.'",
            ],
            "It did not follow.",
        ),
        (
            "def make():\n    def f(): return late\n    return f\n    late = 1\nf = make()\n",
            [
                "f = learner['f']",
                "assert learner.set_cell(learner.cell(f, 'late'), 3) is None",
                "assert learner.call(f) == 3",
            ],
            None,
        ),
        (
            DEFAULTS,
            [
                "f = learner['f']",
                "assert list(learner.defaults(f)) == ['b', 'c', 'e']",
                "assert learner.set_default(f, 7, 'b') == 1",
                "assert learner.set_default(f, 8, 'c') == 2",
                "learner.set_default(f, 9, 'e')",
                "assert learner.call(f, 0, d=5) == (0, 7, 8, 5, 9)",
            ],
            None,
        ),
        (
            DEFAULTS,
            [
                "assert learner.set_default(learner['one'], 7) == 1",
                "assert learner.call(learner['one']) == 7",
                "assert learner.set_default(learner['named'], 7) == 1",
                "assert learner.call(learner['named']) == 7",
            ],
            None,
        ),
        (
            DEFAULTS,
            [
                "odd, many = learner['odd'], learner['many']",
                "assert learner.defaults(odd) == dict(x=3, y=4)",
                "assert learner.defaults(many) == dict(x=3)",
                "assert (learner.set_default(odd, 5, 'x'), learner.set_default(odd, 6, 'y')) == (3, 4)",
                "assert learner.call(odd) == (5, 6)",
                "assert learner.set_default(many, 4) == 3",
                "assert learner.call(many) == 4",
            ],
            None,
        ),
        (DEFAULTS, ["learner.set_default(learner['none'], 7)"], "`none` has 0 defaults, not one."),
        (DEFAULTS, ["learner.set_default(learner['f'], 7)"], "`f` has 3 defaults, not one."),
        (DEFAULTS, ["learner.set_default(learner['f'], 7, 'a')"], "`f` has no default for `a`."),
    ],
)
async def test_a_value_is_put_where_a_function_takes_it_from(
    run: Run, source: str, lines: list[str], message: str | None
) -> None:
    result = (await run(source, checks=asks(*lines))).checks["it"]
    assert (result.message or None) == message
    assert result.passed == (message is None)


@pytest.mark.parametrize(
    "line",
    [
        "held = learner.set_cell(learner.cell(learner['reads'], 'held'), 1)",
        "held = learner.set_default(learner['reads'], 1)",
        "held = learner.defaults(learner['reads'])",
    ],
)
async def test_putting_a_value_there_runs_nothing_of_the_learners(run: Run, line: str) -> None:
    source = (
        "called = []\n"
        "class Loud:\n"
        "    def __getattribute__(self, name): called.append(name)\n"
        "    def __eq__(self, other): called.append('eq')\n"
        "    def __bool__(self): called.append('bool')\n"
        "    def __del__(self): called.append('del')\n"
        "def make(held):\n    def reads(x=held): return held, x\n    return reads\n"
        "reads = make(Loud())\n"
    )
    checks = asks("called = learner['called']", line, "assert called == [], called[0]")
    assert (await run(source, checks=checks)).checks["it"].passed
    dropped = asks(
        "called = learner['called']",
        "held = learner.set_default(learner['reads'], 1)",
        "learner.set_cell(learner.cell(learner['reads'], 'held'), 1)",
        "assert called == []",
        "del held",
        "assert called == ['del']",
    )
    assert (await run(source, checks=dropped)).checks["it"].passed


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("(1, 2)", [1, 2]),
        ("[1, 2]", [1, 2]),
        ("pair(1, 2)", [1, 2]),
        ("Odd((1, 2))", [1, 2]),
        ("{1: 2}", None),
        ("None", None),
        ("Claims()", None),
    ],
)
async def test_what_is_in_a_list_or_tuple(run: Run, value: str, items: list[int] | None) -> None:
    source = (
        "from collections import namedtuple\npair = namedtuple('pair', 'a b')\n"
        "class Odd(tuple):\n    def __iter__(self): return iter('forged')\n"
        "class Claims:\n    __class__ = tuple\n"
        f"it = {value}\n"
    )
    checks = asks(f"assert learner.items(learner['it']) == {items}")
    assert (await run(source, checks=checks)).checks["it"].passed


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("learner.call(learner['f'])", Cause.RAISED),
        ("learner.output_of(learner['f'])", Cause.RAISED),
        ("learner.raises(KeyError, learner['f'])", Cause.RAISED),
        ("learner.raises(ValueError, learner['g'])", Cause.CLAIM),
    ],
)
async def test_what_a_call_raised_is_no_claim(run: Run, line: str, cause: Cause) -> None:
    source = "def f(): raise ValueError('no')\ndef g(): pass\n"
    result = (await run(source, checks=asks(line))).checks["it"]
    assert (result.passed, result.cause) == (False, cause)
