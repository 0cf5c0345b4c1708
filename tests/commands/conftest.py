"""A session that gives what a test says, for the commands that run learner code."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Self

import pytest

from tests.harness.small_course import write_course
from tutor.protocol.messages import Report, RunRequest

Script = Callable[[RunRequest], Iterable[Report]]


class FakeSession:
    """Stands in for `tutor.session.Session`."""

    script: Script = staticmethod(lambda request: ())
    made_with: Path | None = None
    given: list[str | None]
    closed = False

    def __init__(self, python: Path | None = None) -> None:
        FakeSession.made_with = python
        FakeSession.given = []
        FakeSession.closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        FakeSession.closed = True

    async def run(self, request: RunRequest) -> AsyncIterator[Report]:
        for report in FakeSession.script(request):
            yield report

    def send_input(self, line: str | None) -> None:
        FakeSession.given.append(line)


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[[Script], type[FakeSession]]:
    """Let the commands run on a FakeSession that follows the script."""

    def play(script: Script) -> type[FakeSession]:
        monkeypatch.setattr(FakeSession, "script", staticmethod(script))
        for command in ("inspect", "check", "verify"):
            monkeypatch.setattr(f"tutor.commands.{command}.Session", FakeSession)
        return FakeSession

    return play


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The folder of the small course."""
    return write_course(tmp_path / "content")


@pytest.fixture(autouse=True)
def a_learner_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the state of who runs the tests out of them."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
