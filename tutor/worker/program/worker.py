"""The worker: a process of its own for one program, confined and limited before it begins."""

from __future__ import annotations

import os
import signal
from os import _exit
from typing import NoReturn

from ...protocol.frames import UNREPORTED
from ...protocol.requests import RunRequest
from ..process import kernel, limits
from ..process.pristine import Pristine
from ..process.signals import as_in_a_script
from ..recorder.recorder import Recorder
from ..recorder.tape import Tape
from .channels import Channels
from .program import Program

NICENESS = 10
"""Runs give way to the tutor, and a fork bomb to the supervisor that must end it (nice(2))."""


def work(
    request: RunRequest, path: str, channels: Channels, pristine: Pristine, tape: Tape | None
) -> NoReturn:
    """Be the worker of one run, recorded if there is a tape. Never returns."""
    program = None
    try:
        kernel.die_with_parent(signal.SIGKILL)
        kernel.die_first()
        os.setsid()
        os.nice(NICENESS)
        as_in_a_script()
        scratch = os.path.dirname(path)
        os.chdir(scratch)
        for name in ("HOME", "TMPDIR"):
            os.environ[name] = scratch
        kernel.confine(scratch)
        limits.apply(request.limits)
        program = Program(request, path, channels, pristine, Recorder(tape))
        program.run()
        while True:
            channels.rest()
            program.answer_prompt()
    except BaseException as error:
        if program:
            program.fail(error)
    finally:
        _exit(UNREPORTED)
