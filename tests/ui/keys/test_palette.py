"""The palette: what is found there is done in sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandList
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


@pytest.mark.parametrize("action", ["page_up", "page_down", "first", "last", "cursor_up"])
async def test_a_key_comes_before_the_list_is_laid_out(tmp_path: Path, action: str) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("ctrl+p")
        palette = at.app.screen
        options = palette.query_one(CommandList)
        await at.until(lambda: options.option_count > 0)
        options.display = False  # as it is until the first options are laid out
        options._clear_caches()
        await at.settle()
        await palette.run_action(f"command_list({action!r})")
        await at.settle()
        assert at.app.screen is palette
