"""What the terminal is sent, through our driver and through Textual's: 80x24, 256 colours."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.harness.seat import Seat, seated
from tutor.ui.terminal.frames import Frames

TYPED = "total = sum(numbers)  # of all"
QUIET_SECONDS = 0.3
REST_SECONDS = 10


@dataclass(frozen=True)
class Sent:
    """What came from an app: at its start, for each key, and while it rested."""

    first: str
    keys: list[str]
    rest: str

    @property
    def bytes_a_key(self) -> float:
        return statistics.median(size(key) for key in self.keys)


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    stock, ours = measure("stock"), measure("frames")
    first, key = size(ours.first) / size(stock.first), ours.bytes_a_key / stock.bytes_a_key
    yield (
        "bytes of the first screen, over stock",
        f"{first:.2f} ({size(ours.first)} over {size(stock.first)})",
        "at most 0.3",
    )
    yield (
        "bytes a typed key, median",
        f"{ours.bytes_a_key:.0f} ({key:.3f} of stock's {stock.bytes_a_key:.0f})",
        "at most 100",
    )
    yield (
        f"bytes in {REST_SECONDS} s of rest",
        f"{size(ours.rest)} (stock, cursor not blinking: {size(stock.rest)})",
        "0",
    )
    yield "time to draw and compare a key's frame, median", milliseconds(stock), "below 2 ms"


def measure(driver: str) -> Sent:
    with seated(driver) as seat:
        first = seat.received
        seat.press("\r")
        take(seat, QUIET_SECONDS)
        keys = []
        for key in TYPED:
            seat.press(key)
            keys.append(take(seat, QUIET_SECONDS))
        return Sent(first, keys, take(seat, REST_SECONDS))


def take(seat: Seat, quiet: float) -> str:
    """What is sent until nothing came for a while."""
    before = len(seat.received)
    while seat.read(quiet):
        pass
    return seat.received[before:]


def milliseconds(sent: Sent) -> str:
    """Frames as Textual writes them, through the driver but for its thread."""
    frames = Frames()
    frames.write("\x1b[?1049h" + sent.first)
    frames.take(80, 24)
    times = []
    for key in sent.keys:
        started = time.perf_counter()
        frames.write(key)
        frames.take(80, 24)
        times.append(time.perf_counter() - started)
    return f"{statistics.median(times) * 1000:.2f} ms"


def size(text: str) -> int:
    return len(text.encode())
