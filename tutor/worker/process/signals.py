"""The program's signal handlers: asleep while code of ours runs, which they would interrupt.

A handler may raise, and a timer or a child that goes on after the program's end may set it off.
"""

from __future__ import annotations

from _signal import (  # type: ignore[import-not-found]
    SIG_DFL,
    SIG_IGN,
    SIGCHLD,
    SIGHUP,
    SIGINT,
    SIGKILL,
    SIGSTOP,
    SIGTERM,
    SIGXFSZ,
    default_int_handler,
    getsignal,
    signal,
    valid_signals,
)
from collections.abc import Callable, Iterable
from typing import Any


def as_in_a_script() -> None:
    """Handle signals as the interpreter does at the start of a script."""
    for number in (SIGTERM, SIGHUP, SIGCHLD):
        signal(number, SIG_DFL)
    signal(SIGINT, default_int_handler)
    # Without this a write over RLIMIT_FSIZE kills; so it is an OSError, as in a script.
    signal(SIGXFSZ, SIG_IGN)


class Handlers:
    """The functions that the program has set for signals, all but for those that are `ours`."""

    def __init__(self, ours: Iterable[int]) -> None:
        self._numbers = sorted({*valid_signals()} - {SIGKILL, SIGSTOP, *ours})
        self._asleep: dict[int, Callable[..., Any]] = {}

    def sleep(self) -> None:
        """Ignore each signal that a function of the program's would handle."""
        for number in self._numbers:
            handler = getsignal(number)
            if callable(handler):
                self._asleep[number] = handler
                signal(number, SIG_IGN)

    def wake(self) -> None:
        """Let the program's functions handle their signals again."""
        asleep, self._asleep = self._asleep, {}
        for number, handler in asleep.items():
            signal(number, handler)
