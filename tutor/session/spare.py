"""What is kept ready for the next run: let go when nobody wants it, started when somebody does."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tutor.session.nursery_client import NurseryClient
from tutor.session.supervisor_client import Child

IDLE_SECONDS = 600.0


class Spare:
    """A nursery and a child of it, let go when they were not wanted for a while.

    A machine with many seats has better uses for its memory. Rest costs no processor time: there is
    one timer, which looks when it ends whether they were wanted since, and runs on if so.
    """

    def __init__(self, python: Path | None, idle_seconds: float) -> None:
        self._python = python
        self._idle_seconds = idle_seconds
        self._version = None if python else sys.version_info[:2]
        self._nursery: NurseryClient | None = None
        self._child: Child | None = None
        """At hand for the next run."""
        self._preparing = asyncio.Lock()
        self._wanted = 0.0
        """When they were last wanted, in the event loop's time."""
        self._users = 0
        self._timer: asyncio.TimerHandle | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def ready(self) -> None:
        """Have a child at hand. Raises PythonUnusable if there can be none."""
        async with self._preparing:
            await self._prepared()

    async def take(self) -> Child:
        """A child for a run. Raises PythonUnusable if there can be none."""
        async with self._preparing:
            child = await self._prepared()
            self._child = None
            return child

    async def version(self) -> tuple[int, int]:
        """Of the interpreter; known at once of the one that is ours. Raises PythonUnusable."""
        if self._version is None:
            with self._in_use() as nursery:
                self._version = await nursery.ready()
        return self._version

    async def scopes(self, source: str) -> object:
        """The fields of the ScopeMap of a source; None if working it out ended the nursery."""
        with self._in_use() as nursery:
            await nursery.ready()
            return await nursery.scopes(source)

    async def close(self) -> None:
        """End what is there; a child that was taken ends by itself."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._let_go()
        await asyncio.gather(*self._leaving)

    async def _prepared(self) -> Child:
        """The child, forked if need be: that takes 3 ms, which a run need not wait for."""
        while self._child is None or self._child.gone:
            with self._in_use() as nursery:
                await nursery.ready()
                self._child = await nursery.fork()
        return self._child

    @contextmanager
    def _in_use(self) -> Iterator[NurseryClient]:
        """The nursery, started if need be, and not to be let go for now."""
        if self._nursery is None or self._nursery.gone:
            self._nursery = NurseryClient(self._python)
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
        """Let them go, or look again when they will have been idle for long enough."""
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
        there = [each for each in (self._nursery, self._child) if each is not None]
        self._nursery = self._child = None
        for each in there:
            leaving = asyncio.ensure_future(each.end())
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
