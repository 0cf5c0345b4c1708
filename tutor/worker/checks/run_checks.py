"""Runs the checks of an exercise against a finished program, in a fork of it.

The fork keeps the cells on show and the prompt as they were. In it builtins are as before the
learner's code, and so is what the checks import.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from sys import _current_frames
from types import FunctionType

from ...protocol.reports import Cause, CheckResult, CourseFault, Report
from ...protocol.requests import RunRequest
from ..process import streams as console
from ..process.pristine import Pristine
from ..process.silence import fork
from . import wording
from .learner import CHECKS, CheckFailed, Learner
from .ledger import BEGUN, DONE, END, Ledger


def run_checks(
    request: RunRequest,
    path: str,
    namespace: dict[str, object],
    pristine: Pristine,
    report: Callable[[Report], None],
    *,
    finished: bool,
) -> None:
    """Run every `check_...` function of the request in a fork, and report each result from there.

    What the fork does not come to is told here. Without a fork the results are missing; a missing
    result is not a pass. Of a program that did not finish only names of the wrong kind are
    reported: one that is missing may have come later.
    """
    has_threads = len(_current_frames()) > 1
    try:
        ledger = Ledger()
    except OSError:  # no descriptors left
        return
    try:
        child = fork()
    except OSError:  # no processes or memory left
        ledger.close()
        return
    if child:
        for told in ledger.missing(child, request.limits):
            if finished:
                report(told)
        return
    try:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        if has_threads:
            console.renew()
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        source = request.checks or ""
        try:
            checks = _checks(source, pristine)
        except BaseException as error:
            report(CourseFault(wording.place_and_reason(error, CHECKS)))
            checks = []
        ledger.list([name for name, _ in checks])
        for name, check in checks:
            ledger.mark(BEGUN)
            learner = Learner(namespace, path, request.source, finished=finished)
            result = _result(name, check, learner, source)
            if finished or result.cause is Cause.WRONG_KIND:
                report(result)
            ledger.mark(DONE)
        ledger.mark(END)
    finally:
        os._exit(0)


def _checks(source: str, pristine: Pristine) -> list[tuple[str, Callable[[Learner], None]]]:
    """The checks of a checks.py, in its order."""
    names: dict[str, object] = {
        "__name__": "checks",
        "__builtins__": {**pristine.builtins, "__import__": pristine.import_for_checks},
    }
    exec(compile(source, CHECKS, "exec", dont_inherit=True), names)
    return [
        (name.removeprefix("check_").replace("_", " "), value)
        for name, value in names.items()
        if name.startswith("check_") and type(value) is FunctionType
    ]


def _result(
    name: str, check: Callable[[Learner], None], learner: Learner, source: str
) -> CheckResult:
    try:
        check(learner)
    except BaseException as error:
        # One that the learner derived from these is not asked for its text.
        if type(error) in (AssertionError, CheckFailed):
            said = wording.sentence(error) or wording.unheld(error, CHECKS, source)
            cause = error.cause if type(error) is CheckFailed else Cause.CLAIM
            return CheckResult(name, False, said, cause)
        return CheckResult(
            name,
            False,
            f"The check came to no end: {wording.reason(error, CHECKS)}.",
            Cause.UNTRIED,
        )
    return CheckResult(name, True, "")
