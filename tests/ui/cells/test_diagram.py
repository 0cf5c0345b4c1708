"""The diagram in its pane: it follows what is told, scrolls, is coloured, and is saved."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import cell, counters, function, out, passed_checks
from tutor.protocol.views import (
    Cells,
    Change,
    FreeName,
    RecordedCell,
    RecordedFunction,
    Recording,
    Step,
)
from tutor.ui.cells.diagram import DrawnLines
from tutor.ui.tabs import Tab
from tutor.views.picture import Drawing, picture

TWO = Cells(
    (
        function("f1", "inc", ("count", "A"), name="increment"),
        function("f2", "add", ("n", "B"), name="add"),
    ),
    (cell("A", "count", "1", "f1"), cell("B", "n", "5", "f2")),
)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_diagram_follows_every_report(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        await at.run(out("one\n"), counters("1"), *passed_checks())
        at.main.inspector.take_focus()
        await at.press("right")
        assert at.main.inspector.tab is Tab.DIAGRAM
        assert at.text.count("─ A ") == 1
        assert re.search(r"▶│ int +1 │", at.text)
        assert "no cells: it uses" in at.text
        await at.press("f7")
        await at.ask("inc()", counters("2"))
        assert re.search(r"▶│ int +1 → 2 │", at.text)


async def test_a_large_diagram_scrolls_both_ways(tmp_path: Path) -> None:
    # Two functions that hold the same forty cells: forty tracks side by side in any order.
    names = [(f"n{number}", f"C{number}") for number in range(40)]
    many = Cells(
        (function("f0", "f0", *names), function("f1", "f1", *names)),
        tuple(cell(label, name, "1", "f0", "f1") for name, label in names),
    )
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"), many)
        at.main.inspector.take_focus()
        await at.press("right", "greater_than_sign", "pagedown")
        assert at.main.inspector.diagram.scroll_offset.x > 0
        assert at.main.inspector.diagram.scroll_offset.y > 0
        await at.press("less_than_sign", "home")
        assert "f0" in at.text


async def test_the_diagram_shows_a_step_of_the_timeline_until_there_is_something_newer(
    tmp_path: Path,
) -> None:
    recording = Recording(
        (
            Step(2, Change.FILLED, "A", after="0"),
            Step(3, Change.FUNCTION_MADE, function="f1"),
            Step(5, Change.REBOUND, "A", None, "0", "1"),
            Step(5, Change.REBOUND, "A", None, "1", "2"),
        ),
        (RecordedFunction("f1", "inc", "make.<locals>.inc", 3, (FreeName("count", "A"),)),),
        (RecordedCell("A", "count", "make"),),
    )
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"), counters("2"), recording)
        at.main.inspector.take_focus()
        await at.press("left", "left_square_bracket")
        assert "step 3 of 4" in at.text
        await at.press("left", "left")
        assert "step 3 of 4, line 5" in at.text
        assert "0 → 1 │" in at.text
        await at.press("f7")
        await at.ask("inc()", counters("3"))
        assert "step 3 of 4" not in at.text
        assert re.search("int +2 → 3 │", at.text)


async def test_the_diagram_is_saved_under_names_that_are_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started_in = tmp_path / "here"
    started_in.mkdir()
    monkeypatch.chdir(started_in)
    (started_in / "closures-2.txt").write_text("mine", encoding="utf-8")
    async with played_tutor(tmp_path / "state") as at:
        await at.run(out("one\n"), counters("1"))
        at.main.inspector.take_focus()
        await at.press("right", "s", "s")
        told = [notice.message for notice in at.app._notifications]
        assert told == [
            f"The diagram is saved as closures-{number}.svg and closures-{number}.txt in {started_in}."
            for number in (1, 3)
        ]
    assert sorted(file.name for file in started_in.iterdir()) == [
        "closures-1.svg",
        "closures-1.txt",
        "closures-2.txt",
        "closures-3.svg",
        "closures-3.txt",
    ]
    assert (started_in / "closures-2.txt").read_text(encoding="utf-8") == "mine"
    assert "─ A  count ─" in (started_in / "closures-1.txt").read_text(encoding="utf-8")
    ElementTree.parse(started_in / "closures-1.svg")


async def test_where_the_diagram_cannot_be_saved_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    async with played_tutor(tmp_path / "state") as at:
        await at.run(out("one\n"), counters("1"))
        at.main.inspector.take_focus()
        await at.press("right", "s")
        [notice] = at.app._notifications
        assert "cannot be written into .: No such file or directory." in notice.message
        assert "start the tutor in a folder" in notice.message


async def test_the_palette_saves_the_diagram_whichever_tab_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with played_tutor(tmp_path / "state") as at:
        await at.press("ctrl+p", *"save the diagram")
        await at.until(lambda: "As SVG and as text" in at.text)
        await at.press("enter")
        await at.until(lambda: at.app.screen is at.main)
        [notice] = at.app._notifications
        assert notice.message == "There is no diagram yet. F5 runs the program."
        await at.run(out("one\n"), counters("1"))
        at.main.inspector.save_picture()
        assert (tmp_path / "closures-1.svg").exists()


def test_letters_and_boxes_of_the_diagram_have_the_colour_of_their_cell() -> None:
    shown = DrawnLines(Drawing(picture(TWO), 60), [], reverse=False)
    styles = {
        line.plain[span.start : span.end].strip(): span.style
        for line in shown
        for span in line.spans
    }
    assert styles["A"] == "bold $badge on $cell-a"
    assert styles["B"] == "bold $badge on $cell-b"
    assert styles["1"] == "bold on $tint-a"
    assert styles["5"] == "bold on $tint-b"
    plain = DrawnLines(Drawing(picture(TWO), 60), [], reverse=True)
    assert any(span.style == "bold reverse" for line in plain for span in line.spans)
