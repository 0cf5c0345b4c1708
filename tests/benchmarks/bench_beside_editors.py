"""What a key costs beside vim, nvim and nano: bytes and the time to the first byte, in one run.

All show their colours, the numbers of the lines and the position of the cursor.
"""

from __future__ import annotations

import select
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measured_terminal import MeasuredTerminal
from tests.harness.small_course import BUILD, write_course

MARK = "first_line"
EMPTY_LINE = 6
LINES = 50
QUIET_SECONDS = 0.12
TIMED_KEYS = 200
BLOCK = 20
TIMES = 3
DRAFT_SECONDS = 0.8
"""By then what was typed is saved, and the mark of the exercise painted."""
WRITTEN = "total = sum(numbers)  # of all"
ARROWS = ["left"] * 8 + ["right"] * 8
ROWS = ["up", "down"] * 8


@dataclass(frozen=True)
class Editor:
    """A program that edits the same file, and the keys that open a line above the sixth."""

    name: str
    command: Sequence[str]
    opens: Sequence[str]


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        editors = [each for each in _editors(Path(folder)) if shutil.which(each.command[0])]
        terminals = {}
        for each in editors:
            terminal = MeasuredTerminal(each.command, Path(folder))
            terminals[each.name] = stack.enter_context(terminal)
            terminal.until(MARK)
            terminal.answer(most=3.0)
            _press(terminal, each.opens)
        at_end = {name: _write(terminal) for name, terminal in terminals.items()}
        sideways = {name: _press(terminal, ARROWS) for name, terminal in terminals.items()}
        within = {name: _write_within(terminal) for name, terminal in terminals.items()}
        up_and_down = {name: _press(terminal, ROWS) for name, terminal in terminals.items()}
        typed = {name: at_end[name] + within[name] for name in terminals}
        yield "bytes of a typed key", _figures(typed), "median at most 20, worst 100"
        yield "of one at the end of a line", _figures(at_end), "beside it"
        yield "of one within a line", _figures(within), "beside it"
        yield "of an arrow left or right", _figures(sideways), "at most 12"
        yield "of an arrow up or down", _figures(up_and_down), "at most 80"
        for terminal in terminals.values():
            terminal.answer(quiet=DRAFT_SECONDS)
        yield _first_bytes(terminals)


def _editors(home: Path) -> Iterator[Editor]:
    file = home / "program.py"
    lines = [f"value_{n} = compute({n}, 'text', flag=True)  # note" for n in range(LINES - 1)]
    lines[EMPTY_LINE - 2] = ""
    program = "\n".join([f"the_{MARK} = 1", *lines]) + "\n"
    file.write_text(program, encoding="utf-8")
    course = write_course(home / "course")
    (course / BUILD / "starter.py").write_text(program, encoding="utf-8")
    options = ["--content", str(course), "--state", str(home / "state"), "--no-mouse"]
    down = ["down"] * (EMPTY_LINE - 1)
    yield Editor("ours", [sys.executable, "-m", "tutor", "adders", *options], down)
    shown = "+set noswapfile number ruler"
    vim = ["vim", "-N", "-u", "NONE", "-i", "NONE", "+syntax on", shown, str(file)]
    yield Editor("vim", vim, [*down, "i"])
    yield Editor("nvim", ["nvim", "--clean", "-i", "NONE", shown, str(file)], [*down, "i"])
    yield Editor("nano", ["nano", "-l", "-c", "-Y", "python", str(file)], down)


def _press(terminal: MeasuredTerminal, keys: Sequence[str]) -> list[int]:
    """The bytes that each key costs."""
    return [terminal.answer(key, quiet=QUIET_SECONDS).sent for key in keys]


def _write(terminal: MeasuredTerminal) -> list[int]:
    """Write a line of code, its first letter apart: the exercise is marked as begun."""
    _press(terminal, WRITTEN[0])
    terminal.answer(quiet=DRAFT_SECONDS)
    return _press(terminal, WRITTEN[1:])


def _write_within(terminal: MeasuredTerminal) -> list[int]:
    """Write the same before what stands on the line below."""
    _press(terminal, ["down", "\x1b[H"])
    return _press(terminal, WRITTEN)


def _figures(sent: dict[str, list[int]]) -> str:
    """The median and the worst of each program."""
    return "; ".join(
        f"{name} {statistics.median(each):.0f}, {max(each)}" for name, each in sent.items()
    )


def _first_bytes(terminals: dict[str, MeasuredTerminal]) -> tuple[str, str, str]:
    """The best of some medians; the programs take turns, so that other load falls on all."""
    medians: dict[str, list[float]] = {name: [] for name in terminals}
    for _ in range(TIMES):
        times: dict[str, list[float]] = {name: [] for name in terminals}
        for _ in range(TIMED_KEYS // BLOCK):
            for name, terminal in terminals.items():
                times[name] += [_first_byte(terminal) for _ in range(BLOCK)]
                terminal.press(*["backspace"] * BLOCK)
                terminal.answer(quiet=DRAFT_SECONDS)
        for name, each in times.items():
            medians[name].append(statistics.median(each))
    best = {name: min(each) * 1000 for name, each in medians.items()}
    figures = ", ".join(f"{name} {each:.2f}" for name, each in best.items())
    ratio = f"{best['ours'] / best['vim']:.1f} of vim's: " if "vim" in best else ""
    return "ms to the first byte after a key", ratio + figures, "at most 5 of vim's"


def _first_byte(terminal: MeasuredTerminal) -> float:
    """Seconds from a key to the first byte that comes."""
    began = time.perf_counter()
    terminal.press("k")
    select.select([terminal.process.fd], [], [])
    seconds = time.perf_counter() - began
    while terminal.read(0.03):
        pass
    return seconds
