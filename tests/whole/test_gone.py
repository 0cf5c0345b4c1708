"""However the tutor ends, it is gone; and a SIGCONT, which comes with a hang-up too, starts nothing twice."""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.harness.terminal import DEADLINE_SECONDS, Terminal
from tutor.exits import FAILED
from tutor.state.progress import Progress
from tutor.ui.terminal.driver import HUNG_UP

FAILING = (sys.executable, "-m", "tests.harness.failing_tutor", "action")
LEFT = b"\x1b[?1049l"
BEFORE, AFTER = range(8), range(12)
"""The moments: so many times 5 ms after the key, so many times 2 ms after the screen was given back."""


def close(terminal: Terminal) -> None:
    terminal.process.fileobj.close()


def go_on(terminal: Terminal) -> None:
    for _ in range(3):
        os.kill(terminal.process.pid, signal.SIGCONT)


def go_on_and_close(terminal: Terminal) -> None:
    go_on(terminal)
    close(terminal)


WRITE = ("1", "64")
"""The number of the system call, on x86-64 and on aarch64."""
READS_KEYS = b"\x1b[?2004h"
"""Pastes are to be told apart: what the app writes last when it takes a terminal."""
ENDS = {"crash": ("f12", FAILED), "quit": ("f10", 0)}
HAPPENS = [close, go_on, go_on_and_close]


@pytest.mark.our_fault
@pytest.mark.parametrize(
    ("end", "happens"),
    [(end, happens) for end in ENDS for happens in HAPPENS][:5],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_twenty_moments(tmp_path: Path, end: str, happens: Callable[[Terminal], None]) -> None:
    key, status = ENDS[end]
    for left, moment in [(False, n) for n in BEFORE] + [(True, n) for n in AFTER]:
        with Terminal(tmp_path, command=FAILING) as terminal:
            terminal.wait_for("F10 Quit")
            terminal.press(key)
            if left:
                terminal.wait_for(lambda _: LEFT in terminal.received, "the end")
            time.sleep(moment * (0.002 if left else 0.005))  # the moment, not a wait for an event
            happens(terminal)
            ended = gone(terminal)
            assert ended is not None, f"{end}, {left=}, {moment}: it does not end"
            assert terminal.process.fileobj.closed or ended == status


def gone(terminal: Terminal) -> int | None:
    """The exit status once it has ended; None if it does not."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while terminal.process.isalive():
        if time.monotonic() > deadline:
            return None
        if terminal.process.fileobj.closed:
            os.sched_yield()
        else:
            terminal.settle(0.01)
    status = terminal.process.exitstatus
    return -int(terminal.process.signalstatus or 0) if status is None else int(status)


def threads(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/task"))


def test_going_on_without_a_stop_starts_nothing_twice(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press("ctrl+home", "x")
        terminal.wait_for("xdef")
        before = threads(terminal.process.pid)
        for count in range(1, 4):
            taken = terminal.received.count(READS_KEYS)
            os.kill(terminal.process.pid, signal.SIGCONT)
            terminal.wait_for(
                lambda _: terminal.received.count(READS_KEYS) > taken,  # noqa: B023
                "the screen taken again",
            )
            terminal.press("x")
            terminal.wait_for("x" * (count + 1) + "def")
        terminal.press("yyyy")
        terminal.wait_for("yyyydef")
        assert threads(terminal.process.pid) == before
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
        flags = termios.tcgetattr(terminal.process.fd)[3]
        assert flags & termios.ECHO
        assert flags & termios.ICANON


def test_a_terminal_that_takes_nothing_keeps_nobody(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for("F10 Quit")
        # Nobody reads, until the terminal's buffer is full and the app's writer waits.
        while threads_blocked(terminal) == 0:
            terminal.press("ctrl+l")
        os.kill(terminal.process.pid, signal.SIGTERM)
        deadline = time.monotonic() + DEADLINE_SECONDS
        while terminal.process.isalive():
            assert time.monotonic() < deadline, "it waits for the terminal"
            os.sched_yield()
        assert terminal.process.exitstatus == 128 + signal.SIGTERM


def threads_blocked(terminal: Terminal) -> int:
    """How many threads wait for the terminal to take what they write."""
    waits = 0
    for task in Path(f"/proc/{terminal.process.pid}/task").iterdir():
        with suppress(OSError):
            number, _, rest = (task / "syscall").read_text().partition(" ")
            waits += number in WRITE and rest.startswith("0x2 ")
    return waits


def test_a_terminal_that_is_gone_ends_one_that_ignores_the_signal(tmp_path: Path) -> None:
    state = tmp_path / "state"
    ignoring = ("sh", "-c", 'trap "" HUP; exec "$@"', "sh", sys.executable, "-m", "tutor")
    with Terminal(tmp_path, "--state", str(state), command=ignoring) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press("ctrl+home", "# mine ")
        terminal.wait_for("# mine")
        close(terminal)
        assert gone(terminal) == HUNG_UP
    draft = Progress.open(state).record("independent-captures").draft
    assert draft
    assert draft.startswith("# mine def")


def test_an_interrupt_saves_the_draft(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with Terminal(tmp_path, "--state", str(state)) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press("ctrl+home", "# mine ")
        terminal.wait_for("# mine")
        os.kill(terminal.process.pid, signal.SIGINT)
        assert terminal.wait_until_gone() == 128 + signal.SIGINT
    draft = Progress.open(state).record("independent-captures").draft
    assert draft
    assert draft.startswith("# mine def")
