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
from .defaults import defaults_of, replace_default

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
_set_contents_of = CellType.__dict__["cell_contents"].__set__
_in_list, _in_tuple = list.__dict__["__iter__"], tuple.__dict__["__iter__"]


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
            call = wording.call(function, arguments)
            raise CheckFailed(f"{call} raised {self._said(error)}.", Cause.RAISED)
        return result

    def raises(
        self, kind: type[BaseException], function: object, *arguments: object, **keywords: object
    ) -> BaseException:
        """Call a function and return the exception; the check fails if none of `kind` comes."""
        _, error = self._called(function, arguments, keywords)
        call = wording.call(function, arguments)
        if error is None:
            raise CheckFailed(f"{call} should raise {kind.__name__}; it raised nothing.")
        if kind not in wording.bases(error):
            said = f"{call} should raise {kind.__name__}; it raised {self._said(error)}."
            raise CheckFailed(said, Cause.RAISED)
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

    def set_cell(self, cell: CellType, value: object) -> object:
        """Put a value into a cell, and give back what was in it; None if it was empty.

        What comes of a function that takes its value from the cell must follow. What was in it
        lives on as long as the check keeps it: nothing of the learner's runs by this call.
        """
        try:
            held = _contents_of(cell)
        except ValueError:
            held = None
        _set_contents_of(cell, value)
        return held

    def defaults(self, function: FunctionType) -> dict[str, object]:
        """The parameters of a function that have a default, and the default of each."""
        return defaults_of(function)

    def set_default(self, function: FunctionType, value: object, name: str | None = None) -> object:
        """Put a value in the place of a default, and give back what it was.

        It is the default of the parameter `name`, or the only one that there is; else the check
        fails. What comes of a call that leaves the argument out must follow. Nothing of the
        learner's runs by this call.
        """
        defaults = defaults_of(function)
        if name is None and len(defaults) == 1:
            (name,) = defaults
        if name is None or name not in defaults:
            lacks = f"no default for `{name}`" if name else f"{len(defaults)} defaults, not one"
            raise CheckFailed(f"`{wording.function_name(function)}` has {lacks}.")
        replace_default(function, name, value)
        return defaults[name]

    def items(self, value: object) -> list[object] | None:
        """What is in a list or a tuple, also in one of a class made from these; None of all else."""
        bases = wording.bases(value)
        if list in bases:
            return list(_in_list(value))
        return list(_in_tuple(value)) if tuple in bases else None

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
