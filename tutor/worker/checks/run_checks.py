"""Checks: what an exercise asks of a finished program, asked in a fork of it.

The fork keeps the cells on show and the prompt as they were. In it builtins are as before the
learner's code, and so is what the checks import; tracing is off, and learner functions are called
as the learner's own module-level code would call them.

This stops what a learner would think of, not one who walks frames or ctypes to this code: they
could as well edit their own state file.
"""

from __future__ import annotations

import ast
import os
import signal
import sys
from _thread import allocate_lock, start_new_thread
from collections.abc import Callable
from sys import _current_frames, setprofile, settrace
from tempfile import TemporaryFile
from types import CellType, FunctionType

from ...protocol.messages import Cause, CheckResult, CourseFault, Report, RunRequest
from ..process import streams as console
from ..process.pristine import Pristine
from ..process.silence import fork
from . import wording
from .ledger import BEGUN, DONE, END, Ledger

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


def run_checks(
    request: RunRequest,
    path: str,
    namespace: dict[str, object],
    pristine: Pristine,
    report: Callable[[Report], None],
    *,
    finished: bool,
) -> None:
    """Run every `check_...` function of the request in a fork, and report each result from there.

    What the fork does not come to is told here. Without a fork the results are missing; a missing
    result is not a pass. Of a program that did not finish only names of the wrong kind are
    reported: one that is missing may have come later.
    """
    has_threads = len(_current_frames()) > 1
    try:
        ledger = Ledger()
    except OSError:  # no descriptors left
        return
    try:
        child = fork()
    except OSError:  # no processes or memory left
        ledger.close()
        return
    if child:
        for told in ledger.missing(child, request.limits):
            if finished:
                report(told)
        return
    try:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        if has_threads:
            console.renew()
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        source = request.checks or ""
        try:
            checks = _checks(source, pristine)
        except BaseException as error:
            report(CourseFault(wording.place_and_reason(error, CHECKS)))
            checks = []
        ledger.list([name for name, _ in checks])
        for name, check in checks:
            ledger.mark(BEGUN)
            learner = Learner(namespace, path, request.source, finished=finished)
            result = _result(name, check, learner, source)
            if finished or result.cause is Cause.WRONG_KIND:
                report(result)
            ledger.mark(DONE)
        ledger.mark(END)
    finally:
        os._exit(0)


def _checks(source: str, pristine: Pristine) -> list[tuple[str, Callable[[Learner], None]]]:
    """The checks of a checks.py, in its order."""
    names: dict[str, object] = {
        "__name__": "checks",
        "__builtins__": {**pristine.builtins, "__import__": pristine.import_for_checks},
    }
    exec(compile(source, CHECKS, "exec", dont_inherit=True), names)
    return [
        (name.removeprefix("check_").replace("_", " "), value)
        for name, value in names.items()
        if name.startswith("check_") and type(value) is FunctionType
    ]


def _result(
    name: str, check: Callable[[Learner], None], learner: Learner, source: str
) -> CheckResult:
    try:
        check(learner)
    except BaseException as error:
        # One that the learner derived from these is not asked for its text.
        if type(error) in (AssertionError, CheckFailed):
            said = wording.sentence(error) or wording.unheld(error, CHECKS, source)
            cause = error.cause if type(error) is CheckFailed else Cause.CLAIM
            return CheckResult(name, False, said, cause)
        return CheckResult(
            name,
            False,
            f"The check came to no end: {wording.reason(error, CHECKS)}.",
            Cause.UNTRIED,
        )
    return CheckResult(name, True, "")


def _wrong_kind(name: str, kind: str, value: object) -> CheckFailed:
    said = f"`{name}` should be a {kind}; it is {wording.kind(value)}."
    return CheckFailed(said, Cause.WRONG_KIND)
