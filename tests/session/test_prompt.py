"""At the prompt: experiments on cells, and values at length."""

from __future__ import annotations

import pytest

from tests.harness.runs import Outcome, Run, collect
from tutor.protocol.reports import Status, Unfolded
from tutor.protocol.requests import Ask, Question
from tutor.session import Session

COUNTERS = """\
def make():
    n = 1
    def up():
        nonlocal n
        n += 1
        return n
    def get():
        return n
    return up, get
up, get = make()
"""


async def ask(session: Session, ask: Ask, cell: str = "", text: str = "") -> Outcome:
    return await collect(session.ask(Question(ask, text, cell)), session, [])


def value(outcome: Outcome) -> str | None:
    assert outcome.cells is not None
    return outcome.cells.cells[0].value


async def test_a_cell_is_set_for_every_sharer_and_set_back(run: Run, session: Session) -> None:
    await run(COUNTERS)
    outcome = await ask(session, Ask.SET_CELL, "A", "6 * 7 + get()")
    assert value(outcome) == "43"
    assert (await ask(session, Ask.EVALUATE, text="up(), get()")).stdout == "(44, 44)\n"
    await ask(session, Ask.SET_CELL, "A", "'text'")
    assert value(await ask(session, Ask.RESTORE_CELL, "A")) == "44"
    assert value(await ask(session, Ask.RESTORE_CELL, "A")) == "1"
    assert value(await ask(session, Ask.RESTORE_CELL, "A")) == "1"


async def test_an_empty_cell_is_filled_and_emptied_again(run: Run, session: Session) -> None:
    await run("def make():\n    def f(): return n\n    return f\n    n = 1\nf = make()")
    assert value(await ask(session, Ask.SET_CELL, "A", "5")) == "5"
    outcome = await ask(session, Ask.RESTORE_CELL, "A")
    assert outcome.cells is not None
    assert outcome.cells.cells[0].empty


@pytest.mark.parametrize("text", ["1 +", "x = 1", "1 / 0", ""])
async def test_an_expression_that_fails_changes_nothing(
    run: Run, session: Session, text: str
) -> None:
    await run(COUNTERS)
    outcome = await ask(session, Ask.SET_CELL, "A", text)
    assert outcome.finished.status is Status.FAILED
    assert outcome.finished.prompt
    assert value(outcome) == "1"


async def test_a_label_that_is_none_changes_nothing(run: Run, session: Session) -> None:
    await run(COUNTERS)
    for what in (Ask.SET_CELL, Ask.RESTORE_CELL, Ask.UNFOLD):
        outcome = await ask(session, what, "Q", "2")
        assert outcome.finished.status is Status.FINISHED
        assert value(outcome) == "1"


@pytest.mark.parametrize(
    ("held", "lines", "first", "last"),
    [
        ("list(range(5000))", 2001, "[0] 0", "… 3,000 more"),
        ("'x' * 250_000", 2, "x" * 100_000, "… 150,000 more"),
        ("'a\\nb'", 2, "a", "b"),
        ("{'a': [1], 'b': 2}", 2, "'a': [1]", "'b': 2"),
        ("{}", 1, "nothing in it", "nothing in it"),
        ("{3}", 1, "3", "3"),
        ("b'abc'", 1, "b'abc'", "b'abc'"),
        ("7", 1, "7", "7"),
        (
            "[type('P', (), {'__repr__': lambda s: 'array([1,\\n       2])'})()]",
            2,
            "[0] array([1,",
            "           2])",
        ),
        ("type('P', (), {})()", 1, "<P object>", "<P object>"),
    ],
)
async def test_a_value_at_length(
    run: Run, session: Session, held: str, lines: int, first: str, last: str
) -> None:
    await run(f"def make(n):\n    return lambda: n\nf = make({held})")
    outcome = await ask(session, Ask.UNFOLD, "A")
    (unfolded,) = [report for report in outcome.reports if isinstance(report, Unfolded)]
    shown = unfolded.text.splitlines()
    assert (unfolded.cell, len(shown), shown[0], shown[-1]) == ("A", lines, first, last)


async def test_an_instance_shows_its_attributes(run: Run, session: Session) -> None:
    await run(
        "class P:\n"
        "    def __init__(self): self.x, self.y = 1, [2]\n"
        "    def __getattribute__(self, name): raise RuntimeError\n"
        "def make(n):\n    return lambda: n\n"
        "p = object.__new__(P)\nobject.__setattr__(p, 'x', 1)\n"
        "f = make(p)"
    )
    outcome = await ask(session, Ask.UNFOLD, "A")
    (unfolded,) = [report for report in outcome.reports if isinstance(report, Unfolded)]
    assert unfolded.text == "<P object>\n.x = 1"
