"""A function among others is called by its path or, where it has none of its own, by its line."""

from __future__ import annotations

import pytest

from tests.harness.runs import Run
from tutor.protocol.views import (
    NOT_BY_NAME,
    TOO_MUCH_TO_SEARCH,
    Cells,
    FunctionKind,
    FunctionView,
    Recording,
)
from tutor.ui.cells.cell_text import CellText
from tutor.views.called import called, listed
from tutor.views.lines import functions_and_cells
from tutor.views.picture import as_dot, as_svg, as_text, picture
from tutor.views.timeline import Timeline

HANDLERS = """
from contextvars import ContextVar
def make():
    errors = 0
    def on_error():
        nonlocal errors
        errors += 1
    def on_fail():
        return errors
    return on_error, on_fail, lambda: errors
v = ContextVar("v")
v.set(make())
"""


@pytest.mark.parametrize(
    ("way", "line", "is_called"),
    [
        ("counter.inc", 12, "counter.inc"),
        (NOT_BY_NAME, 12, "on_error, line 12"),
        (TOO_MUCH_TO_SEARCH, 12, "on_error, line 12"),
        ("inside handlers", 12, "on_error, line 12"),
        (NOT_BY_NAME, 0, "on_error"),
        ("<lambda> #2", 12, "<lambda> #2, line 12"),
    ],
)
def test_a_name_among_others(way: str, line: int, is_called: str) -> None:
    kind = FunctionKind.FUNCTION
    assert called(FunctionView("f1", kind, "on_error", "on_error", line, way)) == is_called


def test_names_with_commas_are_told_apart() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed(["a", "on_error, line 12", "b"]) == "a; on_error, line 12; b"


async def test_sharers_without_a_path(run: Run) -> None:
    cells = (await run(HANDLERS)).cells
    assert cells
    others = "shared with on_fail, line 8; <lambda>, line 10"
    assert any(line.endswith(others) for line in functions_and_cells(cells))
    assert others in "\n".join(line.plain for line in CellText(cells, None, 100))
    drawn = as_text(picture(cells), 100)
    assert drawn[0].startswith("on_error, line 5  errors ─")
    assert ">on_fail, line 8<" in as_svg(cells)
    assert 'label="<lambda>, line 10"' in as_dot(cells)
    everywhere = [*functions_and_cells(cells), *drawn]
    assert sum(NOT_BY_NAME in line for line in everywhere) == 3  # their own headings


async def test_sharers_in_the_timeline(run: Run) -> None:
    outcome = await run(HANDLERS, record=True)
    [recording] = [report for report in outcome.reports if isinstance(report, Recording)]
    timeline = Timeline(recording)
    cells = timeline.at(len(timeline))
    shown = "\n".join(line.plain for line in CellText(cells, None, 100))
    assert "shared with on_fail; <lambda>, line 10" in shown


async def test_of_a_thousand_sharers_a_few_are_named(run: Run) -> None:
    cells = (
        await run(
            "def make():\n    n = 1\n    return [lambda: n for _ in range(1_000)]\nf = make()"
        )
    ).cells
    assert isinstance(cells, Cells)
    shared = next(line for line in functions_and_cells(cells) if "shared with" in line)
    assert shared.endswith("f[20], 979 more")
