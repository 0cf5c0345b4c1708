"""A copy of the program that `os.fork` makes ends as a script's would: it reports nothing."""

from __future__ import annotations

import pytest

from tests.harness.faults import SHORT
from tests.harness.runs import Run, collect
from tutor.protocol.reports import Finished, Status
from tutor.protocol.requests import Limits
from tutor.protocol.views import Cells
from tutor.session import Session

LEFT = "def left(status): return os.waitstatus_to_exitcode(status)\nimport atexit, os, sys\n"


@pytest.mark.parametrize(
    ("source", "stdout", "stderr"),
    [
        (
            "if os.fork() == 0: print('copy')\nelse: os.wait(); print('program')",
            "copy\nprogram\n",
            "",
        ),
        (
            "if os.fork() == 0: raise ValueError('in the copy')\nprint(left(os.wait()[1]))",
            "1\n",
            "ValueError: in the copy\n",
        ),
        ("if os.fork() == 0: sys.exit(3)\nprint(left(os.wait()[1]))", "3\n", ""),
        ("if os.fork() == 0: sys.exit('no')\nprint(left(os.wait()[1]))", "1\n", "no\n"),
        ("atexit.register(print, 'end')\nif os.fork(): os.wait()", "end\nend\n", ""),
        ("atexit.register(lambda: os.fork() and os.wait())\nprint('end')", "end\n", ""),
        (
            "class Flushes:\n"
            "    def write(self, text): return len(text)\n"
            "    def flush(self): os.fork() and os.wait()\n"
            "print('end', flush=True)\nsys.stdout = Flushes()",
            "end\n",
            "",
        ),
    ],
)
async def test_a_copy_ends_by_itself(run: Run, source: str, stdout: str, stderr: str) -> None:
    outcome = await run(LEFT + source)
    assert outcome.finished.status is Status.FINISHED
    assert outcome.finished.prompt
    assert outcome.stdout == stdout
    assert outcome.stderr.endswith(stderr)
    assert [type(report) for report in outcome.reports].count(Cells) == 1


async def test_a_copy_that_uses_up_its_processor_time_dies_alone(run: Run) -> None:
    outcome = await run(
        LEFT + "if os.fork() == 0:\n    while True: pass\nprint(left(os.wait()[1]))",
        limits=Limits(wall_seconds=20, cpu_seconds=1),
    )
    assert outcome.finished.status is Status.FINISHED
    assert outcome.stdout == "-24\n"  # SIGXCPU


async def test_a_copy_at_the_prompt_ends_by_itself(run: Run, session: Session) -> None:
    await run("import os")
    outcome = await collect(
        session.evaluate("print('program' if os.fork() and os.wait() else 'copy')"), session, []
    )
    assert outcome.stdout == "copy\nprogram\n"
    assert [type(report) for report in outcome.reports].count(Finished) == 1
    outcome = await collect(session.evaluate("1"), session, [])
    assert outcome.stdout == "1\n"


async def test_a_copy_is_not_graded(run: Run) -> None:
    checks = "def check_it(learner): assert learner['who'] == 'program'"
    outcome = await run(
        "import os\nwho = 'program'\nif os.fork() == 0: who = 'copy'\nelse: os.wait()",
        checks=checks,
    )
    assert outcome.checks["it"].passed


async def test_a_copy_that_waits_is_ended_with_the_run(run: Run) -> None:
    outcome = await run(
        "import os, time\nif os.fork() == 0: time.sleep(60)\nos.wait()", limits=SHORT
    )
    assert outcome.finished.status is Status.TIMED_OUT
