"""How an uncaught exception is told: Python's own traceback, with the learner's lines only."""

from __future__ import annotations

from collections.abc import Iterator
from traceback import StackSummary, TracebackException
from typing import TextIO

from ...protocol.reports import Failure, Status
from ..process.silence import without_warnings

FRAMES = 1100
"""The innermost frames that are read; more than the default recursion limit of 1,000."""
LONGEST_LINE = 300
"""Characters that are told of a line: of the source, or of what the exception says."""
LEFT_OUT = "    … "
MOST_LINES = 200
"""Lines of a traceback: half of them from its beginning."""


def failure(error: BaseException, path: str, source: str) -> Failure:
    """Describe `error`, naming the file by its last part and leaving out every frame but its own.

    A learner's `__str__` may run. If even that breaks the telling, the type's name is told.
    """
    try:
        told = TracebackException.from_exception(error, limit=-FRAMES, compact=True)
        _keep_learners_frames(told, path, set())
        if isinstance(error, SyntaxError) and error.filename == path:
            exact = _exact(error, source)
            told.text, told.offset = exact.text or "", exact.offset or 0
            told.end_offset = exact.end_offset
        folder, _, name = path.rpartition("/")
        text = "".join(told.format()).replace(f'File "{path}"', f'File "{name}"')
        text = shortened(text.replace(f"{folder}/", ""))
        told.__notes__ = None
        *_, names_it = told.format_exception_only()
        summary = _start_of(names_it.partition("\n")[0])
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


def _exact(error: SyntaxError, source: str) -> SyntaxError:
    """The same error with its line whole, and with marks that stand where it is.

    CPython reads the line from the file, 1,000 bytes at most, and moves the marks into what it has
    (err_programtext in Python/errors.c); from a source without a file it takes the line itself.
    """
    with without_warnings():  # they have been given
        try:
            compile(source, "<program>", "exec", dont_inherit=True)
        except SyntaxError as exact:
            return exact
    return error


def shortened(text: str) -> str:
    """A traceback whose lines, and whose number of lines, have an end; what is left out is counted."""
    lines = text.split("\n")
    if (more := len(lines) - MOST_LINES) > 0:
        half = MOST_LINES // 2
        lines[half:-half] = [f"  … {more:,} more lines"]
    return "\n".join(_shorter_lines(lines))


def _shorter_lines(lines: list[str]) -> Iterator[str]:
    """Each line at its full length or as far as it is told; of a source line the part with the marks."""
    cut = slice(0)
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if cut.stop and _marks(line):
            yield f"{' ' * (cut.start and len(LEFT_OUT))}{line[cut]}"
            cut = slice(0)
        elif len(line) > LONGEST_LINE and (marks := _marks(below)):
            first = below.find("^" if "^" in marks else "~")
            start = max(0, min(first - LONGEST_LINE // 3, len(line) - LONGEST_LINE))
            cut = slice(start, start + LONGEST_LINE)
            more = len(line) - cut.stop
            yield f"{LEFT_OUT * bool(start)}{line[cut]}{f'… +{more}' * bool(more)}"
        else:
            cut = slice(0)
            yield _start_of(line)


def _marks(line: str) -> str:
    """The marks under a line of the source, if this is a line of them."""
    marks = line.strip(" |")
    return marks if marks and not marks.strip("~^ ") else ""


def _start_of(line: str) -> str:
    more = len(line) - LONGEST_LINE
    return line if more <= 0 else f"{line[:LONGEST_LINE]}… +{more}"


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
