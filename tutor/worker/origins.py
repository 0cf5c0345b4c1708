"""What the source tells of each code object: where its cells come from, and why it has none.

Nothing in a cell or a function records whose local it is. The tree of code objects does: the owner
of a free variable is the nearest enclosing code that has the name in `co_cellvars`. That may be the
module, a class body (`__class__`), a `<listcomp>` on 3.11 or `<generic parameters of f>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import (
    CO_ASYNC_GENERATOR,
    CO_COROUTINE,
    CO_GENERATOR,
    CO_OPTIMIZED,
    CO_VARARGS,
    CO_VARKEYWORDS,
)
from types import CodeType, FunctionType
from weakref import ref

from .bytecode import inner_codes, uses
from .messages import FunctionKind
from .reading import exact, plain

AT_MODULE_LEVEL = "it is defined at module level, where names are globals, not cells"
IN_A_MODULES_CLASS = "its class is at module level, where names are globals, not cells"
USES_NONE = "it uses no name of an enclosing function"
MODULE, LAMBDA = "<module>", "<lambda>"


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of every function of one code object, worked out once."""

    kind: FunctionKind
    name: str
    qualname: str
    line: int
    owners: tuple[str | None, ...]
    """Of each free variable, in the order of `co_freevars`: the owner's qualified name."""
    namesakes: tuple[str, ...] = ()
    """Its parameters that are called as a variable of an enclosing function."""
    why_no_cells: str = USES_NONE

    def explain(self, function: FunctionType) -> str:
        """Why this function holds no cells, in one short sentence."""
        for name in self.namesakes:
            if name in defaulted(function):
                made = "lambda was made" if self.kind is FunctionKind.LAMBDA else "def ran"
                return f"`{name}` is a default argument: its value was taken when the {made}"
        return self.why_no_cells


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
        if id(root) in self._known and (known := self.of(root)):
            owners = (None,) * len(known.owners)
            self._keep(root, Origin(known.kind, known.name, known.qualname, known.line, owners))
            return
        for code, origin in trace(root):
            self._keep(code, origin)

    def of(self, code: CodeType) -> Origin | None:
        """The origin of the learner's code; None if it is not the learner's, or no function's."""
        # By id: code objects compare and hash by their constants.
        known = self._known.get(id(code))
        if known and known[0]() is code:
            return known[1]
        origin = _origin(code, code.co_firstlineno, ()) if self._is_learners(code) else None
        return self._keep(code, origin)

    def _keep(self, code: CodeType, origin: Origin | None) -> Origin | None:
        kept = origin if is_function_body(code) else None
        self._known[id(code)] = ref(code), kept
        if len(self._known) > self._prune_at:  # a program that calls exec in a loop
            self._known = {key: entry for key, entry in self._known.items() if entry[0]()}
            self._prune_at = 1_000 + 2 * len(self._known)
        return kept

    def _is_of_the_file(self, code: CodeType) -> bool:
        file = code.co_filename
        return type(file) is str and file == self._file


def trace(
    code: CodeType, line: int = 0, enclosing: tuple[CodeType, ...] = ()
) -> Iterator[tuple[CodeType, Origin]]:
    """The code object and all within it, each with its origin; `enclosing` is innermost first."""
    yield code, _origin(code, line or code.co_firstlineno, enclosing)
    for inner, at in inner_codes(code):
        yield from trace(inner, at, (code, *enclosing))


def defaulted(function: FunctionType) -> list[str]:
    """The parameters of a function that have a default now."""
    code, keywords = function.__code__, function.__kwdefaults__
    positional = code.co_varnames[: code.co_argcount]
    without = len(positional) - len(exact(function.__defaults__))
    # A learner may set `__kwdefaults__` to a dict with any keys.
    named = () if keywords is None else (key for key in dict.keys(keywords) if type(key) is str)
    return [*positional[max(0, without) :], *named]


def parameters(code: CodeType) -> tuple[str, ...]:
    """The names of all parameters, starred ones too."""
    flags = code.co_flags
    starred = bool(flags & CO_VARARGS) + bool(flags & CO_VARKEYWORDS)
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + starred]


def is_function_body(code: CodeType) -> bool:
    """Whether the code is of a function: modules and class bodies run as one, for a moment."""
    return bool(code.co_flags & CO_OPTIMIZED)


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


def _origin(code: CodeType, line: int, enclosing: tuple[CodeType, ...]) -> Origin:
    outer_names = [name for outer in enclosing for name in (*outer.co_varnames, *outer.co_cellvars)]
    owners = [owner_of(name, enclosing) for name in code.co_freevars]
    return Origin(
        kind_of(code),
        plain(code.co_name),
        plain(code.co_qualname),
        line,
        tuple(owner and plain(owner.co_qualname) for owner in owners),
        tuple(name for name in parameters(code) if name in outer_names),
        _why_no_cells(code, enclosing),
    )


def _why_no_cells(code: CodeType, enclosing: tuple[CodeType, ...]) -> str:
    outer_names = {name for outer in enclosing if _is_named(outer) for name in _bound(outer)}
    for name in _bound(code):
        if name in outer_names:
            if name in parameters(code):
                return f"`{name}` is a parameter here, so it is a local"
            return f"`{name}` is assigned here, so it is a local; nonlocal would share the cell"
    for use in uses(code):
        if use.operation in ("LOAD_GLOBAL", "STORE_GLOBAL"):
            if use.name in outer_names:
                return f"`{use.name}` is declared global, so it is looked up in the module"
            if use.name in _stored_in_class(enclosing):
                return (
                    f"`{use.name}` is bound in the class body, whose names its functions do not see"
                )
    if any(map(_is_named, enclosing)) or not enclosing:
        return USES_NONE
    return IN_A_MODULES_CLASS if any(map(_is_class_body, enclosing)) else AT_MODULE_LEVEL


def _is_named(code: CodeType) -> bool:
    """Whether it is the code of a def or lambda: not a class, module, comprehension or the like."""
    name = plain(code.co_name)
    return is_function_body(code) and (name == LAMBDA or not name.startswith("<"))


def _is_class_body(code: CodeType) -> bool:
    return not is_function_body(code) and code.co_name != MODULE


def _bound(code: CodeType) -> list[str]:
    """The names that a function binds for itself: parameters, and what its statements assign.

    Since 3.12 a comprehension's variable is among the function's locals; it is no binding of the
    function's own, and LOAD_FAST_AND_CLEAR gives it away.
    """
    names = dict.fromkeys(parameters(code))
    borrowed = set(code.co_freevars)
    for use in uses(code):
        if use.operation == "LOAD_FAST_AND_CLEAR":
            borrowed.add(use.name)
        elif use.operation in ("STORE_FAST", "STORE_DEREF"):
            names[use.name] = None
    return [name for name in names if name not in borrowed or name in parameters(code)]


def _stored_in_class(enclosing: tuple[CodeType, ...]) -> set[str]:
    """The names that the class body directly around a function assigns."""
    if not enclosing or not _is_class_body(enclosing[0]):
        return set()
    return {use.name for use in uses(enclosing[0]) if use.operation == "STORE_NAME"}
