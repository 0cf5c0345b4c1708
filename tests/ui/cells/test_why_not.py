"""Why a name is not among the cells of a function, as it is seen on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.running_tutor import RunningTutor, played_tutor, real_tutor
from tests.harness.samples import cell, function, out
from tests.harness.scene_programs import WHY_NOT
from tutor.protocol.views import Cells, FunctionView, NotCaptured

UNUSED = NotCaptured("x\x1b", "the body never uses it")
REASONS = (
    "`rate` is a global: it is looked up in the module each time",
    "no cells: `count` is assigned here, so it is a local; `nonlocal count` would share the cell",
    "no cells: `step` is a default argument: its value was taken when the def ran",
    "the body never uses `step`",
    "no cells: it is defined at module level, where names are globals, not cells",
)


def told(at: RunningTutor) -> str:
    """What stands in the pane of the cells, as one line."""
    pane = at.main.inspector.region
    rows = [row[pane.x + 1 : pane.right] for row in at.rows[pane.y : pane.bottom]]
    return " ".join(" ".join(rows).split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_each_of_the_five_reasons(tmp_path: Path, size: tuple[int, int]) -> None:
    async with real_tutor(tmp_path, size=size) as at:
        at.main.code.editor.rewrite(WHY_NOT)
        await at.press("f5")
        await at.until(lambda: at.main.inspector.cells is not None)
        at.main.inspector.take_focus()
        await at.press("f4", "pageup")
        shown = told(at)
        for reason in REASONS:
            assert reason.replace("`", "") in shown


def unused(view: FunctionView) -> FunctionView:
    return view._replace(not_captured=(UNUSED,))


async def test_the_functions_of_one_def_are_told_once(tmp_path: Path) -> None:
    holding = [unused(function(f"f{n}", f"a{n}", ("n", f"C{n}"), name="add")) for n in "123"]
    without = [unused(function(f"f{n}", f"a{n}", name="sub", why="none")) for n in "456"]
    cells = tuple(cell(f"C{n}", "n", "1", f"f{n}") for n in "123")
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        await at.run(out("one\n"), Cells((*holding, *without), cells))
        shown = told(at)
        assert shown.count(r"the body never uses x\x1b") == 2
        assert shown.index(r"x\x1b") < shown.index("a2")
        assert shown.endswith(r"a6 sub, line 3 no cells: none the body never uses x\x1b")
