"""How code is called in a sentence that tells what it did: by the function that a learner sees."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tutor.protocol.views import RecordedCode
from tutor.text import NAME_COLUMNS, one_line

UNKNOWN = "code that is not known"
_within_a_function = re.compile(r"(^|(\.<locals>)?\.)<(listcomp|setcomp|dictcomp|genexpr)>$")
"""A comprehension is a function of its own before 3.12; a generator expression still is."""
_PLAIN_NAMES = {"<module>": "the module", "<lambda>": "a lambda"}


def around(qualname: str) -> str:
    """The qualified name of the function that a learner sees around a line of that code."""
    while inner := _within_a_function.search(qualname):
        qualname = qualname[: inner.start()]
    return qualname or "<module>"


def spoken(qualname: str) -> str:
    """The name of a function in a sentence: `increment`, `a lambda`, `the module`."""
    name = around(qualname).rpartition(".")[2]
    return _PLAIN_NAMES.get(name) or one_line(name, NAME_COLUMNS)


def writers(codes: Iterable[RecordedCode]) -> tuple[str, ...]:
    """What each is called; by its line too, `increment (line 4)`, where others are called the same."""
    codes = tuple(codes)
    called = [spoken(code.qualname) for code in codes]
    whole: dict[str, set[tuple[str, int]]] = {}
    for code, name in zip(codes, called, strict=True):
        if around(code.qualname) == code.qualname:  # the line of a part is not that of its function
            whole.setdefault(name, set()).add((code.qualname, code.line))
    return tuple(
        f"{name} (line {code.line})"
        if (code.qualname, code.line) in whole.get(name, ()) and len(whole[name]) > 1
        else name
        for code, name in zip(codes, called, strict=True)
    )
