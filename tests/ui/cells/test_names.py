"""What each name is, in panes of any width."""

from __future__ import annotations

import pytest

from tutor.protocol.views import NameScope, Scope, ScopeMap, ScopeView
from tutor.ui.cells.names import names_lines

FOUND = ScopeMap(
    (
        ScopeView("make", 1, 0, (NameScope("balance", Scope.CELL, "a parameter"),)),
        ScopeView(
            "make.<locals>.deposit",
            4,
            1,
            (
                NameScope("amount", Scope.LOCAL, "a parameter"),
                NameScope("balance", Scope.FREE, "captured from make, so LOAD_DEREF"),
            ),
        ),
    )
)


def shown(width: int) -> list[str]:
    return [line.plain.rstrip() for line in names_lines(FOUND, width)]


def test_where_there_is_room_every_name_has_its_evidence_beside_it() -> None:
    assert shown(60) == [
        "make  line 1",
        "  balance  cell     a parameter",
        "  deposit  line 4",
        "    amount   local    a parameter",
        "    balance  free     captured from make, so LOAD_DEREF",
    ]


def test_in_a_narrow_pane_only_a_free_name_has_and_it_goes_on_below() -> None:
    assert shown(35) == [
        "make  line 1",
        "  balance  cell",
        "  deposit  line 4",
        "    amount   local",
        "    balance  free     captured from",
        "      make, so LOAD_DEREF",
    ]


@pytest.mark.parametrize("width", [28, 35, 60])
def test_what_stands_beside_a_long_name_is_in_sight(width: int) -> None:
    names = (NameScope("x" * 5_000, Scope.LOCAL, ""), NameScope("n", Scope.FREE, "captured"))
    found = ScopeMap((ScopeView("y" * 5_000, 1, 0, names), ScopeView("deep", 90, 40, names)))
    lines = names_lines(found, width)
    assert max(line.cell_length for line in lines) <= width
    told = "\n".join(line.plain for line in lines)
    assert (told.count("local"), told.count("free"), told.count("line")) == (2, 2, 2)
