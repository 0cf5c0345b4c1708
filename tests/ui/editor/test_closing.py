"""Brackets and quotes close themselves if the configuration asks for it, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.editor_app import running_editor
from tests.harness.played_session import PlayedSession
from tests.harness.running_tutor import played_tutor
from tests.harness.samples import COURSE
from tutor.state.progress import Progress
from tutor.state.settings import Settings
from tutor.ui.app import TutorApp

TYPED = [
    ("|", "(", "(|)"),
    ("f|", "([{", "f([{|}])"),
    ("|", "()", "()|"),
    ("|", "'a'", "'a'|"),
    ("|", '"a"', '"a"|'),
    ("print|", "(f'{x}'", "print(f'{x}'|)"),
    ("x = |", "'", "x = '|'"),
    ("x = [a, |]", "'", "x = [a, '|']"),
    # Before a word, in a string, in a comment.
    ("|word", "(", "(|word"),
    ("|'text'", "(", "(|'text'"),
    ("'|'", "([{", "'([{|'"),
    ("# |", "([{'", "# ([{'|"),
    ("'''\n|", "(", "'''\n(|"),
    ("don|", "'t", "don't|"),
    # Three quotes.
    ("|", '"""', '"""|'),
    ("    |", "'''doc'''", "    '''doc'''|"),
    # What is there already is stepped over; another one is typed.
    ("f(g(x|))", "))", "f(g(x))|"),
    ("f(x|", ")", "f(x)|"),
    ("'a)|)'", ")", "'a))|)'"),
    # What is selected is replaced.
    ("^a|", "(", "(|"),
]


@pytest.mark.parametrize(("before", "keys", "after"), TYPED)
async def test_typed(before: str, keys: str, after: str) -> None:
    async with running_editor(before, close_brackets=True) as at:
        await at.type(keys)
        assert at.marked == after


@pytest.mark.parametrize("pair", ["()", "[]", "{}", "''", '""'])
async def test_backspace_between_both_takes_both_and_undo_brings_them_back(pair: str) -> None:
    async with running_editor("x = |", close_brackets=True) as at:
        await at.type(pair[0])
        await at.press("backspace")
        assert at.marked == "x = |"
        await at.press("ctrl+z")
        assert at.marked == f"x = {pair[0]}|{pair[1]}"
        await at.press("ctrl+z")
        assert at.marked == "x = |"


async def test_unasked_nothing_closes_itself() -> None:
    async with running_editor("|") as at:
        await at.type("([{'\"")
        assert at.marked == "([{'\"|"
    async with running_editor("(|)") as at:
        await at.type(")")
        assert at.marked == "()|)"
        await at.press("left", "backspace")
        assert at.marked == "|))"


async def test_the_configuration_asks_for_it(tmp_path: Path) -> None:
    for asked, after in ((False, "("), (True, "()")):
        settings = Settings(close_brackets=asked)
        progress = Progress.open(tmp_path / after)
        app = TutorApp(COURSE, progress, PlayedSession(), settings=settings)
        async with app.run_test() as pilot:
            app.main.code.editor.rewrite("")
            await pilot.press("(")
            assert app.main.code.editor.text == after


async def test_by_itself_the_tutor_closes_nothing(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.write("")
        await at.type("(")
        assert at.main.code.editor.text == "("
