"""Whose fault it is that our code beside a program was ended: the program's, or ours."""

from __future__ import annotations

from traceback import TracebackException
from types import TracebackType

from ..cpython.events import OUR_FOLDER

FRAMES = 100
"""The innermost frames that are told of a fault."""
OF_THE_PROGRAM = (KeyboardInterrupt, MemoryError, RecursionError, SystemExit)
"""What strikes our code because of what the program does: its signals, its memory, its depth."""


def fault(error: BaseException, path: str) -> str:
    """Our traceback, if `error` is a fault of ours; empty if the program at `path` brought it about.

    An audit hook or a signal handler of the program's runs amid our code; then the innermost frame
    that is not the library's is the program's.
    """
    if isinstance(error, OF_THE_PROGRAM) or not _ends_in_ours(error.__traceback__, path):
        return ""
    try:
        return "".join(TracebackException.from_exception(error, limit=-FRAMES).format())
    except Exception as another:
        return f"{type(error).__name__}, which could not be told: {type(another).__name__}"


def _ends_in_ours(traceback: TracebackType | None, path: str) -> bool:
    ours = False
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if file.startswith(OUR_FOLDER):
            ours = True
        elif file == path or file.startswith("<"):
            ours = False
        traceback = traceback.tb_next
    return ours
