"""A value in a few words: the name of its type, and a text of at most 120 characters.

Built-in types are described by the functions of `writers`, which look at a few items, a few levels
deep, and at the start of what is long. What only a `__repr__` of the learner's can say is asked in
a fork, once for all the values of a look; where that is not wanted, and where `object.__repr__`
would give an address, the text is `<HeavyData object>`.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import (
    AsyncGeneratorType,
    BuiltinFunctionType,
    CodeType,
    CoroutineType,
    FunctionType,
    GeneratorType,
    MethodDescriptorType,
    MethodType,
    ModuleType,
)
from typing import NamedTuple

from ..cpython.objects import identity, type_name
from .cut import LONGEST, cut
from .repr_fork import ask
from .writers import BY_TYPE, Writer

FIRST_WORDS: dict[int, str] = {
    identity(kind): f"{word} "
    for kind, word in (
        (FunctionType, "function"),
        (MethodType, "method"),
        (BuiltinFunctionType, "builtin"),
        (MethodDescriptorType, "builtin"),
        (ModuleType, "module"),
        (GeneratorType, "generator"),
        (CoroutineType, "coroutine"),
        (AsyncGeneratorType, "async generator"),
        (CodeType, "code"),
    )
}
"""By type: with what the text of a value begins that the name of its type says as well."""


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


def beside_its_type(value: object, text: str) -> str:
    """A value's text where the name of its type stands before it: `parse`, not `function parse`."""
    return text.removeprefix(FIRST_WORDS.get(identity(type(value)), ""))
