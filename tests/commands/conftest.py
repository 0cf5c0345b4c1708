"""A session that gives what a test says, for the commands that run learner code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.played_session import PlayedSession, Script
from tests.harness.small_course import write_course


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[[Script], PlayedSession]:
    """Let the commands run on a session that follows the script."""

    def play(script: Script) -> PlayedSession:
        session = PlayedSession(script)
        for command in ("inspect", "check", "verify"):
            monkeypatch.setattr(f"tutor.commands.{command}.Session", session.begun_with)
        return session

    return play


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The folder of the small course."""
    return write_course(tmp_path / "content")


@pytest.fixture(autouse=True)
def a_learner_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the state of who runs the tests out of them."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
