"""Functions, cells, recordings and names of a program, as plain data.

A value of the learner's never travels: only its description does. What a look makes by the
thousand is a named tuple: that takes a third of the time and memory, and crosses as a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Scope(StrEnum):
    """Where a name is looked up, as seen from one function."""

    LOCAL = "local"
    CELL = "cell"
    """A local of this function that an inner function captured (`co_cellvars`)."""
    FREE = "free"
    """A name of an enclosing scope, read through this function's `__closure__`."""
    GLOBAL = "global"
    BUILTIN = "builtin"


class FreeName(NamedTuple):
    """One free variable of a function and the cell that its `__closure__` holds for it."""

    name: str
    cell: str
    """The label of the cell."""


class FunctionKind(StrEnum):
    """What sort of callable a FunctionView shows."""

    FUNCTION = "function"
    LAMBDA = "lambda"
    GENERATOR = "generator function"
    COROUTINE = "coroutine function"
    ASYNC_GENERATOR = "async generator function"
    PARTIAL = "partial"
    CACHED = "lru_cache"


class NotCaptured(NamedTuple):
    """A name that a learner may look for among a function's cells and that has none there."""

    name: str
    why: str
    """One short sentence: `the body never uses it`."""


NOT_BY_NAME = "not reached by a name"
TOO_MUCH_TO_SEARCH = "somewhere in data too large to search"
INSIDE = "inside "
"""Begins the path of what lies where Python has no notation."""


class Role(StrEnum):
    """What a function is for that the compiler made of its own accord."""

    ANNOTATIONS = "annotations"
    """Of a function, class or module; since CPython 3.14."""
    VALUE = "value"
    """Of a type alias; this and what follows since CPython 3.12."""
    BOUND = "bound"
    """Of a type parameter."""
    CONSTRAINTS = "constraints"
    """Of a type parameter."""
    DEFAULT = "default"
    """Of a type parameter; since CPython 3.13."""
    PARAMETERS = "type parameters"
    """The scope of those of a function, class or type alias."""


class Purpose(NamedTuple):
    """What a function is for that the compiler made: nobody wrote a `def` of it."""

    role: Role
    of: str
    """The name of what it belongs to: `g`, `Pair`, `T`."""
    owner: str
    """The qualified name of the function, class, alias or module of which this is a part."""

    @property
    def title(self) -> str:
        """`annotations of g`, `value of alias Pair`, `bound of T`."""
        kind = "alias " if self.role is Role.VALUE else ""
        return f"{self.role} of {kind}{'the module' if self.of == '<module>' else self.of}"


class FunctionView(NamedTuple):
    """A live function of the learner's code, as plain data."""

    id: str
    """Unique within one Cells report: `f1`, `f2`, ..."""
    kind: FunctionKind
    name: str
    """The code's own name (`co_name`): `__name__` can lie."""
    qualname: str
    """The code's own qualified name (`co_qualname`)."""
    line: int
    """The line of the `def` or `lambda`, from 1; 0 where there is no source line."""
    reached_by: str
    """How to get at it, in Python's notation where there is one: `counter.inc`, `ops['add']`,
    `add5`, `account ▸ ops['deposit']`; else `inside handlers`, NOT_BY_NAME or TOO_MUCH_TO_SEARCH."""
    free: tuple[FreeName, ...] = ()
    """In the order of `co_freevars`."""
    cell_names: tuple[str, ...] = ()
    """`co_cellvars`: its own locals that inner functions capture."""
    why_no_cells: str | None = None
    """One short sentence if `free` is empty, else None."""
    wraps: str | None = None
    """The id of the function behind `__wrapped__` (or of a partial's `func`), if it is in the report."""
    not_captured: tuple[NotCaptured, ...] = ()
    """Names of the enclosing functions that are no cells of this one, and globals: why not."""


class CellView(NamedTuple):
    """One cell that at least one live function holds."""

    label: str
    """A, B, ... Z, AA: one cell's for good within a run and at its prompt."""
    name: str
    """The variable's name in its owner."""
    owner: str | None
    """Qualified name of the function whose local it is; None where no source tells."""
    empty: bool
    type: str | None
    """Name of the value's type; None if empty."""
    value: str | None
    """A short description of the value; None if empty."""
    shared_by: tuple[str, ...]
    """Ids of the functions that hold this very cell, in the report's order."""


class CompiledFunction(NamedTuple):
    """A live function that the compiler made for the learner's code."""

    id: str
    """Unique within one Cells report: `c1`, `c2`, ..."""
    purpose: Purpose
    function: str | None
    """The id of the function of which it is a part, if that is in the report."""
    line: int
    reached_by: str
    """As in a FunctionView."""
    free: tuple[FreeName, ...]


@dataclass(frozen=True)
class Cells:
    """Every live function of the learner's and every cell that they hold, at one moment."""

    functions: tuple[FunctionView, ...] = ()
    cells: tuple[CellView, ...] = ()
    more: int = 0
    """Functions beyond the limit of a report, alive but not described."""
    compiled: tuple[CompiledFunction, ...] = ()
    """What the compiler made besides."""
    compiled_cells: tuple[CellView, ...] = ()
    """Cells that only these hold; their labels are small letters."""


class Change(StrEnum):
    """What one step of a recording changed."""

    FUNCTION_MADE = "function_made"
    FUNCTION_GONE = "function_gone"
    FILLED = "filled"
    """An empty cell got a value."""
    REBOUND = "rebound"
    """The variable was bound again, to another object or to the same one."""
    MUTATED = "mutated"
    """The object in the cell was changed in place."""
    EMPTIED = "emptied"


class Step(NamedTuple):
    """One recorded change."""

    line: int
    """The learner's line that did it, from 1; 0 if it is not known."""
    what: Change
    cell: str | None = None
    """The label of the cell that changed."""
    function: str | None = None
    """The id of the RecordedFunction that was made or is gone."""
    before: str | None = None
    after: str | None = None
    """The value before and after it, described without running learner code."""
    by: int | None = None
    """The place, among `Recording.codes`, of the code whose line it was; None if it is not known."""


class RecordedCode(NamedTuple):
    """A code object that did something in the recording: a function's, the module's."""

    name: str
    qualname: str
    line: int
    """Of the `def` or `lambda`."""


class RecordedFunction(NamedTuple):
    """A function that lived at some time in the recording."""

    id: str
    """As in the report of cells before, for one that lived then; else `r1`, `r2`, ... in order of
    making."""
    name: str
    qualname: str
    line: int
    free: tuple[FreeName, ...]


class RecordedCell(NamedTuple):
    """A cell that changed in the recording or was held by a function in it."""

    label: str
    name: str
    owner: str | None


@dataclass(frozen=True)
class Recording:
    """The timeline of a run: plain data, in order of time."""

    steps: tuple[Step, ...] = ()
    functions: tuple[RecordedFunction, ...] = ()
    cells: tuple[RecordedCell, ...] = ()
    stopped: bool = False
    """Whether there were more changes than a recording holds; the run went on unrecorded."""
    unavailable: str = ""
    """Why nothing could be recorded, in one sentence; empty if it could."""
    codes: tuple[RecordedCode, ...] = ()
    """What did the steps."""


@dataclass(frozen=True)
class NameScope:
    """One name as seen from one function, worked out from the code object."""

    name: str
    scope: Scope
    evidence: str
    """Why, in a few words: `assigned on line 5, so STORE_FAST`."""
    cell: str | None = None
    """The label of the cell, for a free name of a live function."""


@dataclass(frozen=True)
class ScopeView:
    """One function of a source, and what each of its names is."""

    qualname: str
    line: int
    depth: int
    """How many functions and classes it is nested in."""
    names: tuple[NameScope, ...]


@dataclass(frozen=True)
class ScopeMap:
    """What the compiler decides about a source, before any of it runs."""

    functions: tuple[ScopeView, ...] = ()
    fault: str | None = None
    """Why it does not compile: `SyntaxError: invalid syntax`."""
    line: int | None = None
    """The line of the fault, from 1."""
