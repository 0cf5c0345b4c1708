"""Where the next line begins, after Enter."""

from __future__ import annotations

import pytest

from tests.harness.editor_app import running_editor

AFTER_ENTER = [
    ("def f():|", "def f():\n    |"),
    ("def f():  # note|", "def f():  # note\n    |"),
    ("def f(): # a: b|", "def f(): # a: b\n    |"),
    ("    if x:   |", "    if x:   \n        |"),
    ("    x = 1|", "    x = 1\n    |"),
    ("    return x|", "    return x\n|"),
    ("        pass|", "        pass\n    |"),
    ("returned = 1|", "returned = 1\n|"),
    ("|", "\n|"),
    # A colon that begins no block.
    ("    # such as:|", "    # such as:\n    |"),
    ("x = 1  # as:|", "x = 1  # as:\n|"),
    ("print('as:'|)", "print('as:'\n      |)"),
    ("x = 'as:|", "x = 'as:\n|"),
    ("    '''as:|\n    '''", "    '''as:\n    |\n    '''"),
    ("x = '#'; if y:|", "x = '#'; if y:\n    |"),
    # Inside a bracket.
    ("x = {1:|", "x = {1:\n     |"),
    ("x = {|", "x = {\n    |"),
    ("    x = f(|)", "    x = f(\n        |)"),
    ("    x = f(  # note|", "    x = f(  # note\n        |"),
    ("    x = f(a,|", "    x = f(a,\n          |"),
    ("x[1:|", "x[1:\n  |"),
    ("x = f(')', [a,|", "x = f(')', [a,\n            |"),
    ("f(a,\n  # ((\n  b,|", "f(a,\n  # ((\n  b,\n  |"),
    ("f('漢字', (a,|", "f('漢字', (a,\n           |"),
    ("x = {\n    1: [2,\n        3],|", "x = {\n    1: [2,\n        3],\n    |"),
    # After a bracket that was closed further down than it was opened.
    ("    x = f(a,\n          b)|", "    x = f(a,\n          b)\n    |"),
    ("    def f(a,\n          b):|", "    def f(a,\n          b):\n        |"),
    ("    return f(a,\n             b)|", "    return f(a,\n             b)\n|"),
    # What is wrong further up concerns nobody below.
    ("x = (1,\n\ndef f():\n    y = 1|", "x = (1,\n\ndef f():\n    y = 1\n    |"),
    (")\nx = 1|", ")\nx = 1\n|"),
    # Continued.
    ("x = 1 + \\|", "x = 1 + \\\n    |"),
    ("x = 1 + \\\n    2|", "x = 1 + \\\n    2\n|"),
    # In the middle, and in place of what is selected.
    ("    a = |b", "    a = \n    |b"),
    ("if x:^ y|", "if x:\n    |"),
    ("  |  x", "  \n  |  x"),
    ("\tx|", "\tx\n    |"),
]


@pytest.mark.parametrize(("before", "after"), AFTER_ENTER)
async def test_enter_indents_and_one_undo_takes_it_back(before: str, after: str) -> None:
    async with running_editor(before) as at:
        await at.press("enter")
        assert at.marked == after
        await at.press("ctrl+z")
        assert at.marked == before


async def test_far_down_it_is_known_whether_a_colon_is_text() -> None:
    lines = "\n".join(["'''"] + ["line"] * 300)
    async with running_editor(f"{lines}\nas:|") as at:
        await at.press("enter")
        assert at.text.endswith("as:\n")
