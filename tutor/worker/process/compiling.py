"""Compiling, with the parser's own limit told for what it is."""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType

from . import limits

TOO_DEEP = "the program is nested too deep for Python's parser"


def compiled(compile_it: Callable[[], CodeType]) -> CodeType:
    """What `compile_it` gives; RecursionError if the source is nested too deep for the parser.

    Of what the parser cannot follow (`------1`, 6,000 deep) it says MemoryError, from 3.12 on with
    a text (MAXSTACK in CPython's Parser/parser.c); of what comes after it, RecursionError.
    """
    try:
        return compile_it()
    except MemoryError as error:
        if not error.args and not _fails_with_room(compile_it):
            raise
        raise RecursionError(TOO_DEEP) from None


def _fails_with_room(compile_it: Callable[[], CodeType]) -> bool:
    """Whether more memory does not help."""
    limits.make_room()
    try:
        compile_it()
    except MemoryError:
        return True
    return False
