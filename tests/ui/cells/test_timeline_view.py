"""The timeline in the Cells pane."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from tests.harness.counters_recorded import COUNTERS, COURSE, RECORDING
from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import counters, out, passed_checks
from tutor.protocol.views import Change, Recording, Step
from tutor.ui.cells.timeline_view import MANY_STEPS
from tutor.ui.tabs import Tab


async def to_the_timeline(at: PlayedTutor, *recordings: Recording) -> None:
    """Run, and put the focus on the timeline."""
    await at.run(out("one\n"), counters("1"), *recordings, *passed_checks())
    at.main.inspector.take_focus()
    await at.press("left")
    assert at.main.inspector.tab is Tab.TIMELINE


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_steps_back_and_forth(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE, size=size) as at:
        await to_the_timeline(at, RECORDING)
        editor = at.main.code.editor
        assert "step 7 of 7  line 5" in at.text
        assert "B count 0→1" in at.text
        assert "count  B  0 → 1" in at.text
        assert editor.step_line == 5
        await at.press("[")
        assert "step 6 of 7  line 5" in at.text
        assert "A count 0→1" in at.text
        assert "count  A  0 → 1" in at.text
        await at.press("[")
        assert "inc #2 is made" in at.text
        assert editor.step_line == 3
        await at.press("home")
        assert "step 0 of 7" in at.text
        assert editor.step_line is None
        await at.press("[", "]", "]")
        assert "step 2 of 7  line 2" in at.text
        assert "A count empty→0" in at.text
        assert editor.step_line == 2
        await at.press("end", "]")
        assert "step 7 of 7" in at.text


async def test_changes_of_the_chosen_cell(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_timeline(at, RECORDING)
        assert "{ } of A" in at.text
        seen = []
        for key in "{{{}}":
            await at.press(key)
            seen.append(at.main.inspector.timeline.step)
        assert seen == [6, 2, 2, 6, 6]
        await at.press("end", "down")
        assert "{ } of B" in at.text
        await at.press("{")
        assert at.main.inspector.timeline.step == 4


async def test_the_cell_that_is_marked_at_first_is_the_one_that_is_followed(tmp_path: Path) -> None:
    gone = (*RECORDING.steps, Step(9, Change.FUNCTION_GONE, function="r2"))
    recording = Recording(gone, RECORDING.functions, RECORDING.cells)
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_timeline(at, recording)
        assert "▸ count  B" in at.text
        assert "{ } of B" in at.text


async def test_the_line_is_marked_only_while_it_is_meant(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_timeline(at, RECORDING)
        editor = at.main.code.editor
        await at.press("left")
        assert editor.step_line is None
        await at.press("right")
        assert editor.step_line == 5
        editor.focus()
        await at.type("x")
        assert editor.step_line is None
        at.main.inspector.take_focus()
        await at.press("[")
        assert editor.step_line is None


async def test_a_recording_goes_with_its_run(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_timeline(at, RECORDING)
        assert at.main.inspector.timeline.timeline.recording == RECORDING
        await at.run(out("one\n"), counters("1"), *passed_checks())
        assert Tab.TIMELINE not in at.main.inspector.tabs
        assert at.main.inspector.timeline.timeline.recording == Recording()
        assert at.main.code.editor.step_line is None


async def test_what_is_not_recorded_is_told(tmp_path: Path) -> None:
    stopped = Recording(RECORDING.steps, RECORDING.functions, RECORDING.cells, stopped=True)
    async with played_tutor(tmp_path, COUNTERS, course=COURSE, size=(120, 40)) as at:
        await to_the_timeline(at, stopped)
        assert "The recording stopped here" in at.text
        await at.press("right")
        await to_the_timeline(at, Recording(unavailable="This \x1bPython cannot record."))
        assert r"This \x1bPython cannot record." in at.text
        await at.press("[", "]", "{", "}", "home", "end", "up", "down")
        await at.press("right")
        await to_the_timeline(at, Recording())
        assert "No function was made" in at.text


async def test_a_long_recording_is_no_work_for_the_collector_while_it_is_there(
    tmp_path: Path,
) -> None:
    many = Recording(RECORDING.steps * MANY_STEPS, RECORDING.functions, RECORDING.cells)
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_timeline(at, many)
        assert gc.get_freeze_count() > MANY_STEPS
        await at.run(out("one\n"), counters("1"), *passed_checks())
        assert gc.get_freeze_count() == 0


async def test_the_list_stays_where_it_is_from_step_to_step(tmp_path: Path) -> None:
    long = "'" + "long " * 20 + "'"
    steps = (
        *RECORDING.steps[:-1],
        Step(5, Change.REBOUND, "B", None, "0", long),
        Step(5, Change.MUTATED, "B", None, long, long.upper()),
    )
    recording = Recording(steps, RECORDING.functions, RECORDING.cells)
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_timeline(at, recording)
        assert "…" in at.text
        assert ", in place" in at.text
        timeline = at.main.inspector.timeline
        seen = set()
        for _ in steps:
            seen.add((timeline.list.region, timeline.position.region))
            await at.press("[")
        assert len(seen) == 1
        await at.press("f4")
        assert "step 0 of 8  before the first" in at.text
        await at.press("end")
        assert "step 8 of 8  line 5  B count 'long" in at.text
