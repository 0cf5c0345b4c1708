"""Why a function has no cell for a name that a learner may look for there, and why none at all.

Each reason is read from the code objects, of the function and of the code around it, and told in
one short sentence; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType

from ...protocol.views import NotCaptured, Purpose, Role
from ..cpython.bytecode import imports, is_function_body, parameters, uses
from ..cpython.compiled import Inner, inner_of
from ..cpython.objects import plain, short_name

AT_MODULE_LEVEL = "it is defined at module level, where names are globals, not cells"
IN_A_MODULES_CLASS = "its class is at module level, where names are globals, not cells"
USES_NONE = "it uses no name of an enclosing function"
NEVER_USED = "the body never uses it"
MODULE, LAMBDA = "<module>", "<lambda>"
COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
OF_MODULE = {"LOAD_GLOBAL", "STORE_GLOBAL"}
FEW = 3
"""Names of one kind that are told of, where most are of no interest."""


class Names:
    """The names of one code object, and what its instructions do with each."""

    def __init__(self, code: CodeType, purpose: Purpose | None = None) -> None:
        name = plain(code.co_name)
        self.code = code
        self.purpose = purpose
        self.inner = tuple(inner_of(code))
        self.parameters = parameters(code)
        self.is_module = name == MODULE
        self.is_class = not self.is_module and not is_function_body(code)
        is_written = purpose is None and (name == LAMBDA or not name.startswith("<"))
        self.is_named = is_function_body(code) and is_written
        """Whether it is of a def or lambda: not of a comprehension or of what the compiler made."""
        self.operations: dict[str, set[str]] = {}
        for use in uses(code):
            self.operations.setdefault(use.name, set()).add(use.operation)
        self.bound = self._bound() if self.is_named else ()
        others = {_defined(inner) for inner in self.inner} | set(imports(code))
        self.values = [name for name in (self.bound or self.stored()) if name not in others]
        """The names that it binds, but for functions and classes that it defines and imports."""

    def _bound(self) -> tuple[str, ...]:
        """The names that a function binds for itself: parameters, and what its statements assign.

        Since 3.12 a comprehension's variable is among the function's locals; it is no binding of
        the function's own, and LOAD_FAST_AND_CLEAR gives it away.
        """
        assigned = (
            name
            for name, operations in self.operations.items()
            if operations & {"STORE_FAST", "STORE_DEREF"}
            and "LOAD_FAST_AND_CLEAR" not in operations
            and name not in self.code.co_freevars
        )
        return tuple(dict.fromkeys((*self.parameters, *assigned)))

    def stored(self) -> Iterator[str]:
        """The names that a module or class body assigns."""
        return (name for name, done in self.operations.items() if "STORE_NAME" in done)

    def body(self) -> dict[str, set[str]]:
        """Every name of the body and what is done with it, comprehensions and all."""
        whole = self.operations
        for code, _, _ in self.inner:
            if code.co_name in COMPREHENSIONS:
                inner = Names(code).body()
                whole = {
                    name: whole.get(name, set()) | inner.get(name, set())
                    for name in (*whole, *inner)
                }
        return whole


def _defined(inner: Inner) -> str:
    """The name of the function, class or type alias that is made; none for a part of one."""
    code, _, purpose = inner
    if purpose is None:
        return plain(code.co_name)
    return purpose.of if purpose.role in (Role.PARAMETERS, Role.VALUE) else ""


def not_captured(own: Names, enclosing: tuple[Names, ...]) -> tuple[NotCaptured, ...]:
    """Why the function captures none of the names that it might; `enclosing` is innermost first."""
    taken = set(own.code.co_freevars)
    reasons = []
    for name, why in (*conflicts(own, enclosing), *_bystanders(own, enclosing)):
        if name not in taken:
            taken.add(name)
            reasons.append(NotCaptured(name, why))
    return tuple(reasons)


def why_no_cells(own: Names, enclosing: tuple[Names, ...]) -> str:
    """Why a function without cells has none: for the sake of one name, or of where it stands."""
    for _, why in conflicts(own, enclosing):
        return why
    if any(outer.is_named for outer in enclosing) or not enclosing:
        return USES_NONE
    return IN_A_MODULES_CLASS if any(outer.is_class for outer in enclosing) else AT_MODULE_LEVEL


def conflicts(own: Names, enclosing: tuple[Names, ...]) -> Iterator[tuple[str, str]]:
    """The names that the function has in common with what encloses it, and yet does not share."""
    outer_names = {name for outer in enclosing for name in outer.bound}
    for name in own.bound:
        told = short_name(name)
        if name in outer_names:
            if name in own.parameters:
                yield name, f"`{told}` is a parameter here, so it is a local"
            else:
                yield (
                    name,
                    f"`{told}` is assigned here, so it is a local; `nonlocal {told}` would share the cell",
                )
    around = next((outer for outer in enclosing if outer.purpose is None), own)
    in_class = set(around.stored()) if around.is_class else set()
    for name, operations in own.body().items():
        told = short_name(name)
        if operations & OF_MODULE:
            if name in outer_names:
                yield name, f"`{told}` is declared global, so it is looked up in the module"
            elif name in in_class:
                yield (
                    name,
                    f"`{told}` is bound in the class body, whose names its functions do not see",
                )


def _bystanders(own: Names, enclosing: tuple[Names, ...]) -> Iterator[tuple[str, str]]:
    """For a function within another: the globals that it uses, and what it leaves of the other's."""
    if not any(outer.is_named for outer in enclosing):
        return
    body = own.body()
    module = enclosing[-1].values if enclosing[-1].is_module else []
    used = [
        name
        for name, operations in body.items()
        if operations & OF_MODULE and (name in module or "STORE_GLOBAL" in operations)
    ]
    for name in used[:FEW]:
        yield name, f"`{short_name(name)}` is a global: it is looked up in the module each time"
    around = next(outer for outer in enclosing if outer.is_named or outer.is_class)
    unused = [name for name in around.values if name not in body] if around.is_named else []
    for name in unused[:FEW]:
        yield name, NEVER_USED
