"""One child as the tutor sees it: a supervisor and, once there is a run, its worker.

It is connected by a socket for commands, a pipe of frames, and the three standard streams, all read
by the event loop, none by a thread.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from tutor.session.json_socket import JsonSocket, Message

UNRESPONSIVE_SECONDS = 60.0
"""A supervisor that does not answer a stop within this time is killed, and its worker dies with it.

Long, for only the supervisor can end all that a run started, and a fork bomb makes it slow.
"""


class Child:
    """A supervisor process: at hand for one run. It is there once the nursery has forked it."""

    def __init__(self) -> None:
        ours, self._control = socket.socketpair()
        self.frames, frames_end = os.pipe()
        stdin_end, stdin = os.pipe()
        self.stdout, stdout_end = os.pipe()
        self.stderr, stderr_end = os.pipe()
        for descriptor in (self.frames, self.stdout, self.stderr):
            os.set_blocking(descriptor, False)
        self.stdin = open(stdin, "wb", buffering=0)  # noqa: SIM115  closed with the others
        self.pid = 0
        self.on_answer: Callable[[Message], None] = lambda _: None
        self.on_gone: Callable[[], None] = lambda: None
        self._theirs = (frames_end, stdin_end, stdout_end, stderr_end)
        self._socket = JsonSocket(ours, lambda answer: self.on_answer(answer), self._close)
        self.send = self._socket.send

    @property
    def gone(self) -> bool:
        """Whether the supervisor has ended."""
        return self._socket.gone

    @contextmanager
    def descriptors(self) -> Iterator[list[int]]:
        """What the supervisor is to have; closed here afterwards, so that its end shows."""
        try:
            yield [self._control.fileno(), *self._theirs]
        finally:
            self._control.close()
            for descriptor in self._theirs:
                os.close(descriptor)

    def signal(self, number: int) -> None:
        """Signal the supervisor; as long as its socket is open the process is there."""
        if self.pid and not self.gone:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def end(self) -> None:
        """Close the supervisor's socket, which ends it and all below it, and wait for its end."""
        self._socket.hang_up()
        self.signal(signal.SIGCONT)  # should the run have stopped it
        loop = asyncio.get_running_loop()
        backstop = loop.call_later(UNRESPONSIVE_SECONDS, self.signal, signal.SIGKILL)
        try:
            await self._socket.ended()
        finally:
            backstop.cancel()

    def _close(self) -> None:
        self.on_gone()
        for descriptor in (self.frames, self.stdout, self.stderr):
            os.close(descriptor)
        self.stdin.close()
