"""A Python literal that is asked for, held against the text that a recording has of a value.

The same is only what has the same type and the same value: `True` is not `1`, nor is `1.0`.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from tutor.text import one_line

LONGEST_LITERAL = 2_000
"""Characters that are read as Python: the parser recurses on what a learner types."""
TOO_LONG = f"What is asked for has more than {LONGEST_LITERAL:,} characters."
NO_LITERAL = "What is asked for must be a Python literal, such as 3, 'text', None or [1, 2]."
LABELS = "a cell is called by its letter, A or B, as `inspect` prints it."
LONGEST_TOLD = 40
LARGEST_TOLD = 80
"""Bytes."""
MOST_ITEMS = 6
DEEPEST = 3
"""What the recorder tells whole: so many characters, items of a container, and levels of them."""

CONTAINERS = (list, tuple, set, dict)
NUMBERS = (int, float, complex)
OPENINGS: dict[str, tuple[type, ...]] = {
    "[": (list,),
    "{": (set, dict),
    "(": (tuple, complex),
    "'": (str,),
    '"': (str,),
    "b'": (bytes,),
    'b"': (bytes,),
    **dict.fromkeys("-0123456789", NUMBERS),
}
"""What a value is of which a text is a part, by how that begins."""
NOTHING_OF_IT = ("[… ", "{… ", "(… ")
"""How a container's text begins of which nothing could be told."""

_plain = re.compile(r"-?\d+|'[^'\\]*'|True|False|None", re.ASCII)
"""The texts that most values have: to read one as Python takes 20 µs, and a recording has 100,000."""
_no_literal = re.compile(
    r"(function|method|builtin|module|class|code|generator|coroutine|async generator) [\w.<>]+…?"
    r"|(range|deque|frozenset|frozendict|bytearray)\(.*|NotImplemented"
    r"|(partial|lru_cache|staticmethod|classmethod) of .*"
    r"|empty cell|cell holding .*|dead weakref|weakref to .*",
    re.DOTALL,
)
"""What is said of values that no literal has: their types are Python's own."""
_digits_counted = re.compile(r"an int of about [\d,]+ digits")
_of_a_class = re.compile(r"<|\w\(")
"""Beside an object of a class: that may well call itself equal to what it is not."""
_NAMES: dict[str, Any] = {
    "inf": float("inf"),
    "nan": float("nan"),
    "infj": complex(0, float("inf")),
    "nanj": complex(0, float("nan")),
    "Ellipsis": ...,
}
"""Values whose text is no literal."""
_UNREADABLE = (ValueError, SyntaxError, TypeError, MemoryError, RecursionError)


class NotALiteral(ValueError):
    """What was asked for is no literal; str() is one sentence."""


class Same(Enum):
    """Whether a value is the one that is asked for."""

    YES = auto()
    NO = auto()
    UNTOLD = auto()
    """Its text does not tell."""


@dataclass(frozen=True)
class Literal:
    """A value that is asked for."""

    text: str
    """As Python writes it."""
    kind: type
    key: object
    """What is equal for the same value of the same type only."""
    told_whole: bool
    """Whether a recording would have all of it."""
    changes: bool
    """Whether it can be changed in place."""
    changes_within: bool
    """Whether something within it can: of that a recording does not hear."""

    def compare(self, told: str) -> Same:
        """Whether a value is this one, of which a recording tells so much."""
        if told == self.text or _plain.fullmatch(told):
            return Same.YES if told == self.text else Same.NO
        kinds = (int,) if _digits_counted.fullmatch(told) else _begins_as(told)
        if kinds and self.kind not in kinds:
            return Same.NO
        # Whatever the order of a set or dict, its text has the same characters.
        whole = self.told_whole and kinds and not _of_a_class.search(told)
        if whole and sorted(told) != sorted(self.text):
            return Same.NO
        value = _read(told)
        if value is not _UNREAD:
            return Same.YES if _key(value) == self.key else Same.NO
        return Same.NO if whole or _no_literal.fullmatch(told) else Same.UNTOLD


def literal(text: str) -> Literal:
    """The value that is asked for; raises NotALiteral."""
    text = text.strip()
    if len(text) > LONGEST_LITERAL:
        raise NotALiteral(TOO_LONG)
    try:
        value = _evaluated(text)
        written = repr(value)
    except _UNREADABLE:
        raise NotALiteral(NO_LITERAL) from None
    return Literal(
        written,
        type(value),
        _key(value),
        len(written) <= LONGEST_TOLD
        and len(written.encode("utf-8", "replace")) <= LARGEST_TOLD
        and _is_small(value, DEEPEST),
        type(value) in (list, set, dict),
        any(map(_changes, _parts(value))),
    )


def equation(text: str) -> tuple[str, Literal]:
    """The label of a cell and the value that is asked for: of `A == 3`. Raises NotALiteral."""
    label, equals, value = text.partition("==")
    if not equals or not is_label(label.strip()):
        raise NotALiteral(f"`{one_line(text, 40)}` is no question such as A == 3: {LABELS}")
    return label.strip(), literal(value)


def is_label(text: str) -> bool:
    """Whether a cell may be called so."""
    return text.isascii() and text.isalpha() and text.isupper()


_UNREAD = object()


def _begins_as(told: str) -> tuple[type, ...]:
    """What a value may be whose text begins so; nothing if it may be of any class."""
    if told.startswith(NOTHING_OF_IT):
        return ()
    return OPENINGS.get(told[:1]) or OPENINGS.get(told[:2], ())


def _read(told: str) -> object:
    """The value, if the text is all of it and tells its type; else _UNREAD."""
    try:
        value = _evaluated(told, _NAMES)
    except _UNREADABLE:
        return _UNREAD
    # A class may be called `` or `1 #`: its `(3)` can be read as another value, but is not its text.
    # In a set the items may stand in another order.
    return value if sorted(repr(value)) == sorted(told) else _UNREAD


def _evaluated(text: str, names: Mapping[str, Any] | None = None) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "\d" in a string warns, on the learner's screen
        tree = ast.parse(text, mode="eval")
    return ast.literal_eval(_Named(names).visit(tree) if names else tree)


class _Named(ast.NodeTransformer):
    """Puts values in place of names."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """The value of a name, if it has one."""
        return ast.Constant(self.names[node.id]) if node.id in self.names else node


def _key(value: Any) -> object:
    kind = type(value)
    if kind is dict:
        return kind, frozenset((_key(key), _key(each)) for key, each in value.items())
    if kind is set:
        return kind, frozenset(map(_key, value))
    if kind in (list, tuple):
        return kind, tuple(map(_key, value))
    return kind, repr(value)


def _parts(value: Any) -> tuple[Any, ...]:
    """What is directly within a container."""
    if type(value) is dict:
        return (*value, *value.values())
    return tuple(value) if type(value) in CONTAINERS else ()


def _changes(value: Any) -> bool:
    return type(value) in (list, set, dict) or any(map(_changes, _parts(value)))


def _is_small(value: Any, depth: int) -> bool:
    """Whether no container in it is one that is told in part."""
    if type(value) not in CONTAINERS:
        return True
    few = len(value) <= MOST_ITEMS
    return few and depth > 0 and all(_is_small(each, depth - 1) for each in _parts(value))
