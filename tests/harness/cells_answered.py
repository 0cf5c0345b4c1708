"""An exercise about cells, and what a run of it could report."""

from __future__ import annotations

from tests.harness.samples import cell, exercise, function
from tutor.course.model import Exercise, Kind, Misconception, When
from tutor.course.questions import CellName, Contents, HowMany, SameCell
from tutor.protocol.views import Cells

ADD5, ADD10 = CellName("add5", "n"), CellName("add10", "n")

ADDERS: Exercise = exercise(
    "cells-it",
    Kind.CELLS,
    5,
    starter="def make(n):\n    def add(x):\n        return x + n\n    return add\n\n"
    "add5, add10 = make(5), make(10)\nprint('one')\n",
    solution="1: 1\n2: n\n3: 5\n",
    questions=(
        HowMany(function="add5"),
        SameCell(cells=(ADD5, ADD10)),
        Contents(function="add5", name="n"),
    ),
    misconceptions=(
        Misconception("one-cell-a-def", When(answer="2: y"), "Each call of `make` has its own."),
    ),
)
TWO_ADDERS = Cells(
    (
        function("f1", "add5", ("n", "A"), name="add"),
        function("f2", "add10", ("n", "B"), name="add"),
        function("f3", "make", why="it is defined at module level"),
    ),
    (cell("A", "n", "5", "f1"), cell("B", "n", "10", "f2")),
)
ONE_COUNTER = Cells(
    (
        function("f1", "add5", ("n", "A"), name="add"),
        function("f2", "add10", ("n", "A"), name="add"),
    ),
    (cell("A", "n", "5", "f1", "f2"),),
)
