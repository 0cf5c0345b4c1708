"""The terminal that the tests of the screen think they run in."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def terminal_of_many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
