"""Driving the real child through the same Session as the app."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tutor import faults
from tutor.protocol.messages import (
    Cells,
    CheckResult,
    Finished,
    InputWanted,
    Labels,
    Limits,
    Output,
    Report,
    RunRequest,
    Stream,
)
from tutor.session import Session


@dataclass(frozen=True)
class Outcome:
    """All reports of a run, sorted by kind."""

    reports: list[Report]

    @property
    def finished(self) -> Finished:
        last = self.reports[-1]
        assert isinstance(last, Finished)
        return last

    @property
    def stdout(self) -> str:
        return self._text(Stream.STDOUT)

    @property
    def stderr(self) -> str:
        return self._text(Stream.STDERR)

    @property
    def cells(self) -> Cells | None:
        found = [report for report in self.reports if isinstance(report, Cells)]
        return found[-1] if found else None

    @property
    def labels(self) -> Labels | None:
        return next((report for report in self.reports if isinstance(report, Labels)), None)

    @property
    def checks(self) -> dict[str, CheckResult]:
        return {report.name: report for report in self.reports if isinstance(report, CheckResult)}

    def _text(self, stream: Stream) -> str:
        pieces = [report for report in self.reports if isinstance(report, Output)]
        return "".join(piece.text for piece in pieces if piece.stream is stream)


Run = Callable[..., Awaitable[Outcome]]


async def collect(
    reports: AsyncIterator[Report], session: Session, answers: list[str | None]
) -> Outcome:
    """Read reports to the end, answering each InputWanted with the next of `answers`."""
    collected: list[Report] = []
    async for report in reports:
        collected.append(report)
        if isinstance(report, InputWanted):
            session.send_input(answers.pop(0))
    return Outcome(collected)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--python", type=Path, help="the CPython that runs learner code in the tests")


@pytest.fixture(autouse=True)
def no_fault_of_ours(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A fault of the tutor's own, of whatever process, fails the test that does not expect it."""
    kept = tmp_path_factory.mktemp("faults") / "faults.txt"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(faults.DEBUG, str(kept))
        yield kept
    if not request.node.get_closest_marker("our_fault"):
        assert not kept.exists(), kept.read_text()


@pytest.fixture
def scratch_area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's runs have their scratch folders: it must be empty at the end."""
    area = tmp_path / "area"
    area.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(area))
    # A mark that every process of a run inherits, whatever it does to its folder.
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}:{area}")
    return area


@pytest.fixture
async def session(scratch_area: Path, request: pytest.FixtureRequest) -> AsyncIterator[Session]:
    """A session that must leave no process, no file and no descriptor behind."""
    before = open_descriptors()
    async with Session(request.config.getoption("--python")) as session:
        await session.warm()
        yield session
    await asyncio.sleep(0)
    assert processes_of(scratch_area) == []
    assert list(scratch_area.iterdir()) == []
    assert open_descriptors() == before


@pytest.fixture
def run(session: Session) -> Run:
    """Run source under limits fit for tests; keywords go to the RunRequest."""

    async def run(
        source: str, *, answers: tuple[str | None, ...] = (), **request: object
    ) -> Outcome:
        request.setdefault("limits", Limits(wall_seconds=20.0))
        return await collect(
            session.run(RunRequest(source, **request)),  # type: ignore[arg-type]
            session,
            list(answers),
        )

    return run


def open_descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def processes_of(area: Path) -> list[int]:
    """The live processes of sessions in `area`: the environment that they began with names it."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f":{area}".encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
        except OSError:
            continue  # it ended while we looked
    return found


def gone_within(seconds: float, area: Path, but: int = 0) -> bool:
    """Whether the processes of `area`, `but` for so many, are gone before the time is over."""
    deadline = time.monotonic() + seconds
    while len(processes_of(area)) > but:
        if time.monotonic() > deadline:
            return False
        os.sched_yield()
    return True
