"""Functions and cells as lines of text."""

from __future__ import annotations

from tutor.protocol.views import Cells, CellView, FreeName, FunctionKind, FunctionView, NotCaptured
from tutor.views.lines import functions_and_cells


def test_functions_with_their_cells() -> None:
    view = Cells(
        functions=(
            FunctionView(
                "f1",
                FunctionKind.FUNCTION,
                "increment",
                "make.<locals>.increment",
                3,
                "inc",
                free=(FreeName("count", "A"), FreeName("by", "B")),
            ),
            FunctionView(
                "f2",
                FunctionKind.GENERATOR,
                "reset",
                "make.<locals>.reset",
                7,
                "rst",
                free=(FreeName("count", "A"),),
                wraps="f1",
                not_captured=(NotCaptured("by", "the body never uses it"),),
            ),
            FunctionView(
                "f3",
                FunctionKind.FUNCTION,
                "make",
                "make",
                1,
                "make",
                cell_names=("count", "by"),
                why_no_cells="it uses only globals",
            ),
            FunctionView("f4", FunctionKind.LAMBDA, "<lambda>", "<lambda>", 0, "table['x']"),
        ),
        cells=(
            CellView("A", "count", "make", False, "int", "3", ("f1", "f2")),
            CellView("B", "by", "make", True, None, None, ("f1",)),
        ),
        more=1_200,
    )
    assert list(functions_and_cells(view)) == [
        "inc   increment, line 3",
        "  count  A  int  3  shared with rst",
        "  by     B  empty",
        "rst   reset, generator function, line 7",
        "  count  A  int  3  shared with inc",
        "  the body never uses `by`",
        "  wraps inc",
        "make   line 1",
        "  no cells: it uses only globals",
        "  owns count, by",
        "table['x']   <lambda>",
        "1,200 more functions are alive.",
    ]


def test_no_functions() -> None:
    assert list(functions_and_cells(Cells())) == ["No function of the program is alive."]
