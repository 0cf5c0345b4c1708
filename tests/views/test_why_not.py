"""Why names are not among a function's cells."""

from __future__ import annotations

from tutor.protocol.views import FunctionKind, FunctionView, NotCaptured
from tutor.views.why_not import why_not

A_LOCAL = "`n` is assigned here, so it is a local"
UNUSED = "the body never uses it"


def function(*names: NotCaptured, why: str | None = None) -> FunctionView:
    return FunctionView(
        "f1", FunctionKind.FUNCTION, "f", "f", 1, "f", why_no_cells=why, not_captured=names
    )


def test_a_sentence_a_reason() -> None:
    unused = (NotCaptured("a", UNUSED), NotCaptured("b", UNUSED))
    told = why_not(function(unused[0], NotCaptured("n", A_LOCAL), unused[1]))
    assert told == ("the body never uses `a`, `b`", A_LOCAL)


def test_nothing_twice() -> None:
    assert why_not(function(NotCaptured("n", A_LOCAL), why=A_LOCAL)) == ()
    assert why_not(function()) == ()
