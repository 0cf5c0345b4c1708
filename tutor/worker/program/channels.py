"""How a worker is connected: its reports go out as frames, questions come in."""

from __future__ import annotations

from dataclasses import dataclass
from os import _exit, getpid, kill, read, write
from select import POLLIN, poll
from signal import SIGSTOP

from ...protocol.frames import encode
from ...protocol.reports import Report


@dataclass(frozen=True)
class Channels:
    """The run's token, where frames go, where questions come from."""

    token: bytes
    frames: int
    commands: int

    def report(self, report: Report) -> None:
        """Write one frame."""
        data = memoryview(encode(self.token, report))
        while data:
            data = data[write(self.frames, data) :]

    def rest(self) -> None:
        """Stop this process until it is asked something, whatever else may wake it."""
        asked = poll()
        asked.register(self.commands, POLLIN)
        kill(getpid(), SIGSTOP)
        while not asked.poll(0):
            kill(getpid(), SIGSTOP)

    def question(self) -> tuple[str, str, str]:
        """What is asked: an Ask, the label of a cell, code."""
        length = int.from_bytes(self._read(4), "big")
        ask, label, text = self._read(length).decode("utf-8", "surrogatepass").split("\0", 2)
        return ask, label, text

    def _read(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            piece = read(self.commands, length - len(data))
            if not piece:  # the supervisor is gone
                _exit(0)
            data += piece
        return data
