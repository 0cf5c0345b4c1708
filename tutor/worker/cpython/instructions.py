"""How control and the stack go through a code object: what the recorder must know beforehand.

Holds for CPython 3.11 to 3.15. Not by `dis`, for the reasons that `bytecode` gives; both read
`co_code`, which shows the instructions as compiled, without specialisation.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR
from opcode import HAVE_ARGUMENT, hasjrel, opmap, stack_effect
from types import CodeType
from typing import NamedTuple

from .bytecode import OPERATIONS

CACHE = 0
"""The opcode of the space behind an instruction that specialisation uses."""
EXTENDED_ARG = opmap["EXTENDED_ARG"]
JUMPS = frozenset(hasjrel) - {opmap["END_ASYNC_FOR"]}
"""All are relative since 3.11. END_ASYNC_FOR only says where its loop is (since 3.14)."""
BACKWARD = frozenset(opcode for name, opcode in opmap.items() if "BACKWARD" in name)
GOTOS = frozenset(
    opmap[name] for name in ("JUMP_FORWARD", "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT")
)
ENDS = GOTOS | frozenset(
    opmap[name]
    for name in ("RETURN_VALUE", "RETURN_CONST", "RAISE_VARARGS", "RERAISE")
    if name in opmap
)
"""Operations that the next instruction does not follow."""
SUSPENDS = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR
ON_STACK_AT_START = SUSPENDS if sys.version_info < (3, 13) else 0
"""Up to 3.12 the value that a generator is resumed with counts from the start (compile.c)."""


class Instruction(NamedTuple):
    """One instruction: from its EXTENDED_ARGs to the end of its caches. Offsets in bytes."""

    start: int
    offset: int
    """Of the operation itself."""
    end: int
    opcode: int
    argument: int

    @property
    def operation(self) -> str:
        """The name of its opcode, as `dis` has it."""
        return OPERATIONS[self.opcode]

    @property
    def target(self) -> int:
        """Where it jumps to, if it is a jump."""
        words = -self.argument if self.opcode in BACKWARD else self.argument
        return self.end + 2 * words


def variables(code: CodeType) -> tuple[str, ...]:
    """The names of a code's variables by number: locals, then cells, then free variables."""
    # A captured parameter is in two tuples and has one place, that of the parameter.
    cells = [name for name in code.co_cellvars if name not in code.co_varnames]
    return (*code.co_varnames, *cells, *code.co_freevars)


def instructions(code: CodeType) -> list[Instruction]:
    """All instructions, in order."""
    found = []
    bytecode = code.co_code
    start = argument = offset = 0
    while offset < len(bytecode):
        opcode = bytecode[offset]
        argument = argument << 8 | bytecode[offset + 1]
        end = offset + 2
        if opcode != EXTENDED_ARG:
            while bytecode[end : end + 1] == b"\0":  # a cache
                end += 2
            found.append(Instruction(start, offset, end, opcode, argument))
            start, argument = end, 0
        offset = end
    return found


def depths(code: CodeType, found: Sequence[Instruction]) -> dict[int, int]:
    """The height of the stack before each instruction that can be reached, by its start.

    The compiler makes sure that all ways to an instruction give it the same height.
    """
    by_start = {each.start: each for each in found}
    heights: dict[int, int] = {}
    ways = [(0, 1 if code.co_flags & ON_STACK_AT_START else 0), *_handlers(code)]
    while ways:
        start, height = ways.pop()
        while start not in heights:
            heights[start] = height
            instruction = by_start[start]
            _, _, start, opcode, argument = instruction
            given = argument if opcode >= HAVE_ARGUMENT else None
            if opcode in JUMPS:
                there = height + stack_effect(opcode, given, jump=True)
                ways.append((instruction.target, there))
            if opcode in ENDS:
                break
            height += stack_effect(opcode, given, jump=False)
    return heights


def _handlers(code: CodeType) -> Iterator[tuple[int, int]]:
    """Where each exception handler starts, and with which height of the stack.

    Source: Objects/exception_handling_notes.txt; four numbers an entry, six bits a byte.
    """
    numbers = _numbers(code.co_exceptiontable)
    for _start, _length, target, depth in zip(numbers, numbers, numbers, numbers, strict=True):
        height, with_offset = depth >> 1, depth & 1
        yield 2 * target, height + with_offset + 1


def _numbers(table: bytes) -> Iterator[int]:
    value = 0
    for byte in table:
        value = value << 6 | byte & 63
        if not byte & 64:
            yield value
            value = 0
