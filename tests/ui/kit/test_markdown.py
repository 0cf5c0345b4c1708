"""What is made into lines of text, at any width."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.content import Content

from tests.harness.samples import cell, counters, function
from tutor.grading.verdict import LineOutcome, Verdict
from tutor.protocol.reports import Status
from tutor.protocol.views import Cells, FunctionKind, FunctionView
from tutor.ui.answer.prediction import comparison_lines
from tutor.ui.answer.verdict_text import verdict_lines
from tutor.ui.cells.cell_text import CellText
from tutor.ui.kit.markdown import render
from tutor.ui.kit.marks import ASCII, MARKS, UNICODE, marks_for
from tutor.ui.kit.text_view import cut, hang


def plain(lines: list[Content]) -> list[str]:
    return [line.plain.rstrip() for line in lines]


def verdict(*lines: LineOutcome, **changes: object) -> Verdict:
    fields: dict[str, object] = {
        "exercise": "x",
        "passed": False,
        "status": Status.FINISHED,
        "summary": "A summary.",
        "lines": lines,
        "labels": (),
        "checks": (),
        "feedback": None,
        "output": "",
    }
    return Verdict(**{**fields, **changes})  # type: ignore[arg-type]


def test_markdown() -> None:
    page = """
# A heading

One *paragraph* that
goes on with `code[0]` and **strong `names`**.

- first item
  goes on
- second

1. one
2. two

```python
def f(x):
    return x
```

Last: a * b * c, [red]no markup[/red].
"""
    assert plain(render(page, 40)) == [
        "A heading",
        "",
        "One paragraph that goes on with code[0]",
        "and strong names.",
        "",
        "• first item goes on",
        "• second",
        "1. one",
        "2. two",
        "",
        "  def f(x):",
        "      return x",
        "",
        "Last: a * b * c, [red]no markup[/red].",
    ]


def test_an_item_hangs_and_an_open_fence_ends_with_the_page() -> None:
    assert plain(render("- one two three four", 12)) == ["• one two", "  three four"]
    assert plain(render("```\nx = 1", 20)) == ["  x = 1"]
    assert render("", 20) == []


@given(st.text(), st.integers(8, 100))
def test_markdown_fits_any_width_and_never_fails(text: str, width: int) -> None:
    for line in render(text, width):
        assert line.plain.isprintable()


@given(st.text(st.characters(categories=("L", "N", "P", "Mn", "Zs"))), st.integers(8, 50))
@settings(deadline=None)
def test_cutting_loses_nothing(text: str, width: int) -> None:
    first, *others = cut(Content(text), width)
    mark = f"{MARKS.goes_on} "
    assert all(part.plain.startswith(mark) for part in others)
    assert first.plain + "".join(part.plain.removeprefix(mark) for part in others) == text
    assert all(part.cell_length <= width for part in (first, *others))


@given(st.lists(st.integers(0, 10**7).map(str), min_size=1), st.integers(24, 60))
def test_no_number_is_cut(numbers: list[str], width: int) -> None:
    parts = cut(Content(" ".join(numbers)), width)
    assert [number for part in parts for number in part.plain.split() if number != "↳"] == numbers


def test_what_is_one_word_is_cut_where_the_line_ends() -> None:
    assert plain(cut(Content("x" * 20), 12)) == ["x" * 12, "↳ " + "x" * 8]
    assert plain(cut(Content("a " + "x" * 20), 12)) == ["a " + "x" * 10, "↳ " + "x" * 10]
    assert plain(cut(Content("Value 70000 outside [1, 65535]"), 12)) == [
        "Value 70000",
        "↳ outside",
        "↳ [1, 65535]",
    ]


def test_hanging() -> None:
    assert plain(hang(Content("one two three"), 9, "- ", "  ")) == ["- one two", "  three"]
    assert plain(hang(Content("short"), 20, "lead: ", "  ")) == ["lead: short"]
    assert plain(hang(Content("one two three four"), 15, "lead: ", "  ")) == [
        "lead: one two",
        "  three four",
    ]
    assert plain(hang(Content("x" * 20), 14, "lead: ", "  ")) == ["lead: xxxxxxxx", "  " + "x" * 12]
    assert plain(hang(Content("one\n\ntwo"), 20, "lead: ", "  ")) == ["lead: one", "", "  two"]


def cell_lines(cells: Cells, before: Cells | None, width: int) -> list[Content]:
    return list(CellText(cells, before, width))


def test_cells_as_they_are_drawn() -> None:
    assert plain(cell_lines(counters("3"), None, 40)) == [
        "inc    increment, line 3",
        "  count  A  int  3",
        "            shared with rst",
        "rst    reset, line 3",
        "  count  A  int  3",
        "            shared with inc",
        "plain  line 3",
        "  no cells: it uses only globals",
    ]


def test_cells_that_changed_show_both_values() -> None:
    lines = plain(cell_lines(counters("3"), counters("2"), 40))
    assert lines[1] == "  count  A  int  2 → 3"
    before = Cells((), (cell("A", "count", None),))
    assert plain(cell_lines(counters("3"), before, 40))[1] == "  count  A  empty → int  3"
    assert plain(cell_lines(counters("3"), Cells(), 40))[1] == "  count  A  int  3  new"


def test_an_empty_cell_an_owner_a_lambda_and_a_wrapper() -> None:
    cells = Cells(
        (
            FunctionView("f1", FunctionKind.FUNCTION, "make", "make", 1, "make", (), ("n", "m")),
            FunctionView("f2", FunctionKind.LAMBDA, "<lambda>", "<lambda>", 4, "later[0]"),
            FunctionView(
                "f3", FunctionKind.CACHED, "fib", "fib", 0, "fib", wraps="f2", why_no_cells="w"
            ),
            function("f4", "inner", ("n", "A"), name="inner"),
        ),
        (cell("A", "n", None, "f4"), cell("B", "n", "1")),
        more=12,
    )
    assert plain(cell_lines(cells, None, 60)) == [
        "inner     line 3",
        "  n  A  empty",
        "make      line 1",
        "  owns n (cells A, B), m",
        "later[0]  lambda, line 4",
        "fib       lru_cache, wraps later[0]",
        "  no cells: w",
        "  … and 12 more functions",
    ]


def test_many_sharers_are_named_once_and_then_counted() -> None:
    ids = [f"f{n}" for n in range(4)]
    functions = [function(id, f"funcs[{n}]", ("i", "A"), name="f") for n, id in enumerate(ids)]
    lines = plain(cell_lines(Cells(tuple(functions), (cell("A", "i", "4", *ids),)), None, 40))
    assert lines[2:4] == ["        shared with funcs[1], funcs[2],", "        funcs[3]"]
    assert lines[6] == "        shared with funcs[0] and 2 more"


def test_functions_that_hold_nothing_for_one_reason_share_it() -> None:
    cells = Cells((function("f1", "one", why="same"), function("f2", "two", why="same")))
    assert plain(cell_lines(cells, None, 40)) == ["one  line 3", "two  line 3", "  no cells: same"]


def test_no_function_at_all_is_told() -> None:
    assert plain(cell_lines(Cells(), None, 80)) == ["No function of this program is alive."]


@pytest.mark.parametrize("width", [20, 35, 60, 200])
def test_cells_fit_their_width(width: int) -> None:
    value = "[" + ", ".join(map(str, range(400))) + "]"
    lines = cell_lines(counters(value), counters("0"), width)
    assert all(line.cell_length <= width for line in lines)
    assert len(lines) < 250


def test_the_printed_line_stands_over_the_expected_one() -> None:
    wrong = verdict(
        LineOutcome(1, "a", "a", True),
        LineOutcome(2, "b", "B", False),
        LineOutcome(3, None, "c", False),
    )
    assert plain(verdict_lines(wrong, 40)) == [
        "✗ Line 2 differs.",
        "printed   b",
        "expected  B",
        "line 3    nothing more",
        "expected  c",
    ]


def test_lines_that_differ_in_spaces_show_them() -> None:
    lines = plain(verdict_lines(verdict(LineOutcome(1, "a ", "a", False)), 40))
    assert lines[1:] == ["printed   'a '", "expected  'a'"]


def test_many_differences_are_counted() -> None:
    outcomes = [LineOutcome(n, "x", "y", False) for n in range(1, 21)]
    lines = plain(verdict_lines(verdict(*outcomes), 40))
    assert lines[-1] == "… and 17 more of 20 lines"
    assert len(lines) == 8


def test_a_program_that_stopped_is_not_compared() -> None:
    stopped = verdict(LineOutcome(1, None, "a", False), status=Status.TIMED_OUT)
    assert plain(verdict_lines(stopped, 40)) == ["✗ A summary."]


def test_yours_stands_over_pythons_where_they_differ() -> None:
    wrong = verdict(
        LineOutcome(1, "one", "one", True),
        LineOutcome(2, "2", "two", False),
        LineOutcome(3, None, "three", False),
        LineOutcome(4, "four", None, False),
        feedback="A reason.",
    )
    assert plain(comparison_lines(wrong, 70)) == [
        "✗ 1 of 4 lines is as you predicted.",
        "1 ✓         one",
        "2 ✗ yours   2",
        "    Python  two",
        "    A reason.",
        "3 ✗ yours   nothing",
        "    Python  three",
        "4 ✗ yours   four",
        "    Python  nothing",
        "Enter opens your prediction again.",
    ]


def test_feedback_stands_under_a_line_that_was_predicted() -> None:
    wrong = verdict(
        LineOutcome(1, None, "title", False),
        LineOutcome(2, "2", "two", False),
        feedback="A reason.",
    )
    assert plain(comparison_lines(wrong, 40))[1:6] == [
        "1 ✗ yours   nothing",
        "    Python  title",
        "2 ✗ yours   2",
        "    Python  two",
        "    A reason.",
    ]


def test_a_predicted_line_goes_on_under_itself() -> None:
    long = "All closures reference the same cell: True"
    both = verdict(LineOutcome(9, long, long, True), LineOutcome(10, "a", long, False))
    lines = plain(comparison_lines(both, 40))
    assert lines[1:6] == [
        " 9 ✓         All closures reference the",
        "             ↳ same cell: True",
        "10 ✗ yours   a",
        "     Python  All closures reference the",
        "             ↳ same cell: True",
    ]


def test_marks_for_a_terminal() -> None:
    assert marks_for("xterm-256color", "UTF-8") is UNICODE
    assert marks_for("linux", "UTF-8") is ASCII
    assert marks_for("xterm", "ANSI_X3.4-1968") is ASCII
    every = [*vars(UNICODE).values(), *vars(ASCII).values()]
    assert all(len(mark) == 1 for mark in every)
    assert "".join(vars(ASCII).values()).isascii()
