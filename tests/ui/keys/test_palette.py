"""The palette: what is found there is done in sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandList
from textual.widgets import Input

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import BUILD, COURSE, PREDICT, REPAIR, out
from tutor.state.progress import ExerciseState, Progress
from tutor.ui.keys.actions import KEYS, key_name
from tutor.ui.keys.palette import Command, Palette
from tutor.ui.pages.help_screen import HelpScreen
from tutor.ui.pages.settings_screen import SettingsScreen
from tutor.ui.settings.rows import ROWS


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


def found(at: PlayedTutor) -> dict[str, Command]:
    return {command.title: command for command in at.app.searchable()}


async def choose(at: PlayedTutor, title: str) -> None:
    """Search for something by its whole title, and take it."""
    await at.press("ctrl+p")
    await at.type(title)
    options = at.app.screen.query_one(CommandList)
    await at.until(
        lambda: options.option_count > 0 and title in str(options.get_option_at_index(0).prompt)
    )
    await at.press("enter")
    await at.until(lambda: not isinstance(at.app.screen, Palette))
    await at.settle()


async def test_it_holds_every_action_that_does_something_with_its_keys(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        for key in KEYS:
            if key.id in ("stop", "prompt"):
                assert key.description not in found(at)
            else:
                keys = ", ".join(map(key_name, key.key.split(",")))
                assert found(at)[key.description].key == keys
        await at.run(out("one\n"))
        assert found(at)["Prompt"].key == "F7, Ctrl+R"
        at.session.hangs = True
        at.session.will_give()
        await at.press("f5")
        await at.until(lambda: "Stop" in found(at))
        await at.press("ctrl+p")
        await at.type("Stop")
        await at.until(lambda: "Stop  F9, Ctrl+S" in at.text)
        await at.press("enter")
        await at.until(lambda: not at.main.runs.running)


async def test_a_key_stands_beside_its_action(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[keys]\nzoom = "ctrl+e"\n')
    async with played_tutor(tmp_path, size=(80, 40)) as at:
        await at.press("ctrl+p")
        await at.until(lambda: "Zoom  Ctrl+E" in at.text)
        assert "The pane with the focus on the whole screen, and back" in at.text


@pytest.mark.parametrize("number", [1, 2])
async def test_a_hint_is_found_and_opened(tmp_path: Path, number: int) -> None:
    async with played_tutor(tmp_path) as at:
        assert found(at)["Hint 1 of 2"].help == "Opens it"
        assert found(at)["Hint 2 of 2"].help == "Opens it and those before it"
        await choose(at, f"Hint {number} of 2")
        assert "A nudge." in at.text
        assert ("Nearly the answer." in at.text) is (number == 2)
        assert at.main.course_state.exercise_view.hints == number
        assert found(at)["Hint 1 of 2"].help == "Is open; shows it again"


async def test_a_hint_that_is_open_is_brought_into_sight(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(60, 18)) as at:
        await choose(at, "Hint 2 of 2")
        await choose(at, "Hint 1 of 2")
        task = at.main.run_panel.task_text
        assert task.scroll_offset.y == min(task.hints[0], task.max_scroll_y)


async def test_hint_as_a_word_finds_the_hints(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("ctrl+p")
        await at.type("hint")
        await at.until(lambda: "Hint 1 of 2" in at.text and "Hint  F12, Ctrl+G" in at.text)


async def test_every_setting_is_found_and_opens_its_page(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        assert sum(title.startswith("Setting: ") for title in found(at)) == len(ROWS)
        assert found(at)["Setting: Memory"].help == "Now 512 MiB"
        assert found(at)["Setting: Mouse"].help == "Now as usual"
        await choose(at, "Setting: Memory")
        assert isinstance(at.app.screen, SettingsScreen)
        assert at.app.screen.list.row.name == "Memory"


async def test_every_exercise_has_its_state_as_mark_and_word(tmp_path: Path) -> None:
    progress = Progress.open(tmp_path)
    progress.save_attempt(BUILD.id, True)
    progress.save_attempt(REPAIR.id, False)
    progress.save_shown(PREDICT.id)
    async with played_tutor(tmp_path) as at:
        told = {
            title: (each.mark, each.help.partition(" · ")[0])
            for title, each in found(at).items()
            if each.mark
        }
        assert len(told) == len(COURSE.exercises)
        assert told["1.1 Build it"] == ("●", "Passed")
        assert told["1.2 Repair it"] == ("◐", "Begun")
        assert told["1.3 Predict it"] == ("◌", "Solution shown")
        assert told["2.1 Last one"] == ("○", "Not begun")
        await at.press("ctrl+p")
        await at.type("repair")
        await at.until(lambda: "◐ 1.2 Repair it" in at.text and "Begun · medium, repair" in at.text)
        assert at.main.course_state.states[BUILD.id] is ExerciseState.PASSED


async def test_the_palettes_theme_is_that_of_the_settings(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await choose(at, "Theme: light")
        assert at.app.theme == "light"
        assert found(at)["Setting: Theme"].help == "Now light"
    assert (tmp_path / "config.toml").read_text() == 'theme = "light"\n'


async def test_an_action_is_done_on_the_main_screen(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await choose(at, "Zoom")
        assert at.main.maximized is at.main.code
        await choose(at, "Help")
        assert isinstance(at.app.screen, HelpScreen)
        await choose(at, "Exercises")
        assert at.main.drawer
