"""A countdown that can stand still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Clock:
    """Calls `on_end` after `seconds` of running time. It stands until it is resumed."""

    def __init__(self, seconds: float, on_end: Callable[[], None]) -> None:
        self._limit = self._left = seconds
        self._on_end = on_end
        self._since = 0.0
        self._handle: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()

    @property
    def seconds(self) -> float:
        """How long it has run."""
        running = self._loop.time() - self._since if self._handle else 0.0
        return self._limit - self._left + running

    def resume(self) -> None:
        """Go on; no change if it runs."""
        if self._handle is None:
            self._since = self._loop.time()
            self._handle = self._loop.call_later(self._left, self._on_end)

    def pause(self) -> None:
        """Stand still; no change if it stands."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
            self._left -= self._loop.time() - self._since
