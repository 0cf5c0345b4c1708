"""Each cell is a box drawn once, and a wire leads from every capture to its own cell's box."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.theme import Theme

from tests.harness.runs import Run
from tests.harness.samples import cell, counters, function
from tests.harness.scene_programs import CROSSINGS
from tutor.course.loader import content_folder, load
from tutor.grading.kinds import kind_of
from tutor.protocol.views import Cells, CellView, FreeName, FunctionKind, FunctionView
from tutor.text import columns
from tutor.ui.kit.themes import DARK, LIGHT
from tutor.views.labels import HUES, hue
from tutor.views.picture import ASCII, LINES, Drawing, Ink, as_dot, as_svg, as_text, picture, svg
from tutor.views.picture.drawing import Strokes
from tutor.views.picture.places import least_width
from tutor.views.picture.routes import in_program_order, routes

PANE_COLUMNS = 35
"""Of the 38 for the cells at 80x24, one each is the border's, the padding's, the scroll bar's."""


def program(*captures: list[tuple[str, str]], value: str = "1", ways: Sequence[str] = ()) -> Cells:
    """Functions f0, f1, ... with these captures: (name, label) pairs."""
    functions = tuple(
        FunctionView(
            id=f"f{number}",
            kind=FunctionKind.FUNCTION,
            name="g",
            qualname="make.<locals>.g",
            line=number + 1,
            reached_by=ways[number] if ways else f"f{number}",
            free=tuple(FreeName(name, label) for name, label in pairs),
        )
        for number, pairs in enumerate(captures)
    )
    labels = list(dict.fromkeys(label for pairs in captures for _, label in pairs))
    cells = tuple(
        CellView(
            label,
            "n",
            "make",
            False,
            "int",
            value,
            tuple(f.id for f in functions if any(free.cell == label for free in f.free)),
        )
        for label in labels
    )
    return Cells(functions, cells)


def test_sharers_stand_at_the_top_and_the_bottom_of_their_box() -> None:
    cells = program([("count", "A")], [("count", "A")], [("n", "B")], [])
    assert as_text(picture(cells), 26) == [
        "f0 count ───╮  ╭─ A  n ──╮",
        "            ├─▶│ int   1 │",
        "f1 count ───╯  ╰─────────╯",
        "               ╭─ B  n ──╮",
        "f2 n ─────────▶│ int   1 │",
        "               ╰─────────╯",
        "f3 no cells",
    ]


def test_a_wire_that_passes_a_track_breaks_it() -> None:
    cells = program([("a", "A"), ("b", "B")], [("a", "A"), ("b", "B")])
    assert as_text(picture(cells), 26) == [
        "f0 a ─────╮    ╭─ A  n ──╮",
        "          ├───▶│ int   1 │",
        "          │    ╰─────────╯",
        "   b ───────╮  ╭─ B  n ──╮",
        "          │ ├─▶│ int   1 │",
        "f1 a ─────╯ │  ╰─────────╯",
        "   b ───────╯",
    ]


def test_in_ascii() -> None:
    cells = program([("a", "A"), ("b", "B")], [("a", "A"), ("b", "B")])
    assert as_text(picture(cells), 26, ASCII) == [
        "f0 a -----.    +- A  n --+",
        "          +--->| int   1 |",
        "          |    +---------+",
        "   b -------.  +- B  n --+",
        "          | +->| int   1 |",
        "f1 a -----' |  +---------+",
        "   b -------'",
    ]


def test_sharers_stand_next_to_each_other() -> None:
    cells = program([("a", "A")], [("b", "B")], [("a", "A")], [("b", "B")])
    drawn = as_text(picture(cells), 35)
    assert [line.split()[0] for line in drawn if line.startswith("f")] == ["f0", "f2", "f1", "f3"]
    assert picture(cells).crossings == 0


def test_captures_of_a_function_stand_where_their_sharers_are() -> None:
    cells = program([("a", "A"), ("b", "B")], [("c", "C"), ("a", "A")])
    drawn = as_text(picture(cells), 26)
    names = [line[3] for line in drawn if line[3:4].strip()]
    assert names == ["b", "a", "a", "c"]
    assert picture(cells).crossings == 0


def test_an_empty_cell_and_no_functions() -> None:
    cells = program([("n", "A")])
    empty = CellView("A", "n", "make", True, None, None, ("f0",))
    assert "▶│   empty │" in "".join(as_text(picture(Cells(cells.functions, (empty,))), 35))
    assert as_text(picture(Cells())) == []
    assert "<svg" in as_svg(Cells())


def test_a_change_is_in_the_box() -> None:
    drawn = as_text(picture(counters("3"), counters("2")), 35)
    assert any("│ int 2 → 3 │" in line for line in drawn)
    ascii_drawn = as_text(picture(counters("3"), counters("2")), 35, ASCII)
    assert any("| int 2 > 3 |" in line for line in ascii_drawn)
    was_empty = picture(counters("3"), Cells((), (cell("A", "count", None),)))
    assert any("│ empty → int 3 │" in line for line in as_text(was_empty, 60))


def test_a_function_in_its_own_cell_is_an_arrow_back() -> None:
    held = cell("A", "audit", "audit", "f1", type="function")._replace(holds="f1")
    cells = Cells((function("f1", "book.audit", ("audit", "A"), name="audit"),), (held,))
    drawn = as_text(picture(cells), 60)
    assert any("│ function  book.audit ↩ │" in line for line in drawn)
    assert any("| function book.audit <- |" in line for line in as_text(picture(cells), 60, ASCII))
    assert "".join(drawn).count("book.audit") == 2
    assert "book.audit ↩" in as_svg(cells)
    assert "  cell_A -> f1 [" in as_dot(cells)


ACCOUNT = program(
    [("operations", "A")],
    [("balance", "B"), ("history", "C")],
    [("balance", "B"), ("history", "C")],
    [],
    ways=["account", "account ▸ operations['deposit']", "account ▸ operations['draw']", "make"],
    value="['deposit', 'deposit', 'withdraw']",
)


def test_where_there_is_no_room_beside_them_functions_stand_over_their_captures() -> None:
    assert as_text(picture(ACCOUNT), 35) == [
        "account          ╭─ A  n ─────────╮",
        "  operations ───▶│ int            │",
        "                 │ ['deposit',    │",
        "                 │ 'deposit',     │",
        "                 │ 'withdraw']    │",
        "                 ╰────────────────╯",
        "…['deposit']",
        "  balance ────╮  ╭─ B  n ─────────╮",
        "              ├─▶│ int            │",
        "              │  │ ['deposit',    │",
        "              │  │ 'deposit',     │",
        "              │  │ 'withdraw']    │",
        "              │  ╰────────────────╯",
        "  history ─────╮ ╭─ C  n ─────────╮",
        "              │├▶│ int            │",
        "…['draw']     ││ │ ['deposit',    │",
        "  balance ────╯│ │ 'deposit',     │",
        "  history ─────╯ │ 'withdraw']    │",
        "                 ╰────────────────╯",
        "make no cells",
    ]


def test_where_there_is_room_a_line_is_told_and_who_shares_a_cell() -> None:
    drawn = as_text(picture(counters("1")), 60)
    assert drawn[0].startswith("inc  line 3  count ─")
    assert drawn[1].endswith("  local of make")
    assert drawn[2].endswith("  shared by 2 functions")
    assert drawn[3] == "plain  line 3  no cells: it uses only globals"


def test_a_long_value_is_unfolded_where_there_is_room_and_counted_where_there_is_none() -> None:
    value = " ".join(["word"] * 23)
    cells = program([("n", "A")], value=value)
    wide, narrow = ("".join(as_text(picture(cells), width)) for width in (120, 30))
    assert wide.count("word") == 23
    assert "word… +" in narrow


def test_a_name_of_74_columns_hides_neither_letter_nor_type_nor_value() -> None:
    long = "the_very_long_name_of_a_variable_" + "x" * 31 + "_at_its_end"
    cells = program([(long, "A")])
    for width in (35, 60, 120):
        drawn = "".join(as_text(picture(cells), width))
        assert "─ A ─" in drawn or "─ A  n ─" in drawn
        assert "│ int   1 │" in drawn
        assert "the_v" in drawn
        assert "_end ─" in drawn


word = st.text("abcxyz_漢字é", min_size=1, max_size=20)
way = st.text("abc漢字[0]'. ▸", min_size=1, max_size=50).filter(lambda text: text == text.strip())
ways = st.lists(way, min_size=12, max_size=12, unique=True)
captures = st.lists(
    st.lists(
        st.tuples(word, st.sampled_from(["A", "B", "C", "D", "E", "AA"])),
        max_size=4,
        unique_by=lambda pair: pair[0],
    ),
    max_size=12,
)


@given(captures, ways, st.none() | st.integers(0, 120), st.sampled_from([LINES, ASCII]))
def test_every_wire_leads_from_its_function_to_the_box_of_its_cell(
    pairs: list[list[tuple[str, str]]], ways: list[str], width: int | None, strokes: Strokes
) -> None:
    drawn = picture(program(*pairs, ways=ways))
    reached, passed = followed(Drawing(drawn, width, strokes), strokes)
    wanted = [
        (drawn.called[row.function.id] if row.function else "", row.name, row.cell)
        for part in drawn.parts
        for row in part.rows
        if row.name is not None
    ]
    held = sorted((way, *pair) for way, f in zip(ways, pairs, strict=False) for pair in f)
    function, whole = "", []
    for way, name, label in wanted:
        function = way or function
        whole.append((function, name, label))
    assert sorted(whole) == held
    for (way, name, label), (shown_way, shown_name, found) in zip(whole, reached, strict=True):
        assert found == label
        assert is_short_for(shown_name, name)
        assert is_short_for(shown_way, way)
    assert len(passed) == drawn.crossings


@given(captures)
def test_no_order_of_the_program_has_fewer_crossings(pairs: list[list[tuple[str, str]]]) -> None:
    cells = program(*pairs)
    drawn = picture(cells)
    as_it_comes = replace(drawn, parts=(routes(in_program_order(cells.functions)),))
    both = [followed(Drawing(each), LINES)[1] for each in (drawn, as_it_comes) if drawn.parts]
    assert not both or len(both[0]) <= len(both[1])


@given(captures, st.integers(0, 120), st.sampled_from([LINES, ASCII]))
def test_wires_never_look_joined_and_every_cell_is_drawn_once(
    pairs: list[list[tuple[str, str]]], width: int, strokes: Strokes
) -> None:
    cells = program(*pairs)
    drawing = Drawing(picture(cells), width, strokes)
    lines = [drawing.line(number) for number in range(len(drawing))]
    letters = [span.text.strip() for line in lines for span in line if span.ink is Ink.LETTER]
    assert sorted(letters) == sorted(each.label for each in cells.cells)
    assert "┼" not in "".join(span.text for line in lines for span in line)
    for line in lines:
        for span in line:
            coloured = span.ink in (Ink.WIRE, Ink.FRAME, Ink.LETTER, Ink.TITLE)
            assert coloured <= (span.cell in letters)


@given(captures, ways, st.integers(0, 120), st.text())
def test_no_line_is_wider_than_asked(
    pairs: list[list[tuple[str, str]]], ways: list[str], width: int, value: str
) -> None:
    drawn = picture(program(*pairs, ways=ways, value=value))
    widest = max(map(columns, as_text(drawn, width)), default=0)
    assert widest <= max(width, least_width(drawn))


async def test_every_exercise_fits_the_pane_of_the_cells(run: Run) -> None:
    course, _ = load(content_folder())
    for exercise in course.units[0].exercises:
        program = exercise.solution if kind_of(exercise).is_program else exercise.starter
        cells = (await run(program)).cells
        assert cells
        text = as_text(picture(cells), PANE_COLUMNS)
        assert max(map(len, text)) <= PANE_COLUMNS, exercise.id
        for each in cells.functions:
            for free in each.free:
                assert f" {free.name} ─" in "\n".join(text), exercise.id


async def test_a_real_program_with_crossings(run: Run) -> None:
    cells = (await run(CROSSINGS)).cells
    assert cells
    drawn = picture(cells)
    assert drawn.crossings == 4
    assert any(re.search(r"│ function +audit ↩ │", line) for line in as_text(drawn, 60))


def cells_of(text: str) -> list[str]:
    """What stands in each column of the terminal."""
    return [cell for char in text for cell in (char, *[""] * (columns(char) - 1))]


def is_short_for(shown: str, whole: str) -> bool:
    """Whether a text is another one, or what is left of it around its ellipsis."""
    begin, mark, end = shown.partition("…")
    return whole.startswith(begin) and whole.endswith(end) if mark else shown == whole


Place = tuple[int, int]


def followed(drawing: Drawing, strokes: Strokes) -> tuple[list[tuple[str, str, str]], set[Place]]:
    """Function, name and the label that its wire leads to, and the places where wires pass."""
    lines = [drawing.line(number) for number in range(len(drawing))]
    grid = [[*cells_of("".join(span.text for span in line)), " "] for line in lines]
    found, passed = [], set[Place]()
    way = ""
    for number, line in enumerate(lines):
        at = 0
        for span in line:
            if span.ink is Ink.WAY:
                way = span.text.strip() or way
            if span.ink is Ink.NAME:
                begin = at + columns(span.text)
                assert grid[number][begin] == " "
                label = follow(grid, number, begin + 1, strokes, passed)
                found.append((way, span.text.strip(), label))
            at += columns(span.text)
    return found, passed


def follow(
    grid: list[list[str]], row: int, column: int, strokes: Strokes, passed: set[Place]
) -> str:
    """Walk a wire as an eye would: right, along a track, right, and up to the letter of the box."""
    column = right(grid, row, column, strokes)
    if grid[row][column] == strokes.first:
        row += 1
    elif grid[row][column] != strokes.arrow:
        row = up(grid, row, column, strokes, passed)
    if grid[row][column] != strokes.arrow:
        assert grid[row][column] == strokes.leave
        column = right(grid, row, column + 1, strokes)
    assert grid[row][column] == strokes.arrow
    assert grid[row][column + 1] == strokes.down
    corner = "".join(grid[row - 1][column + 1 :])
    assert corner.startswith(f"{strokes.corners[0]}{strokes.across} ")
    return corner[3:].partition(" ")[0]


def right(grid: list[list[str]], row: int, column: int, strokes: Strokes) -> int:
    """Where a wire that runs to the right ends or turns; over tracks it runs without a mark."""
    while grid[row][column] == strokes.across:
        column += 1
    return column


def up(grid: list[list[str]], row: int, column: int, strokes: Strokes, passed: set[Place]) -> int:
    """The row where a track is left, above the one where a wire joins it."""
    assert grid[row][column] in (strokes.join, strokes.last)
    while True:
        row -= 1
        here, before = grid[row][column], grid[row][column - 1]
        if here == strokes.leave and before != strokes.across:
            return row
        if here == strokes.across:
            passed.add((row, column))
        else:
            assert here in (strokes.down, strokes.join)


@given(captures, st.text())
def test_svg_is_well_formed_and_dot_quotes_everything(
    pairs: list[list[tuple[str, str]]], value: str
) -> None:
    cells = program(*pairs, value=value)
    ElementTree.fromstring(as_svg(cells))
    for line in as_dot(cells).splitlines()[3:-1]:
        quoted = r'"([^"\\]|\\.)*"'
        words = r"(shape=\w+|style=\w+|constraint=\w+)"
        named = rf"(style|color|fillcolor|label)={quoted}"
        assert re.fullmatch(rf"  \w+( -> \w+)? \[(({words}|{named})(, )?)+\];", line), line


def test_svg_has_colours_for_dark_and_light_and_wires_that_pass_over_tracks() -> None:
    drawn = as_svg(program([("a", "A"), ("b", "B")], [("a", "A"), ("b", "B")]))
    assert "@media(prefers-color-scheme:dark)" in drawn
    tracks = [drawn.index(f'class="w w{each}" d="M') for each in "ab"]
    over = drawn.index('<path class="h"')
    assert max(tracks) < over
    for colours in (svg.LIGHT, svg.DARK):
        assert all(colour in drawn for colour in colours.values())


@pytest.mark.parametrize(("theme", "colours"), [(DARK, svg.DARK), (LIGHT, svg.LIGHT)])
def test_a_printed_picture_has_the_colours_of_the_screen(
    theme: Theme, colours: dict[str, str]
) -> None:
    assert {each: theme.variables[f"cell-{each}"] for each in HUES} == colours


@pytest.mark.parametrize(
    ("label", "is_hued"), [("A", "a"), ("H", "h"), ("I", "a"), ("Z", "b"), ("AA", "c"), ("a", "a")]
)
def test_a_cell_has_the_colour_of_its_letter(label: str, is_hued: str) -> None:
    assert hue(label) == is_hued
