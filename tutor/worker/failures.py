"""How an uncaught exception is told: Python's own traceback, with the learner's lines only."""

from __future__ import annotations

from traceback import StackSummary, TracebackException
from typing import TextIO

from .messages import Failure, Status

FRAMES = 1100
"""The innermost frames that are read; more than the default recursion limit of 1,000."""


def failure(error: BaseException, path: str, source: str) -> Failure:
    """Describe `error`, naming the file by its last part and leaving out every frame but its own.

    A learner's `__str__` may run. If even that breaks the telling, the type's name is told.
    """
    try:
        told = TracebackException.from_exception(error, limit=-FRAMES, compact=True)
        _keep_learners_frames(told, path, set())
        folder, _, name = path.rpartition("/")
        text = "".join(told.format()).replace(f'File "{path}"', f'File "{name}"')
        text = text.replace(f"{folder}/", "")
        summary = "".join(told.format_exception_only()).rstrip("\n").rpartition("\n")[2]
        line = told.stack[-1].lineno if told.stack else None
        if isinstance(error, SyntaxError) and error.filename == path:
            line = error.lineno
            if line is not None and line > source.count("\n") + 1:
                line = source.count("\n") + 1
        return Failure(text, line, summary)
    except BaseException:
        # The learner's `__str__`, `__cause__` or a traceback too large: what is certain is the type.
        name = type.__dict__["__name__"].__get__(type(error))
        return Failure(f"{name}\n", None, name)


def _keep_learners_frames(told: TracebackException, path: str, seen: set[int]) -> None:
    """Drop the frames of the tutor and of the standard library, also in chained exceptions."""
    if id(told) in seen:
        return
    seen.add(id(told))
    kept = [frame for frame in told.stack if frame.filename in (path, "<prompt>", "<string>")]
    told.stack = StackSummary.from_list(kept)
    members = getattr(told, "exceptions", None) or ()
    for other in (told.__cause__, told.__context__, *members):
        if other is not None:
            _keep_learners_frames(other, path, seen)


def exit_status(leaving: SystemExit, stderr: TextIO) -> tuple[Status, Failure | None]:
    """What SystemExit means: None and 0 finish, all else fails; text goes to stderr, as in Python.

    Source: the library reference, sys.exit.
    """
    code = leaving.code
    if code is None or (type(code) in (int, bool) and code == 0):
        return Status.FINISHED, None
    if type(code) is int:
        return Status.FAILED, Failure("", None, f"SystemExit: {code}")
    try:
        stderr.write(f"{code}\n")
    except BaseException as error:
        return Status.FAILED, Failure(
            "", None, f"SystemExit: its code raises {type(error).__name__}"
        )
    return Status.FAILED, Failure("", None, "SystemExit: a message, so exit status 1")


def exit_code(error: BaseException | None) -> int:
    """The exit status of a process that ends in `error`, as the interpreter gives it."""
    if error is None:
        return 0
    if not isinstance(error, SystemExit):
        return 1
    code = error.code
    if code is None or type(code) in (int, bool):
        return int(code or 0) & 0xFF
    return 1
