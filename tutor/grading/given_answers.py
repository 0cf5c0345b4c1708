"""What a learner writes to a question about cells: whether it can be read, and what it means."""

from __future__ import annotations

import re
from collections.abc import Hashable

from tutor.course.questions import CellQuestion, Contents, HowMany, SameCell
from tutor.grading.asked_cells import NO, YES
from tutor.protocol.views import Cells, CellView
from tutor.text import one_line
from tutor.views.asked_value import Literal, NotALiteral, Same, literal
from tutor.views.pieces import EMPTY_CELL

_YES_OR_NO = {YES: True, "yes": True, NO: False, "no": False}
_NUMBER = re.compile(r"[0-9]{1,6}")
QUOTED = 30
"""Columns of what is quoted of an answer."""
KINDS_TOLD = ("function", "class", "builtin")
"""Before the name of a value that is no literal, where it is told with its kind."""


def number_in(given: str) -> int | None:
    """A number of cells."""
    return int(given) if _NUMBER.fullmatch(given.strip()) else None


def yes_in(given: str) -> bool | None:
    """Whether it is yes; None if it is neither yes nor no."""
    return _YES_OR_NO.get(given.strip().lower())


def says_empty(given: str) -> bool:
    """Whether a cell is said to be empty: a word, where the string would have quotes."""
    return given.strip().lower() == EMPTY_CELL


def value_in(given: str) -> Literal | None:
    """The value that a text writes."""
    try:
        return literal(given)
    except NotALiteral:
        return None


def fault_of(question: CellQuestion, given: str, source: str) -> str:
    """What is to be written instead of what nobody could read; empty if it can be read.

    The name of a function or class of the program may stand for it.
    """
    match question:
        case HowMany():
            return "" if number_in(given) is not None else "a number, such as 2"
        case SameCell():
            return "" if yes_in(given) is not None else "y or n"
        case Contents():
            if says_empty(given) or value_in(given) or _is_defined(given.strip(), source):
                return ""
            return "a Python value, such as 5 or 'text', or empty"


def _is_defined(name: str, source: str) -> bool:
    return name.isidentifier() and bool(re.search(rf"\b(?:def|class)\s+{name}\b", source))


def reading(question: CellQuestion, given: str) -> Hashable:
    """What is equal for two spellings of one answer."""
    match question:
        case HowMany():
            return number_in(given)
        case SameCell():
            return yes_in(given)
        case Contents():
            value = None if says_empty(given) else value_in(given)
            return value.key if value else given.strip().lower()


def is_value(given: str, cell: CellView, cells: Cells) -> bool:
    """Whether a text is what a cell holds: `empty`, its value in any spelling, or a function's name."""
    given = given.strip()
    if cell.empty or says_empty(given):
        return cell.empty and says_empty(given)
    told = cell.value or ""
    ways = {told, *(told.removeprefix(f"{kind} ") for kind in KINDS_TOLD)}
    ways |= {each.reached_by for each in cells.functions if each.id == cell.holds}
    value = value_in(given)
    if value is None:
        return given in ways
    # At the end of a run the type is known: a text of a class of its own may look like a literal.
    of_the_type = cell.type in (None, value.kind.__name__)
    return of_the_type and value.compare(told) is Same.YES


def quoted(given: str) -> str:
    """An answer in a sentence."""
    return f"`{one_line(given, QUOTED)}`"
