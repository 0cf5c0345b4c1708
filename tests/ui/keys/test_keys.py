"""Every action has its keys, wherever the focus is."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import BUILD, COURSE, PREDICT, REPAIR, counters, out, passed_checks
from tutor.ui.answer.verdict_band import VerdictBand
from tutor.ui.keys.actions import KEYS
from tutor.ui.tabs import Tab

SIZES = [(80, 24), (120, 40)]
TABLE = {
    "run": "f5 ctrl+j",
    "stop": "f9 ctrl+s",
    "next_pane": "f6 escape",
    "prompt": "f7 ctrl+r",
    "exercises": "f2 ctrl+o",
    "task": "f3 ctrl+t",
    "zoom": "f4 ctrl+f",
    "next_exercise": "f8 ctrl+n",
    "previous_exercise": "shift+f8 alt+p",
    "hint": "f12 ctrl+g",
    "settings": "alt+s",
    "redraw": "ctrl+l",
    "help": "f1 ctrl+underscore",
    "quit": "f10 ctrl+q",
}


def test_the_table_of_keys() -> None:
    assert {key.id: " ".join(key.key.split(",")) for key in KEYS} == TABLE
    assert all(key.priority and key.tooltip for key in KEYS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["f5", "ctrl+j"])
@pytest.mark.parametrize("panes_on", range(3))
async def test_run_from_any_pane(
    tmp_path: Path, key: str, panes_on: int, size: tuple[int, int]
) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        await at.press(*["f6"] * panes_on)
        at.session.will_give(out("one\n"))
        await at.press(key)
        await at.settle()
        assert len(at.session.requests) == 1


async def test_next_pane_goes_round(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"), counters("1"), *passed_checks())
        order = [at.main.code, at.main.run_panel, at.main.inspector, at.main.code]
        for pane in order:
            assert at.main.pane_in_focus is pane
            await at.press("f6")


async def test_escape_goes_on_from_the_answer_and_back_to_it(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"), counters("1"), *passed_checks())
        seen = []
        for key in ("escape", "f6", "escape", "escape", "escape"):
            await at.press(key)
            seen.append(type(at.main.pane_in_focus).__name__)
        assert seen == ["RunPanel", "CellInspector", "CodePane", "RunPanel", "CodePane"]


async def test_escape_goes_to_an_answer_that_is_out_of_sight(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        await at.press("f3", "f3")
        assert at.shows(Tab.LESSON)
        await at.press("escape")
        assert at.main.focused is at.main.run_panel.panel_widgets[PREDICT.kind].query_one(TextArea)


async def test_next_pane_passes_all_five_on_a_wide_screen(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        seen = []
        for _ in range(5):
            seen.append(type(at.main.pane_in_focus).__name__)
            await at.press("f6")
        assert seen == ["CodePane", "RunPanel", "CellInspector", "ExerciseTree", "TaskPane"]


@pytest.mark.parametrize("key", ["f2", "ctrl+o"])
async def test_the_drawer_opens_an_exercise(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press(key)
        assert at.main.drawer_pane.display
        assert at.main.drawer_pane.region.width == 40
        assert "○ Repair it" in at.text
        assert "medium" in at.text
        await at.press("down", "enter")
        assert at.main.course_state.exercise is REPAIR
        assert not at.main.drawer_pane.display
        assert at.main.pane_in_focus is at.main.code


@pytest.mark.parametrize("key", ["escape", "f2"])
async def test_the_drawer_closes_and_gives_the_focus_back(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f2", key)
        assert not at.main.drawer_pane.display
        assert at.app.focused is at.main.code.editor


@pytest.mark.parametrize("key", ["f2", "ctrl+o"])
async def test_a_drawer_with_the_whole_screen_gives_it_back(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f2", "f4", key)
        assert at.main.maximized is None
        assert at.app.focused is at.main.code.editor
        assert at.main.code.editor.size


async def test_units_fold(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        await at.press("f2", "left")
        assert "Repair it" not in at.text
        await at.press("down", "right", "down", "enter")
        assert at.main.course_state.exercise.id == "last-one"


@pytest.mark.parametrize("key", ["f3", "ctrl+t"])
async def test_task_then_lesson_then_back(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        assert at.shows(Tab.TASK)
        await at.press(key)
        assert "The lesson" in at.text
        assert at.main.run_panel.has_focus_within
        await at.press(key)
        assert at.shows(Tab.OUTPUT)
        assert at.main.code.has_focus_within
        await at.press(key)
        assert "The prompt of build-it." in at.text


async def test_task_and_lesson_have_a_pane_on_a_wide_screen(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        assert "The prompt of build-it." in at.text
        assert at.main.run_panel.tabs == (Tab.OUTPUT, Tab.CHECKS)
        await at.press("f3")
        assert "A cell is a box." in at.text
        await at.press("f3")
        assert "The prompt of build-it." in at.text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["f4", "ctrl+f"])
async def test_zoom_and_back(tmp_path: Path, key: str, size: tuple[int, int]) -> None:
    columns, rows = size
    async with played_tutor(tmp_path, size=size) as at:
        await at.run(out("one\n"), counters("1"), *passed_checks())
        before = at.text
        told = at.main.query_one(VerdictBand).size.height
        for pane in (at.main.code, at.main.run_panel, at.main.inspector):
            await at.press(key)
            assert pane.size == (columns, rows - 2 - told)
            assert "Build it" in at.rows[0]
            assert "F1 Help" in at.footer
            await at.press("f6")  # the zoom goes with the focus
            assert at.main.maximized is at.main.pane_in_focus
            await at.press(key)
        while at.main.pane_in_focus is not at.main.code:
            await at.press("f6")
        assert at.text == before


async def test_escape_ends_a_zoom_before_it_moves_on(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f4", "escape")
        assert at.main.maximized is None
        assert at.app.focused is at.main.code.editor


@pytest.mark.parametrize("key", ["f8", "ctrl+n"])
async def test_next_exercise_and_round_again(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        seen = []
        for _ in range(6):
            seen.append(at.main.course_state.exercise.id)
            await at.press(key)
            if at.app.screen is not at.main:  # the end of a unit is told first
                await at.press(key)
        assert seen == [*(each.id for each in COURSE.exercises), "build-it"]


@pytest.mark.parametrize("key", ["shift+f8", "alt+p"])
async def test_the_exercise_before_and_the_first_one(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        seen = []
        for _ in range(4):
            seen.append(at.main.course_state.exercise.id)
            await at.press(key)
        assert seen == ["predict-it", "repair-it", "build-it", "build-it"]
        assert {each.message for each in at.app._notifications} == {"This is the first exercise."}


@pytest.mark.parametrize("key", ["f12", "ctrl+g"])
async def test_hint(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        await at.press(key)
        assert "A nudge." in at.text


@pytest.mark.parametrize("key", ["f1", "ctrl+underscore"])
async def test_help_names_every_key_and_closes(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path, size=(80, 120)) as at:
        await at.press(key)
        assert "How an exercise goes" in at.text
        for name in ("F5, Ctrl+J", "F1, Ctrl+/", "F12, Ctrl+G", "Ctrl+P", "predict"):
            assert name in at.text
        await at.press("escape")
        assert "How an exercise goes" not in at.text


@pytest.mark.parametrize("key", ["f10", "ctrl+q"])
async def test_quit(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("x", key)
        assert at.app._exit
    assert (tmp_path / "progress.toml").read_text().count("x# starter of build-it") == 1


async def test_escape_never_quits_and_never_loses_text(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.type("mine ")
        for _ in range(7):
            await at.press("escape")
        assert at.app.is_running
        assert at.main.code.editor.text == f"mine {BUILD.starter}"


async def test_redraw_paints_everything(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        before = at.text
        await at.press("ctrl+l")
        assert at.text == before


async def test_left_and_right_turn_the_tabs(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f6", "right")
        assert at.shows(Tab.LESSON)
        assert at.main.pane_in_focus is at.main.run_panel
        await at.press("left", "left")
        assert at.shows(Tab.CHECKS)


async def test_a_run_a_hint_and_the_prompt_end_the_zoom_of_another_pane(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f4")
        await at.run(out("one\n"), counters("1"), *passed_checks())
        assert at.main.maximized is None
        for key in ("f7", "f12", "f2"):
            at.main.code.take_focus()
            await at.press("f4", key)
            assert at.main.maximized is None, key
        await at.press("f2")
        at.main.run_panel.take_focus()
        await at.press("f4")
        await at.run(out("one\n"))
        assert at.main.run_panel.size == (80, 20)


@pytest.mark.parametrize("key", ["f8", "ctrl+n"])
async def test_another_exercise_ends_the_zoom(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        at.main.run_panel.take_focus()
        await at.press("f4", key)
        assert at.main.maximized is None
        assert at.main.code.editor.has_focus


async def test_a_hint_leaves_a_prediction_in_sight(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        await at.type("on")
        await at.press("f12")
        assert "A nudge." in at.text
        await at.type("e")
        assert at.main.answer == "one"


async def test_a_click_on_the_name_of_a_tab_shows_it(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.pilot.click(at.main.run_panel.header, offset=(10, 0))
        assert at.shows(Tab.LESSON)
        await at.pilot.click(at.main.run_panel.header, offset=(70, 0))
        assert at.shows(Tab.LESSON)
