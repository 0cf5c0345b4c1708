"""Questions to the timeline by key: from the list, the diagram and the timeline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.harness.counters_recorded import COUNTERS, COURSE, RECORDING
from tests.harness.running_tutor import PlayedTutor, played_tutor, real_tutor
from tests.harness.samples import cell, function, out, passed_checks
from tutor.protocol.views import Cells, Change, FunctionView, RecordedCode, Recording, Step
from tutor.ui.cells.asking_pane import NO_CELL, NO_RECORDING
from tutor.ui.tabs import Tab
from tutor.views.asked_value import NO_LITERAL

BY = (RecordedCode("make", "make", 1), RecordedCode("inc", "make.<locals>.inc", 3))
ASKED = replace(
    RECORDING,
    steps=(
        *(step._replace(by=1 if step.what is Change.REBOUND else 0) for step in RECORDING.steps),
        Step(5, Change.REBOUND, "A", None, "1", "2", by=1),
        Step(5, Change.REBOUND, "A", None, "2", "1", by=1),
    ),
    codes=BY,
)
"""Two counters: A is 0, 1, 2, 1 from steps 2, 6, 8 and 9; B is 0, 1 from steps 4 and 7."""
CELLS = Cells(
    (
        function("r2", "a", ("count", "A"), name="inc"),
        function("r3", "b", ("count", "B"), name="inc"),
    ),
    (cell("A", "count", "1", "r2"), cell("B", "count", "1", "r3")),
)
SIZES = [(80, 24), (120, 40), (200, 50)]


async def to_the_list(at: PlayedTutor, *recordings: Recording) -> None:
    """Run, and put the focus on the list of the cells."""
    await at.run(out("one\n"), CELLS, *recordings, *passed_checks())
    at.main.inspector.take_focus()
    await at.pilot.pause()
    assert at.main.inspector.tab is Tab.LIST


def said(at: PlayedTutor) -> str:
    """What stands in the pane of the cells, its lines put together."""
    region = at.main.inspector.region
    rows = at.rows[region.y : region.bottom]
    return " ".join(" ".join(row[region.x : region.right].strip(" │") for row in rows).split())


@pytest.mark.parametrize("size", SIZES)
async def test_who_wrote_the_chosen_cell(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE, size=size) as at:
        await to_the_list(at, ASKED)
        await at.press("w")
        assert at.main.inspector.tab is Tab.TIMELINE
        assert "A (count) was written by inc, at step 9, line 5: from 2 to 1." in said(at)
        assert at.main.inspector.timeline.step == 9
        assert at.main.code.editor.step_line == 5
        await at.press("w")
        assert "at step 8, line 5: from 1 to 2." in said(at)
        await at.press("w", "w", "w")
        assert at.main.inspector.timeline.step == 2
        assert "Nothing wrote A (count) up to step 1;" in said(at)


async def test_it_is_asked_of_the_cell_and_not_of_its_name(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_list(at, ASKED)
        await at.press("down", "w")
        assert "B (count) was written by inc, at step 7, line 5: from 0 to 1." in said(at)
        assert "▸ count B" in said(at)


async def test_who_wrote_it_before_the_step_in_view(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_list(at, ASKED)
        await at.press("left", "[", "[")
        assert at.main.inspector.timeline.step == 7
        await at.press("w")
        assert "A (count) was written by inc, at step 6, line 5: from 0 to 1." in said(at)


@pytest.mark.parametrize("size", SIZES)
async def test_when_it_became_a_value(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE, size=size) as at:
        await to_the_list(at, ASKED)
        await at.press("equals_sign")
        assert "A (count) ==" in said(at)
        await at.type("1\n")
        assert at.main.inspector.tab is Tab.TIMELINE
        assert "A (count) became 1 at step 9, line 5, by inc, and stayed that." in said(at)
        assert at.main.code.editor.step_line == 5
        await at.press("equals_sign", "enter")  # the literal stands there still
        assert (
            "A (count) became 1 at step 6, line 5, by inc, and was that until step 8, line 5."
            in said(at)
        )
        await at.press("equals_sign", "enter")
        assert "Up to step 5 A (count) was not 1; it became that at step 6" in said(at)
        assert at.main.inspector.has_focus_within


async def test_another_literal_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_list(at, ASKED)
        await at.press("equals_sign")
        await at.type("1\n")
        await at.press("equals_sign")
        await at.type("True\n")
        assert "At no step was A (count) True." in said(at)
        assert at.main.inspector.timeline.step == 9


async def test_what_is_no_literal_is_told_and_can_be_mended(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_list(at, ASKED)
        await at.press("equals_sign")
        await at.type("count\n")
        [notice] = at.app._notifications
        assert notice.message == NO_LITERAL
        assert at.main.inspector.experiment.line.value == "count"
        await at.type("2\n")
        assert "A (count) became 2 at step 8" in said(at)


async def test_escape_leaves_the_line_and_the_answer_as_it_was(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_list(at, ASKED)
        before = at.main.answer
        await at.press("equals_sign", "7", "escape")
        assert not at.main.inspector.experiment.display
        assert at.main.inspector.tab is Tab.LIST
        assert at.main.answer == before


@pytest.mark.parametrize("size", SIZES)
async def test_where_it_was_made(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE, size=size) as at:
        await to_the_list(at, ASKED)
        await at.press("down", "m")
        assert (
            "B (count) is a variable of make; it got its first value, 0, at step 4, line 2, by make."
            in said(at)
        )
        assert at.main.inspector.timeline.step == 4
        assert at.main.code.editor.step_line == 2


async def test_from_the_diagram(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_list(at, ASKED)
        await at.press("down", "right")
        assert at.main.inspector.tab is Tab.DIAGRAM
        await at.press("w")
        assert "B (count) was written by inc" in said(at)


async def test_an_answer_goes_when_the_learner_goes_on(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_list(at, ASKED)
        for key in ("[", "}", "home"):
            await at.press("end", "w")
            assert "was written by" in said(at)
            await at.press(key)
            assert "was written by" not in said(at)
            assert "w who" in said(at)


async def test_without_a_recording_it_is_told(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_list(at)
        before = at.main.answer
        for key in ("w", "equals_sign", "m"):
            await at.press(key)
            assert [*at.app._notifications][-1].message == NO_RECORDING
        assert at.main.answer == before


async def test_without_a_cell_it_is_told(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        nothing = Cells((FunctionView("f1", function("f1", "f").kind, "f", "f", 1, "f"),))
        await at.run(out("one\n"), nothing, ASKED, *passed_checks())
        at.main.inspector.take_focus()
        await at.press("w")
        assert [*at.app._notifications][-1].message == NO_CELL


async def test_what_the_prompt_has_changed_is_not_in_the_answer(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_list(at, ASKED)
        await at.press("f7")
        more = Cells(
            (*CELLS.functions, function("r9", "c", ("count", "C"), name="inc")),
            (*CELLS.cells, cell("C", "count", "7", "r9")),
        )
        await at.ask("c = make()", more)
        at.main.inspector.take_focus()
        await at.press("down", "down", "w")
        assert "There is no cell C in the recording" in [*at.app._notifications][-1].message
        await at.press("up", "w")
        assert "What was done at the prompt is not recorded." in said(at)


@pytest.mark.parametrize(("size", "lines"), [((80, 24), 5), ((120, 40), 11)])
async def test_zoomed_the_code_of_the_step_stays_in_sight(
    tmp_path: Path, size: tuple[int, int], lines: int
) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE, size=size) as at:
        await to_the_list(at, ASKED)
        await at.press("left")
        assert not at.main.inspector.timeline.code.display
        await at.press("f4")
        assert at.main.inspector.timeline.code.size.height >= lines
        [marked] = [row for row in at.rows if "▸" in row and "count += 1" in row]
        assert marked.split() == ["5", "▸", "count", "+=", "1", "A", "2", "→", "1"]
        assert any("nonlocal count" in row for row in at.rows)
        await at.press("home", "]", "]")
        [marked] = [row for row in at.rows if "▸" in row and "count = 0" in row]
        assert marked.split()[:2] == ["2", "▸"]
        await at.press("f4")
        assert not at.main.inspector.timeline.code.display


async def test_a_note_stands_at_the_end_of_the_line_in_the_editor(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_list(at, ASKED)
        await at.press("left")
        [row] = [row for row in at.rows[:12] if "count += 1" in row]
        assert row.split() == ["5▸", "count", "+=", "1", "A", "2", "→", "1"]
        await at.press("[")
        [row] = [row for row in at.rows[:12] if "count += 1" in row]
        assert row.split() == ["5▸", "count", "+=", "1", "A", "1", "→", "2"]
        await at.press("right")
        [row] = [row for row in at.rows[:12] if "count += 1" in row]
        assert row.split() == ["5", "count", "+=", "1"]


async def test_a_note_that_does_not_fit_is_left_out(tmp_path: Path) -> None:
    long = replace(ASKED, steps=(*ASKED.steps, Step(11, Change.REBOUND, "A", None, "1", "3", by=1)))
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        at.main.code.editor.insert("x = '" + "x" * 68 + "'", (10, 0))
        await to_the_list(at, long)
        await at.press("left")
        [row] = [row for row in at.rows[:12] if "xxxx" in row]
        assert "→" not in row
        assert "11▸" in row


async def test_a_line_that_the_program_does_not_have_is_not_marked(tmp_path: Path) -> None:
    far = replace(
        ASKED, steps=(*ASKED.steps, Step(12, Change.REBOUND, "A", None, "1", "3", by=1))
    )  # as code has it after `code.replace(co_firstlineno=12)`
    async with played_tutor(tmp_path, COUNTERS, course=COURSE, size=(120, 40)) as at:
        await to_the_list(at, far)
        await at.press("w")
        assert "at step 10, line 12: from 1 to 3." in said(at)
        await at.press("f4")
        assert "at step 10, line 12: from 1 to 3." in said(at)
        assert "b()" in at.text


@pytest.mark.parametrize("size", [(120, 40), (200, 50)])
async def test_the_changes_of_the_cell_are_a_list_where_there_is_room(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE, size=size) as at:
        await to_the_list(at, ASKED)
        await at.press("left", "f4")
        rows = [row.strip() for row in at.rows]
        assert "8  line 5  A  1 → 2  inc" in rows
        assert "▸9  line 5  A  2 → 1  inc" in rows
        assert not any(row.startswith("7  line 5") for row in rows)  # of another cell
        await at.press("[", "[")
        assert "▸7  line 5  B  0 → 1  inc" in [row.strip() for row in at.rows]


async def test_the_track_has_each_change_and_where_the_learner_is(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        await to_the_list(at, ASKED)
        await at.press("left")
        [track] = [row for row in said(at).split() if "─A" in row]
        assert [char for char in track if char != "─"] == [*"ABABA●"]
        await at.press("home")
        [track] = [row for row in said(at).split() if "─A" in row]
        assert [char for char in track if char != "─"] == [*"●ABABAA"]


PROGRAM = """\
def make():
    count = 0
    def inc():
        nonlocal count
        count += 1
        return count
    return inc

a = make()
print(a(), a())
"""


async def test_a_real_run(tmp_path: Path) -> None:
    async with real_tutor(tmp_path, COUNTERS, course=COURSE) as at:
        at.write(PROGRAM)
        await at.attempt()
        await at.settle()
        at.main.inspector.take_focus()
        await at.press("w")
        assert "A (count) was written by inc," in at.text
        await at.press("equals_sign", "0", "enter")
        assert at.main.inspector.timeline.line == 2


async def test_the_help_has_the_keys(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COUNTERS, course=COURSE, size=(120, 110)) as at:
        await at.press("f1")
        keys = [row.split()[:3] for row in at.rows]
        for key, said_of_it in (("w", "who wrote"), ("=", "when it"), ("m", "where it")):
            assert [key, *said_of_it.split()] in keys
