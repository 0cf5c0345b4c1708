"""What is said of a function and of a cell, in pieces: the one wording for every medium.

A medium lays the pieces out: the screen colours them by their part, the command line and the
pictures print their text. All of it is visible text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tutor.protocol.views import CellView, FunctionKind, FunctionView
from tutor.text import NAME_COLUMNS, ends_of, one_line, shorten, visible
from tutor.views.called import called_apart, has_path, listed

WAY_COLUMNS = 2 * NAME_COLUMNS
"""What is shown of the way to a function at most."""
NO_CELLS = "no cells"
EMPTY_CELL = "empty"
"""Said in place of a value."""


class Part(Enum):
    """What a piece is of."""

    WAY = auto()
    """How a function is reached."""
    FACTS = auto()
    """Its name, its kind, its line."""
    TYPE = auto()
    """Of the value in a cell."""
    VALUE = auto()
    EMPTY = auto()
    """In place of type and value."""


@dataclass(frozen=True)
class Piece:
    """A piece of a line."""

    text: str
    part: Part


def way(function: FunctionView) -> str:
    """How a function is reached: `counter.inc`; its name where no path leads to it."""
    return one_line(function.reached_by if has_path(function) else function.name, WAY_COLUMNS)


def heading(
    function: FunctionView, called: str = "", wrapped: str = "", *, lambda_by_kind: bool = False
) -> tuple[Piece, Piece]:
    """The way to a function, and the facts: its name unless the way is that, its kind, its line.

    `called` is what tells it from the others, `wrapped` the name of the function that it wraps. A
    lambda is told by its code's name, `<lambda>`, as in a traceback, or by its kind.
    """
    pathless = not has_path(function)
    untold = "<lambda>" if lambda_by_kind else None
    plain = FunctionKind.FUNCTION if lambda_by_kind else FunctionKind.LAMBDA
    facts = []
    if function.name not in (function.reached_by, untold) and not pathless:
        facts.append(one_line(function.name, NAME_COLUMNS))
    if function.kind not in (FunctionKind.FUNCTION, plain):
        facts.append(function.kind)
    if function.line:
        number = called.partition(" #")[2] if pathless else ""
        facts.append(f"line {function.line}{f' #{number}' if number else ''}")
    if pathless:
        facts.append(one_line(function.reached_by, NAME_COLUMNS))
    if wrapped:
        facts.append(wraps(wrapped))
    return Piece(way(function), Part.WAY), Piece(", ".join(facts), Part.FACTS)


def wraps(name: str) -> str:
    """That a function wraps the one of that name."""
    return f"wraps {name}"


def names(functions: Iterable[FunctionView]) -> dict[str, str]:
    """What each function is called where another line speaks of it, by its id."""
    apart = called_apart(functions)
    return {
        id: ends_of(visible(name, keep_newlines=False), WAY_COLUMNS) for id, name in apart.items()
    }


def contents(cell: CellView, value_columns: int | None = None) -> tuple[Piece, ...]:
    """What a cell holds: `empty`, or type and value, as far as there is a text for them.

    With `value_columns` the value is cut to so many columns, and its type as other names are. A
    value in Python's notation that begins with its type, `range(3)`, needs no other word for that.
    """
    if cell.empty:
        return (Piece(EMPTY_CELL, Part.EMPTY),)
    texts = [visible(text or "", keep_newlines=False) for text in (cell.type, cell.value)]
    if texts[1].startswith((f"{texts[0]}(", f"<{texts[0]} ")):
        texts[0] = ""
    if value_columns is not None:
        limits = (NAME_COLUMNS, value_columns)
        texts = [shorten(text, limit) for text, limit in zip(texts, limits, strict=True)]
    parts = zip(texts, (Part.TYPE, Part.VALUE), strict=True)
    return tuple(Piece(text, part) for text, part in parts if text)


def shared_with(others: Sequence[str], more: int = 0) -> str:
    """Who else holds a cell: these functions by their names, and so many more."""
    return f"shared with {listed([*others, *([f'{more:,} more'] if more > 0 else [])])}"


def shared_in_short(other: str, more: int) -> str:
    """Who else holds a cell, where a line has no room for all: one function, and so many more."""
    return f"shared with {other} and {more} more"


def owns(
    function: FunctionView, cells: Mapping[tuple[str | None, str], Sequence[str]] | None = None
) -> str:
    """The locals of a function that inner functions capture; empty if there are none.

    Each with the labels of its cells, if some are given by owner and name.
    """
    owned = []
    for name in function.cell_names:
        labels = cells.get((function.qualname, name), ()) if cells else ()
        noun = "cells" if len(labels) > 1 else "cell"
        which = f" ({noun} {', '.join(labels)})" if labels else ""
        owned.append(one_line(name, NAME_COLUMNS) + which)
    return f"owns {', '.join(owned)}" if owned else ""


def no_cells(function: FunctionView) -> str:
    """Why a function has no cells; empty if it has some."""
    return f"{NO_CELLS}: {one_line(function.why_no_cells)}" if function.why_no_cells else ""
