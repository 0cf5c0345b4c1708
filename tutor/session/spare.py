"""The child that waits, interpreter started and modules loaded, for the next run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tutor.session.child import Child

IDLE_SECONDS = 600.0


class Spare:
    """A warm child, let go when it was not wanted for a while and started when it is wanted again.

    A machine with many seats has better uses for its memory. Rest costs no processor time: there is
    one timer, which looks when it ends whether the spare was wanted since, and runs on if so.
    """

    def __init__(self, python: Path | None, idle_seconds: float) -> None:
        self._python = python
        self._idle_seconds = idle_seconds
        self._child: Child | None = None
        self._wanted = 0.0
        """When it was last wanted, in the event loop's time."""
        self._users = 0
        self._timer: asyncio.TimerHandle | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Have a child there, though it may not be ready yet."""
        if self._child is None or self._child.gone:
            self._child = Child.start(self._python)
        loop = asyncio.get_running_loop()
        self._wanted = loop.time()
        if self._timer is None:
            self._timer = loop.call_later(self._idle_seconds, self._look)

    async def ready(self) -> None:
        """Have a child that takes a run. Raises PythonUnusable if there can be none."""
        with self._in_use() as child:
            await child.ready()

    async def take(self) -> Child:
        """Give the child away."""
        await self.ready()
        while self._child is None:  # another run took it meanwhile
            await self.ready()
        child, self._child = self._child, None
        return child

    async def scopes(self, source: str) -> object:
        """The fields of the ScopeMap of a source; None if a run took the child meanwhile."""
        with self._in_use() as child:
            await child.ready()
            return None if child is not self._child else await child.scopes(source)

    async def close(self) -> None:
        """End the child."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._let_go()
        await asyncio.gather(*self._leaving)

    @contextmanager
    def _in_use(self) -> Iterator[Child]:
        """The child, not to be let go for now."""
        self.start()
        assert self._child is not None
        self._users += 1
        try:
            yield self._child
        finally:
            self._users -= 1
            self._wanted = asyncio.get_running_loop().time()

    def _look(self) -> None:
        """Let the child go, or look again when it will have been idle for long enough."""
        self._timer = None
        if self._child is None:
            return
        loop = asyncio.get_running_loop()
        since_wanted = 0.0 if self._users else loop.time() - self._wanted
        left = self._idle_seconds - since_wanted
        if left > 0:
            self._timer = loop.call_later(left, self._look)
        else:
            self._let_go()

    def _let_go(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            leaving = asyncio.ensure_future(child.end())
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
