"""The tests wait for what happens, not for a time in which it should have."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import _wait

from tests.harness.running_tutor import played_tutor


async def test_keys_are_answered_however_little_the_machine_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A busy machine: the process had none of its time, and so seems to be idle.
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0)
    monkeypatch.setattr(_wait, "process_time", lambda: 0.0)
    async with played_tutor(tmp_path) as at:
        for n in range(20):
            await at.press("f2", "f2", "enter")
            assert at.main.focused is at.main.code.editor, n
