"""Labels: a letter a name, then what Python says."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import CLASSIFY, LABELS, counters, out
from tutor.course.model import Classify, FunctionNames, Misconception, When
from tutor.protocol.reports import Labels
from tutor.protocol.views import NameScope, Scope
from tutor.ui.tabs import Tab


async def test_names_are_labelled_by_letters_and_python_says_why(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, CLASSIFY) as at:
        await at.press("f", "g")
        assert at.main.answer == "x free\ny global\n"
        await at.run(out("one\n"), counters("3"), LABELS)

        assert at.session.requests[0].classify == ("outer.<locals>.inner",)
        assert "1 of 2 labels is right" in at.text
        rows = [" ".join(row.split()) for row in at.rows]
        assert "x free ✓ free cell A, captured from outer, so" in rows
        assert "▌ y global ✗ local assigned on line 5, so STORE_FAST" in rows

        await at.press("l")
        assert "Python says" not in at.text
        await at.run(out("one\n"), LABELS)
        assert "✓ Passed" in at.text


async def test_what_is_wrong_with_a_label_is_in_sight_at_once(tmp_path: Path) -> None:
    feedback = "A long reason, of so many words that they take four of the lines of the pane. " * 2
    mistaken = (Misconception("y-global", When(label="y global"), feedback),)
    exercise = dataclasses.replace(CLASSIFY, misconceptions=mistaken)
    async with played_tutor(tmp_path, exercise, size=(60, 24)) as at:
        await at.press("f", "g")
        await at.run(out("one\n"), counters("3"), LABELS)
        shown = " ".join(row.strip(" ▌▁▂▃▄▅▆▇") for row in at.rows)
        assert feedback.strip() in shown
        assert "captured from outer" not in at.text
        await at.press("l")
        await at.run(out("one\n"), counters("3"), LABELS)
        assert "captured from outer" in at.text
        assert "assigned on line 5" in at.text
        assert "Another letter" not in at.text


async def test_at_60_columns_python_says_each_label(tmp_path: Path) -> None:
    asked = Classify("outer.<locals>.inner", ("x", "a_name_that_is_long"))
    exercise = dataclasses.replace(CLASSIFY, classify=asked)
    names = tuple(NameScope(name, Scope.BUILTIN, "why") for name in asked.names)
    async with played_tutor(tmp_path, exercise, size=(60, 18)) as at:
        await at.press("b", "b")
        await at.run(out("one\n"), counters("3"), dataclasses.replace(LABELS, names=names))
        rows = [row.partition("│")[0].strip(" ▌▁▂▃▄▅▆▇").split() for row in at.rows]
        assert ["in", "inner()", "yours", "Python", "says"] in rows
        assert ["x", "builtin", "✓", "builtin"] in rows
        at.main.run_panel.bodies[Tab.LABELS].scroll_end(animate=False)
        await at.pilot.pause()
        assert "✓ builtin" in at.text


async def test_a_capital_letter_is_a_label_too(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, CLASSIFY) as at:
        await at.press("F")
        assert at.main.answer == "x free\n"


async def test_up_goes_round_and_each_letter_is_a_label(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, CLASSIFY) as at:
        await at.press("up")
        for letter, label in zip(
            "lcfgb", ("local", "cell", "free", "global", "builtin"), strict=True
        ):
            await at.press(letter)
            assert at.main.answer == f"y {label}\n"


SEVERAL = dataclasses.replace(
    CLASSIFY,
    classify=Classify(
        functions=(
            FunctionNames("app", ("theme",)),
            FunctionNames("app.<locals>.menu", ("theme", "len")),
        )
    ),
    misconceptions=(
        Misconception("carrier", When(label="menu/theme local"), "It hands the cell on."),
    ),
)
THEMES = (
    Labels("app", (NameScope("theme", Scope.CELL, "a parameter"),)),
    Labels(
        "app.<locals>.menu",
        (
            NameScope("theme", Scope.FREE, "captured from app", "A"),
            NameScope("len", Scope.BUILTIN, "found in builtins"),
        ),
    ),
)


async def test_names_are_asked_for_as_several_functions_see_them(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, SEVERAL) as at:
        assert "theme in app" in at.text
        await at.press("c", "l", "b")
        assert at.main.answer == "app/theme cell\nmenu/theme local\nmenu/len builtin\n"
        await at.run(out("one\n"), *THEMES)
        assert at.session.requests[0].classify == ("app", "app.<locals>.menu")
        rows = [" ".join(row.strip(" ▌▁▂▃▄▅▆▇").split()) for row in at.rows]
        assert "theme as seen from app cell ✓ cell a parameter" in rows
        assert "theme as seen from menu local ✗ free cell A, captured from app" in rows
        assert "len as seen from menu builtin ✓ builtin found in builtins" in rows
        assert "It hands the cell on." in at.text
        await at.press("f")  # the first wrong label has the cursor
        await at.run(out("one\n"), *THEMES)
        assert "✓ Passed" in at.text


async def test_the_choice_goes_on_to_the_next_name_and_stays_at_the_last(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, SEVERAL) as at:
        await at.press("l", "f", "g", "b")
        assert at.main.answer == "app/theme local\nmenu/theme free\nmenu/len builtin\n"


async def test_names_without_a_label_are_asked_for_and_nothing_is_told(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, SEVERAL) as at:
        await at.press("down", "f", "f5")
        assert at.session.requests == []
        assert "Python says" not in at.text
        [notice] = at.app._notifications
        assert notice.message == "2 names have no label yet: app/theme, menu/len."
        await at.press("c", "down", "b")  # the first of them has the cursor
        assert at.main.answer == "app/theme cell\nmenu/theme free\nmenu/len builtin\n"


async def test_the_first_blank_is_gone_to_from_another_pane(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, SEVERAL) as at:
        await at.press("c")
        at.main.code.take_focus()
        await at.press("f5", "f")
        [notice] = at.app._notifications
        assert notice.message == "2 names have no label yet: menu/theme, menu/len."
        assert at.main.answer == "app/theme cell\nmenu/theme free\n"
