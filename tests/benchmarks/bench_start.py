"""How long until a key that is typed shows: beside a stock Textual app with the same panes."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.bench_keys import Desk

STARTS = 12
SHOWN = "make_greeter"
TYPED = "ø"
"""A letter that no screen has."""


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        program = home / "program.py"
        program.write_text("def make_greeter(name):\n    ...\n", encoding="utf-8")
        commands = [
            [sys.executable, "-m", "tutor"],
            [sys.executable, "-m", "tests.benchmarks.stock_seat", str(program)],
            [sys.executable, "-m", "tests.benchmarks.stock_app", str(program)],
        ]
        for command in commands:  # compiled modules, the learner's files
            usable(command, home)
        # In turn, so that other load falls on all.
        times = [[usable(command, home) for command in commands] for _ in range(STARTS)]
        ours, same, plain = (statistics.median(each) * 1000 for each in zip(*times, strict=True))
        yield (
            "start to a key that shows, over stock",
            f"{ours / same:.2f} ({ours:.0f} over {same:.0f} ms)",
            "at most 1.2",
        )
        yield (
            "the same, over stock without tabs",
            f"{ours / plain:.2f} ({ours:.0f} over {plain:.0f} ms)",
            "beside it",
        )


def usable(command: Sequence[str], home: Path) -> float:
    """Seconds from the start until the program has shown a key that was pressed at its first frame."""
    it = Desk(command, home)
    try:
        seen = b""
        for wanted, press in ((SHOWN, TYPED), (TYPED, "")):
            while wanted.encode() not in seen:
                seen += os.read(it.process.fd, 65536)
            if press:
                it.process.write(press.encode())
        return time.perf_counter() - it.started
    finally:
        it.process.terminate(force=True)
        it.process.close(force=True)
