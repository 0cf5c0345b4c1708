"""The text of the cells is as long as it says before it is written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.harness.samples import cell, function
from tutor.protocol.views import Cells, NotCaptured
from tutor.ui.cells.cell_text import CellText

LABELS = ("A", "B", "C", "AA")
text = st.text(max_size=40) | st.text("ab `*_[]…漢\u0301\ufe0f❤👨🏽▸", min_size=1, max_size=60)


@st.composite
def programs(draw: st.DrawFn) -> Cells:
    """Functions that hold some of four cells, with texts of any kind."""
    held = draw(
        st.lists(st.lists(st.sampled_from(LABELS), max_size=4, unique=True), min_size=1, max_size=6)
    )
    functions = tuple(
        function(f"f{number}", draw(text), *((draw(text), each) for each in labels))._replace(
            name=draw(text),
            cell_names=tuple(draw(st.lists(text, max_size=2))),
            not_captured=tuple(NotCaptured(draw(text), why) for why in draw(reasons)),
            why_no_cells=None if labels else draw(text),
            wraps=draw(st.sampled_from([None, "f0", "f1"])),
        )
        for number, labels in enumerate(held)
    )
    cells = tuple(
        cell(
            label,
            draw(text),
            draw(st.none() | text),
            *(f"f{number}" for number, labels in enumerate(held) if label in labels),
            type=draw(text),
        )
        for label in LABELS
    )
    return Cells(functions, cells, draw(st.integers(0, 2)))


reasons = st.lists(st.sampled_from(["the body never uses it", "`x` is a global"]), max_size=2)


@given(programs(), st.none() | programs(), st.integers(20, 100))
def test_every_line_is_where_it_was_said_to_be(
    cells: Cells, before: Cells | None, width: int
) -> None:
    written = CellText(cells, before, width)
    lines = list(written)
    assert len(lines) == len(written)
    starts = [each.line for each in written.functions] + [len(written) - len(written.closing)]
    for number, (start, end) in enumerate(pairwise(starts)):
        assert len(written.write(number)[0]) == end - start
    for number, label in enumerate(written.labels):
        place = written.place(number)
        assert place.label == label
        assert f"  {label}  " in lines[place.line].plain + "  " or place.rows > 1


def test_lines_can_be_asked_for_in_any_order() -> None:
    cells = Cells(
        tuple(function(f"f{n}", f"a{n}", ("n", f"C{n}")) for n in range(3)),
        tuple(cell(f"C{n}", "n", "1", f"f{n}") for n in range(3)),
    )
    written = CellText(cells, None, 40)
    assert written[5].plain == "  n  C2  int  1"
    assert written[-1].plain == written[5].plain
    assert [line.plain for line in written[1:4:2]] == ["  n  C0  int  1", "  n  C1  int  1"]
    assert written.written.keys() == {0, 1, 2}
    assert CellText(cells, None, 40).written == {}


def test_where_a_value_has_too_little_room_beside_its_name_it_goes_on_under_it() -> None:
    value = "{'deposit': function deposit, 'withdraw': function withdraw}"
    cells = Cells(
        (function("f1", "account", ("operations", "A")), function("f2", "b", ("operations", "A"))),
        (cell("A", "operations", value, "f1", "f2", type="dict"),),
    )
    assert [line.plain for line in CellText(cells, None, 35)][1:6] == [
        "  operations  A  dict  {'deposit':",
        "    function deposit, 'withdraw':",
        "    function withdraw}",
        "                 shared with b",
        "b        line 3",
    ]
    assert [line.plain for line in CellText(cells, None, 60)][1:3] == [
        "  operations  A  dict  {'deposit': function deposit,",
        "                 'withdraw': function withdraw}",
    ]
    long = Cells(
        (cells.functions[0]._replace(reached_by="account ▸ inner"), *cells.functions[1:]),
        cells.cells,
    )
    assert [line.plain for line in CellText(long, None, 35)][
        -1
    ] == "    shared with account ▸ inner"


@pytest.mark.parametrize("width", [24, 35, 100])
@pytest.mark.parametrize("long", ["x" * 5_000, "漢" * 5_000, "e" + "\u0301" * 5_000])
def test_what_stands_beside_a_long_name_is_in_sight(width: int, long: str) -> None:
    held = function("f0", long, ("n", "A"), (long, "B"))._replace(name=long, cell_names=(long,))
    cells = Cells(
        (held, function("f1", "other", ("n", "A"))),
        (cell("A", "n", "41", "f0", "f1"), cell("B", long, "42", "f0", type=long)),
    )
    lines = list(CellText(cells, None, width))
    shown = [line.plain for line in lines]
    assert max(line.cell_length for line in lines) <= width
    assert len(lines) < 40
    for told in ("A  int  41", "  B  ", "42", f"line {held.line}", "other"):
        assert any(told in line for line in shown), told
