"""What a program leaves behind in its own process does not reach the code of ours that runs there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.checked import ADDER, ADDS
from tests.harness.processes import gone_within
from tests.harness.runs import Run, collect
from tutor.protocol.reports import Status
from tutor.protocol.requests import Limits
from tutor.session import Session

STORM = (
    "import signal\ndef late(*_): raise TimeoutError('late')\nsignal.signal(signal.SIGALRM, late)\n"
)
REAPER = (
    "import os, threading, time\n"
    "def reap():\n"
    "    while True:\n"
    "        try: os.wait()\n"
    "        except OSError: time.sleep(0.0005)\n"
    "threading.Thread(target=reap, daemon=True).start()\n"
)
DESCRIPTORS_USED_UP = (
    "import os\n"
    "kept = []\n"
    "try:\n"
    "    while True: kept.append(os.open('/dev/null', 0))\n"
    "except OSError: pass\n"
    "class Shown:\n"
    "    def __repr__(self): return 'shown'\n"
    "shown = make_adder(Shown())\n"
)


@pytest.mark.parametrize(
    "source",
    [
        "import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\n",
        "import os, signal\nsignal.signal(signal.SIGCHLD, lambda *_: os.waitpid(-1, os.WNOHANG))\n",
        REAPER,
        DESCRIPTORS_USED_UP,
        "import threading, time, warnings\nwarnings.simplefilter('error')\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n",
    ],
)
async def test_a_right_answer_passes_whatever_else_it_does(run: Run, source: str) -> None:
    outcome = await run(ADDER + source, checks=ADDS)
    assert outcome.finished.status is Status.FINISHED
    assert outcome.checks["it"].passed
    assert outcome.stderr == ""


async def test_cells_are_described_when_no_descriptor_is_left(run: Run) -> None:
    outcome = await run(ADDER + DESCRIPTORS_USED_UP)
    assert outcome.cells is not None
    assert [cell.value for cell in outcome.cells.cells] == ["shown"]


async def test_threads_that_print_do_not_hold_up_the_checks(run: Run) -> None:
    """A fork while a thread holds the lock of stdout: nobody in the copy would ever let go of it."""
    outcome = await run(
        "import threading, time\n"
        "def go():\n    while True: print('x' * 5)\n"
        "for _ in range(4): threading.Thread(target=go, daemon=True).start()\n"
        "time.sleep(0.01)\ndef f(x): print('got', x)\n",
        checks="def check_it(learner): assert learner.output_of(learner['f'], 3) == 'got 3\\n'",
        limits=Limits(wall_seconds=5, output_bytes=10**9),
    )
    assert outcome.finished.status is Status.FINISHED
    assert outcome.checks["it"].passed


async def test_a_warning_for_our_forks_is_not_the_learners(run: Run) -> None:
    outcome = await run(
        ADDER + "import threading, time, warnings\nwarnings.simplefilter('always')\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        "class Shown:\n    def __repr__(self): return 'shown'\nshown = make_adder(Shown())\n",
        checks=ADDS,
    )
    assert outcome.checks["it"].passed
    assert outcome.stderr == ""


@pytest.mark.parametrize(
    "source",
    [
        STORM + "signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)\n"
        "try: signal.pause()\nexcept TimeoutError: pass\n",
        "import _thread, threading, time\n"
        "def interrupt():\n    while True: _thread.interrupt_main(); time.sleep(0.0005)\n"
        "threading.Thread(target=interrupt, daemon=True).start()\n",
    ],
)
async def test_signals_that_go_on_break_no_report(run: Run, source: str) -> None:
    """They may strike the last line of the program: then that is how it ended."""
    outcome = await run(ADDER + "add = make_adder(1)\n" + source)
    assert outcome.finished.status in (Status.FINISHED, Status.FAILED)
    assert "worker" not in outcome.stderr
    again = await run("print('again')")
    assert again.stdout == "again\n"


async def test_an_alarm_that_comes_while_the_program_rests_harms_nothing(
    run: Run, session: Session
) -> None:
    await run(STORM + "signal.setitimer(signal.ITIMER_REAL, 0.05, 0.001)\nprint('end')")
    outcome = await collect(
        session.evaluate("signal.setitimer(signal.ITIMER_REAL, 0)"), session, []
    )
    assert outcome.finished.prompt
    outcome = await collect(session.evaluate("signal.raise_signal(signal.SIGALRM)"), session, [])
    assert outcome.finished.failure is not None
    assert outcome.finished.failure.summary == "TimeoutError: late"


async def test_what_breaks_our_code_is_the_programs_failure(run: Run) -> None:
    outcome = await run(
        f"{ADDER}import sys\ndef hook(event, arguments):\n    if event == 'os.fork': 1 / 0\n"
        "sys.addaudithook(hook)\n",
        checks=ADDS,
    )
    finished = outcome.finished
    assert finished.status is Status.FAILED
    assert finished.failure is not None
    assert finished.failure.summary == "ZeroDivisionError: division by zero"
    assert finished.failure.line == 7
    assert "worker" not in finished.failure.text + outcome.stderr
    assert not finished.prompt


@pytest.mark.parametrize(
    "source",
    [
        "import os\nprint('a')\nos.closerange(3, 20_000)\n",
        "import sys\nprint('a')\nsys.addaudithook(lambda event, arguments: 1 / 0)\n",
    ],
)
async def test_a_program_that_breaks_our_reports_is_told_so(run: Run, source: str) -> None:
    outcome = await run(source)
    assert outcome.finished.status is Status.DIED
    assert outcome.finished.sentence == "The program damaged what the tutor watches it with."
    assert (outcome.stdout, outcome.stderr) == ("a\n", "")


async def test_what_comes_after_the_end_is_not_the_next_answers(
    run: Run, session: Session, scratch_area: Path
) -> None:
    await run("import os\nif os.fork() == 0:\n    while True: os.write(1, b'late')\n")
    assert gone_within(1.0, scratch_area, but=3)
    await session.warm()  # the loop takes in what has come
    outcome = await collect(session.evaluate("1"), session, [])
    assert outcome.stdout == "1\n"
