"""The cells of a program that could not be asked for them any more: those of the last step."""

from __future__ import annotations

import pytest

from tests.harness.runs import Outcome, Run, collect
from tutor.protocol.reports import Finished, Output, Status
from tutor.protocol.requests import Ask, Limits, Question, RunRequest
from tutor.protocol.views import Cells, CellView, FreeName, Recording
from tutor.session import Session
from tutor.views.timeline import MOST_FUNCTIONS
from tutor.worker.recorder.playback import DAMAGED

HURRIED = Limits(wall_seconds=0.6)
COUNTERS = """\
def make(start):
    n = start
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
make(9)()
a, b = make(0), make(5)
a()
"""
DEAF = "sum(range(10 ** 11))"
"""C code that hears no signal."""
AS_RECORDED = "Its cells are shown as of the last recorded step."
NO_CHANCE = "no chance to look"

WAYS_TO_END = {
    "deaf": (DEAF, Status.TIMED_OUT),
    "left at once": ("import os\nos._exit(3)", Status.DIED),
    "a crash": ("import ctypes\nctypes.string_at(0)", Status.DIED),
    "killed": ("import os\nos.kill(os.getpid(), 9)", Status.DIED),
}


def recording_of(outcome: Outcome) -> Recording:
    [recording] = [report for report in outcome.reports if isinstance(report, Recording)]
    return recording


@pytest.mark.parametrize(("ending", "status"), WAYS_TO_END.values(), ids=WAYS_TO_END)
async def test_they_come_from_the_recording(run: Run, ending: str, status: Status) -> None:
    outcome = await run(COUNTERS + ending, record=True, limits=HURRIED)
    assert outcome.finished.status is status
    assert outcome.finished.sentence.endswith(AS_RECORDED)
    assert NO_CHANCE not in outcome.finished.sentence
    assert [type(report) for report in outcome.reports] == [Cells, Recording, Finished]
    assert outcome.cells
    assert [(view.name, view.reached_by, view.free) for view in outcome.cells.functions] == [
        ("make", "make", ()),
        ("inc", "inc #2", (FreeName("n", "B"),)),
        ("inc", "inc #3", (FreeName("n", "C"),)),
    ]
    ids = [view.id for view in outcome.cells.functions]
    assert outcome.cells.cells == (
        CellView("B", "n", "make", False, None, "1", (ids[1],)),
        CellView("C", "n", "make", False, None, "5", (ids[2],)),
    )
    made = [step.function for step in recording_of(outcome).steps if step.function]
    assert {*ids} < {*made}


@pytest.mark.parametrize(("ending", "status"), WAYS_TO_END.values(), ids=WAYS_TO_END)
async def test_without_a_recording_there_are_none(run: Run, ending: str, status: Status) -> None:
    outcome = await run(COUNTERS + ending, limits=HURRIED)
    assert outcome.cells is None
    assert outcome.finished.status is status
    assert "shown" not in outcome.finished.sentence
    assert (NO_CHANCE in outcome.finished.sentence) is (status is Status.TIMED_OUT)


async def test_before_the_first_step_there_are_none(run: Run) -> None:
    outcome = await run(DEAF, record=True, limits=HURRIED)
    assert outcome.cells is None
    assert NO_CHANCE in outcome.finished.sentence


async def test_who_answers_shows_them_as_they_are(run: Run) -> None:
    outcome = await run(COUNTERS + "while True: pass", record=True, limits=HURRIED)
    assert outcome.cells
    assert [cell.type for cell in outcome.cells.cells] == ["int", "int"]
    assert outcome.finished.sentence == "The program ran longer than 0.6 seconds and was stopped."


async def test_after_stop(session: Session) -> None:
    reports = session.run(RunRequest(f"{COUNTERS}print('go', flush=True)\n{DEAF}", record=True))
    cells = None
    async for report in reports:
        match report:
            case Output():
                await session.stop()
            case Cells():
                cells = report
            case Finished():
                assert report.status is Status.STOPPED
                assert report.sentence == f"You stopped the program. {AS_RECORDED}"
    assert cells is not None


async def test_the_next_run_gives_the_same_letters(session: Session) -> None:
    request = RunRequest(COUNTERS + DEAF, limits=HURRIED, record=True)
    killed = await collect(session.run(request), session, [])
    plain = await collect(session.run(RunRequest(COUNTERS)), session, [])
    assert killed.cells
    assert plain.cells
    letters = [cell.label for cell in killed.cells.cells]
    assert [cell.label for cell in plain.cells.cells] == letters == ["B", "C"]


async def test_very_many_functions_are_not_all_shown(run: Run) -> None:
    source = "fs = [lambda: 0 for _ in range(2_500)]\nimport os\nos._exit(0)"
    outcome = await run(source, record=True)
    assert outcome.cells
    assert (len(outcome.cells.functions), outcome.cells.more) == (MOST_FUNCTIONS, 500)


@pytest.mark.parametrize(
    ("question", "status"), [(DEAF, Status.TIMED_OUT), ("__import__('os')._exit(1)", Status.DIED)]
)
async def test_at_the_prompt_they_are_those_from_before(
    session: Session, question: str, status: Status
) -> None:
    request = RunRequest(COUNTERS, limits=HURRIED, record=True)
    assert (await collect(session.run(request), session, [])).cells
    outcome = await collect(session.ask(Question(Ask.EVALUATE, question)), session, [])
    assert outcome.cells is None
    assert outcome.finished.status is status
    assert outcome.finished.sentence.endswith("Its cells are shown as they were before.")


SPOIL = """\
import ctypes, os
for line in open("/proc/self/maps"):
    places, rights, *_ = line.split()
    start, end = (int(place, 16) for place in places.split("-"))
    if rights == "rw-s" and end - start == 16 * 1024 * 1024:
        ctypes.memset(start, 99, 1)
"""
"""Makes the first record of the tape one of a kind that there is not."""


@pytest.mark.parametrize(
    ("ending", "status"), [("", Status.FINISHED), ("os._exit(0)", Status.DIED)]
)
async def test_a_spoilt_tape_spoils_nothing_else(run: Run, ending: str, status: Status) -> None:
    outcome = await run(COUNTERS + SPOIL + ending, record=True, limits=HURRIED)
    assert recording_of(outcome) == Recording(unavailable=DAMAGED)
    assert outcome.finished.status is status
    assert (outcome.cells is not None) is (status is Status.FINISHED)
