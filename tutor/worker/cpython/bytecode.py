"""The instructions of a code object, read by hand: which names it uses, how, and on which line.

Not by `dis`: exec'd code is looked at while the learner's program runs, when `dis` and what it
rests on may be replaced, and a reader of four kinds of instruction is short. Holds for CPython 3.11
to 3.15; `co_code` shows the instructions as compiled, without caches and specialisation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from inspect import CO_OPTIMIZED, CO_VARARGS, CO_VARKEYWORDS
from opcode import opname
from types import CodeType

OPERATIONS = tuple(opname)

NAMES = {
    *("LOAD_NAME", "STORE_NAME", "DELETE_NAME"),
    *("STORE_GLOBAL", "DELETE_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"),
}
"""Operations whose argument is an index into `co_names`."""
VARIABLES = {
    *("LOAD_FAST", "LOAD_FAST_CHECK", "LOAD_FAST_AND_CLEAR", "LOAD_FAST_BORROW"),
    *("STORE_FAST", "DELETE_FAST"),
    *("LOAD_DEREF", "STORE_DEREF", "DELETE_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF"),
    *("LOAD_CLOSURE", "MAKE_CELL"),
}
"""Operations whose argument is an index into the variables: locals, then cells, then free."""
PAIRS = {
    "LOAD_FAST_LOAD_FAST": ("LOAD_FAST", "LOAD_FAST"),
    "STORE_FAST_LOAD_FAST": ("STORE_FAST", "LOAD_FAST"),
    "STORE_FAST_STORE_FAST": ("STORE_FAST", "STORE_FAST"),
    "LOAD_FAST_BORROW_LOAD_FAST_BORROW": ("LOAD_FAST_BORROW", "LOAD_FAST_BORROW"),
}
"""Instructions for two variables at once, four bits each: since 3.13."""


@dataclass(frozen=True, slots=True)
class Use:
    """One instruction that uses a name; one of a pair counts as the single instruction it is."""

    operation: str
    name: str
    line: int


def uses(code: CodeType) -> Iterator[Use]:
    """Every use of a name, in the order of the instructions."""
    variables = [
        *code.co_varnames,
        # A captured parameter is in both tuples and has one place, that of the parameter.
        *(name for name in code.co_cellvars if name not in code.co_varnames),
        *code.co_freevars,
    ]
    try:
        for operation, argument, line in _instructions(code):
            if operation in VARIABLES:
                yield Use(operation, variables[argument], line)
            elif operation == "LOAD_GLOBAL":  # the lowest bit says whether to push a NULL as well
                yield Use(operation, code.co_names[argument >> 1], line)
            elif operation in NAMES:
                yield Use(operation, code.co_names[argument], line)
            elif operation in PAIRS:
                first, second = PAIRS[operation]
                yield Use(first, variables[argument >> 4], line)
                yield Use(second, variables[argument & 15], line)
    except IndexError:  # `code.replace(co_names=())` is allowed as long as nobody calls it
        return


def inner_codes(code: CodeType) -> Iterator[tuple[CodeType, int]]:
    """The code objects of the functions and classes that this code makes, and their lines.

    The line is that of the `def`, where `co_firstlineno` is that of its first decorator.
    """
    for operation, argument, line in _instructions(code):
        if operation == "LOAD_CONST" and argument < len(code.co_consts):
            inner = code.co_consts[argument]
            if type(inner) is CodeType:
                yield inner, line


def imports(code: CodeType) -> Iterator[str]:
    """The first part of every name that the code imports."""
    for operation, argument, _ in _instructions(code):
        if operation in ("IMPORT_NAME", "IMPORT_FROM") and argument < len(code.co_names):
            yield code.co_names[argument].partition(".")[0]


def parameters(code: CodeType) -> tuple[str, ...]:
    """The names of all parameters, starred ones too."""
    flags = code.co_flags
    starred = bool(flags & CO_VARARGS) + bool(flags & CO_VARKEYWORDS)
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + starred]


def is_function_body(code: CodeType) -> bool:
    """Whether the code is of a function: modules and class bodies run as one, for a moment."""
    return bool(code.co_flags & CO_OPTIMIZED)


def _instructions(code: CodeType) -> Iterator[tuple[str, int, int]]:
    """Operation, argument, line."""
    bytecode = code.co_code
    argument = 0
    for start, end, line in code.co_lines():
        for offset in range(
            start, min(end, len(bytecode)), 2
        ):  # `code.replace` can make it shorter
            operation = OPERATIONS[bytecode[offset]]
            argument = argument << 8 | bytecode[offset + 1]
            if operation != "EXTENDED_ARG":
                yield operation, argument, line or code.co_firstlineno
                argument = 0
