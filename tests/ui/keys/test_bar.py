"""The row of keys fits the moment: what can be done now, where the focus is, comes first."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from rich.style import Style
from textual.content import Content

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import (
    BUILD,
    CLASSIFY,
    DONE,
    LABELS,
    counters,
    exercise,
    out,
    passed_checks,
)
from tutor.course.model import Course, Kind, Unit
from tutor.protocol.reports import InputWanted
from tutor.ui.answer.prompt_line import PromptState
from tutor.ui.keys.actions import KEYS, key_name
from tutor.ui.keys.bar import KeyBar
from tutor.ui.keys.row import NAMES, Entry, Moment, row_of
from tutor.ui.tabs import Tab

WIDTHS = (60, 80, 100, 120, 200)
SIZES = [(60, 18), (80, 24), (100, 30), (120, 40), (200, 50)]
ALL = {str(key.id): (key.key, key_name(key.key.split(",")[0])) for key in KEYS} | {
    "search": ("ctrl+p", "Ctrl+P"),
    "escape": ("escape", "Esc"),
}
OF_CELLS = (Entry("enter", "Enter", "Open"), Entry("s", "s", "Set"), Entry("u", "u", "Undo"))


def names(moment: Moment, width: int, *of_widget: Entry) -> list[str]:
    left, right = row_of(moment, ALL, of_widget).fit(width)
    assert sum(len(text) + 2 for _, text in left + right) <= width
    return [text for _, text in (*left, *right)]


MOMENTS = [
    Moment(running, waits, can_ask, passed, following, elsewhere, closes, zoomed)
    for running, waits, can_ask, passed, elsewhere, zoomed in itertools.product(
        (False, True), repeat=6
    )
    for following in ("", "1.8 Range validator", "1.7 " + "A long name " * 9)
    for closes in ("", "Close", "Back")
]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_entry_is_whole_and_help_and_quit_are_there(width: int) -> None:
    for moment in MOMENTS:
        for of_widget in ((), OF_CELLS):
            row = row_of(moment, ALL, of_widget)
            shown = names(moment, width, *of_widget)
            entries = [row.first, *row.here, *row.others, *row.ends]
            allowed = {each.text(short=short) for each in entries for short in (False, True)}
            assert set(shown) <= allowed
            assert shown[-2:] == ["F1 Help", "F10 Quit"]
            assert shown[0] in {row.first.text(short=short) for short in (False, True)}
            assert len(set(shown)) == len(shown)


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        (Moment(), "F5 Run"),
        (Moment(elsewhere=True), "Esc Your answer"),
        (Moment(running=True, elsewhere=True), "F9 Stop"),
        (Moment(passed=True, following="1.8 Range validator"), "F8 Next: 1.8 Range validator"),
        (Moment(passed=True), "F5 Run"),
        (Moment(closes="Close"), "F5 Run"),
        (Moment(closes="Close", elsewhere=True), "Esc Close"),
    ],
)
def test_what_is_to_be_done_first(moment: Moment, first: str) -> None:
    for width in (80, 120, 200):
        assert names(moment, width)[0] == first


def test_what_is_needed_is_there_at_80_columns() -> None:
    assert {"F4 Zoom", "F6 Pane", "Ctrl+P Search"} <= set(names(Moment(), 80))
    asked = names(Moment(can_ask=True, elsewhere=True), 80)
    assert asked[:3] == ["Esc Your answer", "F7 Ask the program", "F4 Zoom"]


def test_a_title_without_room_gives_way_to_what_can_be_done_here() -> None:
    moment = Moment(passed=True, following="1.7 Counting with nonlocal", elsewhere=True)
    assert names(moment, 60, *OF_CELLS)[:3] == ["F8 Next", "Esc Answer", "Enter Open"]
    assert names(moment, 200, *OF_CELLS)[0] == "F8 Next: 1.7 Counting with nonlocal"


def test_every_action_that_the_row_names_is_there() -> None:
    assert set(NAMES) <= set(ALL)


# On the screen.


def entries(at: PlayedTutor) -> list[str]:
    return [each for each in at.rows[-1].split("  ") if each]


async def ran(at: PlayedTutor, printed: str = "one\n") -> None:
    await at.run(out(printed), counters("1"), LABELS, *passed_checks())


@pytest.mark.parametrize("size", SIZES)
async def test_it_follows_the_learner(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        first = []

        async def see() -> None:
            await at.pilot.pause()
            first.append(at.rows[-1].split("  ")[0].strip())
            assert at.rows[-1].endswith(" F1 Help  F10 Quit ")
            assert len(at.rows[-1]) == size[0]

        await see()
        await at.press("f6")
        await see()
        at.session.hangs = True
        at.session.will_give(out("one\n"))
        await at.press("f5")
        await see()
        await at.press("f9")
        await at.settle()
        at.session.hangs = False
        await at.press("escape")
        await see()
        await ran(at, "one\ntwo\n")
        await see()
        assert first == [
            "F5 Run",
            "Esc Your answer",
            "F9 Stop",
            "F5 Run",
            "F8 Next: 1.2 Repair it",
        ]


async def test_the_widget_with_the_focus_names_its_keys(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(200, 50)) as at:
        await ran(at)
        at.main.inspector.take_focus()
        await at.pilot.pause()
        shown = {"Enter Open", "s Set", "u Undo", "F7 Ask the program", "F4 Zoom"}
        assert shown <= set(entries(at)[1:])
        await at.press("s")
        assert entries(at)[:2] == [" Esc Back", "Enter Set"]
        await at.press("escape")
        at.main.inspector.tab = Tab.DIAGRAM
        await at.pilot.pause()
        assert "s Set" not in entries(at)
        await at.press("f2")
        assert "Enter Open" in entries(at)


async def test_in_a_table_of_labels_the_letters_are_one_entry(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, CLASSIFY) as at:
        assert entries(at)[:2] == [" F5 Run", "l c f g b Label"]


async def test_a_program_that_waits_can_be_answered(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        prompt = at.main.run_panel.prompt
        at.session.will_give(InputWanted(), DONE)
        await at.press("f5")
        await at.until(lambda: prompt.state is PromptState.INPUT)
        assert "F7 Answer the program" not in entries(at)
        await at.press("escape")
        assert at.main.focused is at.main.code.editor
        assert entries(at)[:2] == [" F9 Stop", "F7 Answer the program"]
        assert "F7 answers the program" in at.text
        await at.press("f7", "enter")
        await at.settle()


async def test_the_prompt_says_how_to_reach_it(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await ran(at)
        assert ">>> F7 asks the program" in at.text
        await at.press("f7")
        assert "asks the program" not in at.text
        await at.type("1")
        await at.press("escape")
        assert ">>> 1" in at.text
        await at.press("f7", "backspace", "escape")
        assert ">>> F7 asks the program" in at.text


async def test_a_zoom_and_the_drawer_have_a_way_back(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f4")
        assert "F4 Back" in entries(at)
        await at.press("f4", "f2")
        assert entries(at)[0] == " Esc Close"


async def test_the_first_is_bold_on_a_ground_of_its_own(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        bar = at.main.query_one(KeyBar)
        styles = [style_at(bar, column) for column in range(80)]
        first, gap = styles[1], styles[-len("  F1 Help  F10 Quit ")]
        assert first.bold
        assert first.bgcolor == styles[len("F5 Run ")].bgcolor != gap.bgcolor


def style_at(bar: KeyBar, column: int) -> Style:
    (segment,) = bar.render_line(0).crop(column, column + 1)
    assert segment.style
    return segment.style


async def test_no_typed_key_paints_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    painted = []
    render = KeyBar.render

    def noted(bar: KeyBar) -> Content:
        painted.append(bar.row)
        return render(bar)

    monkeypatch.setattr(KeyBar, "render", noted)
    async with played_tutor(tmp_path) as at:
        await ran(at)
        painted.clear()
        for key in ("a", "b", "enter", "left", "up", "backspace", "end", "("):
            await at.press(key)
        assert painted == []
        await at.press("f6")
        assert painted


async def test_a_learner_can_change_a_key(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.app.set_keymap({"run": "ctrl+e"})
        await at.pilot.pause()
        assert "Ctrl+E Run" in at.footer
        at.session.will_give(out("one\n"))
        await at.press("ctrl+e")
        await at.settle()
        assert len(at.session.requests) == 1


async def test_a_wide_title_takes_its_columns(tmp_path: Path) -> None:
    wide = exercise("wide", Kind.BUILD, 2, title="計数器の検証と範囲")
    course = Course((Unit("first", 1, "First", "", "", (BUILD, wide)),))
    async with played_tutor(tmp_path, course=course) as at:
        await ran(at, "one\ntwo\n")
        assert "F8 Next: 1.2 計数器の検証と範囲" in at.rows[-1]
        assert at.rows[-1].endswith(" F10 Quit ")


async def test_a_click_on_the_row_of_keys_does_what_the_key_does(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        bar = at.main.query_one(KeyBar)
        await at.pilot.click(bar, offset=(at.rows[-1].index("Zoom"), 0))
        assert at.main.maximized is at.main.code
        await at.pilot.click(bar, offset=(at.rows[-1].index("Back"), 0))
        assert at.main.maximized is None
        await at.press("f6")
        await at.pilot.click(bar, offset=(at.rows[-1].index("Your answer"), 0))
        assert at.main.focused is at.main.code.editor
