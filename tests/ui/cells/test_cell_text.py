"""The text of the cells is as long as it says before it is written."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tests.harness.samples import cell, function
from tutor.protocol.views import NOT_BY_NAME, Cells, NotCaptured
from tutor.ui.cells.cell_text import CellText
from tutor.views.lines import functions_and_cells
from tutor.views.picture import as_text, picture

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


LONG = "the_name_of_a_variable_" + "x" * 40 + "_at_its_end"


@pytest.mark.parametrize("width", [30, 35, 60, 120])
def test_a_name_of_74_columns_leaves_letter_type_and_value_beside_it(width: int) -> None:
    assert len(LONG) == 74
    cells = Cells(
        (function("f1", "read", (LONG, "A"), name="read"),), (cell("A", LONG, "41", "f1"),)
    )
    shown = [line.plain for line in CellText(cells, None, width)]
    [line] = [each for each in shown if " A " in each]
    assert re.fullmatch(r"  the_\w*…\w*_end  A  int  41", line)


def test_name_letter_type_and_value_have_their_weights() -> None:
    cells = Cells((function("f1", "inc", ("n", "I")),), (cell("I", "n", "41", "f1"),))
    for reverse, fill in ((False, "bold $badge on $cell-a"), (True, "bold reverse")):
        heading, line = CellText(cells, None, 60, reverse=reverse)
        assert styles_of(heading) == {"inc": "bold", "line 3": "$muted"}
        assert styles_of(line) == {" I ": fill, "int": "$muted", "41": "bold"}


def styles_of(line: Content) -> dict[str, str]:
    return {line.plain[span.start : span.end]: str(span.style) for span in line.spans}


def test_functions_without_a_path_are_told_apart_by_name_and_line_and_then_by_number() -> None:
    nowhere = [
        function(f"f{number}", NOT_BY_NAME, ("n", "A"), name="on_error") for number in (1, 2)
    ]
    other = function("f3", "inside handlers", ("n", "A"), name="on_fail")._replace(line=8)
    cells = Cells((*nowhere, other), (cell("A", "n", "1", "f1", "f2", "f3"),))
    shown = "\n".join(line.plain for line in CellText(cells, None, 100))
    assert "on_error  line 3 #1, not reached by a name" in shown
    assert "on_error  line 3 #2, not reached by a name" in shown
    assert "on_fail   line 8, inside handlers" in shown
    assert "shared with on_error, line 3 #2; on_fail, line 8" in shown
    printed = "\n".join(functions_and_cells(cells))
    assert "on_error   line 3 #1, not reached by a name" in printed
    assert "shared with on_error, line 3 #1; on_error, line 3 #2" in printed
    drawn = "\n".join(as_text(picture(cells), 80))
    for called in ("on_error, line 3 #1", "on_error, line 3 #2", "on_fail, line 8"):
        assert called in drawn


@given(st.text("ab1", min_size=1, max_size=30), st.integers(24, 60))
def test_a_word_is_not_cut_where_the_next_line_has_room_for_it(word: str, width: int) -> None:
    cells = Cells(
        (function("f1", "account", ("operations", "A")),),
        (cell("A", "operations", word, "f1", type=word),),
    )
    words = [word for line in CellText(cells, None, width) for word in line.plain.split()]
    if len(word) <= width - 4:
        assert words.count(word) == 2  # its type is called the same
