"""A program as `python -I FILE` runs it, to hold a run against."""

from __future__ import annotations

import signal
import subprocess
from functools import partial
from pathlib import Path

from tutor.protocol.requests import Limits
from tutor.session.nursery_client import environment

PATIENT = Limits(wall_seconds=60, cpu_seconds=60)


def behind(python: Path) -> Path:
    """The interpreter itself: a script that starts it would change its environment."""
    told = subprocess.run(
        [python, "-c", "import sys; print(sys.executable)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(told.stdout.strip())


def script(python: Path, source: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The program as a script, in a folder and an environment such as a run has."""
    folder.mkdir()
    (folder / "program.py").write_text(source)
    return subprocess.run(
        [python, "-I", "-X", "utf8", folder / "program.py"],
        cwd=folder,
        env=environment() | {"HOME": str(folder), "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        # A shell that runs the tests in its background has it ignored, and children inherit that.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
