"""What a key costs: bytes and time, beside a stock Textual app with the same widgets and beside vim."""

from __future__ import annotations

import os
import re
import select
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ptyprocess import PtyProcess

from tests.small_course import BUILD, write_course

KEYS = 30
STARTS = 5
IDLE_SECONDS = 10.0
QUIET_SECONDS = 0.25
MARK = "first_line"


@dataclass(frozen=True)
class Answer:
    """What a program sent for a key, and how long until the last of it."""

    sent: int
    seconds: float


class Desk:
    """A program in a terminal of 80x24 with 256 colours; no emulator, which would take its time."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self.started = time.perf_counter()
        self.process = PtyProcess.spawn(
            list(command),
            dimensions=(24, 80),
            cwd=str(Path(__file__).parents[2]),
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(home),
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "TEXTUAL_ANIMATIONS": "none",
            },
        )

    def read(self, quiet: float = QUIET_SECONDS, most: float = 2.0) -> Answer:
        """Everything until nothing has come for a while; the time ends with the last piece."""
        began = last = time.perf_counter()
        sent = 0
        while (now := time.perf_counter()) - began < most:
            wait = most if not sent and quiet < most else quiet
            if not select.select([self.process.fd], [], [], min(wait, began + most - now))[0]:
                break
            sent += len(os.read(self.process.fd, 65536))
            last = time.perf_counter()
        return Answer(sent, last - began)

    def press(self, key: str) -> Answer:
        self.process.write(key.encode())
        return self.read()

    def until(self, text: str) -> float:
        """Seconds from the start until a text is shown, and the rest is read."""
        seen = b""
        wanted = re.compile(text.encode())
        while not wanted.search(seen):
            seen += os.read(self.process.fd, 65536)
        seconds = time.perf_counter() - self.started
        self.sent = len(seen) + self.read(most=3.0).sent
        return seconds


@contextmanager
def desk(command: Sequence[str], home: Path, shows: str) -> Iterator[tuple[Desk, float]]:
    """The program, and the seconds until it showed this."""
    it = Desk(command, home)
    try:
        yield it, it.until(shows)
    finally:
        it.process.terminate(force=True)
        it.process.close(force=True)


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ours, stock = _tutor(home, 50), _stock(home, 50)
        with desk(ours, home, MARK) as (tutor, _), desk(stock, home, MARK) as (peer, _):
            yield (
                "bytes of the first screen, over stock",
                f"{tutor.sent / peer.sent:.2f} ({tutor.sent:,} over {peer.sent:,})",
                "at most 0.3",
            )
            figure = _bytes(_type(tutor))
            yield (
                "bytes a typed key, median",
                f"{figure}, stock {_bytes(_type(peer))}",
                "at most 100",
            )
            tutor.read(quiet=2.0)  # a draft is saved half a second after the last key, and marked
            idle = tutor.read(quiet=IDLE_SECONDS, most=IDLE_SECONDS).sent
            yield f"bytes while idle for {IDLE_SECONDS:.0f} s", str(idle), "0"
        yield "bytes a typed key in vim, median", _vim(home), "beside ours"
        for lines, goal in ((50, 1.1), (500, 1.1), (2_000, 1.2)):
            figure_ours = _key_time(_tutor(home, lines), home)
            figure_stock = _key_time(_stock(home, lines), home)
            yield (
                f"key to changed screen, {lines} lines, over stock",
                _ratio(figure_ours, figure_stock),
                f"at most {goal}",
            )
        starts_ours, starts_stock = [], []
        for _ in range(STARTS):  # in turn, so that other load falls on both
            starts_ours.append(_start(_tutor(home, 50), home))
            starts_stock.append(_start(_stock(home, 50), home))
        yield (
            "start to usable editor, over stock",
            _ratio(statistics.median(starts_ours), statistics.median(starts_stock)),
            "at most 1.2",
        )


def _program(lines: int) -> str:
    """A program with its mark in sight and this many lines."""
    body = [f"value_{n} = compute({n}, 'text', flag=True)  # note" for n in range(lines - 1)]
    return "\n".join([f"the_{MARK} = 1", *body]) + "\n"


def _tutor(home: Path, lines: int) -> list[str]:
    course = write_course(home / f"course-{lines}")
    (course / BUILD / "starter.py").write_text(_program(lines), encoding="utf-8")
    state = home / f"state-{lines}-{time.perf_counter_ns()}"
    options = ["--content", str(course), "--state", str(state), "--no-mouse"]
    return [sys.executable, "-m", "tutor", "adders", *options]


def _stock(home: Path, lines: int) -> list[str]:
    file = home / f"program-{lines}.py"
    file.write_text(_program(lines), encoding="utf-8")
    return [sys.executable, "-m", "tests.benchmarks.stock_app", str(file)]


def _type(it: Desk) -> list[Answer]:
    """Type on an empty line in the middle of the screen."""
    for key in ("\x1b[B", "\x1b[B", "\x1b[B", "\x1b[F"):
        it.press(key)
    return [it.press(key) for key in "abcdefghij" * (KEYS // 10)]


def _bytes(answers: list[Answer]) -> str:
    return f"{statistics.median(answer.sent for answer in answers):,.0f}"


def _key_time(command: Sequence[str], home: Path) -> float:
    with desk(command, home, MARK) as (it, _):
        return statistics.median(answer.seconds for answer in _type(it))


def _start(command: Sequence[str], home: Path) -> float:
    with desk(command, home, MARK) as (_, seconds):
        return seconds


def _vim(home: Path) -> str:
    vim = shutil.which("vim")
    if vim is None:
        return "vim is not installed"
    file = home / "program-50.py"
    with desk(
        [vim, "-N", "-u", "NONE", "+syntax on", "+set noswapfile", str(file)], home, MARK
    ) as (
        it,
        _,
    ):
        it.press("3Go")
        return _bytes([it.press(key) for key in "abcdefghij" * (KEYS // 10)])


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f} ({ours * 1000:.0f} over {theirs * 1000:.0f} ms)"
