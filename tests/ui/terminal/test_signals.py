"""A terminal that goes away takes nothing with it."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.harness.terminal import Terminal
from tutor.state.progress import Progress


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_draft_is_saved_when_the_tutor_is_told_to_go(
    tmp_path: Path, number: signal.Signals
) -> None:
    state = tmp_path / "state"
    with Terminal(tmp_path, "--state", str(state)) as terminal:
        terminal.wait_for("Write the bodies")
        terminal.press("ctrl+home", "# mine ")
        terminal.wait_for("# mine")
        terminal.process.kill(number)
        assert terminal.wait_until_gone() == 128 + number
    draft = Progress.open(state).record("independent-captures").draft
    assert draft
    assert draft.startswith("# mine def")


def test_the_draft_is_saved_when_the_terminal_closes(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with Terminal(tmp_path, "--state", str(state)) as terminal:
        terminal.wait_for("Write the bodies")
        terminal.press("ctrl+home", "# mine ")
        terminal.wait_for("# mine")
        terminal.process.fileobj.close()
        terminal.process.wait()
    draft = Progress.open(state).record("independent-captures").draft
    assert draft
    assert draft.startswith("# mine def")
