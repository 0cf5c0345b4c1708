"""Whatever a learner writes ends in one plain sentence, and the next run works at once.

The rows are in `faults.py`. After every row the session's own fixture holds that no process, no
file and no descriptor is left.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.harness.faults import (
    DIED,
    FAILED,
    FAULTS,
    FINISHED,
    OUT_OF_MEMORY,
    PATIENT,
    SHORT,
    TIMED_OUT,
)
from tests.harness.processes import gone_within, processes_of
from tests.harness.runs import Run, collect
from tutor.protocol.reports import Output, Status
from tutor.protocol.requests import Limits, RunRequest
from tutor.session import Session


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_ends_in_a_sentence_and_the_next_run_works(
    run: Run, scratch_area: Path, name: str
) -> None:
    fault = FAULTS[name]
    outcome = await run(fault.source, limits=fault.limits)
    finished = outcome.finished
    assert finished.status is fault.status
    told = f"{finished.sentence} {finished.failure.summary if finished.failure else ''}"
    assert fault.says in told
    assert outcome.stdout.startswith(fault.prints)
    assert (finished.sentence == "") == (fault.status is FINISHED)
    assert "\n" not in finished.sentence
    again = await run("print('again')")
    assert (again.finished.status, again.stdout) == (FINISHED, "again\n")


async def test_recursion_without_a_limit_ends_at_the_memory_limit(run: Run) -> None:
    """3.11 says SystemError where a frame cannot be had: "error return without exception set"."""
    outcome = await run(
        "import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(): f()\nf()", limits=PATIENT
    )
    assert outcome.finished.status in (OUT_OF_MEMORY, FAILED, DIED)
    assert (await run("print(1)")).stdout == "1\n"


async def test_what_a_run_started_is_gone_when_it_ends(run: Run, scratch_area: Path) -> None:
    await run(
        "import os, time\n"
        "for _ in range(5):\n"
        "    if os.fork() == 0:\n"
        "        os.setsid()\n"
        "        if os.fork(): os._exit(0)\n"
        "        time.sleep(3600)\n"
    )
    # What is left: the supervisor, its stopped worker, and the spare.
    assert gone_within(1.0, scratch_area, but=3)


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "import time\ntime.sleep(3600)",
        "sum(range(10 ** 11))",
        "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
        "import signal\nfor s in signal.valid_signals() - {9, 19}: signal.signal(s, signal.SIG_IGN)\n"
        "while True: pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "input()",
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
        "while True: pass",
        "import multiprocessing, time\n"
        "multiprocessing.get_context('fork').Process(target=time.sleep, args=(60,)).start()",
        "import atexit\natexit.register(input)",
        "import os\nos.system('sleep 60')",
    ],
)
async def test_stop_takes_effect(session: Session, source: str) -> None:
    async for report in session.run(RunRequest(f"print('on')\n{source}")):
        if isinstance(report, Output):
            await session.stop()
    assert report.status is Status.STOPPED  # type: ignore[union-attr]


async def test_last_known_cells_are_shown_at_a_limit(run: Run) -> None:
    outcome = await run(
        "def make(n):\n    def get(): return n\n    return get\nf = make(7)\nwhile True: pass",
        limits=SHORT,
    )
    assert outcome.cells is not None
    assert [(cell.name, cell.value) for cell in outcome.cells.cells] == [("n", "7")]
    assert "no chance" not in outcome.finished.sentence


async def test_the_processor_limit_holds(run: Run) -> None:
    outcome = await run("while True: pass", limits=Limits(wall_seconds=60, cpu_seconds=1))
    assert outcome.finished.status is TIMED_OUT
    assert outcome.finished.seconds < 30
    assert outcome.cells is not None


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock is Linux's")
@pytest.mark.parametrize(
    "slip",
    [
        "import shutil; from pathlib import Path; shutil.rmtree(Path({outside!r}))",
        "open({outside!r} + '/kept', 'w')",
        "import os; os.rename({outside!r} + '/kept', 'here')",
        "import os; os.kill({pid}, 0)",
        "open('/proc/{pid}/mem', 'rb')",
        "import os; os.readlink('/proc/{pid}/fd/0')",
        "import os; os.kill(os.getppid(), 9)",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
    ],
)
async def test_a_slip_hurts_nothing_outside(run: Run, tmp_path: Path, slip: str) -> None:
    from tutor.worker.process.kernel import SCOPE_ABI, landlock_abi

    if landlock_abi() < SCOPE_ABI:
        pytest.skip("this kernel's Landlock is older than ABI 6")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    outcome = await run(slip.format(outside=str(outside), pid=os.getpid()))
    assert outcome.finished.failure is not None
    assert outcome.finished.failure.summary.startswith("PermissionError")
    assert (outside / "kept").read_text() == "kept"


async def test_dev_null_and_dev_shm_stay_usable(run: Run) -> None:
    outcome = await run(
        "open('/dev/null', 'w').write('x')\n"
        "import multiprocessing, os\nmultiprocessing.Lock()\nprint(os.path.expanduser('~') == os.getcwd())"
    )
    assert outcome.stdout == "True\n"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
async def test_nothing_outlives_the_tutor(scratch_area: Path, how: signal.Signals) -> None:
    """Another process holds a Session and is ended in the middle of a run."""
    program = (
        "import asyncio\n"
        "from tutor.session import Session\n"
        "from tutor.protocol.requests import RunRequest\n"
        "source = '''\n"
        "import os, signal, time\n"
        "for s in (1, 2, 15): signal.signal(s, signal.SIG_IGN)\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork(): os._exit(0)\n"
        "    os.chdir('/')\n"
        "print('on', flush=True)\n"
        "time.sleep(3600)\n"
        "'''\n"
        "async def main():\n"
        "    async with Session() as s:\n"
        "        async for r in s.run(RunRequest(source)): print(r, flush=True)\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        program,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(scratch_area)},
    )
    assert process.stdout is not None
    assert b"on" in await process.stdout.readline()
    process.send_signal(how)
    await process.wait()
    assert gone_within(1.0, scratch_area)
    assert list(scratch_area.iterdir()) == []


async def test_stop_between_runs_and_stop_twice_do_nothing(session: Session) -> None:
    await session.stop()
    outcome = await collect(session.run(RunRequest("print(1)")), session, [])
    await session.stop()
    await session.stop()
    assert outcome.finished.status is FINISHED
    outcome = await collect(session.evaluate("2"), session, [])
    assert outcome.stdout == "2\n"


async def test_a_supervisor_that_is_killed_takes_its_worker_along(
    session: Session, scratch_area: Path
) -> None:
    outcome = []
    _, supervisor = sorted(processes_of(scratch_area))
    async for report in session.run(RunRequest("print('on')\nwhile True: pass")):
        outcome.append(report)
        if isinstance(report, Output):
            os.kill(supervisor, signal.SIGKILL)
    assert outcome[-1].status is DIED  # type: ignore[union-attr]
    assert gone_within(1.0, scratch_area, but=1)  # the nursery
