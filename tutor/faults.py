"""When our own code fails: what is kept, and the one line that is told."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from pathlib import Path
from select import select

import textual
from textual.worker import WorkerFailed

from tutor import __version__
from tutor.text import shorten, visible

FAILED = 70
"""The exit status: EX_SOFTWARE of sysexits.h."""
REPORT = "crash-report.txt"
"""In the learner's folder; of several faults the newest."""
LONGEST_ERROR = 120
_PATIENCE_SECONDS = 1.0


def tell_fault(error: BaseException, folder: Path, *, saved: bool) -> None:
    """Keep a report, and say in one line on standard error what happened and where it lies."""
    error = error.error if isinstance(error, WorkerFailed) else error
    said = shorten(_one_line(f"{type(error).__name__}: {error}".rstrip(": ")), LONGEST_ERROR)
    kept = "What you typed is saved." if saved else "Not all that you typed could be saved."
    report = _keep(error, folder)
    where = f"A report lies at {report}" if report else "No report could be written"
    _tell(f"The tutor failed, which is its own fault ({said}). {kept} {_one_line(where)}\n")


def _one_line(text: str) -> str:
    return visible(text, keep_newlines=False)


def _keep(error: BaseException, folder: Path) -> Path | None:
    """Write the report, if anywhere then in the folder for temporary files; where it is."""
    versions = f"Python {platform.python_version()}, Textual {textual.__version__}"
    system = f"{platform.platform()}, TERM={os.environ.get('TERM', '')}"
    happened = "".join(traceback.format_exception(error))
    text = f"Closure Tutor {__version__}, {versions}, {system}\n\n{happened}"
    for place in (folder, Path(tempfile.gettempdir())):
        try:
            with tempfile.NamedTemporaryFile(dir=place, delete=False) as new:
                new.write(text.encode(errors="backslashreplace"))
            return Path(new.name).replace(place / REPORT)
        except OSError:
            continue
    return None


def _tell(line: str) -> None:
    """Say it, unless the terminal is gone or takes nothing; past a stream that would try again."""
    terminal = 2
    try:
        if select([], [terminal], [], _PATIENCE_SECONDS)[1]:
            os.write(terminal, line.encode(errors="backslashreplace"))
    except (OSError, ValueError):
        return
