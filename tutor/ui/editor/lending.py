"""The terminal lent to another program, for which this process waits without its loop."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_FOR_THE_OTHER = (signal.SIGINT, signal.SIGQUIT)
"""What keys of the terminal send to both; as git and crontab do, only the other program heeds them."""
_FOR_LATER = (signal.SIGHUP, signal.SIGTERM)


@contextmanager
def signals_of_a_lender() -> Iterator[None]:
    """Ctrl+C concerns the other program alone, Ctrl+Z stops both, what ends us is heard afterwards.

    The program inherits none of it: handlers become defaults there.
    """
    came: list[int] = []

    def keep(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    handlers: dict[signal.Signals, Callable[[int, FrameType | None], object] | signal.Handlers] = {
        **dict.fromkeys(_FOR_THE_OTHER, lambda *_: None),
        **dict.fromkeys(_FOR_LATER, keep),
        # The driver's own handler asks the loop, which waits; only the other program would stop.
        signal.SIGTSTP: signal.SIG_DFL,
    }
    # By it asyncio hears of a signal, whatever handler there is.
    wakeup = signal.set_wakeup_fd(-1)
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for heard, handler in before.items():
            signal.signal(heard, handler)
        signal.set_wakeup_fd(wakeup)
        for number in came:
            signal.raise_signal(number)
