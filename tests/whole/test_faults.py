"""When the tutor's own code fails: nothing typed is lost, the terminal is whole, one line tells."""

from __future__ import annotations

import sys
import termios
from pathlib import Path

import pytest

from tests.harness.failing_tutor import PLACES
from tests.harness.terminal import Terminal
from tutor.exits import FAILED
from tutor.faults import REPORT
from tutor.state.progress import Progress

FAILING = (sys.executable, "-m", "tests.harness.failing_tutor")


@pytest.mark.our_fault
@pytest.mark.parametrize("place", PLACES)
def test_a_fault_of_ours(tmp_path: Path, place: str) -> None:
    state = tmp_path / "state"
    arguments = (place, "--state", str(state))
    with Terminal(tmp_path, *arguments, command=FAILING, columns=200) as terminal:
        terminal.wait_for("Write the bodies")
        terminal.press("ctrl+home", "# mine ")
        terminal.wait_for("# mine")
        terminal.press("f12")
        assert terminal.wait_until_gone() == FAILED
        check_terminal(terminal)
        said = said_by(terminal)
    assert said.count("\n") == 1
    assert r"LookupError: planted\x1b[31m\nhere" in said
    assert str(state / REPORT) in said
    report = (state / REPORT).read_text()
    assert "Traceback" in report
    assert "in fail\n" in report
    draft = Progress.open(state).record("independent-captures").draft
    if place == "saving":
        assert "Not all that you typed could be saved" in said
        assert "Then, while the tutor ended: LookupError" in report
    else:
        assert "What you typed is saved" in said
        assert draft
        assert draft.startswith("# mine def")


def said_by(terminal: Terminal) -> str:
    """What was written once the screen was given back."""
    return terminal.received.rpartition(b"\x1b[?1004l")[2].decode()


def check_terminal(terminal: Terminal) -> None:
    """It has its modes and its screen back."""
    flags = termios.tcgetattr(terminal.process.fd)[3]
    assert flags & termios.ECHO
    assert flags & termios.ICANON
    left = bytes(terminal.received[-2000:])
    for mode in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l"):
        assert mode in left
    assert b"Traceback" not in terminal.received


@pytest.mark.our_fault
def test_a_fault_at_the_start(tmp_path: Path) -> None:
    state = tmp_path / "state"
    arguments = ("start", "--state", str(state))
    with Terminal(tmp_path, *arguments, command=FAILING, columns=200) as terminal:
        assert terminal.wait_until_gone() == FAILED
        check_terminal(terminal)
        assert "LookupError" in said_by(terminal)
    assert "in fail\n" in (state / REPORT).read_text()


@pytest.mark.our_fault
def test_a_report_that_cannot_lie_with_the_progress(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    (tmp_path / "tmp").mkdir()
    environment = {"TMPDIR": str(tmp_path / "tmp")}
    arguments = ("action", "--state", str(tmp_path / "state"))
    with Terminal(
        tmp_path, *arguments, command=FAILING, columns=200, environment=environment
    ) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press("# mine ")
        terminal.wait_for("# mine")
        terminal.press("f12")
        assert terminal.wait_until_gone() == FAILED
        said = said_by(terminal)
        assert "Not all that you typed could be saved" in said
        assert str(tmp_path / "tmp" / REPORT) in said
    assert "LookupError" in (tmp_path / "tmp" / REPORT).read_text()
