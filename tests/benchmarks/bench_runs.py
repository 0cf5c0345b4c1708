"""What a run costs: its latency against `python -I`, the screen's pulse in a flood, memory."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.harness.running_tutor import RunningTutor
from tests.harness.scenes import Setting, app_of
from tutor.attempt import attempt
from tutor.course.loader import content_folder, load
from tutor.grading.kinds import kind_of
from tutor.protocol.reports import Finished, Output
from tutor.protocol.requests import RunRequest
from tutor.session import Session
from tutor.session.nursery_client import default_python

PAIRS = 30
RUNS = 1_000
STUBBORN = {
    "loop": "while True: pass",
    "catches all": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "input": "input()",
}
"""Programs that Stop must end."""


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    yield "Run to Finished, exercise 1, over `python -I`", asyncio.run(_latency()), "at most 0.5"
    yield "Stop to Finished, median", asyncio.run(_stop()), "at most 200 ms"
    yield "longest gap between ticks in a flood", asyncio.run(_flood()), "at most 100 ms"
    yield f"memory after {RUNS} runs over after 10", asyncio.run(_memory()), "at most 1.05"


async def _latency() -> str:
    course, _ = load(content_folder())
    exercise = next(each for each in course.exercises if kind_of(each).is_program)
    ratios, ours, theirs = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "solution.py"
        file.write_text(exercise.solution, encoding="utf-8")
        async with Session() as session:
            for _ in range(PAIRS):
                await session.warm()
                started = time.perf_counter()
                async for report in attempt(session, exercise, exercise.solution):
                    if isinstance(report, Finished):
                        ours.append(time.perf_counter() - started)
                started = time.perf_counter()
                subprocess.run(
                    [default_python(), "-I", file], check=True, stdout=subprocess.DEVNULL
                )
                theirs.append(time.perf_counter() - started)
                ratios.append(ours[-1] / theirs[-1])
    return (
        f"{statistics.median(ratios):.2f} "
        f"({statistics.median(ours) * 1000:.1f} over {statistics.median(theirs) * 1000:.1f} ms)"
    )


async def _stop() -> str:
    medians = {}
    async with Session() as session:
        for name, source in STUBBORN.items():
            times = []
            for _ in range(PAIRS // 3):
                asked = 0.0
                async for report in session.run(RunRequest(f"print('on')\n{source}")):
                    if isinstance(report, Output):
                        asked = time.perf_counter()
                        await session.stop()
                times.append(time.perf_counter() - asked)
            medians[name] = statistics.median(times) * 1000
    return ", ".join(f"{name} {taken:.0f} ms" for name, taken in medians.items())


async def _flood() -> str:
    """The gaps between ticks of 10 ms in the whole app, painting, while a program floods it."""
    gaps = []

    async def tick() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.01)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    flood = Setting("flood")
    with tempfile.TemporaryDirectory() as state:
        app = app_of(flood, Path(state))
        async with app.run_test(size=flood.size) as pilot:
            await pilot.pause()
            tutor = RunningTutor(app, pilot)
            tutor.write("while True: print('x' * 1000)\n")
            await pilot.pause()
            ticking = asyncio.create_task(tick())
            await tutor.attempt()
            ticking.cancel()
    return f"{max(gaps) * 1000:.0f} ms (median {statistics.median(gaps) * 1000:.0f})"


async def _memory() -> str:
    request = RunRequest("def f(n):\n    return lambda: n\ng = f(1)\nprint(g())\n")
    after_ten = 0
    async with Session() as session:
        for number in range(1, RUNS + 1):
            async for _ in session.run(request):
                pass
            if number == 10:
                after_ten = _resident()
        after_all = _resident()
    return f"{after_all / after_ten:.3f} ({after_all / 2**20:.1f} MiB)"


def _resident() -> int:
    """This process's resident memory in bytes (proc(5), statm)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
