"""Many runs one after another, stopped, left and overtaken at any moment: nothing of them is left."""

from __future__ import annotations

import asyncio
import gc
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.processes import gone_within, open_descriptors
from tests.harness.runs import collect
from tutor.protocol.reports import Report, Status
from tutor.protocol.requests import Limits, RunRequest
from tutor.session import NoProgram, Session

LIMITS = Limits(wall_seconds=20, memory_bytes=256 * 1024 * 1024)
CHECKS = "def check_it(learner): learner.call(learner['f'])"
PROGRAMS = (
    "def f(): pass",
    "def make(n):\n    return lambda: n\nf = make(1)\nprint(f())",
    "def f():\n    while True: pass",
    "while True: pass",
    "while True: print('x' * 100)",
    "import time\ntime.sleep(60)",
    "input()",
    "1 / 0",
    "import os\nos._exit(0)",
    "import os, time\nfor _ in range(4): os.fork()\ntime.sleep(60)",
    "import os\nif os.fork() == 0:\n    os.setsid()\n    while True: pass",
    "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()",
    "class Shown:\n    def __repr__(self):\n        while True: pass\n"
    "def make(n):\n    return lambda: n\nf = make(Shown())",
    "i = 0\nwhile True:\n    open(str(i), 'w').close()\n    i += 1",
    "import signal\nfor s in signal.valid_signals() - {9, 19}: signal.signal(s, signal.SIG_IGN)\n"
    "while True: pass",
)
AT_THE_PROMPT = ("1", "while True: pass", "1 / 0", "import os; os.fork()", "os._exit(0)", "input()")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
async def test_200_runs_cut_short_at_any_moment_leave_nothing(
    session: Session, scratch_area: Path, seed: int
) -> None:
    chance = random.Random(seed)
    await collect(session.run(RunRequest("print(1)")), session, [])
    for number in range(200):
        await one(session, chance)
        if number == 50:
            early = await at_rest(session)
    late = await at_rest(session)
    assert gone_within(2.0, scratch_area, but=1)  # the spare
    assert late.descriptors == early.descriptors
    assert late.objects < early.objects * 1.02
    outcome = await collect(session.run(RunRequest("print('again')")), session, [])
    assert (outcome.finished.status, outcome.stdout) == (Status.FINISHED, "again\n")


@dataclass(frozen=True)
class Held:
    """What this process holds while the session has a spare and no program."""

    descriptors: int
    objects: int


async def at_rest(session: Session) -> Held:
    await session.reset()
    await session.warm()
    gc.collect()
    return Held(open_descriptors(), len(gc.get_objects()))


async def one(session: Session, chance: random.Random) -> None:
    """A run, and perhaps an evaluation at its prompt, cut short at some moment."""
    request = RunRequest(
        chance.choice(PROGRAMS),
        limits=LIMITS,
        checks=chance.choice((None, CHECKS)),
        record=chance.random() < 0.3,
    )
    if await cut_short(session, session.run(request), chance) and chance.random() < 0.5:
        await cut_short(session, session.evaluate(chance.choice(AT_THE_PROMPT)), chance)


async def cut_short(
    session: Session, reports: AsyncIterator[Report], chance: random.Random
) -> bool:
    """Read to the end, stopping, leaving or overtaking on the way; whether there is a prompt."""
    reading = asyncio.create_task(collect(reports, session, [None] * 99))
    while not reading.done():
        await asyncio.wait([reading], timeout=chance.choice((0, 0.001, 0.01, 0.05)))
        match chance.randrange(8):
            case 0 | 1 | 2 | 3:
                await session.stop()
            case 4:
                reading.cancel()
            case 5:
                await session.reset()
            case 6:
                await collect(session.run(RunRequest("print(1)")), session, [])
    try:
        return (await reading).finished.prompt
    except (asyncio.CancelledError, NoProgram):  # NoProgram: it was overtaken
        return False
