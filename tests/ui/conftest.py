"""The terminal that the tests of the screen think they run in."""

from __future__ import annotations

import pytest
from textual import app, pilot

from tests.harness.rest import rest


@pytest.fixture(autouse=True)
def terminal_of_many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def rest_that_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each `press` and `pause` of a test ends when the app rests, not when it seems to."""
    for module in (app, pilot):
        monkeypatch.setattr(module, "wait_for_idle", rest)
