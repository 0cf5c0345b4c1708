"""The process that children are forked from, as the tutor sees it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from pathlib import Path
from typing import Any

from tutor.protocol.pythons import OLDEST
from tutor.session.json_socket import JsonSocket, Message
from tutor.session.supervisor_client import UNRESPONSIVE_SECONDS, Child
from tutor.worker import boot


class PythonUnusable(Exception):
    """The interpreter that was asked for cannot run learner code."""

    def __init__(self, python: Path, what: str) -> None:
        super().__init__(f"{python}: {what} Give --python a CPython {OLDEST} or later.")


def default_python() -> Path:
    """The interpreter behind this one: a virtual environment's own could import the tutor."""
    return Path(getattr(sys, "_base_executable", sys.executable))


class NurseryClient:
    """An interpreter with the worker's modules loaded; its copies are the children."""

    def __init__(self, python: Path | None) -> None:
        """Start it. Raises PythonUnusable if there is no such program."""
        self.python = python or default_python()
        ours, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(
                [self.python, "-I", "-X", "utf8", boot.__file__, str(theirs.fileno())],
                # Its `sys.stdin` and so on are made for pipes, as those of its copies are.
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(theirs.fileno(),),
                env=environment(),
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            raise PythonUnusable(self.python, f"it does not start ({error.strerror}).") from None
        finally:
            theirs.close()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[tuple[int, int] | None] = self._loop.create_future()
        self._asked: deque[asyncio.Future[Any]] = deque()
        """Who waits for an answer, in order."""
        self._socket = JsonSocket(ours, self._hear, self._went)

    @property
    def gone(self) -> bool:
        """Whether the nursery has ended."""
        return self._socket.gone

    async def ready(self) -> tuple[int, int]:
        """Wait until it takes commands; its version. Raises PythonUnusable if it never will."""
        version = await asyncio.shield(self._ready)
        if version is None:
            await self._socket.ended()
            status = self._process.wait()
            if status == boot.TOO_OLD:
                raise PythonUnusable(self.python, "this Python is too old.")
            raise PythonUnusable(self.python, f"it ended with status {status} at the start.")
        return version

    async def fork(self) -> Child | None:
        """A new child; None if the nursery has gone. Raises PythonUnusable if there is no room."""
        child = Child()
        with child.descriptors() as given:
            answer = self._ask(given, do="fork")
        try:
            forked = await answer
        except asyncio.CancelledError:
            await child.end()
            raise
        if forked is None:
            return None
        if "refused" in forked:
            raise PythonUnusable(self.python, f"it does not start ({forked['refused']}).")
        child.pid = forked["forked"]
        return child

    async def scopes(self, source: str) -> object:
        """The fields of the ScopeMap of a source; None if working it out ended the nursery."""
        answer = await self._ask(do="scopes", source=source)
        return None if answer is None else answer["scopes"]

    async def end(self) -> None:
        """Close its socket, which ends it, and wait for its end."""
        self._socket.hang_up()
        self._process.send_signal(signal.SIGCONT)  # should a run have stopped it
        backstop = self._loop.call_later(UNRESPONSIVE_SECONDS, self._process.kill)
        try:
            await self._socket.ended()
        finally:
            backstop.cancel()
        self._process.wait()

    def _ask(self, descriptors: list[int] | None = None, **command: object) -> asyncio.Future[Any]:
        answer = self._loop.create_future()
        if self.gone:
            answer.set_result(None)
        else:
            self._asked.append(answer)
            self._process.send_signal(signal.SIGCONT)
            self._socket.send(descriptors or (), **command)
        return answer

    def _hear(self, answer: Message) -> None:
        if "ready" in answer:
            major, minor = answer["ready"]
            self._ready.set_result((major, minor))
        else:
            self._answer(answer)

    def _answer(self, answer: Message | None) -> None:
        asked = self._asked.popleft()
        if not asked.cancelled():
            asked.set_result(answer)

    def _went(self) -> None:
        if not self._ready.done():
            self._ready.set_result(None)
        while self._asked:
            self._answer(None)


def environment() -> dict[str, str]:
    """The environment of learner code: short, and with no secrets in it.

    Two malloc arenas at most: each more would take 64 MiB of the address space that a run has.
    """
    kept = {
        name: os.environ[name] for name in ("PATH", "TZ", "DYLD_LIBRARY_PATH") if name in os.environ
    }
    # With no HOME the start of the interpreter would load `pwd`; a run gets one of its own.
    return kept | {"HOME": "/", "LANG": "C.UTF-8", "TERM": "dumb", "MALLOC_ARENA_MAX": "2"}
