"""Driving the real child through the same Session as the app."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.harness.processes import open_descriptors, processes_of
from tests.harness.runs import Outcome, Run, collect
from tutor import faults
from tutor.protocol.requests import Limits, RunRequest
from tutor.session import Session


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
