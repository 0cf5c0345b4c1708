"""Many seats on one machine: each types a line and runs its program every ten seconds.

With TUTOR_BENCH_SLOW set, seats are added until the machine breaks down: that takes many minutes.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.harness.processes import children, memory
from tests.harness.small_course import BUILD, write_course
from tests.harness.terminal import Terminal

SEATS = 50
ROUND_SECONDS = 10.0
ROUNDS = 6
ROUNDS_ALONE = 3
KEY_PAUSE = 0.2
"""Seconds between two keys of a quick typist."""
DEADLINE_SECONDS = 60.0
STARTING = 4
"""Seats that start at once: each takes half a second of a processor."""
STEP = 25
MOST_SEATS = 300
LEAST_FREE_MIB = 1024
SLOW = "TUTOR_BENCH_SLOW"

LETTERS = "äöüßéèñçøå"
"""What is typed: nothing else on the screen sends these."""
PROGRAM = "#\nimport time\nprint('at', time.time_ns())\n"
ANSWER = re.compile(r"at (\d{19})")
END, ERASE, RUN = "end", "ctrl+u", "f5"


@dataclass
class Measured:
    """What seats have seen: the seconds of each key and of each run."""

    keys: list[float] = field(default_factory=list)
    runs: list[float] = field(default_factory=list)
    unanswered: int = 0

    @property
    def key(self) -> float:
        """The median, in milliseconds."""
        return statistics.median(self.keys) * 1000

    @property
    def run(self) -> float:
        return statistics.median(self.runs) * 1000


class TutorEnded(Exception):
    """A tutor went; str() is the screen that it left."""


class Seat(Terminal):
    """A tutor in a terminal of its own, which is read as soon as something comes."""

    def __init__(self, folder: Path, course: Path) -> None:
        folder.mkdir()
        self._since = b""
        """What has come since the last key."""
        self._changed = asyncio.Event()
        self._ended = False
        super().__init__(folder, "adders", "--content", str(course), "--no-mouse")
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self.process.fd, self._read)

    def close(self) -> None:
        self._loop.remove_reader(self.process.fd)
        super().close()

    @property
    def answer(self) -> str:
        """What the program has printed last."""
        found = ANSWER.search(self.text)
        return found[1] if found else ""

    async def begin(self) -> None:
        """Have the program in sight, and run once."""
        await self._until(lambda: "time_ns" in self.text)
        self._press(END)
        await self.run(Measured())

    async def work(self, rounds: int, delay: float, measured: Measured) -> None:
        """Type a line and run the program, round after round."""
        begun = self._loop.time() + delay
        for number in range(rounds):
            await asyncio.sleep(begun + number * ROUND_SECONDS - self._loop.time())
            try:
                await self.type_line(measured)
                await self.run(measured)
            except TimeoutError:
                measured.unanswered += 1

    async def type_line(self, measured: Measured) -> None:
        """Write the first line anew."""
        self._press(ERASE)
        await self._until(lambda: LETTERS[0] not in self.text.split("\n")[1])
        self._press("#")
        for letter in LETTERS:
            await asyncio.sleep(KEY_PAUSE)
            measured.keys.append(await self._time(letter, partial(self._has_come, letter)))

    async def run(self, measured: Measured) -> None:
        before = self.answer
        measured.runs.append(await self._time(RUN, lambda: self.answer not in ("", before)))

    def _has_come(self, letter: str) -> bool:
        return letter.encode() in self._since

    async def _time(self, key: str, shown: Callable[[], bool]) -> float:
        self._press(key)
        started = time.perf_counter()
        await self._until(shown)
        return time.perf_counter() - started

    async def _until(self, shown: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE_SECONDS):
            while not shown():
                if self._ended:
                    raise TutorEnded(self.text)
                self._changed.clear()
                await self._changed.wait()

    def _press(self, key: str) -> None:
        self._since = b""
        self.press(key)

    def show(self, data: bytes) -> None:
        self._since += data
        super().show(data)

    def _read(self) -> None:
        self._changed.set()
        if not self.take():
            self._ended = True
            self._loop.remove_reader(self.process.fd)


class Room:
    """All seats, one after another."""

    def __init__(self, folder: Path, leaving: ExitStack) -> None:
        self.folder = folder
        self.seats: list[Seat] = []
        self._course = write_course(folder / "content")
        self._leaving = leaving
        (self._course / BUILD / "starter.py").write_text(PROGRAM, encoding="utf-8")

    async def seat(self, count: int) -> None:
        """Have so many seats."""
        while len(self.seats) < count:
            first = len(self.seats)
            new = [
                self._leaving.enter_context(Seat(self.folder / f"seat-{number}", self._course))
                for number in range(first, min(count, first + STARTING))
            ]
            await asyncio.gather(*(seat.begin() for seat in new))
            self.seats += new

    async def work(self, rounds: int) -> Measured:
        """All type and run, evenly spread over the time."""
        measured = Measured()
        pause = ROUND_SECONDS / len(self.seats)
        await asyncio.gather(
            *(seat.work(rounds, n * pause, measured) for n, seat in enumerate(self.seats))
        )
        return measured

    @property
    def memory(self) -> float:
        """MiB of a seat, on the average."""
        return sum(_memory_of_all(seat.process.pid) for seat in self.seats) / len(self.seats)


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        asyncio.Runner() as runner,
        ExitStack() as leaving,
    ):
        room = Room(Path(folder), leaving)
        runner.run(room.seat(1))
        alone = runner.run(room.work(ROUNDS_ALONE))
        yield "one seat", f"a key {alone.key:.0f} ms, a run {alone.run:.0f} ms", "beside it"
        most = MOST_SEATS if SLOW in os.environ else SEATS
        for count in range(SEATS, most + 1, STEP):
            if _free_mib() < LEAST_FREE_MIB:
                yield f"{count} seats", "no memory left", "told"
                return
            runner.run(room.seat(count))
            measured = runner.run(room.work(ROUNDS))
            yield from _told(room, measured, alone)
            if measured.unanswered or measured.key > 2 * alone.key:
                return


def _told(room: Room, measured: Measured, alone: Measured) -> Iterator[tuple[str, str, str]]:
    count = len(room.seats)
    answered = len(measured.runs)
    yield (
        f"{count} seats: a key over that of one seat",
        f"{measured.key / alone.key:.2f} ({measured.key:.0f} over {alone.key:.0f} ms)",
        "at most 2",
    )
    yield (
        f"{count} seats: runs that were answered",
        f"{answered} of {answered + measured.unanswered} (in {measured.run:.0f} ms)",
        "all",
    )
    yield f"{count} seats: memory of each", f"{room.memory:.1f} MiB", "at most 64 MiB"


def _memory_of_all(process: int) -> float:
    """MiB of a process and all below it."""
    return memory(process) + sum(map(_memory_of_all, children(process)))


def _free_mib() -> int:
    found = re.search(r"^MemAvailable: +(\d+) kB$", Path("/proc/meminfo").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) // 1024
