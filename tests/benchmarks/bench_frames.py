"""What the terminal is sent, through our driver and through Textual's: 80x24, 256 colours."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.harness.frames_terminal import FramesTerminal, frames_terminal
from tutor.ui.terminal.frame_writer import Frames

TYPED = "total = sum(numbers)  # of all"
QUIET_SECONDS = 0.3
REST_SECONDS = 10


@dataclass(frozen=True)
class Sent:
    """What came from an app: at its start, for each key, and while it rested."""

    first: bytes
    keys: list[bytes]
    rest: bytes

    @property
    def bytes_a_key(self) -> float:
        return statistics.median(len(key) for key in self.keys)


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    stock, ours = measure("stock"), measure("frames")
    first, key = len(ours.first) / len(stock.first), ours.bytes_a_key / stock.bytes_a_key
    yield (
        "bytes of the first screen, over stock",
        f"{first:.2f} ({len(ours.first)} over {len(stock.first)})",
        "at most 0.3",
    )
    yield (
        "bytes a typed key, median",
        f"{ours.bytes_a_key:.0f} ({key:.3f} of stock's {stock.bytes_a_key:.0f})",
        "at most 100",
    )
    yield (
        f"bytes in {REST_SECONDS} s of rest",
        f"{len(ours.rest)} (stock, cursor not blinking: {len(stock.rest)})",
        "0",
    )
    yield "time to draw and compare a key's frame, median", milliseconds(stock), "below 2 ms"


def measure(driver: str) -> Sent:
    with frames_terminal(driver) as terminal:
        first = bytes(terminal.received)
        terminal.press("\r")
        take(terminal, QUIET_SECONDS)
        keys = []
        for key in TYPED:
            terminal.press(key)
            keys.append(take(terminal, QUIET_SECONDS))
        return Sent(first, keys, take(terminal, REST_SECONDS))


def take(terminal: FramesTerminal, quiet: float) -> bytes:
    """What is sent until nothing came for a while."""
    before = len(terminal.received)
    terminal.settle(quiet)
    return bytes(terminal.received[before:])


def milliseconds(sent: Sent) -> str:
    """Frames as Textual writes them, through the driver but for its thread."""
    frames = Frames()
    frames.write("\x1b[?1049h" + sent.first.decode())
    frames.take(80, 24)
    times = []
    for key in sent.keys:
        started = time.perf_counter()
        frames.write(key.decode())
        frames.take(80, 24)
        times.append(time.perf_counter() - started)
    return f"{statistics.median(times) * 1000:.2f} ms"
