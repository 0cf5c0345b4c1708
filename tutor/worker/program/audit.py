"""Audit events of the learner's code: how functions come about without a def, and self-tracing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from sys import _getframe
from types import FrameType

from .prompt import PROMPT

MAKES_FUNCTIONS = {"exec", "function.__new__", "object.__setattr__"}
"""By which code comes to functions without a def or lambda of the module."""
SELF_TRACING = {
    *("sys.settrace", "sys.setprofile", "sys.addaudithook"),
    "sys.monitoring.register_callback",
}
"""After which a program could see the recorder at work."""


def listen(
    path: str,
    note_code: Callable[[object], None],
    note_tracing: Callable[[FrameType], None],
    is_learners: Callable[[object], bool],
) -> None:
    """Hear of code that exec, eval or FunctionType takes from the file, and of who begins to trace.

    Code that anybody gives to a learner's function counts as well: `types.coroutine` does so, for
    functions of the library too. A hook stays to the end of the process.
    """

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event == "object.__setattr__":  # `f.__code__ = ...`: its cells have no known owner then
            function, attribute, code = arguments
            if attribute != "__code__":
                return
            if is_learners(function):
                note_code(code)
                return
            arguments = (code,)
        hook = _getframe().f_back
        caller = hook and hook.f_back
        if caller is None:
            return
        if event in SELF_TRACING:
            note_tracing(caller)
        elif caller.f_code.co_filename in (path, PROMPT, "<string>"):
            note_code(arguments[0])

    heard = MAKES_FUNCTIONS | SELF_TRACING
    # Not `hear` itself: as a hook a closure that does more costs 0.7 µs an event, this one 0.15, and
    # every `id` and `__code__` of the program is an event.
    sys.addaudithook(lambda event, arguments: hear(event, arguments) if event in heard else None)
