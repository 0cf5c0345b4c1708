"""A finished program as a check sees it: all that an author can ask of it.

Learner functions are called as the learner's own module-level code would call them, with tracing off.
This stops what a learner would think of, not one who walks frames or ctypes to this code: they could
as well edit their own state file.
"""

from __future__ import annotations

import ast
import os
import sys
from _thread import allocate_lock, start_new_thread
from sys import setprofile, settrace
from tempfile import TemporaryFile
from types import CellType, FunctionType

from ...protocol.reports import Cause
from . import wording

_CALL = """\
try:
    result = function(*arguments, **keywords)
except BaseException as caught:
    error = caught
finally:
    done()
"""

CHECKS = "checks.py"
"""What the checks are called in a traceback."""

_closure_of = FunctionType.__dict__["__closure__"].__get__
_code_of = FunctionType.__dict__["__code__"].__get__
_contents_of = CellType.__dict__["cell_contents"].__get__


class CheckFailed(AssertionError):
    """A check does not hold; the message is a sentence for the learner."""

    def __init__(self, message: str, cause: Cause = Cause.CLAIM) -> None:
        super().__init__(message)
        self.cause = cause


class Learner:
    """A program that has ended, as a check sees it.

    Of one that an exception ended only what its names stand for can be asked.
    """

    def __init__(
        self, namespace: dict[str, object], path: str, source: str, *, finished: bool
    ) -> None:
        self._finished = finished
        self._namespace = namespace
        self._call = compile(_CALL, path, "exec", dont_inherit=True)
        self._path = path
        self.source = source
        """The text of the program."""

    def __getitem__(self, name: str) -> object:
        """The value of a module-level name; the check fails if there is none."""
        try:
            return self._namespace[name]
        except KeyError:
            raise CheckFailed(f"`{name}` is not defined.", Cause.MISSING) from None

    def function(self, name: str) -> FunctionType:
        """The function of that module-level name; the check fails if it is anything else."""
        value = self[name]
        if type(value) is not FunctionType:
            raise _wrong_kind(name, "function", value)
        return value

    def class_(self, name: str) -> object:
        """The class of that module-level name; the check fails if it is anything else."""
        value = self[name]
        if not wording.is_class(value):
            raise _wrong_kind(name, "class", value)
        return value

    def is_function(self, value: object) -> bool:
        """Whether `value` was made by def or lambda; a class that claims to be one is not."""
        return type(value) is FunctionType

    def call(self, function: object, *arguments: object, **keywords: object) -> object:
        """Call a function and return its result; the check fails if it raises."""
        result, error = self._called(function, arguments, keywords)
        if error is not None:
            raise CheckFailed(f"{wording.call(function, arguments)} raised {self._said(error)}.")
        return result

    def raises(
        self, kind: type[BaseException], function: object, *arguments: object, **keywords: object
    ) -> BaseException:
        """Call a function and return the exception; the check fails if none of `kind` comes."""
        _, error = self._called(function, arguments, keywords)
        call = wording.call(function, arguments)
        if error is None:
            raise CheckFailed(f"{call} should raise {kind.__name__}; it raised nothing.")
        if kind not in type.__dict__["__mro__"].__get__(type(error)):
            raise CheckFailed(
                f"{call} should raise {kind.__name__}; it raised {self._said(error)}."
            )
        return error

    def output_of(self, function: object, *arguments: object, **keywords: object) -> str:
        """What a call prints."""
        stdout = sys.stdout
        kept = os.dup(1)
        with TemporaryFile() as file:
            os.dup2(file.fileno(), 1)
            try:
                self.call(function, *arguments, **keywords)
            finally:
                stdout.flush()
                os.dup2(kept, 1)
                os.close(kept)
            file.seek(0)
            return file.read().decode("utf-8", "backslashreplace")

    def cells(self, function: object) -> dict[str, CellType]:
        """The free variables of a function and the cells that its `__closure__` holds for them."""
        self._must_have_finished()
        if type(function) is not FunctionType:
            said = f"A function is needed here, not {wording.kind(function)}."
            raise CheckFailed(said, Cause.UNTRIED)
        return dict(zip(_code_of(function).co_freevars, _closure_of(function) or (), strict=True))

    def cell(self, function: object, name: str) -> CellType:
        """The cell that a function holds for `name`; the check fails if it captures no such name."""
        cells = self.cells(function)
        if name not in cells:
            raise CheckFailed(f"`{wording.function_name(function)}` does not capture `{name}`.")
        return cells[name]

    def contents(self, cell: CellType) -> object:
        """What a cell holds; the check fails if it is empty."""
        try:
            return _contents_of(cell)
        except ValueError:
            raise CheckFailed("The cell is empty: its variable has no value.") from None

    def same(self, got: object, expected: object) -> bool:
        """Whether two values are equal and of the same exact types, without a learner's `__eq__`."""
        if type(got) is not type(expected):
            return False
        if type(expected) in (list, tuple):
            assert isinstance(got, list | tuple)
            assert isinstance(expected, list | tuple)
            return len(got) == len(expected) and all(map(self.same, got, expected))
        if type(expected) in (set, frozenset):
            assert isinstance(got, set | frozenset)
            assert isinstance(expected, set | frozenset)
            return len(got) == len(expected) and all(
                any(self.same(item, other) for other in expected) for item in got
            )
        if type(expected) is dict:
            assert isinstance(got, dict)
            return len(got) == len(expected) and all(
                any(self.same(key, k) and self.same(value, v) for k, v in expected.items())
                for key, value in got.items()
            )
        if type(expected) in (int, float, complex, bool, str, bytes, type(None)):
            return bool(got == expected)
        return got is expected

    def shown(self, value: object) -> str:
        """A value for a sentence: a short plain one as Python writes it, any other by its kind."""
        return wording.shown(value)

    def uses(self, node: str, within: str | None = None) -> bool:
        """Whether the program has a syntax node of that `ast` name, inside functions of a name."""
        tree = ast.parse(self.source)
        kind = getattr(ast, node)
        roots: list[ast.AST] = [tree]
        if within is not None:
            roots = [
                child
                for child in ast.walk(tree)
                if isinstance(child, ast.FunctionDef) and child.name == within
            ]
        return any(isinstance(child, kind) for root in roots for child in ast.walk(root))

    def _said(self, error: BaseException) -> str:
        """An exception of the learner's code by its type and its text."""
        text, broken = self._called(str, (error,), {})
        return wording.named(error, None if broken else text)

    def _called(
        self, function: object, arguments: tuple[object, ...], keywords: dict[str, object]
    ) -> tuple[object, BaseException | None]:
        """Call from a new thread whose only Python frame looks like the learner's module.

        `exec` is C, so nothing of ours is among the callers that the function can see.
        """
        self._must_have_finished()
        lock = allocate_lock()
        lock.acquire()
        names: dict[str, object] = {
            "function": function,
            "arguments": arguments,
            "keywords": keywords,
            "done": lock.release,
            "BaseException": BaseException,
        }
        start_new_thread(exec, (self._call, self._namespace, names))
        lock.acquire()
        # A function can begin to trace all threads (3.12), this one among them.
        setprofile(None)
        settrace(None)
        result, error = names.get("result"), names.get("error")
        # The thread may still hold the names for a moment, and so keep arguments alive.
        names.clear()
        return result, error if isinstance(error, BaseException) else None

    def _must_have_finished(self) -> None:
        if not self._finished:
            raise CheckFailed("The program did not finish.", Cause.UNTRIED)


def _wrong_kind(name: str, kind: str, value: object) -> CheckFailed:
    said = f"`{name}` should be a {kind}; it is {wording.kind(value)}."
    return CheckFailed(said, Cause.WRONG_KIND)
