"""The program's standard streams, as the parent has them: output read, input written."""

from __future__ import annotations

import asyncio
import codecs
import os
from collections.abc import Callable

from tutor.protocol.reports import Output, Report, Stream
from tutor.session.json_socket import READ_BYTES
from tutor.session.supervisor_client import Child

COALESCE_SECONDS = 0.03
"""Output is passed on at most this often: a flood must not drown the screen."""


class ChildStreams:
    """Decodes, counts and coalesces a program's output; writes its input.

    `on_flood` is called once when `limit` bytes are exceeded; what comes after them is dropped.
    """

    def __init__(
        self,
        child: Child,
        reports: asyncio.Queue[Report],
        limit: int,
        on_flood: Callable[[], None],
    ) -> None:
        self._reports = reports
        self._limit = self._left = limit
        self._on_flood = on_flood
        self._pieces: list[Output] = []
        self._flush: asyncio.TimerHandle | None = None
        self._stdin = child.stdin
        self._unwritten = b""
        self._input_ends = False
        self._streams = {child.stdout: Stream.STDOUT, child.stderr: Stream.STDERR}
        decoder = codecs.getincrementaldecoder("utf-8")
        self._decoders = {descriptor: decoder("backslashreplace") for descriptor in self._streams}
        self._loop = asyncio.get_running_loop()
        os.set_blocking(self._stdin.fileno(), False)
        for descriptor in self._streams:
            self._loop.add_reader(descriptor, self._read, descriptor)

    def begin(self) -> None:
        """Begin a new stretch: what threads wrote since the last one is nobody's."""
        for descriptor in self._streams:
            while self._take(descriptor):
                pass
        self._pieces.clear()
        self._left = self._limit

    def drain(self) -> None:
        """Pass on all output that is in the pipes now."""
        for descriptor in self._streams:
            while self._left > 0 and self._take(descriptor):
                pass
        self._pass_on()

    def send_input(self, line: str | None) -> None:
        """Write a line to the program; None ends its input."""
        if self._stdin.closed:
            return
        if line is None:
            self._input_ends = True
        else:
            self._unwritten += line.encode("utf-8", "surrogateescape")
        self._write()

    def close(self) -> None:
        """Forget the descriptors, which the child closes."""
        if self._flush is not None:
            self._flush.cancel()
        for descriptor in self._streams:
            self._loop.remove_reader(descriptor)
        if not self._stdin.closed:
            self._loop.remove_writer(self._stdin)

    def _read(self, descriptor: int) -> None:
        if self._left > 0:
            self._take(descriptor)
        else:
            self._loop.remove_reader(descriptor)
        if self._pieces and self._flush is None:
            self._flush = self._loop.call_later(COALESCE_SECONDS, self._pass_on)

    def _take(self, descriptor: int) -> bool:
        """Read once; whether there may be more."""
        try:
            data = os.read(descriptor, READ_BYTES)
        except BlockingIOError:
            return False
        if not data:
            self._loop.remove_reader(descriptor)
            return False
        kept = data[: self._left]
        self._left -= len(kept)
        text = self._decoders[descriptor].decode(kept)
        if text:
            self._append(Output(self._streams[descriptor], text))
        if len(kept) < len(data):
            self._on_flood()
        return True

    def _append(self, piece: Output) -> None:
        """Add a piece, to the last one if that came from the same stream and is not long."""
        last = self._pieces[-1] if self._pieces else None
        if last and last.stream is piece.stream and len(last.text) < READ_BYTES:
            piece = Output(piece.stream, self._pieces.pop().text + piece.text)
        self._pieces.append(piece)

    def _pass_on(self) -> None:
        self._flush = None
        for piece in self._pieces:
            self._reports.put_nowait(piece)
        self._pieces.clear()

    def _write(self) -> None:
        """Write what the pipe takes now, and the rest when it takes more."""
        self._loop.remove_writer(self._stdin)
        try:
            self._unwritten = self._unwritten[os.write(self._stdin.fileno(), self._unwritten) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self._unwritten = b""
        if self._unwritten:
            self._loop.add_writer(self._stdin, self._write)
        elif self._input_ends:
            self._stdin.close()
