"""A value in a few words: the name of its type, and a text of at most 120 characters.

Built-in types are described by the functions of `texts`, which look at a few items, a few levels
deep, and at the start of what is long. What only a `__repr__` of the learner's can say is asked in
a fork, once for all the values of a look; where that is not wanted, and where `object.__repr__`
would give an address, the text is `<HeavyData object>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from .asking import ask
from .reading import first, identity, kind_of, lookup, type_name
from .texts import BY_REPR, BY_TYPE, OBJECTS_REPR

LONGEST = 120
"""Characters of a whole description."""
FIRST = 6
"""Items that are shown of a container."""
DEPTH = 3
"""Levels of containers within containers that are shown."""

Iterating = Callable[[Any], Iterable[Any]]
"""How a container's items are come by: a method of the built-in type."""


class Descriptions(NamedTuple):
    """What is said of values, in their order."""

    types: list[str]
    texts: list[str]


def describe_all(values: Sequence[object], run_learners_code: bool = True) -> Descriptions:
    """Describe values; those that need the learner's code are all asked in one fork."""
    kinds = [*map(type, values)]
    which = [*map(identity, kinds)]
    distinct = dict(zip(which, kinds, strict=True))
    names = {each: cut(type_name(kind)) for each, kind in distinct.items()}
    writings = {each: BY_TYPE.get(each, Writer.write) for each in distinct}
    writer = Writer({})
    pairs = zip(map(writings.__getitem__, which), values, strict=True)
    texts = [writing(writer, value) for writing, value in pairs]
    if writer.unanswered and run_learners_code:
        texts = [*map(Writer(ask(writer.unanswered)).write, values)]
    return Descriptions(
        types=[*map(names.__getitem__, which)],
        texts=[text if len(text) <= LONGEST else cut(text) for text in texts],
    )


class Writer:
    """Writes values; those that only their own `__repr__` can tell, and no answer has, it collects."""

    def __init__(self, answers: dict[int, str]) -> None:
        self.unanswered: list[object] = []
        self._answers = answers
        self._around: list[int] = []

    def write(self, value: object) -> str:
        """The value's text; that of containers goes DEPTH levels down."""
        kind = type(value)
        if known := BY_TYPE.get(identity(kind)):
            return known(self, value)
        if issubclass(kind, type):
            return f"class {type_name(value)}"  # type: ignore[arg-type]
        # Which `__repr__` would run decides: a list's subclass without its own is written as a list.
        found = lookup(kind, "__repr__")
        if found is OBJECTS_REPR:
            return f"<{kind_of(value)} object>"
        if (inherited := BY_REPR.get(identity(found))) and issubclass(kind, inherited[0]):
            return f"{kind_of(value)}({inherited[1](self, value)})"
        if identity(value) not in self._answers:
            self.unanswered.append(value)
            return f"<{kind_of(value)} object>"
        return self._answers[identity(value)]

    def within(self, outer: object, texts: Iterable[str], count: int) -> str:
        """The inside of a container of `count` items: their texts as far as they fit."""
        if not count:
            return ""
        if identity(outer) in self._around or len(self._around) == DEPTH:
            return "…"
        self._around.append(identity(outer))
        shown: list[str] = []
        room = LONGEST - len(f"… {count:,} more")
        for text in texts:
            room -= len(text) + 2
            if shown and room < 0:
                break
            shown.append(text)
        self._around.pop()
        if (more := count - len(shown)) > 0:
            shown.append(f"… {more:,} more")
        return ", ".join(shown)

    def items(self, outer: object, iterate: Iterating, count: int) -> str:
        """The inside of a list, tuple or set."""
        return self.within(outer, map(self.write, first(FIRST, iterate, outer)), count)

    def pairs(self, outer: object, iterate: Iterating, count: int) -> str:
        """The inside of a dict."""
        pairs = first(FIRST, iterate, outer)
        texts = (f"{self.write(key)}: {self.write(value)}" for key, value in pairs)
        return self.within(outer, texts, count)

    def parts(self, outer: object, *parts: object) -> str:
        """The inside of what is no container but stands for something else."""
        return self.within(outer, map(self.write, parts[:FIRST]), len(parts))


def cut(text: str, length: int = LONGEST) -> str:
    """At most `length` characters, the last an ellipsis if there were more."""
    return text if len(text) <= length else text[: length - 1] + "…"
