"""How the end of a run is told: one plain sentence for each way to end."""

from __future__ import annotations

import os
import signal

from tutor.worker.messages import Finished, Limits, Status

_CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE}


def sentence(finished: Finished, limits: Limits, looked: bool) -> str:
    """What happened; `looked` says whether a run that was cut short could show its cells."""
    match finished.status:
        case Status.FINISHED:
            return ""
        case Status.FAILED:
            summary = finished.failure.summary if finished.failure else ""
            return f"The program ended with {summary}" if summary else "The program failed."
        case Status.TIMED_OUT:
            told = f"The program ran longer than {limits.wall_seconds:g} seconds and was stopped."
        case Status.OUT_OF_MEMORY:
            megabytes = limits.memory_bytes // (1024 * 1024)
            return f"The program asked for more than the {megabytes} MB of memory that it may use."
        case Status.TOO_MUCH_OUTPUT:
            told = f"The program printed more than {limits.output_bytes:,} bytes and was stopped."
        case Status.STOPPED:
            told = "You stopped the program."
        case Status.DIED:
            return finished.sentence
    return told if looked else f"{told} It gave no chance to look at its cells."


def died_sentence(wait_status: int) -> str:
    """What a worker that went without a word left: its wait status (wait(2))."""
    if os.WIFEXITED(wait_status):
        status = os.WEXITSTATUS(wait_status)
        return f"The program left at once, without coming to its end (exit status {status})."
    number = os.WTERMSIG(wait_status)
    name = signal.strsignal(number) or f"signal {number}"
    if number in _CRASHES:
        return f"The program crashed the interpreter ({name})."
    return f"The program was ended by a signal ({name})."
