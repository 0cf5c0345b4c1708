"""The proportions of the screens, at every size that they are drawn for."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import (
    BUILD,
    CLASSIFY,
    COURSE,
    LABELS,
    PREDICT,
    counters,
    out,
    passed_checks,
)
from tutor.course.model import Exercise
from tutor.protocol.views import Change, FreeName, RecordedCell, RecordedFunction, Recording, Step
from tutor.ui.exercise.tree import Scratch
from tutor.ui.kit.pane import Pane
from tutor.ui.tabs import Tab

COUNTED = Recording(
    (
        Step(1, Change.FUNCTION_MADE, function="r1"),
        Step(1, Change.FILLED, "A", None, None, "0"),
        Step(2, Change.REBOUND, "A", None, "0", "1"),
    ),
    (RecordedFunction("r1", "inc", "make.<locals>.inc", 1, (FreeName("count", "A"),)),),
    (RecordedCell("A", "count", "make"),),
)
SIZES = [(80, 24), (100, 30), (120, 40), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("exercise", [BUILD, PREDICT, CLASSIFY])
async def test_the_editor_keeps_its_columns_and_rows(
    tmp_path: Path, exercise: Exercise, size: tuple[int, int]
) -> None:
    async with played_tutor(tmp_path, exercise, size=size) as at:
        for _ in range(2):
            editor = at.main.code.editor
            assert editor.outer_size.width >= 60
            assert editor.outer_size.height >= 10
            await at.press("f", "f")
            await at.run(out("one\n"), counters("1"), LABELS, *passed_checks())


async def test_80x24_before_and_after_a_run(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        main = at.main
        assert main.code.region.bottom_right == (80, 12)
        assert main.run_panel.region.size == (80, 11)
        await at.run(out("one\n"), counters("1"), *passed_checks())
        assert main.code.region.size == (80, 10)
        assert main.run_panel.region.size == (42, 10)
        assert main.inspector.region.size == (38, 10)
        assert main.inspector.region.right == 80


async def test_120x40_has_a_place_for_everything(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        main = at.main
        assert main.drawer_pane.region.width == 26
        assert main.task_pane.region.width == 60
        assert main.inspector.region.width == 34
        assert "1.1  Build it  easy · build" in at.rows[0]
        for text in ("Exercises", "The prompt of", "Your code", "Output", "Cells"):
            assert text in at.text


@pytest.mark.parametrize("size", [(160, 45), (200, 50)])
async def test_a_wide_screen_has_a_place_for_everything_beside_the_editor(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        main = at.main
        assert main.code.region.width >= 80
        assert main.code.region.height == size[1] - 2
        column = [main.task_pane.region, main.inspector.region, main.run_panel.region]
        assert [place.right for place in column] == [size[0]] * 3
        assert [place.y for place in column] == [
            1,
            column[0].bottom,
            column[1].bottom,
        ]
        assert column[-1].bottom == size[1] - 1
        passed_through = []
        for _ in range(5):
            passed_through.append(main.pane_in_focus)
            await at.press("f6")
        assert passed_through == [
            main.code,
            main.task_pane,
            main.inspector,
            main.run_panel,
            main.drawer_pane,
        ]


async def test_a_wide_screen_shows_the_timeline_under_the_cells(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(160, 45)) as at:
        inspector = at.main.inspector
        await at.run(out("one\n"), counters("1"), COUNTED, *passed_checks())
        assert inspector.view.region.bottom <= inspector.timeline.region.y
        at.main.inspector.take_focus()
        await at.press("right", "left", "left")
        assert inspector.tab is Tab.TIMELINE
        assert inspector.timeline.list.has_focus
        assert inspector.view.display
        assert at.text.count("▸ count") == 1
        line = inspector.timeline.line
        assert line is not None
        assert at.main.code.editor.step_line == line

        await at.pilot.resize_terminal(120, 40)
        await at.pilot.pause()
        assert inspector.timeline.display
        assert not inspector.view.display


async def test_from_wide_to_narrow_and_back_every_pane_has_its_place(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(160, 45)) as at:
        await at.type("x")
        for columns, rows in ((120, 40), (80, 24), (200, 50), (80, 24), (160, 45)):
            await at.pilot.resize_terminal(columns, rows)
            await at.pilot.pause()
            assert at.app.focused is at.main.code.editor
            assert at.main.code.editor.text.startswith("x")
            async with played_tutor(tmp_path, size=(columns, rows)) as fresh:
                there = [(type(pane), pane.region) for pane in fresh.main.query(Pane)]
            assert [(type(pane), pane.region) for pane in at.main.query(Pane)] == there


@pytest.mark.parametrize("exercise", [PREDICT, CLASSIFY])
async def test_the_task_stands_beside_an_answer_that_is_no_program(
    tmp_path: Path, exercise: Exercise
) -> None:
    async with played_tutor(tmp_path, exercise) as at:
        task = at.main.run_panel.task_text
        assert task.region.x == 40
        assert "The prompt of" in at.text
        await at.press("f", "f")
        await at.run(out("one\n"), counters("1"), LABELS)
        assert not task.display


@pytest.mark.parametrize("exercise", [PREDICT, CLASSIFY])
async def test_a_judged_answer_has_the_width_of_the_screen(
    tmp_path: Path, exercise: Exercise
) -> None:
    async with played_tutor(tmp_path, exercise) as at:
        main = at.main
        await at.press("f", "f")
        await at.run(out("one\n"), counters("1"), LABELS)
        place = main.run_panel.region
        assert place.width == at.app.size.width
        assert not main.inspector.display

        await at.press("f6")
        assert main.inspector.has_focus_within
        assert main.inspector.region == place
        assert not main.run_panel.display

        await at.press("f6", "f6")
        assert main.run_panel.has_focus_within
        assert main.run_panel.region == place

        main.run_panel.tab = Tab.OUTPUT
        await at.settle()
        assert main.inspector.display
        assert main.run_panel.display

        await at.press("alt+p")
        assert main.run_panel.region.width == place.width
        assert not main.inspector.display


async def test_keys_in_one_burst_reach_the_cells_in_the_place_of_the_answer(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        await at.press("f")
        await at.run(out("one\n"), counters("1"))
        at.burst("f6", "right")
        await at.settle()
        assert at.main.inspector.tab is Tab.DIAGRAM


async def test_the_first_row_tells_where_and_how_far(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        assert at.rows[0].strip().startswith("1.1  Build it  easy · build")
        assert at.rows[0].strip().endswith("○○○○  0/4")
        await at.run(out("one\ntwo\n"), *passed_checks())
        await at.press("f8")
        assert at.rows[0].strip().endswith("●○○○  1/4")


async def test_the_next_pane_twice_in_one_burst(tmp_path: Path) -> None:
    """A slow line delivers both at once; the second must not find the focus of before the first."""
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"), counters("1"), *passed_checks())
        for key in ("f6", "f6", "right"):
            at.app.post_message(events.Key(key, None))
        await at.settle()
        assert at.main.inspector.has_focus_within
        assert at.main.inspector.tab is Tab.DIAGRAM


async def test_a_resize_keeps_the_answer_and_the_focus(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.type("x")
        await at.pilot.resize_terminal(120, 40)
        await at.pilot.pause()
        assert at.main.run_panel.tab is Tab.OUTPUT
        assert at.main.task_pane.display
        await at.pilot.resize_terminal(80, 24)
        await at.pilot.pause()
        assert not at.main.task_pane.display
        assert at.app.focused is at.main.code.editor
        assert at.main.code.editor.text.startswith("x")


@pytest.mark.parametrize("key", ["f2", "f3"])
async def test_a_resize_takes_the_focus_from_nobody(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        await at.press(key)
        assert at.app.focused is not at.main.code.editor
        await at.pilot.resize_terminal(80, 24)
        await at.until(lambda: at.app.focused is at.main.code.editor)


async def test_a_drawer_is_closed_where_the_tree_has_room(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f2")
        await at.pilot.resize_terminal(120, 40)
        await at.until(lambda: at.app.focused is at.main.code.editor)
        await at.pilot.resize_terminal(80, 24)
        await at.pilot.pause()
        assert not at.main.drawer_pane.display


@pytest.mark.parametrize("size", [(40, 10), (60, 16), (20, 5)])
async def test_a_terminal_that_is_too_small_does_no_harm(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        await at.run(out("one\n" * 50), counters("1"), *passed_checks())
        await at.press("f2", "escape", "f3", "f3", "f4", "f4", "f1", "escape")
        await at.pilot.resize_terminal(80, 24)
        await at.pilot.pause()
        assert "F1 Help" in at.footer


async def test_at_60_columns_every_tab_has_its_name(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(60, 18)) as at:
        assert " Task  Lesson  Names  Output  Checks " in at.text
        await at.run(out("one\n"), counters("1"), *passed_checks())
        header = at.rows[at.main.run_panel.region.y]
        assert " Task Lesson Output Checks 2/2 " in header
        assert " Cells list diagram names " in header


async def test_a_key_is_named_in_full_or_not_at_all(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(60, 18)) as at:
        assert " ".join(at.footer.split()) == "F5 Run F4 Zoom F6 Pane F12 Hint F1 Help F10 Quit"
        at.session.hangs = True
        at.session.will_give(out("one\n"))
        await at.press("f5")
        assert "F9 Stop" in at.footer
        assert at.footer.endswith("  F10 Quit")
        await at.press("f9")
        await at.settle()


async def test_the_tree_shows_difficulty_state_and_progress(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        await at.run(out("one\ntwo\n"), *passed_checks())
        width = at.main.drawer_pane.region.width
        tree = [row[:width].rstrip() for row in at.rows[2:10]]
        assert tree[0].split() == ["▾", "1", "First", "unit", "1/4"]
        assert tree[1:7] == [
            "   easy",
            "▌● Build it",
            "   medium",
            " ○ Repair it",
            "   easy",
            " ○ Predict it",
        ]
        assert tree[-1].split() == ["○", "Classify", "it"]


async def test_the_cursor_of_the_tree_goes_past_the_difficulties(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        tree = at.main.drawer_pane.course_tree
        await at.press("f2", "home")
        seen = []
        for key in ("down", "down", "down", "up", "up", "up", "end", "pageup"):
            await at.press(key)
            assert tree.cursor_node is not None
            seen.append(tree.cursor_node.data)
        unit = at.main.course_state.course.units[0]
        build, repair, predict, _ = unit.exercises
        assert seen[:6] == [build, repair, predict, repair, build, unit]
        assert seen[6] is Scratch.HEADING
        assert seen[7] is unit


async def test_nothing_moves_while_nothing_happens(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"), counters("1"))
        assert at.app.animation_level == "none"
        widgets = at.main.query("*").nodes
        assert not any(getattr(widget, "cursor_blink", False) for widget in widgets)


def test_the_course_of_these_tests_has_every_kind() -> None:
    assert len({exercise.kind for exercise in COURSE.exercises}) == 4
