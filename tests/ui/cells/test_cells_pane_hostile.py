"""What came from a program is only shown, also in the names, the timeline and a value at length."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.hostile_texts import HOSTILE
from tests.harness.running_tutor import played_tutor
from tests.harness.samples import cell, function, out, passed_checks
from tutor.protocol.reports import Unfolded
from tutor.protocol.views import (
    Cells,
    Change,
    FreeName,
    NameScope,
    RecordedCell,
    RecordedFunction,
    Recording,
    Scope,
    ScopeMap,
    ScopeView,
    Step,
)

TEXTS = (
    *(text for text in HOSTILE if text.startswith(("[/", "\x1b[", "\ud800"))),
    " ".join(HOSTILE),
)
"""Each of them alone goes through the same `visible`; test_hostile has them all."""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_tab_of_the_cells(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        for text in TEXTS:
            names = (NameScope(text, Scope.FREE, text),)
            at.session.map = ScopeMap((ScopeView(text, 1, 0, names),))
            cells = Cells(
                (function("f1", text, (text, "A"), name=text),),
                (cell("A", text, text, "f1", type=text),),
            )
            recording = Recording(
                (
                    Step(1, Change.FUNCTION_MADE, function="r1"),
                    Step(2, Change.FILLED, "A", None, None, text),
                    Step(3, Change.MUTATED, "A", None, text, text),
                ),
                (RecordedFunction("r1", text, text, 1, (FreeName(text, "A"),)),),
                (RecordedCell("A", text, text),),
            )
            await at.run(out("one\n"), cells, recording, *passed_checks())
            at.main.inspector.take_focus()
            for _ in range(4):
                await at.press("right")
                assert at.is_plain, (text, at.main.inspector.tab)
            await at.press("left", "[", "[")
            assert at.is_plain, text
            await at.press("right", "s")
            assert at.is_plain, text
            at.session.will_give(cells)
            await at.type("1\n")
            await at.settle()
            assert at.is_plain, text
            at.session.will_give(Unfolded("A", f"{text}\n{text}"), cells)
            await at.press("enter")
            await at.settle()
            assert at.is_plain, text
            await at.press("escape")
            at.session.map = ScopeMap(fault=text, line=1)
            at.main.runs.read_names()
            await at.settle()
            at.session.map = ScopeMap()
