"""Questions about cells: an answer typed to each, then Python's beside it and two diagrams."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from tests.harness.cells_answered import ADDERS, ONE_COUNTER, TWO_ADDERS
from tests.harness.cells_course import write_cells_course
from tests.harness.hostile_texts import HOSTILE
from tests.harness.running_tutor import RunningTutor, played_tutor, real_tutor
from tests.harness.samples import BUILD, COURSE, cell, function, out
from tutor.course.loader import load
from tutor.course.model import Course
from tutor.course.questions import Contents, HowMany
from tutor.grading.verdict import TwoPictures
from tutor.protocol.views import Cells
from tutor.state.progress import ExerciseState, Progress
from tutor.ui.answer.rows.two_pictures import picture_lines
from tutor.ui.tabs import Tab

SIZES = [(80, 24), (120, 40)]
WITH_ADDERS = Course((replace(COURSE.units[0], exercises=(BUILD, ADDERS)),))


def words(at: RunningTutor) -> str:
    """What stands in the answers, without the ways in which it is broken into lines."""
    view = at.main.run_panel.bodies[Tab.QUESTIONS]
    return " ".join(" ".join(line.plain for line in view.shown).split())  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", SIZES)
async def test_answers_are_typed_and_enter_goes_on(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS, size=size) as at:
        assert "how many cells has add5? [number]" in words(at)
        assert "n of add5: same cell as n of add10? [y or n]" in words(at)
        assert "what is in n of add5? [value, or empty]" in words(at)
        await at.type("12")
        await at.press("backspace")
        await at.press("enter", "n", "enter", "5")
        assert at.main.answer == "1: 1\n2: n\n3: 5\n"
        await at.run(out("one\n"), TWO_ADDERS)

        assert at.session.requests[0].source == ADDERS.starter
        assert "✓ Passed" in at.text
        assert "[1] ✓ cell A (n)" in words(at)
        assert "[n] ✓ cells A and B" in words(at)
        assert "[5] ✓ cell A, int 5" in words(at)
        assert "Your answers" not in words(at)
    assert Progress.open(tmp_path).record("cells-it").state is ExerciseState.PASSED


async def test_up_and_down_choose_and_what_is_typed_there_begins_anew(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS) as at:
        await at.press("1", "down", "y", "up", "up", "7", "down", "2")
        assert at.main.answer == "1: 2\n2: y\n3: 7\n"
        await at.press("delete")
        assert at.main.answer == "2: y\n3: 7\n"


async def test_where_they_differ_two_diagrams_stand_side_by_side(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS) as at:
        await at.type("1\ny\n5")
        await at.run(out("one\n"), TWO_ADDERS)
        assert "✗ 2 of 3" in at.text
        assert "look again at question 2" in at.text
        assert "[y] ✗ n cells A and B" in words(at)
        assert "Each call of make has its own." in words(at)
        view = at.main.run_panel.bodies[Tab.QUESTIONS]
        await at.press("pagedown")
        rows = [line.plain for line in view.shown]  # type: ignore[attr-defined]
        title = next(row for row in rows if "Your answers" in row)
        assert title.split() == ["Your", "answers", "▏", "Python"]
        drawn = rows[rows.index(title) + 1 :]
        mine, pythons = zip(*(row.split("▏") for row in drawn), strict=True)
        assert "".join(mine).count("▶") == 1  # both functions are wired to one box
        assert "".join(pythons).count("▶") == 2
        assert "int   5 │" in "".join(mine)
        assert all(each in "".join(pythons) for each in (" 5 │", " 10 │"))
        assert max(len(row) for row in rows) <= view.scrollable_content_region.width
        assert "Python" in at.text


def test_one_under_the_other_where_a_half_is_too_narrow() -> None:
    pictures = TwoPictures(TWO_ADDERS, ONE_COUNTER, "", "after line 2")
    for width in (40, 50, 78, 118):
        lines = [line.plain for line in picture_lines(pictures, width, reverse=False)]
        assert max(map(len, lines)) <= width
        beside = any("Your answers, after line 2" in line and "Python" in line for line in lines)
        assert beside == (width > 50)
        assert "".join(lines).count("▶") == 3


async def test_answers_that_make_no_picture_are_told_why(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS) as at:
        await at.type("0\nn\n5")
        await at.run(out("one\n"), TWO_ADDERS)
        assert "By your answers add5 has no cell, and yet one for n." in words(at)
        assert "Your answers" not in words(at)
        assert "Python" in words(at)


async def test_the_sharers_are_evidence(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS) as at:
        await at.type("1\ny\n5")
        await at.run(out("one\n"), ONE_COUNTER)
        assert "✓ cell A, int 5, shared with add10" in words(at)


async def test_blanks_are_asked_for_and_nothing_is_told(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS) as at:
        await at.press("down", "n", "f5")
        assert at.session.requests == []
        [notice] = at.app._notifications
        assert notice.message == "2 questions have no answer yet: 1, 3."
        await at.press("4")  # the first blank has the cursor
        assert at.main.answer == "1: 4\n2: n\n"


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("two\nn\n5", "Question 1 asks for a number, such as 2."),
        ("1\nmaybe\n5", "Question 2 asks for y or n."),
        ("1\nn\nhello", "Question 3 asks for a Python value, such as 5 or 'text', or empty."),
    ],
)
async def test_an_answer_that_cannot_be_read_is_no_answer(
    tmp_path: Path, answers: str, told: str
) -> None:
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS) as at:
        await at.type(answers)
        await at.press("f5")
        assert at.session.requests == []
        [notice] = at.app._notifications
        assert notice.message == told


async def test_after_a_run_what_is_typed_begins_anew(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS) as at:
        await at.type("1\nn\n6")
        await at.press("up")
        await at.run(out("one\n"), TWO_ADDERS)
        assert "[6] ✗ 5" in words(at)
        await at.press("5")  # the first wrong answer has the cursor
        assert at.main.answer == "1: 1\n2: n\n3: 5\n"
        assert "✗" not in words(at)
        await at.run(out("one\n"), TWO_ADDERS)
        assert "✓ Passed" in at.text


async def test_a_draft_is_kept_and_starting_over_empties_it(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS) as at:
        await at.type("1\ny")
        at.main.going.go_to(BUILD)
        await at.pilot.pause()
        at.main.going.go_to(ADDERS)
        await at.pilot.pause()
        assert at.main.answer == "1: 1\n2: y\n"
        at.main.action_start_over()
        assert at.main.answer == ""


async def test_what_is_typed_or_pasted_elsewhere_goes_to_the_answers(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS) as at:
        at.main.code.take_focus()
        at.burst("1", "enter", "n", "enter")
        await at.settle()
        at.app.post_message(events.Paste("[1, 2]\nmore\n"))
        await at.settle()
        assert at.main.answer == "1: 1\n2: n\n3: [1, 2]\n"


async def test_a_long_answer_and_a_hostile_one_stay_in_their_row(tmp_path: Path) -> None:
    asked = (Contents(function="add5", name="n"), HowMany(function="add5"))
    long = replace(ADDERS, questions=asked)
    async with played_tutor(tmp_path, long, course=WITH_ADDERS, size=(60, 18)) as at:
        at.app.post_message(events.Paste(f"'{'x' * 90}\x1b[2J[b]'"))
        await at.settle()
        await at.press("enter", "1")
        await at.run(out("one\n"), TWO_ADDERS)
        view = at.main.run_panel.bodies[Tab.QUESTIONS]
        width = view.scrollable_content_region.width
        assert max(line.cell_length for line in view.shown) <= width  # type: ignore[attr-defined]
        assert "✗ 5" in words(at)
        assert at.is_plain


async def test_the_terminals_cursor_stands_behind_what_was_typed(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS) as at:
        await at.press("down", "y")
        view = at.main.run_panel.bodies[Tab.QUESTIONS]
        x, y = view.cursor_screen_offset  # type: ignore[attr-defined]
        [row] = [row for row in at.rows if "[y" in row]
        assert at.rows[y] == row or at.rows[y + 1] == row
        assert row.index("[y") + 2 == x


@pytest.mark.parametrize("size", SIZES)
async def test_a_real_exercise_is_played_by_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    course, faults = load(write_cells_course(tmp_path / "content"))
    assert faults == ()
    flags = course.exercise("flags")
    assert flags
    async with real_tutor(tmp_path / "state", flags, course=course, size=size) as at:
        await at.type("1\nn\nn\nTrue\nTrue")
        await at.attempt()
        assert "[n] ✗ y one cell, A" in words(at)
        assert "cell A, bool False, shared with is_on" in words(at)
        assert "Both functions come from one call of make_flag" in words(at)
        assert "Your answers" in words(at)
        await at.press("y", "down", "down", *"False")
        await at.attempt()
        assert "✓ Passed" in at.text


@pytest.mark.parametrize("text", HOSTILE)
async def test_what_a_run_reports_is_shown_and_obeyed_nowhere(tmp_path: Path, text: str) -> None:
    shared = function("f3", f"ops[{text!r}{text}]", ("n", "A"), name=text)
    value = cell("A", "n", text, "f1", "f3", type=text)
    report = Cells((*TWO_ADDERS.functions[:2], shared), (value, TWO_ADDERS.cells[1]))
    async with played_tutor(tmp_path, ADDERS, course=WITH_ADDERS, size=(120, 40)) as at:
        await at.type("1\ny\n5")
        await at.run(out("one\n"), report)
        assert "shared with" in words(at)
        assert at.is_plain
        await at.press("f4", "end")
        assert at.is_plain
