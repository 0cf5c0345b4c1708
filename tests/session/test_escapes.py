"""What tries to outlive its run, or to hold up its end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.harness.faults import SHORT
from tests.harness.processes import gone_within, processes_of
from tests.harness.runs import Run, collect
from tutor.protocol.reports import Output, Status
from tutor.protocol.requests import RunRequest
from tutor.session import Session

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Linux's own system calls")

HOLDS = """\
import ctypes, os, time
SEIZE = 0x4206
libc = ctypes.CDLL(None)
program, (ready, tell) = os.getpid(), os.pipe()
if os.fork() == 0:
    os.setsid()
    libc.ptrace(SEIZE, program, 0, 0)
    os.write(tell, b'x')
    time.sleep(3600)
os.read(ready, 1)
print('held')
"""
"""A child that traces the program: a tracer keeps what it traces even when that is dead."""

GOES_ON = """\
import os, signal, time
program = os.getpid()
if os.fork() == 0:
    os.setsid()
    while True: os.kill(program, signal.SIGCONT)
print('end')
"""
"""A child that wakes the program whenever that stops itself."""

ESCAPES = """\
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork(): os._exit(0)
    os.chdir('/')
    time.sleep(3600)
os.wait()
"""

CRIPPLES = f"""\
import resource
{ESCAPES}
resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (0, 0))
"""
"""Takes away the supervisor's right to open files, which no Landlock forbids."""

SIBLING = """\
import ctypes, os, platform, time
CLONE_PARENT = 0x8000
number = {'x86_64': 56, 'aarch64': 220}[platform.machine()]
if ctypes.CDLL(None).syscall(number, CLONE_PARENT, 0, 0, 0, 0) == 0:
    time.sleep(3600)
"""
"""A process beside the program instead of below it."""


DESCRIBED = """\
import os, time
class Described:
    def __repr__(self):
        for _ in range(5): os.fork()
        time.sleep(3600)
def make(n):
    return lambda: n
kept = make(Described())
"""
"""A bounded bomb in a `__repr__`, which goes off when the cells are described after the end."""


@linux_only
@pytest.mark.parametrize("source", [GOES_ON, ESCAPES, CRIPPLES, SIBLING, DESCRIBED])
async def test_what_a_run_started_is_gone_soon_after_its_end(
    run: Run, session: Session, scratch_area: Path, source: str
) -> None:
    outcome = await run(source)
    assert outcome.finished.status is Status.FINISHED
    # What is left: the supervisor, its stopped worker, and the spare.
    assert gone_within(1.0, scratch_area, but=3)
    await session.reset()
    assert gone_within(1.0, scratch_area, but=1)


@linux_only
async def test_a_tracer_ends_with_its_program(
    run: Run, session: Session, scratch_area: Path
) -> None:
    """Of a program that is traced we hear no stop: the tracer lives while the program rests."""
    assert (await run(HOLDS)).stdout == "held\n"
    await session.reset()
    assert gone_within(1.0, scratch_area, but=1)


@linux_only
@pytest.mark.parametrize("source", [HOLDS, GOES_ON, ESCAPES, CRIPPLES])
async def test_what_a_run_started_is_gone_soon_after_a_limit(
    run: Run, scratch_area: Path, source: str
) -> None:
    outcome = await run(f"{source}\nwhile True: pass", limits=SHORT)
    assert outcome.finished.status is Status.TIMED_OUT
    assert gone_within(1.0, scratch_area, but=1)
    assert (await run("print('again')")).stdout == "again\n"


@pytest.mark.parametrize(
    "fill",
    [
        "import os\nfor _ in range(1200): os.mkdir('d'); os.chdir('d')",
        "import os\nos.makedirs('a/b'); open('a/b/c', 'w'); os.chmod('a/b', 0); os.chmod('.', 0)",
        "import os\nos.mkdir(b'\\xff\\xfe'); open(b'\\xff\\xfe/\\n', 'w')",
        "import os\nos.symlink('/', 'root'); os.mkfifo('fifo')",
        "open(__file__, 'w').write('nothing of it is left')",
    ],
)
@pytest.mark.parametrize("ending", ["", "import os; os._exit(0)"])
async def test_the_folder_goes_whatever_is_in_it(
    run: Run, session: Session, scratch_area: Path, fill: str, ending: str
) -> None:
    await run(f"{fill}\n{ending}")
    await session.reset()
    assert list(scratch_area.iterdir()) == []


async def test_a_stopped_supervisor_can_be_ended(session: Session, scratch_area: Path) -> None:
    _, supervisor = sorted(processes_of(scratch_area))
    await collect(session.run(RunRequest("print(1)")), session, [])
    os.kill(supervisor, signal.SIGSTOP)
    await asyncio.wait_for(session.reset(), 10)


async def test_two_runs_asked_for_at_once_leave_one(scratch_area: Path) -> None:
    async with Session() as session:
        sleeps = RunRequest("import time\nprint('on')\ntime.sleep(60)")
        first = asyncio.create_task(collect(session.run(sleeps), session, []))
        second = asyncio.create_task(collect(session.run(RunRequest("print(2)")), session, []))
        assert (await first).finished.status is Status.STOPPED
        assert (await second).stdout == "2\n"
    assert processes_of(scratch_area) == []
    assert list(scratch_area.iterdir()) == []


OUTLIVES = f"{ESCAPES}print('on', flush=True)\ntime.sleep(3600)\n"
HOLDER = f"""\
import asyncio
from tutor.session import Session
from tutor.protocol.requests import RunRequest
async def main():
    async with Session() as session:
        async for report in session.run(RunRequest({OUTLIVES!r})):
            print(report, flush=True)
asyncio.run(main())
"""


async def test_nothing_outlives_the_tutors_process_group(scratch_area: Path) -> None:
    """`kill -9 -GROUP`, as a job control does it: the supervisor must not go with the tutor."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        HOLDER,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(scratch_area)},
    )
    assert process.stdout is not None
    assert b"on" in await process.stdout.readline()
    os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
    assert gone_within(1.0, scratch_area)
    assert list(scratch_area.iterdir()) == []


@pytest.mark.parametrize("when", ["while True: pass", "import time; time.sleep(3600)"])
async def test_a_reader_that_goes_away_ends_its_run(
    session: Session, scratch_area: Path, when: str
) -> None:
    reports = session.run(RunRequest(f"print('on', flush=True)\n{when}"))
    assert isinstance(await anext(reports), Output)
    await reports.aclose()  # type: ignore[attr-defined]
    assert gone_within(1.0, scratch_area, but=1)
