"""A socket to a process of ours: lines of JSON both ways, read by the event loop."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Sequence
from typing import Any

READ_BYTES = 65536

Message = dict[str, Any]


class JsonSocket:
    """One end; the other is given to the process. Every line that comes is handed to `on_line`.

    The process holds the only other end, so the end of the stream is the end of the process.
    """

    def __init__(
        self,
        end: socket.socket,
        on_line: Callable[[Message], None],
        on_gone: Callable[[], None],
    ) -> None:
        self.gone = False
        """Whether the process has ended."""
        self._end = end
        self._on_line = on_line
        self._on_gone = on_gone
        self._pending = b""
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[None] = self._loop.create_future()
        end.setblocking(False)
        self._loop.add_reader(end, self._read)

    def send(self, descriptors: Sequence[int] = (), **command: object) -> None:
        """Give the process a command, and descriptors with it; one that has gone takes none."""
        if self.gone:
            return
        data = json.dumps(command).encode() + b"\n"
        # A source of some megabytes may not fit the socket's buffer; the process reads at once.
        self._end.setblocking(True)
        try:
            if descriptors:
                sent = socket.send_fds(self._end, [data], descriptors)
                data = data[sent:]
            self._end.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            return
        finally:
            self._end.setblocking(False)

    def hang_up(self) -> None:
        """Tell the process to end."""
        if not self.gone:
            self._end.shutdown(socket.SHUT_WR)

    async def ended(self) -> None:
        """Wait for the end of the process."""
        # Shielded: a waiter that is cancelled must not cancel what others wait for.
        await asyncio.shield(self._ended)

    def _read(self) -> None:
        try:
            data = self._end.recv(READ_BYTES)
        except ConnectionResetError:
            data = b""
        if not data:
            self.gone = True
            self._loop.remove_reader(self._end)
            self._end.close()
            self._on_gone()
            self._ended.set_result(None)
            return
        *lines, self._pending = (self._pending + data).split(b"\n")
        for line in lines:
            self._on_line(json.loads(line))
