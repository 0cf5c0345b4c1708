"""What a run may not do to what is around it, and what becomes of a run that cannot begin."""

from __future__ import annotations

import os
import pty
import resource
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

import pytest

from tests.harness.runs import Run, collect
from tutor.protocol.reports import Status
from tutor.protocol.requests import RunRequest
from tutor.session import Session
from tutor.worker.process.kernel import IOCTL_ABI, landlock_abi

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Linux's own means")


@linux_only
@pytest.mark.skipif(landlock_abi() < IOCTL_ABI, reason="Landlock older than ABI 5")
async def test_a_terminal_that_is_opened_by_its_name_keeps_its_modes(run: Run) -> None:
    """To set them takes no right to write, so the tutor's own terminal could be made unusable."""
    tutors, terminal = pty.openpty()
    before = termios.tcgetattr(terminal)
    try:
        outcome = await run(
            "import os, termios\n"
            f"terminal = os.open({os.ttyname(terminal)!r}, os.O_RDONLY | os.O_NOCTTY)\n"
            "modes = termios.tcgetattr(terminal)\n"
            "modes[3] &= ~termios.ECHO\n"
            "termios.tcsetattr(terminal, termios.TCSANOW, modes)\n"
        )
        assert termios.tcgetattr(terminal) == before
    finally:
        os.close(tutors)
        os.close(terminal)
    assert outcome.finished.failure is not None
    assert "Permission denied" in outcome.finished.failure.summary


@linux_only
async def test_a_run_gains_no_rights_and_is_the_first_to_go_where_memory_runs_out(
    run: Run,
) -> None:
    outcome = await run(
        "print(open('/proc/self/oom_score_adj').read().strip())\n"
        "print([line for line in open('/proc/self/status') if line.startswith('NoNewPrivs')])\n"
    )
    assert outcome.stdout == "1000\n['NoNewPrivs:\\t1\\n']\n"


async def test_a_run_without_a_place_for_its_folder_is_told_why(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", "/nowhere")
        outcome = await collect(session.run(RunRequest("print(1)")), session, [])
    assert outcome.finished.status is Status.DIED
    assert outcome.finished.sentence.startswith(
        "The program could not be started: No such file or directory: /nowhere/"
    )
    assert outcome.stderr == ""
    outcome = await collect(session.run(RunRequest("print(1)")), session, [])
    assert outcome.stdout == "1\n"


def test_few_descriptors_are_enough(tmp_path: Path) -> None:
    """Some machines allow a process 1,024 descriptors, and we would like to have one at 4,000."""
    program = (
        "import asyncio\n"
        "from tutor.session import Session\n"
        "from tutor.protocol.requests import RunRequest\n"
        "async def main():\n"
        "    async with Session() as session:\n"
        "        async for report in session.run(RunRequest('print(6 * 7)')): print(report)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (512, 512)),
        check=False,
    )
    assert "42" in done.stdout
    assert done.stderr == ""
