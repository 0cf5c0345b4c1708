"""One child process as the tutor sees it: a supervisor and, once there is a run, its worker.

The child is connected by a socket for commands (lines of JSON), a pipe of frames, and the three
standard streams, all read by the event loop, none by a thread.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path

from tutor.worker import boot

READ_BYTES = 65536
NICENESS = 5
"""What the priority of a supervisor is lower by than the tutor's (nice(2))."""
UNRESPONSIVE_SECONDS = 60.0
"""A supervisor that does not answer a stop within this time is killed, and its worker dies with it.

Long, for only the supervisor can end all that a run started, and a fork bomb makes it slow.
"""


class PythonUnusable(Exception):
    """The interpreter that was asked for cannot run learner code."""

    def __init__(self, python: Path, what: str) -> None:
        super().__init__(f"{python}: {what} Give --python a CPython 3.11 or later.")


def default_python() -> Path:
    """The interpreter behind this one: a virtual environment's own could import the tutor."""
    return Path(getattr(sys, "_base_executable", sys.executable))


class Child:
    """A supervisor process, warm until it is given a run."""

    def __init__(
        self,
        python: Path,
        process: subprocess.Popen[bytes],
        control: socket.socket,
        frames: int,
    ) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self.python = python
        self.process = process
        self.control = control
        self.frames = frames
        self.stdin = process.stdin
        self.stdout = process.stdout.fileno()
        self.stderr = process.stderr.fileno()
        self.gone = False
        """Whether the supervisor has closed its end."""
        self.on_answer: Callable[[dict[str, object]], None] = lambda _: None
        self.on_gone: Callable[[], None] = lambda: None
        loop = asyncio.get_running_loop()
        self._loop = loop
        self._ready: asyncio.Future[bool] = loop.create_future()
        self._ended: asyncio.Future[None] = loop.create_future()
        self._maps: deque[asyncio.Future[object]] = deque()
        self._pending = b""
        loop.add_reader(control, self._read_control)

    @classmethod
    def start(cls, python: Path | None) -> Child:
        """Start a supervisor. Raises PythonUnusable if there is no such program."""
        python = python or default_python()
        ours, theirs = socket.socketpair()
        frames, frames_end = os.pipe()
        for descriptor in (ours.fileno(), frames):
            os.set_blocking(descriptor, False)
        try:
            process = subprocess.Popen(
                [python, "-I", "-X", "utf8", boot.__file__, str(theirs.fileno()), str(frames_end)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(theirs.fileno(), frames_end),
                env=environment(),
                bufsize=0,
            )
        except OSError as error:
            ours.close()
            os.close(frames)
            raise PythonUnusable(python, f"it does not start ({error.strerror}).") from None
        finally:
            theirs.close()
            os.close(frames_end)
        # On a machine with many seats a key goes before the start of a spare, and before a run.
        os.setpriority(os.PRIO_PROCESS, process.pid, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)
        assert process.stdout is not None
        assert process.stderr is not None
        for stream in (process.stdout, process.stderr):
            os.set_blocking(stream.fileno(), False)
        return cls(python, process, ours, frames)

    async def ready(self) -> None:
        """Wait until the supervisor takes a run. Raises PythonUnusable if it never will."""
        # Shielded: a waiter that is cancelled must not cancel what others wait for.
        if not await asyncio.shield(self._ready):
            await asyncio.shield(self._ended)
            status = self.process.wait()
            if status == boot.TOO_OLD:
                raise PythonUnusable(self.python, "this Python is too old.")
            raise PythonUnusable(self.python, f"it ended with status {status} at the start.")

    def send(self, **command: object) -> None:
        """Give the supervisor a command; one that has gone takes none."""
        data = json.dumps(command).encode() + b"\n"
        # A source of some megabytes may not fit the socket's buffer; the supervisor reads at once.
        self.control.setblocking(True)
        try:
            self.control.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            return
        finally:
            self.control.setblocking(False)

    async def scopes(self, source: str) -> object:
        """The fields of the ScopeMap of a source; None if working it out ended the child."""
        answer = self._loop.create_future()
        self._maps.append(answer)
        self.send(do="scopes", source=source)
        return await answer

    async def end(self) -> None:
        """Close the supervisor's socket, which ends it and all below it, and wait for its end."""
        if not self.gone:
            self.control.shutdown(socket.SHUT_WR)
            self.process.send_signal(signal.SIGCONT)  # should the run have stopped it
            backstop = self._loop.call_later(UNRESPONSIVE_SECONDS, self.process.kill)
            try:
                await asyncio.shield(self._ended)
            finally:
                backstop.cancel()
        self.process.wait()

    def _read_control(self) -> None:
        try:
            data = self.control.recv(READ_BYTES)
        except ConnectionResetError:
            data = b""
        if not data:
            self._close()
            return
        *lines, self._pending = (self._pending + data).split(b"\n")
        for line in lines:
            answer = json.loads(line)
            if "ready" in answer:
                self._ready.set_result(True)
            elif "scopes" in answer:
                self._answer_map(answer["scopes"])
            else:
                self.on_answer(answer)

    def _answer_map(self, fields: object) -> None:
        waiting = self._maps.popleft()
        if not waiting.cancelled():
            waiting.set_result(fields)

    def _close(self) -> None:
        self.gone = True
        self._loop.remove_reader(self.control)
        if not self._ready.done():
            self._ready.set_result(False)
        while self._maps:
            self._answer_map(None)
        self.on_gone()
        self.control.close()
        os.close(self.frames)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        self._ended.set_result(None)


def environment() -> dict[str, str]:
    """The environment of learner code: short, and with no secrets in it.

    Two malloc arenas at most: each more would take 64 MiB of the address space that a run has.
    """
    kept = {
        name: os.environ[name] for name in ("PATH", "TZ", "DYLD_LIBRARY_PATH") if name in os.environ
    }
    return kept | {"LANG": "C.UTF-8", "TERM": "dumb", "MALLOC_ARENA_MAX": "2"}
