"""What is kept ready for the next run: let go when nobody wants it, there when somebody does."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.harness.processes import open_descriptors, processes_of
from tests.harness.runs import collect
from tutor.protocol.reports import Finished, InputWanted, Status
from tutor.protocol.requests import RunRequest
from tutor.protocol.views import ScopeMap
from tutor.session import Session
from tutor.session.spare import IDLE_SECONDS

Pass = Callable[[float], Awaitable[None]]

PROGRAM = "def make(n):\n    return lambda: n\n"
DEADLINE_SECONDS = 20.0


@pytest.fixture
async def pass_time(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pass]:
    """Let the event loop's clock go on by so many seconds at once."""
    loop = asyncio.get_running_loop()
    time, passed = loop.time, 0.0

    async def pass_time(seconds: float) -> None:
        nonlocal passed
        passed += seconds
        for _ in range(3):  # timers that are due now, and what they begin
            await asyncio.sleep(0)

    with monkeypatch.context() as patch:
        patch.setattr(loop, "time", lambda: time() + passed)
        yield pass_time


async def end_of(process: int) -> None:
    """Wait for the end of a process."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return
    loop.add_reader(descriptor, ended.set)
    try:
        await asyncio.wait_for(ended.wait(), DEADLINE_SECONDS)
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


async def test_a_spare_that_nobody_wants_is_let_go(scratch_area: Path) -> None:
    descriptors = open_descriptors()
    async with Session(idle_seconds=0.05) as session:
        await session.warm()
        for process in processes_of(scratch_area):
            await end_of(process)
        outcome = await collect(session.run(RunRequest("print(1)")), session, [])
        assert outcome.stdout == "1\n"
    assert processes_of(scratch_area) == []
    assert open_descriptors() == descriptors


async def test_a_spare_that_is_wanted_stays(
    session: Session, scratch_area: Path, pass_time: Pass
) -> None:
    nursery, child = sorted(processes_of(scratch_area))
    for _ in range(3):
        await pass_time(IDLE_SECONDS - 1)
        assert {*processes_of(scratch_area)} == {nursery, child}
        await session.scopes(PROGRAM)
    await pass_time(IDLE_SECONDS)
    await end_of(nursery)
    await end_of(child)


async def test_names_are_read_after_the_spare_was_let_go(
    session: Session, scratch_area: Path, pass_time: Pass
) -> None:
    nursery, child = sorted(processes_of(scratch_area))
    before = await session.scopes(PROGRAM)
    await pass_time(IDLE_SECONDS)
    await end_of(nursery)
    await end_of(child)
    assert isinstance(before, ScopeMap)
    assert await session.scopes(PROGRAM) == before
    [another] = processes_of(scratch_area)
    assert another != nursery


async def test_the_program_behind_the_prompt_outlives_the_spare(
    session: Session, scratch_area: Path, pass_time: Pass
) -> None:
    nursery, supervisor = sorted(processes_of(scratch_area))
    await collect(session.run(RunRequest("n = 41")), session, [])
    await session.warm()
    _, child = sorted({*processes_of(scratch_area)} - {nursery, supervisor})
    await pass_time(IDLE_SECONDS)
    await end_of(nursery)
    await end_of(child)
    assert len(processes_of(scratch_area)) == 2
    outcome = await collect(session.evaluate("n + 1"), session, [])
    assert outcome.stdout == "42\n"


async def test_a_spare_that_is_at_work_is_not_let_go(scratch_area: Path) -> None:
    """Neither while it starts nor while it reads names, though its time is over at once."""
    async with Session(idle_seconds=1e-6) as session:
        for _ in range(5):
            assert await session.scopes(PROGRAM * 200) is not None
            outcome = await collect(session.run(RunRequest("print(1)")), session, [])
            assert outcome.stdout == "1\n"
    assert processes_of(scratch_area) == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_program_that_strikes_the_nursery_spoils_nothing(
    session: Session, scratch_area: Path, number: signal.Signals
) -> None:
    nursery, _ = sorted(processes_of(scratch_area))
    reports = []
    async for report in session.run(RunRequest("n = 41; print(input())")):
        reports.append(report)
        if isinstance(report, InputWanted):
            os.kill(nursery, number)
            session.send_input("on\n")
    last = reports[-1]
    assert isinstance(last, Finished)
    assert last.status is Status.FINISHED
    assert (await collect(session.evaluate("n + 1"), session, [])).stdout == "42\n"
    assert await session.scopes(PROGRAM) is not None
    outcome = await collect(session.run(RunRequest("print(2)")), session, [])
    assert outcome.stdout == "2\n"


async def test_two_runs_of_a_nursery_share_no_chance(session: Session) -> None:
    source = "import os, random, uuid\nprint(random.random(), uuid.uuid4(), os.urandom(4))"
    first = await collect(session.run(RunRequest(source)), session, [])
    second = await collect(session.run(RunRequest(source)), session, [])
    assert not {*first.stdout.split()} & {*second.stdout.split()}
