"""What a key costs: bytes and time, beside a stock Textual app with the same widgets and beside vim.

The peer of highlighting is a stock app whose editor is highlighted by tree-sitter; it is measured
where `textual[syntax]` is installed.
"""

from __future__ import annotations

import importlib.util
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.benchmarks.measured_terminal import Answer, MeasuredTerminal
from tests.harness.small_course import BUILD, write_course
from tests.harness.terminal import Terminal
from tutor.ui.kit.highlighting import Highlighting

KEYS = "abcdefghij"
BLOCKS = 4
IDLE_SECONDS = 10.0
MARK = "first_line"
EMPTY_LINE = 6


@contextmanager
def shown(command: Sequence[str], home: Path) -> Iterator[MeasuredTerminal]:
    """The program, once it has shown its mark and all of its first screen."""
    with MeasuredTerminal(command, home) as terminal:
        terminal.until(MARK)
        terminal.answer(most=3.0)
        yield terminal


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ours, stock = _tutor(home, 50), _stock(home, 50)
        with shown(ours, home) as tutor, shown(stock, home) as peer:
            first, theirs = len(tutor.received), len(peer.received)
            yield (
                "bytes of the first screen, over stock",
                f"{first / theirs:.2f} ({first:,} over {theirs:,})",
                "at most 0.3",
            )
            figure = _bytes(_type(tutor))
            yield (
                "bytes a typed key, median",
                f"{figure}, stock {_bytes(_type(peer))}",
                "at most 100",
            )
            tutor.answer(quiet=2.0)  # a draft is saved half a second after the last key, and marked
            idle = tutor.answer(quiet=IDLE_SECONDS, most=IDLE_SECONDS).sent
            yield f"bytes while idle for {IDLE_SECONDS:.0f} s", str(idle), "0"
        yield "bytes a typed key in vim, median", _vim(home), "beside ours"
        for lines, goal in ((50, 1.1), (500, 1.1), (2_000, 1.2)):
            yield (
                f"key to changed screen, {lines} lines, over stock",
                _key_times(home, lines),
                f"at most {goal}",
            )
        yield (
            "colours for a triple quote at line 10 of 2,000",
            f"{_triple_quote() * 1000:.1f} ms",
            "at most 5 ms",
        )
        yield "1 MB pasted until the next key is answered", _paste(home), "does not freeze"


def _program(lines: int) -> str:
    """A program with its mark in sight, this many lines, and an empty one to type on."""
    body = [f"value_{n} = compute({n}, 'text', flag=True)  # note" for n in range(lines - 1)]
    body[EMPTY_LINE - 2] = ""
    return "\n".join([f"the_{MARK} = 1", *body]) + "\n"


def _tutor(home: Path, lines: int) -> list[str]:
    course = write_course(home / f"course-{lines}")
    (course / BUILD / "starter.py").write_text(_program(lines), encoding="utf-8")
    state = home / f"state-{lines}-{time.perf_counter_ns()}"
    options = ["--content", str(course), "--state", str(state), "--no-mouse"]
    return [sys.executable, "-m", "tutor", "adders", *options]


def _stock(home: Path, lines: int, *options: str) -> list[str]:
    file = home / f"program-{lines}.py"
    file.write_text(_program(lines), encoding="utf-8")
    return [sys.executable, "-m", "tests.benchmarks.stock_app", str(file), *options]


def _type(terminal: MeasuredTerminal) -> list[Answer]:
    """Type on the empty line, in the middle of the editor."""
    _go_to_empty_line(terminal)
    return [terminal.answer(key) for key in KEYS * 3]


def _go_to_empty_line(terminal: MeasuredTerminal) -> None:
    for _ in range(EMPTY_LINE - 1):
        terminal.answer("down")


def _bytes(answers: list[Answer]) -> str:
    return f"{statistics.median(answer.sent for answer in answers):,.0f}"


def _key_times(home: Path, lines: int) -> str:
    """Ours over stock, and tree-sitter beside them."""
    commands = [_tutor(home, lines), _stock(home, lines)]
    if importlib.util.find_spec("tree_sitter_python"):
        commands.append(_stock(home, lines, "python"))
    with ExitStack() as stack:
        terminals = [stack.enter_context(shown(command, home)) for command in commands]
        for terminal in terminals:
            _go_to_empty_line(terminal)
        times: list[list[float]] = [[] for _ in terminals]
        for _ in range(BLOCKS):  # in turn, so that other load falls on all
            for terminal, its_times in zip(terminals, times, strict=True):
                terminal.answer("k")  # meets what the pause before it has left
                its_times += [terminal.answer(key).seconds for key in KEYS]
    ours, stock, *syntax = map(statistics.median, times)
    beside = f"{syntax[0] * 1000:.0f} ms" if syntax else "not installed"
    return f"{_ratio(ours, stock)}, tree-sitter {beside}"


def _triple_quote() -> float:
    """Seconds to find the colours in sight after the key that opens a string above them."""
    lines = _program(2_000).split("\n")
    times = []
    for _ in range(10):
        kept = Highlighting()
        kept.update(lines)
        kept.reach(len(lines))
        started = time.perf_counter()
        kept.update([*lines[:9], '"""', *lines[10:]])
        kept.reach(9 + 24)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def _paste(home: Path) -> str:
    """Seconds for a paste of many lines, and for one of a single line."""
    figures = []
    for text in ("value = compute(1, 'text')  # note\r" * 30_000, "value + " * 130_000):
        with Terminal(home) as terminal:
            terminal.wait_for("F10 Quit")
            started = time.perf_counter()
            terminal.paste(text)
            terminal.press("f1")
            terminal.wait_for("Keys")
            figures.append(f"{time.perf_counter() - started:.1f} s")
    return ", in a single line ".join(figures)


def _vim(home: Path) -> str:
    vim = shutil.which("vim")
    if vim is None:
        return "vim is not installed"
    file = home / "program-50.py"
    options = ("-N", "-u", "NONE", "+syntax on", "+set noswapfile")
    with shown([vim, *options, str(file)], home) as terminal:
        terminal.answer("3Go")
        return _bytes([terminal.answer(key) for key in KEYS * 3])


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f} ({ours * 1000:.0f} over {theirs * 1000:.0f} ms)"
