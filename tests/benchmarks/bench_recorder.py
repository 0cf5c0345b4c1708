"""What recording costs: processor time beside that of the same program, unrecorded, in turns.

Both run in one process, on every Python that is here; a figure is the best of REPEATS. With each
stands what the two took: recorded over plain.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from tests.harness import ROOT
from tests.harness.programs import other_pythons
from tutor.worker.recorder.recorder import Recorder
from tutor.worker.recorder.tape import LAST_STEP, MOST_STEPS, Tape

REPEATS = 7
HEAD_AND_END = 18
"""Bytes of a record beside what it says."""

COUNTER = """
def make():
    count = 0
    def inc():
        nonlocal count
        count += 1
        return count
    return inc
inc = make()
for _ in range(20_000):
    inc()
"""
FUNCTIONS = """
def make(n):
    def get(): return n
    return get
for n in range(10_000):
    get = make(n)
"""
CALLS = """
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
fib(19)
"""
LINES = """
def make():
    seen = []
    def get(): return seen
    return get
get = make()
total = 0
for n in range(20_000):
    total += n
    total -= 1
"""


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    for version, figures in _on_every_python():
        goal = "at most 5 µs" if version == "3.11" else "at most 2 µs"
        yield f"{version}: a counter", figures["counter"], goal
        yield f"{version}: exercise 9", figures["bank"], "at most 20 µs"
        yield f"{version}: functions made, and gone", figures["functions"], "at most 20 µs"
        yield f"{version}: while a list is watched", figures["watched"], "none"
        yield f"{version}: functions of no interest", figures["calls"], "none"
        yield f"{version}: kept a step, at most", figures["bytes"], "at most 100 bytes"
    yield "exercise 9, run to Finished, recorded over plain", asyncio.run(_latency()), "none"
    seconds, gap = asyncio.run(_many())
    yield f"{MOST_STEPS:,} steps, recorded and read, over plain", seconds, "none"
    yield "longest gap between ticks meanwhile", gap, "at most 100 ms"


def figures() -> dict[str, str]:
    """The figures of this interpreter."""
    # The worker has such a hook too, and every `id` and `_getframe` pays for it.
    sys.addaudithook(lambda event, _: None)
    programs = {
        "counter": COUNTER,
        "bank": _bank(),
        "functions": FUNCTIONS,
        "watched": LINES,
        "calls": CALLS,
    }
    costs = {name: _cost(source) for name, source in programs.items()}
    kept = max(costs[name].bytes / costs[name].steps for name in ("counter", "bank", "functions"))
    return {name: str(cost) for name, cost in costs.items()} | {"bytes": f"{kept:.0f} bytes"}


@dataclass
class Cost:
    """What a program takes."""

    plain: float
    """Processor seconds."""
    recorded: float
    lines: int
    """Lines executed."""
    steps: int
    bytes: int
    """Of the whole tape."""

    def __str__(self) -> str:
        more, lines = (self.recorded - self.plain) * 1e6, self.lines / 1e6
        told = f"{more / self.lines:.2f} µs a line"
        if self.steps > 10:
            told += f", {more / self.steps:.1f} a step"
        return f"{told} ({self.recorded / lines:.2f} over {self.plain / lines:.2f})"


def _bank() -> str:
    """The solution of exercise 9, its account used many times."""
    folder = ROOT / "content/01-first-contact/09-closure-bank-account"
    solution = (folder / "solution.py").read_text(encoding="utf-8")
    return solution.partition("account = make_account()")[0] + (
        "account = make_account()\n"
        "for _ in range(1_000):\n"
        '    account("deposit", 100)\n'
        '    account("withdraw", 50)\n'
    )


def _cost(source: str) -> Cost:
    code = compile(source, "program.py", "exec")
    plain, recorded = [], []
    tape = Tape()
    for _ in range(REPEATS):
        plain.append(_timed(code))
        tape = Tape()
        recorder = Recorder(tape)
        recorder.start(code)
        recorded.append(_timed(code))
        recorder.stop()
    steps = sum(entry.kind <= LAST_STEP for entry in tape)
    size = sum(len(entry.payload) + HEAD_AND_END for entry in tape)
    return Cost(min(plain), min(recorded), _lines(source), steps, size)


def _timed(code: CodeType) -> float:
    started = time.process_time()
    exec(code, {"__name__": "__main__"})
    return time.process_time() - started


def _lines(source: str) -> int:
    """How many lines the program executes."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace if frame.f_code.co_filename == "program.py" else None

    code = compile(source, "program.py", "exec")
    sys.settrace(trace)
    try:
        exec(code, {"__name__": "__main__"})
    finally:
        sys.settrace(None)
    return count


def _on_every_python() -> Iterator[tuple[str, dict[str, str]]]:
    program = (
        f"import sys, json; sys.path.insert(0, {str(ROOT)!r}); sys.dont_write_bytecode = True;"
    )
    program += "from tests.benchmarks.bench_recorder import figures;"
    program += "print('%d.%d' % sys.version_info[:2], json.dumps(figures()))"
    for python in (sys.executable, *other_pythons()):
        done = subprocess.run([python, "-I", "-c", program], capture_output=True, check=True)
        version, _, found = done.stdout.decode().partition(" ")
        yield version, json.loads(found)


async def _latency() -> str:
    from tutor.protocol.requests import RunRequest
    from tutor.session import Session

    folder = Path(ROOT, "content/01-first-contact/09-closure-bank-account")
    source = (folder / "solution.py").read_text(encoding="utf-8")
    seconds: dict[bool, list[float]] = {True: [], False: []}
    async with Session() as session:
        for _ in range(20):
            for record, found in seconds.items():
                await session.warm()
                started = time.perf_counter()
                async for _report in session.run(RunRequest(source, record=record)):
                    pass
                found.append(time.perf_counter() - started)
    recorded, plain = statistics.median(seconds[True]), statistics.median(seconds[False])
    return f"{recorded / plain:.2f} ({recorded * 1000:.1f} over {plain * 1000:.1f} ms)"


async def _many() -> tuple[str, str]:
    """Seconds of a run of very many steps, and the gaps that its arrival leaves in the loop."""
    from tutor.protocol.requests import Limits, RunRequest
    from tutor.session import Session

    gaps = []

    async def tick() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.01)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    source = COUNTER.replace("20_000", str(MOST_STEPS))
    seconds = {}
    async with Session() as session:
        for record in (False, True):
            await session.warm()
            ticking = asyncio.create_task(tick())
            started = time.perf_counter()
            limits = Limits(wall_seconds=60.0, cpu_seconds=60)
            async for _report in session.run(RunRequest(source, record=record, limits=limits)):
                pass
            seconds[record] = time.perf_counter() - started
            ticking.cancel()
    return f"{seconds[True]:.2f} over {seconds[False]:.2f} s", f"{max(gaps) * 1000:.0f} ms"
