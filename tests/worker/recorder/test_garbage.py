"""Functions in garbage at the end of a program: one name in the report and in the timeline."""

from __future__ import annotations

import pytest

from tests.harness.recorded import ends_as_seen
from tests.harness.recorded_runs import recording_of, run
from tests.harness.runs import Outcome
from tutor.protocol.reports import Status
from tutor.protocol.requests import Limits
from tutor.session import Session

RINGS = """\
import gc
def make(n):
    def one(): return two, n
    def two(): return one, n
gc.collect()
for number in range(20):
    make(number)
filler = [[] for _ in range(gc.get_threshold()[0] - gc.get_count()[0] - {left})]
"""
"""Rings that nobody holds, when the collector is to come after `left` more objects are made."""


@pytest.mark.parametrize("left", [5, 50, 100, 200, 300, 500])
async def test_the_collector_comes_soon(anywhere: Session, left: int) -> None:
    outcome = await run(anywhere, RINGS.format(left=left))
    assert outcome.finished.status is Status.FINISHED
    _has_one_name_each(outcome)


@pytest.mark.parametrize("left", [50, 200])
async def test_the_collector_comes_soon_after_it_is_stopped(anywhere: Session, left: int) -> None:
    source = RINGS.format(left=left) + "while True: pass"
    outcome = await run(anywhere, source, limits=Limits(wall_seconds=0.6))
    assert outcome.finished.status is Status.TIMED_OUT
    _has_one_name_each(outcome)


def _has_one_name_each(outcome: Outcome) -> None:
    recording = recording_of(outcome)
    assert outcome.cells
    ends_as_seen(recording, outcome.cells)
    made = {each.id for each in recording.functions}
    assert {view.id for view in outcome.cells.functions} <= made
