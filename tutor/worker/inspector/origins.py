"""What the source tells of each code object: where its cells come from, and why it has none.

Nothing in a cell or a function records whose local it is. The tree of code objects does: the owner
of a free variable is the nearest enclosing code that has the name in `co_cellvars`. That may be the
module, a class body (`__class__`), a `<listcomp>` on 3.11 or `<generic parameters of f>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR
from types import CodeType, FunctionType
from typing import NamedTuple
from weakref import ref

from ...protocol.views import FunctionKind, NotCaptured, Purpose
from ..cpython.bytecode import is_function_body
from ..cpython.objects import exact, identity, plain
from .reasons import LAMBDA, Names, not_captured, why_no_cells

NO_CELLS_OF_ITS_OWN = {
    FunctionKind.PARTIAL: "a partial keeps its function and arguments in attributes, not in cells",
    FunctionKind.CACHED: "an lru_cache wrapper keeps its function and results in itself, not in cells",
}


class Variable(NamedTuple):
    """A free variable: the qualified name of the function whose local it is, if known; its name."""

    owner: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of every function of one code object, worked out once."""

    kind: FunctionKind
    name: str
    qualname: str
    line: int
    variables: tuple[Variable, ...]
    """Its free variables."""
    cell_names: tuple[str, ...]
    why_no_cells: str | None
    not_captured: tuple[NotCaptured, ...]
    positional: bool = False
    keyword_only: bool = False
    """Whether it has such parameters."""
    namesakes: frozenset[str] = frozenset()
    """Its parameters that are called as a variable of an enclosing function."""
    purpose: Purpose | None = None
    """What it is for, if the compiler made it."""

    def of(self, function: FunctionType) -> Origin:
        """The same for one function: its default arguments may copy what is around it."""
        copies = self._copies(function)
        names = {copy.name for copy in copies}
        others = [each for each in self.not_captured if each.name not in names]
        why = copies[0].why if copies and not self.variables else self.why_no_cells
        return replace(self, why_no_cells=why, not_captured=(*copies, *others))

    def behind(self, kind: FunctionKind) -> Origin:
        """The origin of a partial or lru_cache wrapper of such a function."""
        why = NO_CELLS_OF_ITS_OWN[kind]
        return Origin(kind, self.name, self.qualname, self.line, (), (), why, ())

    def _copies(self, function: FunctionType) -> list[NotCaptured]:
        made = "lambda was made" if self.kind is FunctionKind.LAMBDA else "def ran"
        why = "`{}` is a default argument: its value was taken when the {}"
        return [
            NotCaptured(name, why.format(name, made))
            for name in defaulted(function)
            if name in self.namesakes
        ]


class Origins:
    """The origins of the learner's code objects, which it holds by weak references only.

    Code is the learner's if it is part of the module or was added, or if `is_learners` says so: by
    default, if it names the module's file.
    """

    def __init__(
        self, module: CodeType, is_learners: Callable[[CodeType], bool] | None = None
    ) -> None:
        self._file = module.co_filename
        self._is_learners = is_learners or self._is_of_the_file
        self._known: dict[int, tuple[ref[CodeType], Origin | None]] = {}
        self._prune_at = 1_000
        self.add(module)

    def add(self, root: CodeType) -> None:
        """Take in code that runs, or that a function was made of by hand.

        Code that is known from its source may now stand behind cells of any make: it has no owners
        from here on.
        """
        if identity(root) in self._known and (known := self.of(root)):
            self._keep(root, _origin(Names(root, known.purpose), known.line, ()))
            return
        for code, origin in trace(root):
            self._keep(code, origin)

    def of(self, code: CodeType) -> Origin | None:
        """The origin of the learner's code; None if it is not the learner's, or no function's."""
        # By identity: code objects compare and hash by their constants.
        known = self._known.get(identity(code))
        if known and known[0]() is code:
            return known[1]
        learners = self._is_learners(code)
        return self._keep(code, _origin(Names(code), code.co_firstlineno, ()) if learners else None)

    def _keep(self, code: CodeType, origin: Origin | None) -> Origin | None:
        kept = origin if is_function_body(code) else None
        self._known[identity(code)] = ref(code), kept
        if len(self._known) > self._prune_at:  # a program that calls exec in a loop
            self._known = {key: entry for key, entry in self._known.items() if entry[0]()}
            self._prune_at = 1_000 + 2 * len(self._known)
        return kept

    def _is_of_the_file(self, code: CodeType) -> bool:
        file = code.co_filename
        return type(file) is str and file == self._file


def trace(
    code: CodeType,
    line: int = 0,
    enclosing: tuple[Names, ...] = (),
    purpose: Purpose | None = None,
) -> Iterator[tuple[CodeType, Origin]]:
    """The code object and all within it, each with its origin; `enclosing` is innermost first."""
    own = Names(code, purpose)
    yield code, _origin(own, line or code.co_firstlineno, enclosing)
    for inner, at, its_purpose in own.inner:
        yield from trace(inner, at, (own, *enclosing), its_purpose)


def defaulted(function: FunctionType) -> list[str]:
    """The parameters of a function that have a default now."""
    code, keywords = function.__code__, function.__kwdefaults__
    positional = code.co_varnames[: code.co_argcount]
    without = len(positional) - len(exact(function.__defaults__))
    # A learner may set `__kwdefaults__` to a dict with any keys.
    named = () if keywords is None else (key for key in dict.keys(keywords) if type(key) is str)
    return [*positional[max(0, without) :], *named]


def kind_of(code: CodeType) -> FunctionKind:
    """What sort of function the code makes."""
    if code.co_flags & CO_COROUTINE:
        return FunctionKind.COROUTINE
    if code.co_flags & CO_ASYNC_GENERATOR:
        return FunctionKind.ASYNC_GENERATOR
    if code.co_flags & CO_GENERATOR:
        return FunctionKind.GENERATOR
    return FunctionKind.LAMBDA if plain(code.co_name) == LAMBDA else FunctionKind.FUNCTION


def owner_of(name: str, enclosing: tuple[CodeType, ...]) -> CodeType | None:
    """The nearest enclosing code whose cell variable `name` is."""
    return next((code for code in enclosing if name in code.co_cellvars), None)


def _origin(own: Names, line: int, enclosing: tuple[Names, ...]) -> Origin:
    code, around = own.code, tuple(outer.code for outer in enclosing)
    outer_names = {name for outer in around for name in (*outer.co_varnames, *outer.co_cellvars)}
    owners = [owner_of(name, around) for name in code.co_freevars]
    return Origin(
        kind=kind_of(code),
        name=plain(code.co_name),
        qualname=plain(code.co_qualname),
        line=line,
        variables=tuple(
            Variable(owner and plain(owner.co_qualname), name)
            for name, owner in zip(code.co_freevars, owners, strict=True)
        ),
        cell_names=code.co_cellvars,
        why_no_cells=None if code.co_freevars else why_no_cells(own, enclosing),
        not_captured=not_captured(own, enclosing),
        positional=code.co_argcount > 0,
        keyword_only=code.co_kwonlyargcount > 0,
        namesakes=frozenset(outer_names.intersection(own.parameters)),
        purpose=own.purpose,
    )
