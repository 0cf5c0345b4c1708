"""Each cell is drawn once, and a line leads from every capture to its own cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from tests.harness.runs import Run
from tutor.course.loader import content_folder, load
from tutor.grading.kinds import kind_of
from tutor.protocol.views import Cells, CellView, FreeName, FunctionKind, FunctionView
from tutor.text import columns
from tutor.views.picture import ASCII, LINES, as_dot, as_lines, as_svg, as_text, picture
from tutor.views.picture.drawing import Strokes, least_width

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


def test_shared_and_own_cells() -> None:
    cells = program([("count", "A")], [("count", "A")], [("n", "B")], [])
    assert as_text(picture(cells)) == [
        "f0 ─ count ─┬─ A  int 1",
        "f1 ─ count ─┘",
        "f2 ─ n ─────── B  int 1",
        "f3  no cells",
    ]


def test_tracks_that_overlap_have_columns_of_their_own() -> None:
    cells = program([("a", "A"), ("b", "B")], [("a", "A"), ("b", "B")], [("a", "A")])
    assert as_text(picture(cells)) == [
        "f0 ─ a ─┬── A  int 1",
        "   ─ b ─┼┬─ B  int 1",
        "f1 ─ a ─┤│",
        "   ─ b ─┼┘",
        "f2 ─ a ─┘",
    ]


def test_in_ascii_a_line_is_interrupted_by_the_one_it_crosses() -> None:
    cells = program([("a", "A"), ("b", "B")], [("b", "B"), ("a", "A")])
    assert as_text(picture(cells), strokes=ASCII) == [
        "f0 - a -+-- A  int 1",
        "   - b -|+- B  int 1",
        "f1 - b -|+",
        "   - a -+",
    ]


def test_an_empty_cell_and_no_functions() -> None:
    cells = program([("n", "A")])
    empty = CellView("A", "n", "make", True, None, None, ("f0",))
    assert as_text(picture(Cells(cells.functions, (empty,)))) == ["f0 ─ n ─ A  empty"]
    assert as_text(picture(Cells())) == []
    assert "<svg" in as_svg(Cells())


ACCOUNT = program(
    [("operations", "A")],
    [("balance", "B"), ("history", "C")],
    [("balance", "B"), ("history", "C")],
    [],
    ways=["account", "account ▸ operations['deposit']", "account ▸ operations['draw']", "make"],
    value="['deposit', 'deposit', 'withdraw']",
)


def test_where_there_is_no_room_beside_them_functions_stand_over_their_captures() -> None:
    assert as_text(picture(ACCOUNT), 40) == [
        "account",
        "  operations ─────── A  int ['depos… +27",
        "account ▸ operations['deposit']",
        "  balance ───────┬── B  int ['depos… +27",
        "  history ───────┼┬─ C  int ['depos… +27",
        "…rations['draw'] ││",
        "  balance ───────┘│",
        "  history ────────┘",
        "make  no cells",
    ]


def test_names_are_cut_as_the_last_means() -> None:
    drawn = picture(ACCOUNT)
    assert least_width(drawn) == 25
    assert as_text(drawn, 0) == as_text(drawn, 25)
    assert as_text(drawn, 25)[:4] == [
        "account",
        "  opera… ──── A  int… +35",
        "… ▸ operations['deposit']",
        "  balan… ─┬── B  int… +35",
    ]


word = st.text("abcxyz_漢字é", min_size=1, max_size=20)
ways = st.lists(st.text("abc漢字[0]'. ▸", min_size=1, max_size=50), min_size=12, max_size=12)
captures = st.lists(
    st.lists(
        st.tuples(word, st.sampled_from(["A", "B", "C", "D", "E", "AA"])),
        max_size=4,
        unique_by=lambda pair: pair[0],
    ),
    max_size=12,
)


@given(captures, ways, st.none() | st.integers(0, 120), st.sampled_from([LINES, ASCII]))
def test_every_line_can_be_followed_from_its_function_to_its_cell(
    pairs: list[list[tuple[str, str]]], ways: list[str], width: int | None, strokes: Strokes
) -> None:
    drawn = picture(program(*pairs, ways=ways))
    lines = as_lines(drawn, width, strokes)
    grid = [cells_of("".join(line)) for line in lines]
    function = ""
    found: list[tuple[str, str, str]] = []
    labels: list[str] = []
    for number, line in enumerate(lines):
        function = line.function or function
        labels += [line.label] if line.label else []
        if name := re.match(r" *([─-]+ )?(\w+…?) ", line.strokes):
            start = columns(line.function + name[0])
            found.append((function, name[2], follow(grid, number, start)))
    wanted = [(way, *pair) for way, f in zip(ways, pairs, strict=False) for pair in f]
    assert labels == list(dict.fromkeys(label for _, _, label in wanted))
    for (way, whole, label), (shown, cut, reached) in zip(wanted, found, strict=True):
        assert reached == label
        assert whole.startswith(cut.removesuffix("…"))
        assert way.endswith(shown.removeprefix("…"))


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
        drawn = picture(cells)
        text = as_text(drawn, PANE_COLUMNS)
        assert max(map(len, text)) <= PANE_COLUMNS, exercise.id
        for function in cells.functions:
            for free in function.free:
                assert f" {free.name} ─" in "\n".join(text), exercise.id


def cells_of(text: str) -> list[str]:
    """What stands in each column of the terminal."""
    return [cell for char in text for cell in (char, *[""] * (columns(char) - 1))]


def follow(grid: list[list[str]], row: int, column: int) -> str:
    """Walk a line of the drawing as an eye would: right, then up a track, then right."""
    going_up = False
    while going_up or grid[row][column] != " ":
        here = grid[row][column]
        own = here in "┬┤┘+"
        begins = own and any(cell in "─-" for cell in grid[row][column + 1 :] if cell)
        going_up = (going_up or own) and not begins
        if going_up:
            assert here in "│┼┤┘|+"
            row -= 1
        else:
            assert here in "─┼┬-|+"
            column += 1
    return "".join(grid[row][column + 1 :]).partition(" ")[0]


@given(captures, st.text())
def test_svg_is_well_formed_and_dot_quotes_everything(
    pairs: list[list[tuple[str, str]]], value: str
) -> None:
    cells = program(*pairs, value=value)
    ElementTree.fromstring(as_svg(cells))
    for line in as_dot(cells).splitlines()[3:-1]:
        assert re.fullmatch(r'  \w+( -> \w+)? \[(shape=\w+, )?label="([^"\\]|\\.)*"\];', line)
