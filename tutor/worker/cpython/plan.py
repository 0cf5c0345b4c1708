"""Which instructions of a code object change a cell or make a function: worked out before it runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from opcode import opmap
from types import CodeType
from typing import NamedTuple

from .bytecode import is_function_body
from .compiled import Inner, inner_of, is_hidden
from .instructions import SUSPENDS, Instruction, depths, instructions, variables
from .objects import plain

CELL_CONTENTS = "cell_contents"
CLASS_CELL = "__class__"
INLINED = {"<listcomp>", "<setcomp>", "<dictcomp>"}


class Effect(Enum):
    """What an instruction does."""

    STORED = auto()
    """It binds a variable that lives in a cell."""
    DELETED = auto()
    CELL_MADE = auto()
    """A comprehension within the function makes a cell of its own (3.12 and later)."""
    FUNCTION_MADE = auto()
    CONTENTS_SET = auto()
    """It is about to assign the attribute `cell_contents`, of whatever object."""
    CONTENTS_DELETED = auto()
    CALLED = auto()
    """It called something, perhaps `types.FunctionType`."""


class Event(NamedTuple):
    """One instruction that the recorder must know of."""

    effect: Effect
    line: int
    line_after: int
    """The line of the next instruction."""
    slot: int
    """The number of the variable; else the place in the frame of the function made, of what a call
    gave, or of the object whose attribute is assigned."""
    inner: Plan | None = None
    """Of the function made."""


@dataclass(slots=True, eq=False)
class Plan:
    """What the recorder must know of one code object."""

    qualname: str
    name: str
    line: int
    """Of the `def` or `lambda`."""
    variables: tuple[str, ...]
    cells: tuple[int, ...]
    """The variables whose cells a call makes."""
    makes_class: bool
    """Whether it is a class body whose methods want a `__class__` cell."""
    suspends: bool
    """Whether it is a generator or the like."""
    holds: tuple[int, ...]
    """All variables that live in cells: `cells` and the free ones."""
    first_free: int
    instructions: Sequence[Instruction] = ()
    """Empty if none of them matters."""
    after: dict[int, Event] = field(default_factory=dict)
    """What an instruction has done once the next one is reached, by its start."""
    before: dict[int, Event] = field(default_factory=dict)
    """What an instruction is about to do, by its start."""
    is_written: bool = True
    """Whether the learner wrote it: not what the compiler makes of annotations and type parameters."""
    number: int | None = None
    """Its number on the tape, once it is there."""
    place: int = 0
    """Where its lines begin among the places of the tape, once it has a number."""
    is_of_file: bool = True
    """Whether its lines are those of the learner's file: not if exec or eval was given a text."""

    @property
    def matters(self) -> bool:
        """Whether a call, or any of its instructions, is to be told of at all times."""
        return bool(self.cells or self.after or self.before)


ON_CELLS = {
    opmap["STORE_DEREF"]: Effect.STORED,
    opmap["DELETE_DEREF"]: Effect.DELETED,
    opmap["MAKE_CELL"]: Effect.CELL_MADE,
}
ON_ATTRIBUTES = {
    opmap["STORE_ATTR"]: Effect.CONTENTS_SET,
    opmap["DELETE_ATTR"]: Effect.CONTENTS_DELETED,
}
MAKE_FUNCTION = opmap["MAKE_FUNCTION"]
RESUME = opmap["RESUME"]
MATTER = frozenset((*ON_CELLS, *ON_ATTRIBUTES, MAKE_FUNCTION))
CALLS = frozenset(opmap[name] for name in ("CALL", "CALL_FUNCTION_EX", "CALL_KW") if name in opmap)
FUNCTION_TYPES = {"FunctionType", "LambdaType", "type"}
"""Code that has one of these names may make functions by a call."""


def plans_of(root: CodeType) -> list[tuple[CodeType, Plan]]:
    """The plans of a code object and of all code within it, if it is as the compiler makes it."""
    made: list[tuple[CodeType, Plan]] = []
    _plan(Inner(root, root.co_firstlineno, None), made)
    return made


def _plan(of: Inner, made: list[tuple[CodeType, Plan]]) -> Plan:
    code, line, purpose = of
    within = [*inner_of(code)]
    # By id: code objects compare by their constants. `code` keeps them all alive meanwhile.
    inner = {id(each.code): _plan(each, made) for each in within}
    names = variables(code)
    hidden = {name for name in code.co_cellvars if is_hidden(name, code, within)}
    plan = Plan(
        plain(code.co_qualname),
        plain(code.co_name),
        line,
        names,
        tuple(names.index(name) for name in code.co_cellvars if name not in hidden),
        CLASS_CELL in code.co_cellvars and not is_function_body(code),
        bool(code.co_flags & SUSPENDS),
        tuple(names.index(name) for name in (*code.co_cellvars, *code.co_freevars)),
        len(names) - len(code.co_freevars),
        is_written=purpose is None,
    )
    operations = code.co_code[::2]
    try:
        if _calls_types(code) or not MATTER.isdisjoint(operations):
            plan.instructions = instructions(code)
            for instruction, happening in _happenings(code, plan, inner, hidden):
                early = happening.effect in ON_ATTRIBUTES.values()
                (plan.before if early else plan.after)[instruction.start] = happening
        operations.index(RESUME)
    except (LookupError, ValueError):  # it is not from the compiler: `code.replace(co_consts=())`
        return plan
    made.append((code, plan))
    return plan


def _happenings(
    code: CodeType, plan: Plan, inner: dict[int, Plan], hidden: set[str]
) -> Iterator[tuple[Instruction, Event]]:
    """The instructions that matter, in order."""
    found = plan.instructions
    lines = dict(line_of_each_offset(code, plan.line))
    heights: dict[int, int] = {}
    calls_types = _calls_types(code)
    begun = False  # the cells of the call itself are made before RESUME

    def happening(effect: Effect, slot: int, of: Plan | None = None) -> Event:
        line = lines[instruction.offset]
        return Event(effect, line, lines.get(instruction.end, line), slot, of)

    def top(before: Instruction) -> int:
        """The place of what lies uppermost on the stack before an instruction."""
        nonlocal heights
        heights = heights or depths(code, found)
        return len(plan.variables) + heights.get(before.start, 1) - 1

    for place, instruction in enumerate(found):
        opcode, argument = instruction.opcode, instruction.argument
        if opcode == RESUME:
            begun = True
        elif opcode in ON_CELLS:
            shown = begun and plan.variables[argument] not in hidden
            if shown and not _is_cleanup(code, found, place):
                yield instruction, happening(ON_CELLS[opcode], argument)
        elif opcode in ON_ATTRIBUTES:
            if code.co_names[argument] == CELL_CONTENTS:
                yield instruction, happening(ON_ATTRIBUTES[opcode], top(instruction))
        elif opcode == MAKE_FUNCTION:
            made = code.co_consts[found[place - 1].argument]
            if id(made) in inner and inner[id(made)].is_written and _is_shown_function(made):
                place = _completed(found, place)
                function = happening(Effect.FUNCTION_MADE, top(found[place + 1]), inner[id(made)])
                yield found[place], function
        elif calls_types and opcode in CALLS:
            yield instruction, happening(Effect.CALLED, top(found[place + 1]))


def line_of_each_offset(code: CodeType, first: int) -> Iterator[tuple[int, int]]:
    """The line of each offset; that before it, where the compiler gave none."""
    at = first
    for start, end, line in code.co_lines():
        at = line or at
        for offset in range(start, end, 2):
            yield offset, at


def _calls_types(code: CodeType) -> bool:
    return not FUNCTION_TYPES.isdisjoint((*code.co_names, *variables(code)))


def _is_shown_function(code: CodeType) -> bool:
    """Whether a function of this code is one that a learner made.

    Not class bodies, nor comprehensions (functions up to 3.11).
    """
    return is_function_body(code) and code.co_name not in INLINED


def _completed(found: Sequence[Instruction], place: int) -> int:
    """The place of what completes a function: since 3.13 its closure is set after it is made."""
    while found[place + 1].operation == "SET_FUNCTION_ATTRIBUTE":
        place += 1
    return place


def _is_cleanup(code: CodeType, found: Sequence[Instruction], place: int) -> bool:
    """Whether it is the None that the compiler stores before `except ... as e` deletes `e`.

    Both instructions then have one position in the source; those of `e = None; del e` have two.
    """
    this, following = found[place], found[place + 1]
    if this.operation != "STORE_DEREF" or following.operation != "DELETE_DEREF":
        return False
    positions = list(code.co_positions())
    return positions[this.offset // 2] == positions[following.offset // 2]
