"""Our own faults: what is kept of them, and the one line that is told. None is the learner's."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path
from select import select

from tutor import __version__
from tutor.text import one_line

DEBUG = "CLOSURE_TUTOR_DEBUG"
"""Set in the environment to the path of a file, it has the traceback of each fault appended there."""
REPORT = "crash-report.txt"
"""In the learner's folder; of several faults the newest."""
LONGEST_ERROR = 120
_PATIENCE_SECONDS = 1.0


class RunFault(Exception):
    """The tutor failed while it looked after a run; the text is the traceback, of the child perhaps."""


def note(happened: str) -> None:
    """Append what happened to the file that CLOSURE_TUTOR_DEBUG names, if it names one."""
    if file := os.environ.get(DEBUG):
        with (
            suppress(OSError),
            open(file, "a", encoding="utf-8", errors="backslashreplace") as kept,
        ):
            kept.write(f"{happened.rstrip()}\n\n")


def tell_fault(error: BaseException, folder: Path, *, saved: bool) -> None:
    """Keep a report of what ended the screen, and say in one line on standard error where it lies."""
    kept = "What you typed is saved." if saved else "Not all that you typed could be saved."
    report = _keep(error, folder)
    where = f"A report lies at {report}" if report else "No report could be written"
    _tell(f"{_sentence(error)} {kept} {one_line(where, 1_000)}\n")


def tell_briefly(error: BaseException) -> None:
    """Say in one line on standard error what ended a command, and how to see more of it."""
    note(_traceback(error))
    _tell(f"{_sentence(error)} {DEBUG}=FILE keeps the details in FILE.\n")


def _sentence(error: BaseException) -> str:
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    if isinstance(error, RunFault):  # its last line names the exception
        what = str(error).rstrip().rpartition("\n")[2]
    return f"The tutor failed, which is its own fault ({one_line(what, LONGEST_ERROR)})."


def _traceback(error: BaseException) -> str:
    return str(error) if isinstance(error, RunFault) else "".join(traceback.format_exception(error))


def _keep(error: BaseException, folder: Path) -> Path | None:
    """Write the report, if anywhere then in the folder for temporary files; where it is."""
    note(_traceback(error))
    versions = f"Python {platform.python_version()}, Textual {_textual()}"
    system = f"{platform.platform()}, TERM={os.environ.get('TERM', '')}"
    text = f"Closure Tutor {__version__}, {versions}, {system}\n\n{_traceback(error)}"
    for place in (folder, Path(tempfile.gettempdir())):
        try:
            with tempfile.NamedTemporaryFile(dir=place, delete=False) as new:
                new.write(text.encode(errors="backslashreplace"))
            return Path(new.name).replace(place / REPORT)
        except OSError:
            continue
    return None


def _textual() -> str:
    from importlib.metadata import PackageNotFoundError, version  # 2 MB that a seat can do without

    try:
        return version("textual")
    except PackageNotFoundError:
        return "unknown"


def _tell(line: str) -> None:
    """Say it, unless the terminal is gone or takes nothing; past a stream that would try again."""
    terminal = 2
    try:
        if select([], [terminal], [], _PATIENCE_SECONDS)[1]:
            os.write(terminal, line.encode(errors="backslashreplace"))
    except (OSError, ValueError):
        return
