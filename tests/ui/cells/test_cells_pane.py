"""The Cells pane: list, diagram, names before any run, and what can be asked about a chosen cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.harness.running_tutor import PlayedTutor, played_tutor, real_tutor
from tests.harness.samples import (
    BUILD,
    CLASSIFY,
    PREDICT,
    REPAIR,
    cell,
    function,
    out,
    passed_checks,
)
from tutor.course.model import Exercise
from tutor.protocol.reports import Failure, Finished, Status, Unfolded
from tutor.protocol.requests import Ask, Question
from tutor.protocol.views import (
    Cells,
    CompiledFunction,
    FreeName,
    NameScope,
    Purpose,
    Role,
    Scope,
    ScopeMap,
    ScopeView,
)
from tutor.ui.answer.prompt_line import PromptState
from tutor.ui.pages.value_screen import ValueScreen
from tutor.ui.screens import runs
from tutor.ui.tabs import Tab

NAMES = ScopeMap(
    (
        ScopeView(
            "make",
            1,
            0,
            (NameScope("count", Scope.CELL, "assigned on line 2"),),
        ),
        ScopeView(
            "make.<locals>.inc",
            3,
            1,
            (
                NameScope("count", Scope.FREE, "captured from make"),
                NameScope("print", Scope.BUILTIN, "found in builtins"),
            ),
        ),
    )
)
WRONG = ScopeMap(fault="SyntaxError: invalid syntax", line=3)
TWO = Cells(
    (
        function("f1", "inc", ("count", "A"), name="increment"),
        function("f2", "add", ("n", "B"), name="add"),
    ),
    (cell("A", "count", "1", "f1"), cell("B", "n", "5", "f2")),
)


async def to_the_cells(at: PlayedTutor) -> None:
    """Run, and put the focus on the cells."""
    await at.run(out("one\n"), TWO, *passed_checks())
    at.main.inspector.take_focus()
    await at.pilot.pause()


async def test_what_the_compiler_made_is_shown_when_it_is_asked_for(tmp_path: Path) -> None:
    made = CompiledFunction(
        "c1",
        Purpose(Role.ANNOTATIONS, "add", "make.<locals>.add"),
        "f2",
        3,
        "add.__annotate__",
        (FreeName("n", "B"), FreeName("kind", "a")),
    )
    cells = replace(TWO, compiled=(made,), compiled_cells=(cell("a", "kind", "int", "c1"),))
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        await at.run(out("one\n"), cells)
        at.main.inspector.take_focus()
        await at.pilot.pause()
        assert "annotations of add" not in at.text
        await at.press("c")
        assert "annotations of add" in at.text
        assert "shared with annotations of" in at.text
        await at.press("down", "down", "down")
        assert at.main.inspector.view.chosen is not None
        assert at.main.inspector.view.chosen.label == "a"
        await at.press("c")
        assert "annotations of add" not in at.text
        assert "besides, the compiler made" in at.text


@pytest.mark.parametrize("exercise", [BUILD, REPAIR])
async def test_names_before_a_run_at_80_columns_are_a_tab(
    tmp_path: Path, exercise: Exercise
) -> None:
    async with played_tutor(tmp_path, exercise) as at:
        at.session.map = NAMES
        at.main.runs.read_names()
        await at.settle()
        assert at.shows(Tab.TASK)
        await at.press("f6", "right", "right")
        assert "count  free     captured from make" in at.text
        assert "print  builtin  found in builtins" in at.text
        await at.run(out("one\n"), TWO)
        assert Tab.NAMES not in at.main.run_panel.tabs
        assert at.main.inspector.tab is Tab.LIST
        assert Tab.NAMES in at.main.inspector.tabs


async def test_names_at_120_columns_are_there_at_once_and_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "NAMES_PAUSE", 0.05)
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        at.session.map = NAMES
        await at.type("x")
        await at.until(lambda: "count  free" in at.text)
        assert at.session.read[-1].startswith("x#")
        at.session.map = WRONG
        await at.type("(")
        await at.until(lambda: "Line 3: SyntaxError" in at.text)
        assert "count  free" in at.text
        at.session.map = None
        await at.type("(")
        await at.until(lambda: "Reading this program" in at.text)
        await at.press("f8")
        assert "captured from make" not in at.text


async def test_keys_in_a_row_are_one_reading(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        read = at.session.read
        before = len(read)
        await at.pilot.press("a", "b", "c")
        await at.until(lambda: len(read) > before)
        assert [source[:4] for source in read[before:]] == ["abc#"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("exercise", [PREDICT, CLASSIFY])
async def test_names_give_no_answer_away(
    tmp_path: Path, exercise: Exercise, size: tuple[int, int]
) -> None:
    async with played_tutor(tmp_path, exercise, size=size) as at:
        at.session.map = NAMES
        at.main.runs.await_names()
        await at.press("f")
        await at.until(lambda: not (at.main.runs.reading and at.main.runs.reading._task is None))
        assert at.session.read == []
        assert Tab.NAMES not in (*at.main.run_panel.tabs, *at.main.inspector.tabs)
        await at.run(out("one\n"), TWO)
        assert len(at.session.read) == 1
        assert Tab.NAMES in at.main.inspector.tabs


async def test_a_cell_is_chosen_and_its_value_opened(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await to_the_cells(at)
        assert "▸ count  A" in at.text
        await at.press("down")
        assert "▸ n  B" in at.text
        at.session.will_give(Unfolded("B", "[0] 1\n[1] \x1b[2J\n" + "x" * 300), TWO)
        await at.press("enter")
        await at.settle()
        assert at.session.questions == [Question(Ask.UNFOLD, cell="B")]
        assert isinstance(at.app.screen, ValueScreen)
        assert "B (n)" in at.rows[0]
        assert at.rows[0].endswith("Escape closes ")
        assert r"[1] \x1b[2J" in at.text
        assert at.main.run_panel.prompt.state is PromptState.READY
        await at.press("escape")
        assert at.app.focused is at.main.inspector.view
        assert "▸ n  B" in at.text
        at.main.code.take_focus()
        await at.pilot.pause()
        assert "▸" not in at.text


async def test_a_cell_is_set_and_put_back(tmp_path: Path) -> None:
    set_to_7 = Cells(TWO.functions, (TWO.cells[0], cell("B", "n", "7", "f2")))
    async with played_tutor(tmp_path) as at:
        await to_the_cells(at)
        await at.until(lambda: "s sets" in at.text)
        await at.press("down", "s")
        assert "set B (n) to:" in at.text
        assert "s sets" not in at.text
        at.session.will_give(set_to_7)
        await at.type("3 + 4\n")
        await at.settle()
        assert "n  B  int  5 → 7" in at.text
        await at.until(lambda: "s sets" in at.text)
        assert "set B (n) to: 3 + 4" in at.text
        assert not at.main.inspector.experiment.display
        at.session.will_give(TWO)
        await at.press("u")
        await at.settle()
        assert "n  B  int  7 → 5" in at.text
        assert at.session.questions == [
            Question(Ask.SET_CELL, "3 + 4", "B"),
            Question(Ask.RESTORE_CELL, cell="B"),
        ]
        failure = Failure("NameError: y\n", 1, "NameError: y")
        at.session.will_give(TWO, Finished(Status.FAILED, 0.0, failure, "It failed.", prompt=True))
        await at.press("s", "y", "enter")
        await at.settle()
        assert "NameError: y" in at.text
        assert at.main.code.editor.error_line is None


async def test_what_went_wrong_is_told_also_while_the_cells_have_the_screen(
    tmp_path: Path,
) -> None:
    failure = Failure("NameError: y\n", 1, "NameError: \x1b y")
    async with played_tutor(tmp_path) as at:
        await to_the_cells(at)
        await at.press("f4", "s")
        at.session.will_give(TWO, Finished(Status.FAILED, 0.0, failure, "It failed.", prompt=True))
        await at.type("y\n")
        await at.settle()
        assert [notice.message for notice in at.app._notifications] == [r"NameError: \x1b y"]


async def test_an_experiment_is_left_with_escape(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await to_the_cells(at)
        await at.press("s", "1", "escape")
        assert not at.main.inspector.experiment.display
        assert at.app.focused is at.main.inspector.view
        await at.press("s", "enter")
        assert at.session.questions == []


async def test_nothing_is_asked_of_a_program_that_is_gone(tmp_path: Path) -> None:
    gone = Finished(Status.TIMED_OUT, 10.0, sentence="It ran out of time.")
    async with played_tutor(tmp_path) as at:
        await at.run(TWO, gone)
        at.main.inspector.take_focus()
        await at.pilot.pause()
        assert "s sets" not in at.text
        await at.press("s", "enter", "u")
        assert at.session.questions == []
        assert not at.main.inspector.experiment.display
        assert any("no program to ask" in notice.message for notice in at.app._notifications)


async def test_keys_while_the_spare_starts_do_not_end_its_start(tmp_path: Path) -> None:
    async with real_tutor(tmp_path, size=(120, 40)) as at:
        at.main.code.editor.rewrite("def f(x): return lambda: x\n")
        for _ in range(3):  # each reading ends the one before
            at.main.runs.read_names()
            await at.pilot.pause()
        await at.until(lambda: "free" in at.text)
        await at.press("f5")
        await at.until(lambda: at.main.run_panel.prompt.state is PromptState.READY)
