"""The signs by which a misconception is known, as an author writes them, and what is wrong with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import msgspec

from tutor.course.model import WRITTEN, Kind, When
from tutor.protocol.views import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<comment>\#.*)"
    r'|"""(?:.|\n)*?"""|\'\'\'(?:.|\n)*?\'\'\''
    r'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    r"|\w+|[^\w\s]"
)
"""A word, a text, or one other character: of any program, Python or not."""


class WhenTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signs of a misconception; all must be there, and none of `unless`."""

    check: str | None = None
    says: str | None = None
    line: str | None = None
    at: Annotated[int, msgspec.Meta(ge=1)] | None = None
    label: str | None = None
    error: str | None = None
    answer: str | None = None
    code: str | None = None
    within: str | None = None
    unless: WhenTable | tuple[WhenTable, ...] = ()


WhenTables = WhenTable | tuple[WhenTable, ...]
"""Signs, or a list of alternatives."""

POSITIVE = ("check", "line", "at", "label", "error", "answer", "code")
"""What is a sign by itself."""
_NEEDS = {"says": "check", "within": "code"}
"""What belongs to another sign."""


def when_of(tables: WhenTables) -> When:
    """The signs that stand in a file."""
    if isinstance(tables, tuple):
        return When(any_of=tuple(map(when_of, tables)))
    table = tables
    return When(
        check=table.check,
        says=table.says,
        line=table.line,
        at=table.at,
        label=table.label,
        error=table.error,
        answer=table.answer,
        code=table.code,
        within=table.within,
        unless=tuple(map(when_of, _listed(table.unless))),
    )


def faults_of_signs(
    key: str, tables: WhenTables, kind: Kind, checks: tuple[str, ...] | None
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with signs: key, what, how to mend it. `checks` are those that there are, if known."""
    if not _listed(tables):
        yield key, "holds no signs", "write when = { a sign }"
    for index, table in enumerate(_listed(tables)):
        place = f"{key}[{index}]" if isinstance(tables, tuple) else key
        yield from _faults(place, table, kind, checks)
        if table.unless != ():
            yield from faults_of_signs(f"{place}.unless", table.unless, kind, checks)


def _faults(
    key: str, table: WhenTable, kind: Kind, checks: tuple[str, ...] | None
) -> Iterator[tuple[str, str, str]]:
    given = {name for name in (*POSITIVE, *_NEEDS) if getattr(table, name) not in (None, "")}
    if not given.intersection(POSITIVE):
        yield key, "holds no sign", f"write one of {', '.join(POSITIVE)}"
    for name, needed in _NEEDS.items():
        if name in given and needed not in given:
            yield f"{key}.{name}", f"needs `{needed}`", f"write {needed} = '...' beside it"
    if table.check is not None and checks is not None and table.check not in checks:
        mend = f"the checks are {'; '.join(checks) or 'none'}"
        yield f"{key}.check", f"no check `{table.check}`", mend
    if table.label is not None and not is_label(table.label):
        mend = f"write a name and one of {', '.join(Scope)}"
        yield f"{key}.label", f"`{table.label}` is no label", mend
    if table.code is not None and WRITTEN[kind].ending != "py":
        mend = "take it out: an answer is no program here"
        yield f"{key}.code", f"is not for kind {str(kind)!r}", mend
    elif table.code is not None and not tokens(table.code):
        yield f"{key}.code", "holds no code", "write what stands in the program"


def is_label(text: str) -> bool:
    """Whether a line gives a name its label: `x free`, or `inner/x free`."""
    name, _, scope = text.partition(" ")
    return name.rpartition("/")[2].isidentifier() and scope in set(Scope)


def all_tables(tables: WhenTables) -> Iterator[WhenTable]:
    """Every table of signs, those of `unless` too."""
    for table in _listed(tables):
        yield table
        yield from all_tables(table.unless)


def tokens(code: str) -> list[str]:
    """The words, texts and other characters of a program, without its spaces and comments."""
    return [found[0] for found in _TOKEN.finditer(code) if not found["comment"]]


def _listed(tables: WhenTables) -> tuple[WhenTable, ...]:
    return tables if isinstance(tables, tuple) else (tables,)
