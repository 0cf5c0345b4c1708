"""What a word at the prompt may become: the names that there are, as Python's own completer has them.

That one (`rlcompleter`) asks `dir()` and `getattr()`, which a class can answer with code of its own.
Here the fields of the objects are read instead, so nothing of the program's runs: what a `__dir__` or a
`__getattr__` would make up is not offered, and beyond a property there is nothing to offer.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from keyword import kwlist
from types import (
    CellType,
    CodeType,
    FunctionType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodType,
    ModuleType,
)
from typing import Any

from ...protocol.reports import Completions, Entry, Report
from ...protocol.requests import Ask
from ..cpython.objects import (
    fields,
    first,
    is_data_descriptor,
    lookup,
    members,
    mro,
    names_of,
    read,
)
from .prompt import is_whole

MOST_NAMES = 100
"""What is reported; the rest is counted."""
MOST_MEMBERS = 10_000
"""What is read of one object."""
LONGEST = 100
"""Characters of a name that is offered."""
Items = Iterable[tuple[object, object]]
UNKNOWN = object()
"""What only code of the program's could tell."""
ANSWER_IN_C = (FunctionType, CodeType, CellType, MethodType, object)
"""Whose computed attributes run no Python; `TextIOWrapper.closed`, say, asks the file within."""


def completions(text: str, namespace: dict[str, object]) -> Completions:
    """What the last word of the text may become, in a namespace."""
    *path, word = _last_words(text)
    if not path:
        known = [*kwlist, *_names(_items(namespace)), *_names(_items(vars(builtins)))]
        return _beginning_with(word, known)
    thing = _found(path[0], map(_items, (namespace, vars(builtins))))
    for name in path[1:]:
        thing = _attribute(thing, name)
    return _beginning_with(word, () if thing is UNKNOWN else _attributes(thing))


def _last_words(text: str) -> list[str]:
    """The word at the end, behind those that lead to it: `a.b.wo` is `a`, `b`, `wo`."""
    start = len(text)
    while start and (text[start - 1] == "." or f"a{text[start - 1]}".isidentifier()):
        start -= 1
    return text[start:].split(".")


def _beginning_with(word: str, names: Iterable[str]) -> Completions:
    """Those of the names; with an underscore in front only if that was typed, or nothing else fits."""
    fitting = sorted({name for name in names if name.startswith(word)} - {word})
    for hidden in ("_", "__"):
        open_ones = [name for name in fitting if not name.startswith(hidden)]
        if not word.startswith(hidden) and open_ones:
            fitting = open_ones
    shown = tuple(fitting[:MOST_NAMES])
    return Completions(word, _common(fitting) or word, shown, len(fitting) - len(shown))


def _common(names: list[str]) -> str:
    """What all of these begin with; they are sorted, so the first and the last decide."""
    if not names:
        return ""
    length = 0
    for one, other in zip(names[0], names[-1], strict=False):
        if one != other:
            break
        length += 1
    return names[0][:length]


def _names(items: Items) -> list[str]:
    """The keys that can be written as names."""
    keys = [key for key, _ in items if type(key) is str and len(key) <= LONGEST]
    return [key for key in keys if key.isidentifier()]


def _items(mapping: Any) -> Items:
    """What stands in a dict. It is never asked for a key: another key's `__eq__` might answer."""
    iterate: Callable[[Any], Iterable[Any]] = dict.items
    return first(MOST_MEMBERS, iterate, mapping) if issubclass(type(mapping), dict) else []


def _found(name: str, places: Iterable[Items]) -> object:
    """What stands under the name in the first place that has it."""
    for items in places:
        for key, value in items:
            if type(key) is str and key == name:
                return value
    return UNKNOWN


def _own(thing: object) -> Any:
    """The `__dict__` of a module or of an instance; of a class it is its members, which see."""
    if issubclass(type(thing), ModuleType):
        return names_of(thing)
    getter = fields(type(thing)).attributes
    return read(getter, thing) if getter else None


def _attributes(thing: object) -> list[str]:
    """The names of all attributes that `dir()` would tell of a class without a `__dir__`."""
    is_class = issubclass(type(thing), type)
    own = () if is_class else _items(_own(thing))
    classes = mro(thing if is_class else type(thing))  # type: ignore[arg-type]
    return _names([*own, *(each for cls in classes for each in members(cls)[:MOST_MEMBERS])])


def _attribute(thing: object, name: str) -> object:
    """`thing.name`, or UNKNOWN where reading it would run code."""
    if thing is UNKNOWN:
        return UNKNOWN
    if issubclass(type(thing), type):
        return _member(_found(name, map(members, mro(thing))), None)  # type: ignore[arg-type]
    member = _found(name, map(members, mro(type(thing))))
    if member is not UNKNOWN and is_data_descriptor(member):
        return _member(member, thing)
    found = _found(name, [_items(_own(thing))])
    return _member(member, thing) if found is UNKNOWN else found


def _member(member: object, thing: object) -> object:
    """What a class has under a name, as its instance gives it, or the class itself for None."""
    if thing is not None and _is_read_in_c(member):
        found = read(member.__get__, thing)  # type: ignore[attr-defined]
        return UNKNOWN if found is None else found
    if type(member) is staticmethod:
        return member.__func__
    if type(member) is FunctionType or lookup(type(member), "__get__") is None:
        return member
    return UNKNOWN


def _is_read_in_c(member: object) -> bool:
    """Whether a class gives its instances this field without asking anybody."""
    if type(member) is GetSetDescriptorType:
        return member.__objclass__ in ANSWER_IN_C
    return type(member) is MemberDescriptorType


WHILE_TYPING: dict[str, Callable[[str, dict[str, object]], Report]] = {
    Ask.IS_WHOLE: lambda text, _: Entry(is_whole(text)),
    Ask.COMPLETE: completions,
}
"""What is asked as one types, answered from the text and the namespace."""
