"""The nursery at hand: let go when nobody wants it, started when somebody does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tutor.session.child import Child
from tutor.session.nursery import Nursery

IDLE_SECONDS = 600.0


class Spare:
    """A warm nursery, let go when it was not wanted for a while and started when it is wanted again.

    A machine with many seats has better uses for its memory. Rest costs no processor time: there is
    one timer, which looks when it ends whether the nursery was wanted since, and runs on if so.
    """

    def __init__(self, python: Path | None, idle_seconds: float) -> None:
        self._python = python
        self._idle_seconds = idle_seconds
        self._nursery: Nursery | None = None
        self._wanted = 0.0
        """When it was last wanted, in the event loop's time."""
        self._users = 0
        self._timer: asyncio.TimerHandle | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def ready(self) -> None:
        """Have a nursery that takes commands. Raises PythonUnusable if there can be none."""
        with self._in_use() as nursery:
            await nursery.ready()

    async def take(self) -> Child:
        """A child for a run. Raises PythonUnusable if there can be none."""
        while True:
            with self._in_use() as nursery:
                await nursery.ready()
                child = await nursery.fork()
            if child is not None:
                return child

    async def scopes(self, source: str) -> object:
        """The fields of the ScopeMap of a source; None if working it out ended the nursery."""
        with self._in_use() as nursery:
            await nursery.ready()
            return await nursery.scopes(source)

    async def close(self) -> None:
        """End the nursery; children end by themselves."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._let_go()
        await asyncio.gather(*self._leaving)

    @contextmanager
    def _in_use(self) -> Iterator[Nursery]:
        """The nursery, started if need be, and not to be let go for now."""
        if self._nursery is None or self._nursery.gone:
            self._nursery = Nursery(self._python)
        loop = asyncio.get_running_loop()
        if self._timer is None:
            self._timer = loop.call_later(self._idle_seconds, self._look)
        self._users += 1
        try:
            yield self._nursery
        finally:
            self._users -= 1
            self._wanted = loop.time()

    def _look(self) -> None:
        """Let the nursery go, or look again when it will have been idle for long enough."""
        self._timer = None
        if self._nursery is None:
            return
        loop = asyncio.get_running_loop()
        since_wanted = 0.0 if self._users else loop.time() - self._wanted
        left = self._idle_seconds - since_wanted
        if left > 0:
            self._timer = loop.call_later(left, self._look)
        else:
            self._let_go()

    def _let_go(self) -> None:
        nursery, self._nursery = self._nursery, None
        if nursery is not None:
            leaving = asyncio.ensure_future(nursery.end())
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
