"""How long until a key that is typed shows: beside a stock Textual app with the same panes."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.measured_terminal import MeasuredTerminal

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
    with MeasuredTerminal(command, home) as terminal:
        terminal.until(SHOWN)
        terminal.press(TYPED)
        return terminal.until(TYPED)
