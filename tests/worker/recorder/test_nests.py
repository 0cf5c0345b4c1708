"""Random programs: the recording has each binding and no other, and ends in what is there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harness.nests import random_program
from tests.harness.programs import VERSIONS
from tests.harness.recorded import by_name, ends_as_seen
from tests.harness.recorded_runs import pythons
from tests.harness.runs import Outcome, collect
from tutor.protocol.reports import Status
from tutor.protocol.requests import Limits, RunRequest
from tutor.protocol.views import Change, Recording
from tutor.session import Session

PATIENT = Limits(wall_seconds=30.0)


@pytest.mark.parametrize("version", VERSIONS)
def test_random_nests(version: str, scratch_area: Path) -> None:
    if version not in pythons():
        pytest.skip(f"CPython {version} is not here")
    with _runs_on(pythons()[version]) as run:

        @settings(max_examples=40, deadline=None, database=None)
        @given(st.randoms(use_true_random=False))
        def is_true(random: Random) -> None:
            source = random_program(random.randrange, int(version.partition(".")[2]))
            _holds(source, run(RunRequest(source, record=True, limits=PATIENT)))

        is_true()


def _holds(source: str, outcome: Outcome) -> None:
    assert outcome.finished.status is Status.FINISHED
    [recording] = [report for report in outcome.reports if isinstance(report, Recording)]
    assert outcome.cells
    ends_as_seen(recording, outcome.cells)
    notes, captured = json.loads(outcome.stdout)
    noted = [(line, name, repr(value)) for line, name, value in notes if name in captured]
    _, cells = by_name(recording)
    text = source.splitlines()
    bound = [
        (step.line, cells[step.cell].name, step.after)
        for step in recording.steps
        if step.cell and step.what in (Change.FILLED, Change.REBOUND)
    ]
    assert [each for each in bound if not _is_parameter(each[1], text[each[0] - 1])] == noted


def _is_parameter(name: str, line: str) -> bool:
    return f"({name}=" in line or f"({name}:" in line


@contextmanager
def _runs_on(python: Path) -> Iterator[Callable[[RunRequest], Outcome]]:
    """A function that runs a program in a session that stays open."""
    with asyncio.Runner() as runner:
        session = Session(python)

        async def run(request: RunRequest) -> Outcome:
            return await collect(session.run(request), session, [])

        try:
            yield lambda request: runner.run(run(request))
        finally:
            runner.run(session.close())
