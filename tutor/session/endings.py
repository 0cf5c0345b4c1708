"""How the end of a run is told: one plain sentence for each way to end."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from enum import Enum

from tutor.protocol.frames import UNREPORTED
from tutor.protocol.reports import WITHOUT_END, Failure, Finished, Status
from tutor.protocol.requests import Limits

_CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE}
_DUMPED = {*_CRASHES, signal.SIGABRT}
"""After which the faulthandler has told where the program stood."""


OUR_FAULT = (
    "The tutor failed while it looked after this run: that is its own fault, not your program's."
)


class Shown(Enum):
    """The cells that are on show at the end: what a sentence says of them."""

    AS_THEY_ARE = ""
    AS_RECORDED = " Its cells are shown as of the last recorded step."
    AS_BEFORE = " Its cells are shown as they were before."
    """Before what was asked at the prompt."""
    NONE = " It gave no chance to look at its cells."


def sentence(finished: Finished, limits: Limits, shown: Shown, *, checking: bool = False) -> str:
    """What happened, and of what moment the cells are if it was cut short.

    With `checking` the program had come to its end, and what was cut short are its checks.
    """
    what = "checks" if checking else "program"
    were = "were" if checking else "was"
    match finished.status:
        case Status.FINISHED:
            return ""
        case Status.FAILED:
            summary = finished.failure.summary if finished.failure else ""
            return f"The program ended with {summary}" if summary else "The program failed."
        case Status.TIMED_OUT:
            longer = f"ran longer than {limits.wall_seconds:g} seconds"
            told = f"The {what} {longer} and {were} stopped."
        case Status.OUT_OF_MEMORY:
            megabytes = limits.memory_bytes // (1024 * 1024)
            return f"The program asked for more than the {megabytes} MB of memory that it may use."
        case Status.TOO_MUCH_OUTPUT:
            told = f"The program printed more than {limits.output_bytes:,} bytes and was stopped."
        case Status.STOPPED:
            told = f"You stopped the {what}."
        case Status.DIED if finished.fault:
            return OUR_FAULT
        case Status.DIED:
            return finished.sentence + ("" if shown is Shown.NONE else shown.value)
    return told + shown.value


def died(wait_status: int, crash: Mapping[str, object] | None, seconds: float) -> Finished:
    """What a worker that went without a word left: its wait status (wait(2)), and where it stood.

    `crash` has the fields of the worker's `Crash`.
    """
    if os.WIFEXITED(wait_status):
        status = os.WEXITSTATUS(wait_status)
        if status == UNREPORTED:
            return _died("The program damaged what the tutor watches it with.", seconds)
        told = f"The program left at once, without coming to its end (exit status {status})."
        return _died(told, seconds)
    number = os.WTERMSIG(wait_status)
    name = signal.strsignal(number) or f"signal {number}"
    how = "crashed the interpreter" if number in _CRASHES else "was ended by a signal"
    if crash is None or number not in _DUMPED:
        return _died(f"The program {how} ({name}).", seconds)
    line, function = int(str(crash["line"])), str(crash["name"])
    if crash["endless"]:
        told = f"`{function}` (line {line}) {WITHOUT_END}"
        return _died(f"{told}.", seconds, Failure("", line, told))
    told = f"{how} ({name}) at line {line}, in `{function}`"
    return _died(f"The program {told}.", seconds, Failure("", line, told))


def _died(sentence: str, seconds: float, failure: Failure | None = None) -> Finished:
    return Finished(Status.DIED, seconds, failure, sentence)
