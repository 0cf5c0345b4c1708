"""Two spellings of one value: `('a',)` and `("a",)` print the same."""

from __future__ import annotations

import ast
import warnings

LONGEST_LITERAL = 2000
"""Characters of a line that are still read as Python: the parser recurses on what a learner types."""


def same_line(given: str, printed: str) -> bool:
    """Whether a predicted line is the printed one, in any spelling of its literal.

    The literal is the whole line, or what stands behind the first colon: `names: ("a",)`.
    """
    if given == printed:
        return True
    head, colon, value = given.partition(": ")
    printed_head, _, printed_value = printed.partition(": ")
    return _same_literal(given, printed) or (
        bool(colon) and head == printed_head and _same_literal(value, printed_value)
    )


def _same_literal(one: str, other: str) -> bool:
    if max(len(one), len(other)) > LONGEST_LITERAL:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" in a string warns, on the learner's screen
            first, second = ast.literal_eval(one), ast.literal_eval(other)
            return type(first) is type(second) and repr(first) == repr(second)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False
