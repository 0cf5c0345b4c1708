"""A terminal that measures: what a program sends for a key, and how long until the last of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.harness.terminal import Terminal

QUIET_SECONDS = 0.25


@dataclass(frozen=True)
class Answer:
    """What a program sent for a key, and how long until the last of it."""

    sent: int
    seconds: float


class MeasuredTerminal(Terminal):
    """A program in a terminal of 80x24 with 256 colours; no emulator, which would take its time."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self.started = time.perf_counter()
        super().__init__(home, command=command, environment={"TEXTUAL_ANIMATIONS": "none"})

    def show(self, data: bytes) -> None:
        """Only keep what has come."""
        self.received += data

    def answer(self, key: str = "", quiet: float = QUIET_SECONDS, most: float = 2.0) -> Answer:
        """Everything until nothing has come for a while; the time ends with the last piece."""
        began = last = time.perf_counter()
        before = len(self.received)
        self.press(key)
        while (now := time.perf_counter()) - began < most:
            wait = most if len(self.received) == before and quiet < most else quiet
            if not self.read(min(wait, began + most - now)):
                break
            last = time.perf_counter()
        return Answer(len(self.received) - before, last - began)

    def until(self, text: str) -> float:
        """Seconds from the start until a text has come."""
        while text.encode() not in self.received:
            if not self.take():
                raise AssertionError(f"It ended without {text!r}")
        return time.perf_counter() - self.started
