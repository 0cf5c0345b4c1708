"""Real runs, recorded and not, on every Python that is here."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

from tests.harness.programs import other_pythons
from tests.harness.runs import Outcome, collect
from tutor.protocol.requests import Limits, RunRequest
from tutor.protocol.views import Recording
from tutor.session import Session
from tutor.session.nursery_client import default_python

PATIENT = Limits(wall_seconds=30.0, cpu_seconds=30)


@cache
def pythons() -> dict[str, Path]:
    """The interpreters that are here, by version."""
    found = {}
    for python in (default_python(), *map(Path, other_pythons())):
        told = subprocess.run([python, "--version"], capture_output=True, text=True, check=True)
        found[told.stdout.removeprefix("Python ").rpartition(".")[0]] = python
    return found


async def run(session: Session, source: str, **fields: object) -> Outcome:
    """A run, recorded unless it is said otherwise."""
    fields.setdefault("limits", PATIENT)
    fields.setdefault("record", True)
    return await collect(session.run(RunRequest(source, **fields)), session, [])  # type: ignore[arg-type]


def recording_of(outcome: Outcome) -> Recording:
    [recording] = [report for report in outcome.reports if isinstance(report, Recording)]
    return recording


async def is_the_same_unrecorded(session: Session, source: str, **fields: object) -> Outcome:
    """The program prints, fails and finishes as it does without a recording, with the same cells."""
    recorded = await run(session, source, **fields)
    plain = await run(session, source, record=False, **fields)
    assert (recorded.stdout, _of_no_folder(recorded)) == (plain.stdout, _of_no_folder(plain))
    assert (recorded.finished.status, recorded.finished.failure) == (
        plain.finished.status,
        plain.finished.failure,
    )
    assert recorded.cells == plain.cells
    return recorded


def _of_no_folder(outcome: Outcome) -> str:
    """What it wrote to stderr, without the name of the folder that it ran in."""
    return re.sub("closure-tutor-[0-9a-f]+", "", outcome.stderr)
