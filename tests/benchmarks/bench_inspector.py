"""What a key costs in the inspector with 2,000 cells, beside stock Textual lists of as many rows.

Processor time of the app from the key to the painted screen, played through Pilot.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import DataTable, OptionList

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import cell, function, out
from tutor.protocol.views import (
    Cells,
    Change,
    FreeName,
    RecordedCell,
    RecordedFunction,
    Recording,
    Step,
)
from tutor.ui.tabs import Tab
from tutor.views.picture import as_text, picture

CELLS = 2_000
STEPS = 100_000
TIMES = 15
GOAL_MS = 50
GOAL = f"at most {GOAL_MS} ms"
ROW = "add{n}  add, line 3    n  C{n}  int  {n}"


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    return iter(asyncio.run(_all()))


async def _all() -> list[tuple[str, str, str]]:
    peers = [row async for row in _stock()]
    return [row async for row in _tutor()] + peers + list(_drawing())


async def _tutor() -> AsyncIterator[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as state:
        async with played_tutor(Path(state)) as at:
            await at.run(out("one\n"), _cells(), _recording())
            inspector = at.main.inspector
            inspector.take_focus()
            for tab in (Tab.LIST, Tab.DIAGRAM, Tab.TIMELINE):
                inspector.tab = tab
                await at.pilot.pause()
                yield f"{tab}: up, down, page", await _keys(at.pilot, *MOVES), GOAL
            for key, what in STEPPING.items():
                yield f"timeline: {what}", await _keys(at.pilot, *key), GOAL
            yield "from tab to tab", await _keys(at.pilot, "right"), GOAL


MOVES = ("down", "down", "up", "pagedown", "pageup")
STEPPING = {
    ("[", "[", "]"): "a step",
    ("{", "{", "}"): "to the next change, far off",
    ("home", "end"): "first and last step",
}


async def _stock() -> AsyncIterator[tuple[str, str, str]]:
    for app in (StockOptions(), StockTable()):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            yield f"{type(app).__name__}: up, down, page", await _keys(pilot, *MOVES), "the peer"


async def _keys(pilot: Pilot[None], *keys: str) -> str:
    """Median and worst of pressing these in turn."""
    spent = []
    for _ in range(TIMES):
        for key in keys:
            began = time.process_time()
            await pilot.press(key)
            await pilot.pause()
            spent.append(1_000 * (time.process_time() - began))
    return f"median {statistics.median(spent):.0f}, worst {max(spent):.0f} ms"


def _drawing() -> Iterator[tuple[str, str, str]]:
    """The diagram's cost a capture, tracks side by side or one over the other."""
    for what, share in (("few tracks", 2), ("a hundred tracks", CELLS // 100)):
        spent = {}
        for size in (CELLS // 4, CELLS):
            labels = [f"C{n // 2 if share == 2 else n % 100}" for n in range(size)]
            report = _holding(labels)
            began = time.process_time()
            as_text(picture(report), 35)
            spent[size] = 1e6 * (time.process_time() - began) / size
        few, many = spent.values()
        figure = f"{many:.1f} µs at {CELLS:,}, {few:.1f} at {CELLS // 4:,}"
        yield f"drawing a capture, {what}", figure, "about flat"


class StockOptions(App[None]):
    """Textual's OptionList."""

    def compose(self) -> ComposeResult:
        yield OptionList(*(ROW.format(n=n) for n in range(CELLS)))


class StockTable(App[None]):
    """Textual's DataTable."""

    def compose(self) -> ComposeResult:
        yield DataTable()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("function", "name", "cell", "value")
        table.add_rows((f"add{n}", "n", f"C{n}", f"int  {n}") for n in range(CELLS))
        table.focus()


def _holding(labels: list[str]) -> Cells:
    """A function for each label that holds its cell."""
    holders: dict[str, list[str]] = {}
    for number, label in enumerate(labels):
        holders.setdefault(label, []).append(f"f{number}")
    functions = (
        function(f"f{number}", f"adders[{number}]", ("n", label), name="add")
        for number, label in enumerate(labels)
    )
    cells = (cell(label, "n", str(n), *held) for n, (label, held) in enumerate(holders.items()))
    return Cells(tuple(functions), tuple(cells))


def _cells() -> Cells:
    return _holding([f"C{number}" for number in range(CELLS)])


def _recording() -> Recording:
    """Every cell is filled, then the first is changed between rounds of all the others."""
    steps = []
    for number in range(CELLS):
        steps.append(Step(2, Change.FILLED, f"C{number}", after=str(number)))
        steps.append(Step(3, Change.FUNCTION_MADE, function=f"r{number}"))
    for number in range(STEPS - len(steps)):
        steps.append(
            Step(5, Change.REBOUND, f"C{number % CELLS}", None, str(number), str(number + 1))
        )
    functions = (
        RecordedFunction(f"r{n}", "add", "make.<locals>.add", 3, (FreeName("n", f"C{n}"),))
        for n in range(CELLS)
    )
    cells = (RecordedCell(f"C{number}", "n", "make") for number in range(CELLS))
    return Recording(tuple(steps), tuple(functions), tuple(cells))
