"""What the compiler makes beside the functions and classes that are written, and what it is for.

Since 3.12 the bound of a type parameter and the value of a type alias are functions (PEP 695), since
3.13 its default (PEP 696), since 3.14 the annotations of a function, class or module (PEP 649);
type parameters have a scope, which is a function too. Each is known by what the code around it does
with it, which no code that is written can do, and not by its name.
"""

from __future__ import annotations

import opcode
from collections.abc import Iterable, Iterator
from itertools import islice
from types import CodeType
from typing import NamedTuple

from ...protocol.views import Purpose, Role
from .bytecode import inner_codes, is_function_body
from .instructions import instructions
from .objects import identity, plain

GENERIC, END = "<generic parameters of ", ">"
"""Around what the scope of type parameters belongs to: no name that can be written."""
ANNOTATE = 16
"""The flag of SET_FUNCTION_ATTRIBUTE for `__annotate__`: Include/internal/pycore_opcode_utils.h."""
INTRINSICS = {
    "INTRINSIC_TYPEALIAS": Role.VALUE,
    "INTRINSIC_TYPEVAR_WITH_BOUND": Role.BOUND,
    "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS": Role.CONSTRAINTS,
    "INTRINSIC_SET_TYPEPARAM_DEFAULT": Role.DEFAULT,
}
"""What takes a function just made, and what that is for."""
TAKERS = {
    (f"CALL_INTRINSIC_{number}", argument): INTRINSICS[name]
    for number in (1, 2)
    for argument, name in enumerate(getattr(opcode, f"_intrinsic_{number}_descs", ()))
    if name in INTRINSICS
}
KEEPS = {"SET_FUNCTION_ATTRIBUTE", "BUILD_TUPLE"}
"""After these the function just made is on the stack still, or in a tuple there."""
PRELUDE = 12
"""Instructions at most of `if format > 2: raise NotImplementedError`, which annotations begin with."""
REFUSAL = [
    ("LOAD_COMMON_CONSTANT", argument)
    for argument, constant in enumerate(getattr(opcode, "_common_constants", ()))
    if constant is NotImplementedError
]
"""That NotImplementedError: a name that is written is looked up."""


class Inner(NamedTuple):
    """A code object that is a constant of another one."""

    code: CodeType
    line: int
    """As `inner_codes` has it."""
    purpose: Purpose | None
    """What it is for, if the compiler made it of its own accord."""


def inner_of(code: CodeType) -> Iterator[Inner]:
    """The code objects of what this code makes."""
    inner = [*inner_codes(code)]
    purposes = dict(_purposes(code)) if inner else {}
    for each, line in inner:
        yield Inner(each, line, purposes.get(identity(each)) or _purpose_alone(each))


OF_A_BODY = {"__classdict__", "__conditional_annotations__"}
"""Cells that a class or module may own since 3.14 for its annotations (PEP 649), also if it has none."""


def is_hidden(name: str, code: CodeType, inner: Iterable[Inner]) -> bool:
    """Whether a cell variable of the code is the compiler's alone.

    It is where no code that was written captures it. One that nothing captures may have been
    captured by code that was left out, as after `if 0:`; only of a class or module it is known.
    `inner` is what stands in the code.
    """
    holders = [each for each in inner if name in each.code.co_freevars]
    if name.startswith(".") or not holders:
        return name.startswith(".") or (name in OF_A_BODY and not is_function_body(code))
    return not any(captors(name, holders))


def captors(name: str, inner: Iterable[Inner]) -> Iterator[Inner]:
    """The code that was written and captures the name, in these or within what the compiler made."""
    for each in inner:
        if name in each.code.co_freevars:
            if each.purpose is None:
                yield each
            else:
                yield from captors(name, inner_of(each.code))


def _purposes(code: CodeType) -> Iterator[tuple[int, Purpose]]:
    """By the identity of inner code, what this code uses it for."""
    made: list[CodeType] = []
    is_just_made = False
    for each in instructions(code):
        operation, argument = each.operation, each.argument
        if operation == "LOAD_CONST" and argument < len(code.co_consts):
            if type(constant := code.co_consts[argument]) is CodeType:
                made.append(constant)
        elif operation == "SET_FUNCTION_ATTRIBUTE" and argument == ANNOTATE and made[1:]:
            # Nothing is made between a function and its annotations.
            yield identity(made[-2]), _purpose(Role.ANNOTATIONS, made[-1])
        elif is_just_made and (role := TAKERS.get((operation, argument))):
            yield identity(made[-1]), _purpose(role, made[-1], code)
        elif operation.startswith("STORE_") and is_just_made and _is_of_a_body(code, made[-1]):
            yield identity(made[-1]), _purpose(Role.ANNOTATIONS, code)
        is_just_made = bool(made) and (
            operation == "MAKE_FUNCTION" or (is_just_made and operation in KEEPS)
        )


def _is_of_a_body(code: CodeType, inner: CodeType) -> bool:
    """Whether it is the annotations of a class or module, which stores them under a name."""
    if is_function_body(code) or inner.co_posonlyargcount != 1 or not REFUSAL:
        return False
    begins = ((each.operation, each.argument) for each in islice(instructions(inner), PRELUDE))
    return any(each in REFUSAL for each in begins)


def _purpose_alone(code: CodeType) -> Purpose | None:
    """What code is for that says so itself."""
    return _purpose(Role.PARAMETERS, code) if code.co_name.startswith(GENERIC) else None


def _purpose(role: Role, of: CodeType, around: CodeType | None = None) -> Purpose:
    """The purpose of what belongs to `of`; type parameters are those of what their scope is for."""
    name, qualname = plain(of.co_name), plain(of.co_qualname)
    if role in (Role.BOUND, Role.CONSTRAINTS, Role.DEFAULT) and around:
        return Purpose(role, name, _purpose(Role.PARAMETERS, around).owner)
    if role is Role.PARAMETERS:
        prefix = qualname.removesuffix(name)
        name = name.removeprefix(GENERIC).removesuffix(END)
        qualname = prefix + name
    return Purpose(role, name, qualname)
