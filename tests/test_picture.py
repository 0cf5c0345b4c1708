"""Each cell is drawn once, and a line leads from every capture to its own cell."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from tutor.picture import ASCII, as_dot, as_svg, as_text, picture
from tutor.worker.messages import Cells, CellView, FreeName, FunctionKind, FunctionView


def program(*captures: list[tuple[str, str]], value: str = "1") -> Cells:
    """Functions f0, f1, ... with these captures: (name, label) pairs."""
    functions = tuple(
        FunctionView(
            id=f"f{number}",
            kind=FunctionKind.FUNCTION,
            name="g",
            qualname="make.<locals>.g",
            line=number + 1,
            reached_by=f"f{number}",
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
        " f0 ── count ──┬─ A  int 1",
        " f1 ── count ──┘",
        " f2 ── n ──────── B  int 1",
        " f3  no cells",
    ]


def test_tracks_that_overlap_have_columns_of_their_own() -> None:
    cells = program([("a", "A"), ("b", "B")], [("a", "A"), ("b", "B")], [("a", "A")])
    assert as_text(picture(cells)) == [
        " f0 ── a ──┬── A  int 1",
        "    ── b ──┼┬─ B  int 1",
        " f1 ── a ──┤│",
        "    ── b ──┼┘",
        " f2 ── a ──┘",
    ]


def test_in_ascii() -> None:
    lines = as_text(picture(program([("n", "A")], [("n", "A")])), ASCII)
    assert lines == [" f0 -- n --+- A  int 1", " f1 -- n --+"]


def test_an_empty_cell_and_no_functions() -> None:
    cells = program([("n", "A")])
    empty = CellView("A", "n", "make", True, None, None, ("f0",))
    assert as_text(picture(Cells(cells.functions, (empty,)))) == [" f0 ── n ─── A  empty"]
    assert as_text(picture(Cells())) == []
    assert "<svg" in as_svg(Cells())


captures = st.lists(
    st.lists(
        st.tuples(st.sampled_from("xyz"), st.sampled_from("ABCDEF")),
        max_size=4,
        unique_by=lambda pair: pair[0],
    ),
    max_size=12,
)


@given(captures)
def test_every_line_can_be_followed_from_its_capture_to_its_cell(
    pairs: list[list[tuple[str, str]]],
) -> None:
    drawn = picture(program(*pairs))
    lines = as_text(drawn)
    for number, row in enumerate(drawn.rows):
        if row.cell is not None:
            assert follow(lines, number) == row.cell.label
    assert len(re.findall(r"[A-F]  int", "\n".join(lines))) == len({c for f in pairs for _, c in f})


def follow(lines: list[str], row: int) -> str:
    """Walk a line of the drawing as an eye would: right, then up a track, then right."""
    start = re.match(r" \S* *── [xyz] ", lines[row])
    assert start
    column = start.end()
    going_up = False
    while True:
        here = lines[row][column]
        if going_up:
            if here == "┬":
                going_up = False
                column += 1
            else:
                assert here in "│┤┼"
                row -= 1
        elif here in "┤┘":
            going_up = True
            row -= 1
        elif here in "─┬┼":
            column += 1
        else:
            assert here == " "
            return lines[row][column + 1]


@given(captures, st.text())
def test_svg_is_well_formed_and_dot_quotes_everything(
    pairs: list[list[tuple[str, str]]], value: str
) -> None:
    cells = program(*pairs, value=value)
    ElementTree.fromstring(as_svg(cells))
    for line in as_dot(cells).splitlines()[3:-1]:
        assert re.fullmatch(r'  \w+( -> \w+)? \[(shape=\w+, )?label="([^"\\]|\\.)*"\];', line)
