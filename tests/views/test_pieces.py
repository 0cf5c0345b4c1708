"""One wording of functions and cells: screen, command line and pictures print the same words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.harness.samples import cell, function
from tutor.protocol.views import Cells, CellView, FunctionKind
from tutor.ui.cells.cell_text import CellText
from tutor.ui.cells.cell_value import STYLES
from tutor.views import pieces
from tutor.views.lines import functions_and_cells
from tutor.views.picture import as_dot, as_svg, as_text, picture
from tutor.views.pieces import Part

EMPTY = CellView("B", "m", "make", True, None, None, ("f1",))
OWNER = function("f3", "make")._replace(cell_names=("n",), wraps="f2", free=())
CELLS = Cells(
    (
        function("f1", "ops['a\x1b']", ("n", "A"), ("m", "B"), name="add"),
        function("f2", "inc", ("n", "A")),
        OWNER,
        function("f4", "plain", why="it uses only globals"),
    ),
    (cell("A", "n", "3\t4", "f1", "f2"), EMPTY),
)


def screen(cells: Cells) -> str:
    text = CellText(cells, None, 100)
    return "\n".join(text.line(number).plain for number in range(len(text)))


def printed(cells: Cells) -> str:
    return "\n".join(functions_and_cells(cells))


@pytest.mark.parametrize("medium", [screen, printed])
def test_what_is_said_is_on_the_screen_and_on_the_command_line(
    medium: Callable[[Cells], str],
) -> None:
    shown = medium(CELLS)
    for view in CELLS.functions:
        for piece in pieces.heading(view):
            assert piece.text in shown
    for held in CELLS.cells:
        assert "  ".join(piece.text for piece in pieces.contents(held, 60)) in shown
    for said in (
        pieces.shared_with(["inc"]),
        pieces.owns(OWNER),
        pieces.wraps("inc"),
        pieces.no_cells(CELLS.functions[3]),
    ):
        assert said in shown


@pytest.mark.parametrize(
    "draw",
    [lambda cells: "\n".join(as_text(picture(cells))), as_svg, as_dot],
    ids=["text", "svg", "dot"],
)
def test_what_is_said_is_in_each_picture(draw: Callable[[Cells], str]) -> None:
    drawn = draw(CELLS)
    for held in CELLS.cells:
        for piece in pieces.contents(held):
            assert piece.text in drawn
    assert pieces.NO_CELLS in drawn


def test_pieces_are_visible_and_cut() -> None:
    way, facts = pieces.heading(CELLS.functions[0])
    assert (way.text, way.part) == (r"ops['a\x1b']", Part.WAY)
    assert (facts.text, facts.part) == ("add, line 3", Part.FACTS)
    long = CELLS.cells[0]._replace(type="T" * 99, value="v\n" * 99)
    kind, value = pieces.contents(long, 20)
    assert (len(kind.text), len(value.text)) == (60, 20)
    assert "\n" not in value.text
    assert [piece.part for piece in (kind, value)] == [Part.TYPE, Part.VALUE]
    assert [piece.part for piece in pieces.contents(EMPTY)] == [Part.EMPTY]


def test_a_value_that_begins_with_its_type_says_it_once() -> None:
    for kind, value in (("range", "range(3)"), ("Box", "<Box object>")):
        said = pieces.contents(CELLS.cells[0]._replace(type=kind, value=value))
        assert [piece.text for piece in said] == [value]
    said = pieces.contents(CELLS.cells[0]._replace(type="Box", value="Boxes(3)"))
    assert [piece.text for piece in said] == ["Box", "Boxes(3)"]


def test_a_lambda_is_told_by_its_code_or_by_its_kind() -> None:
    made = function("f1", "add", name="<lambda>")._replace(kind=FunctionKind.LAMBDA, line=3)
    assert pieces.heading(made)[1].text == "<lambda>, line 3"
    assert pieces.heading(made, lambda_by_kind=True)[1].text == "lambda, line 3"


def test_every_part_has_a_style_on_the_screen() -> None:
    assert STYLES.keys() == {*Part}
