"""Recording in real runs, on every Python that is here: the same program, and its timeline."""

from __future__ import annotations

import pytest

from tests.harness.recorded import COUNTER, ends_as_seen, story
from tests.harness.recorded_runs import is_the_same_unrecorded, recording_of, run
from tutor.course.loader import content_folder, load
from tutor.course.model import Exercise
from tutor.grading.kinds import kind_of
from tutor.protocol.reports import Checking, CheckResult, Finished, Labels, Output, Status
from tutor.protocol.requests import Limits
from tutor.protocol.views import Cells, Change, Recording
from tutor.session import Session
from tutor.worker.cpython.events import TRACES_ITSELF, TRACES_ITSELF_OR
from tutor.worker.recorder.tape import MOST_STEPS

HURRIED = Limits(wall_seconds=0.6)


def exercises() -> list[Exercise]:
    course, _ = load(content_folder())
    return list(course.exercises)


async def test_every_exercise_does_the_same(anywhere: Session) -> None:
    for exercise in exercises():
        answers = [exercise.starter]
        if kind_of(exercise).is_program:
            answers.append(exercise.solution)
        for source in answers:
            outcome = await is_the_same_unrecorded(anywhere, source, checks=exercise.checks)
            recording = recording_of(outcome)
            assert not recording.unavailable, exercise.id
            assert recording.steps
            assert outcome.cells
            ends_as_seen(recording, outcome.cells)
        assert outcome.finished.status is Status.FINISHED, exercise.id


async def test_the_lives_of_objects_are_the_same(anywhere: Session) -> None:
    [exercise] = [each for each in exercises() if each.id == "lifetimes"]
    outcome = await run(anywhere, exercise.solution)
    assert outcome.stdout == exercise.expected
    gone = [step for step in recording_of(outcome).steps if step.what is Change.FUNCTION_GONE]
    assert gone


async def test_the_bank_account(anywhere: Session) -> None:
    [exercise] = [each for each in exercises() if each.id == "closure-bank-account"]
    told = story(recording_of(await run(anywhere, exercise.solution)))
    assert [line.partition(" ")[2] for line in told if " balance " in line] == [
        "balance filled 0",
        "balance rebound 0 -> 100",
        "balance rebound 100 -> 250",
        "balance rebound 250 -> 200",
    ]
    assert [line.partition(" ")[2] for line in told if "history mutated" in line][:2] == [
        "history mutated [] -> ['deposit:100']",
        "history mutated ['deposit:100'] -> ['deposit:100', 'deposit:150']",
    ]


async def test_the_order_of_reports(anywhere: Session) -> None:
    outcome = await run(
        anywhere,
        COUNTER + "f = make(0)\nprint(f())",
        classify=("make",),
        checks="def check_one(learner): pass",
    )
    kinds = [type(report) for report in outcome.reports]
    assert kinds == [Output, Cells, Recording, Labels, Checking, CheckResult, Finished]


async def test_it_is_off_unless_it_is_asked_for(anywhere: Session) -> None:
    outcome = await run(anywhere, "x = 1", record=False)
    assert not any(isinstance(report, Recording) for report in outcome.reports)


async def test_a_program_that_does_not_compile(anywhere: Session) -> None:
    assert recording_of(await run(anywhere, "x = (")) == Recording()


async def test_tracebacks_are_the_same(anywhere: Session) -> None:
    outcome = await is_the_same_unrecorded(
        anywhere,
        "import traceback\ndef make():\n  n = 0\n  def f():\n    nonlocal n\n    n += 1 / 0\n"
        "  return f\nf = make()\ntry: f()\nexcept ZeroDivisionError: print(traceback.format_exc().replace(__file__, '...'))\nf()",
    )
    assert outcome.stdout.count("File") == 2
    assert outcome.finished.failure
    assert outcome.finished.failure.text.count("File") == 2


async def test_a_recursion_error_ends_no_recording(anywhere: Session) -> None:
    outcome = await run(
        anywhere,
        """
def make():
    n = 0
    items = []
    def down(depth):
        nonlocal n
        n = depth
        items.append(depth)
        down(depth + 1)
    def up():
        nonlocal n
        n = -1
        items.clear()
    return down, up
down, up = make()
for _ in range(3):
    try: down(0)
    except RecursionError as error: print(error.args[0][:32])
up()
end = 1
""".lstrip(),
    )
    assert outcome.stdout == "maximum recursion depth exceeded\n" * 3
    assert outcome.stderr == ""
    told = story(recording_of(outcome))
    assert told[-2].startswith("11 n rebound")
    assert told[-1].startswith("12 items mutated")
    assert sum(line == "6 n rebound 900 -> 901" for line in told) == 3


async def test_a_program_that_traces_itself_sees_itself_only(anywhere: Session) -> None:
    outcome = await is_the_same_unrecorded(
        anywhere,
        COUNTER
        + "import sys, threading\nf = make(0)\nf()\n"
        + "def trace(frame, event, _): print(frame.f_code.co_name, event, frame.f_lineno)\n"
        + "sys.settrace(trace)\nf()\nsys.settrace(None)\n"
        + "thread = threading.Thread(target=f)\nthreading.settrace(trace)\nthread.start()\n",
    )
    assert outcome.stdout.startswith("inc call 3\n")
    recording = recording_of(outcome)
    assert recording.unavailable in (TRACES_ITSELF, TRACES_ITSELF_OR)
    assert story(recording)[-2] == "5 n rebound 0 -> 1"


async def test_a_program_that_profiles_itself(anywhere: Session) -> None:
    outcome = await run(
        anywhere, COUNTER + "import cProfile\nf = make(0)\ncProfile.run('f()')\nprint('end')"
    )
    assert outcome.stdout.endswith("end\n")
    assert "recorder" not in outcome.stdout
    assert recording_of(outcome).unavailable in (TRACES_ITSELF, TRACES_ITSELF_OR)


async def test_code_from_exec_and_eval(anywhere: Session) -> None:
    outcome = await run(
        anywhere,
        "1\nexec('def f():\\n n = 1\\n return lambda: n')\ng = f()\n"
        "h = eval('(lambda k: lambda: k)(2)')",
    )
    # The lines are those of the file, where exec and eval are called.
    assert story(recording_of(outcome)) == [
        "2 made f",
        "3 n filled 1",
        "3 made <lambda>",
        "4 made <lambda>",
        "4 k filled 2",
        "4 made <lambda>",
        "4 gone <lambda>",
    ]


WAYS_TO_END = {
    "C code that hears no signal": ("sum(range(10 ** 11))", Status.TIMED_OUT),
    "left at once": ("import os\nos._exit(3)", Status.DIED),
    "a crash": ("import ctypes\nctypes.string_at(0)", Status.DIED),
    "killed": ("import os\nos.kill(os.getpid(), 9)", Status.DIED),
}


@pytest.mark.parametrize(("ending", "status"), WAYS_TO_END.values(), ids=WAYS_TO_END)
async def test_the_recording_outlives_the_worker(
    anywhere: Session, ending: str, status: Status
) -> None:
    outcome = await run(anywhere, COUNTER + f"f = make(0)\nf()\n{ending}\n", limits=HURRIED)
    assert outcome.cells
    ends_as_seen(recording_of(outcome), outcome.cells)
    assert story(recording_of(outcome)) == [
        "1 made make",
        "2 n filled 0",
        "3 made inc",
        "5 n rebound 0 -> 1",
    ]
    assert outcome.finished.status is status
    assert "no chance to look" not in outcome.finished.sentence


@pytest.mark.parametrize("limits", [HURRIED, Limits(cpu_seconds=1)], ids=["wall", "processor"])
async def test_at_a_limit_cells_and_recording_have_the_same_labels(
    anywhere: Session, limits: Limits
) -> None:
    outcome = await run(
        anywhere,
        COUNTER + "make(1)()\na, b = make(5), make(7)\nmake(2)\nb()\nwhile True: pass",
        limits=limits,
    )
    assert outcome.finished.status is Status.TIMED_OUT
    assert outcome.cells
    recording = recording_of(outcome)
    ends_as_seen(recording, outcome.cells)
    assert [cell.label for cell in outcome.cells.cells] == ["A", "B"]
    # In order of making; those that no function holds any more come after the others.
    assert [cell.label for cell in recording.cells] == ["C", "A", "B", "D"]


async def test_at_the_prompt_no_label_comes_twice(anywhere: Session) -> None:
    await run(anywhere, COUNTER + "make(1)()\na = make(5)")
    reports = [report async for report in anywhere.evaluate("b = make(6)")]
    [cells] = [report for report in reports if isinstance(report, Cells)]
    assert [cell.label for cell in cells.cells] == ["A", "C"]
    assert not any(isinstance(report, Recording) for report in reports)


async def test_labels_last_from_run_to_run(anywhere: Session) -> None:
    for _ in range(2):
        outcome = await run(anywhere, COUNTER + "make(1)()\na = make(5)\nmake(2)()")
        assert [cell.label for cell in recording_of(outcome).cells] == ["B", "A", "C"]


async def test_very_many_steps_arrive(anywhere: Session) -> None:
    outcome = await run(anywhere, COUNTER + f"f = make(0)\nfor _ in range({MOST_STEPS}): f()\n")
    recording = recording_of(outcome)
    assert recording.stopped
    assert len(recording.steps) == MOST_STEPS
    assert {step.what for step in recording.steps[4:]} == {Change.REBOUND}
    assert outcome.cells
    assert outcome.cells.cells[0].value == str(MOST_STEPS)
