"""The end of a program, step by step as the interpreter ends a script.

An exception that nobody caught is kept in `sys.last_exc` and told by `sys.excepthook`, threads are
waited for, atexit functions are called, and only then is the exception let go, with its frames and
what they hold. SystemExit is let go at once. What the module's names hold stays, for the prompt.
Source: Python/pythonrun.c (PyErr_PrintEx), Python/pylifecycle.c (Py_FinalizeEx) and
Python/import.c (sys_deletes) of CPython 3.11 to 3.15.
"""

from __future__ import annotations

import sys
from typing import Any

LAST: tuple[str, ...] = ("last_type", "last_value", "last_traceback")
if sys.version_info >= (3, 12):
    LAST += ("last_exc",)
"""Of `sys`: what nobody caught."""
_traceback: Any = BaseException.__dict__["__traceback__"]
_hook_of_the_start = sys.excepthook


def leave_our_frame_out(error: BaseException) -> None:
    """Have the traceback begin in the program, as a script's does."""
    traceback = _traceback.__get__(error)
    if traceback is not None:
        _traceback.__set__(error, traceback.tb_next)


def keep(error: BaseException) -> None:
    """Keep what nobody caught where post-mortem debuggers look for it."""
    values = {"last_exc": error, "last_type": type(error), "last_value": error}
    vars(sys).update({name: values.get(name, _traceback.__get__(error)) for name in LAST})


def let_go() -> None:
    """Let go of what was kept; the traceback too, for its frames may hold the exception."""
    error = vars(sys).get("last_value")
    for name in LAST:
        vars(sys).pop(name, None)
    if isinstance(error, BaseException):
        _traceback.__set__(error, None)


def told_by_the_program(error: BaseException) -> bool:
    """Call the `sys.excepthook` that the program has set; False if it has set none. May raise."""
    hook = vars(sys).get("excepthook", _hook_of_the_start)
    if hook is _hook_of_the_start or hook is sys.__excepthook__:
        return False
    hook(type(error), error, _traceback.__get__(error))
    return True


def join_threads() -> None:
    """Wait for the threads of the program; what a thread starts meanwhile is waited for too.

    As `threading._shutdown`, which is for once: at the prompt threads can be started again.
    """
    threading = sys.modules.get("threading")
    if threading is None:
        return
    for function in reversed(list(threading._threading_atexits)):
        function()
    while waiting := [
        thread
        for thread in threading.enumerate()
        if thread is not threading.main_thread() and not thread.daemon
    ]:
        for thread in waiting:
            threading.Thread.join(thread)
