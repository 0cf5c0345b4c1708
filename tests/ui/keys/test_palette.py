"""The palette: what is found there is done in sight."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import PREDICT
from tutor.ui.keys.palette import Palette


async def test_the_palette_finds_an_exercise_and_its_cursor_rests(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("ctrl+p")
        assert isinstance(at.app.screen, Palette)
        assert not at.app.screen.query_one(Input).cursor_blink
        await at.type("predict")
        await at.until(lambda: "1.3 Predict it" in at.text)
        await at.press("enter")
        await at.until(lambda: at.main.course_state.exercise is PREDICT)


async def test_what_the_palette_does_is_in_sight(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f1", "ctrl+p")
        await at.type("predict")
        await at.until(lambda: "1.3 Predict it" in at.text)
        await at.press("enter")
        await at.until(lambda: at.main.course_state.exercise is PREDICT)
        await at.until(lambda: at.app.screen is at.main)
