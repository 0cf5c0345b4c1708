"""`verify` runs what learners are told to look at and to try, and tells what is not so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import pytest

from tests.harness.small_course import BUILD, CLASSIFY, PREDICT, replace_in
from tutor.cli import main

Printed = pytest.CaptureFixture[str]

CELLS = 'cell = "add5.n"\nholds = "5"\n'
STEP = 'cell = "<lambda>.i"\nbefore = "0"\nafter = "1"\n'


@dataclass(frozen=True)
class Untrue:
    """A place of exercise.toml that is changed, and what must be told of it."""

    exercise: str
    old: str
    new: str
    says: str


UNTRUE = [
    Untrue(BUILD, 'holds = "5"', 'holds = "6"', "look[0] is not so: `add5.n` holds `5`"),
    Untrue(BUILD, "add5.n", "add5.m", "`add5` holds no cell for `m`"),
    Untrue(BUILD, "add5.n", "add6.n", "no functions are `add6`; there are `make_adder`, `add5`"),
    Untrue(BUILD, CELLS, 'no_cells = "add5"\n', "look[0] is not so: `add5` holds 1"),
    Untrue(BUILD, CELLS, 'apart = ["add5.n", "add.n"]\n', "of `add5.n`, `add.n` some are one cell"),
    Untrue(PREDICT, "line = 2", "line = 3", "no such step; there are line 2 filled"),
    Untrue(PREDICT, '"rebound"', '"mutated"', "no such step"),
    Untrue(PREDICT, 'after = "1"', 'after = "2"', "line 2 rebound 0 -> 1"),
    Untrue(PREDICT, "<lambda>.i", "<lambda>.j", "no step is about `<lambda>.j`"),
    Untrue(PREDICT, STEP, 'function = "make"\n', "no such step; there are line 1 function_made"),
    Untrue(CLASSIFY, '"free"', '"cell"', "look[0] is not so: `x` is free there"),
    Untrue(CLASSIFY, 'name = "x"', 'name = "z"', "`z` is no name there"),
    Untrue(CLASSIFY, '"outer.<locals>.inner"\nname =', '"i"\nname =', "no function `i`; there are"),
    Untrue(BUILD, 'prints = "7"', 'prints = "8"', "try[0] is not so: `add5(2)` prints `7`"),
    Untrue(BUILD, "add5(2)", "add5()", "`add5()` ends with `TypeError: "),
    Untrue(BUILD, '"add5(2)"', '"add5(1)\\nadd5(2)"', "prints `6`; only the last line may print"),
    Untrue(CLASSIFY, '"NameError: ', '"ValueError: ', "`y` ends with `NameError: "),
    Untrue(CLASSIFY, 'code = "y"', 'code = "fn"', "`fn` raises nothing"),
]


def verify(course: Path, capsys: Printed) -> tuple[int, str]:
    """The exit status, and what was printed."""
    return main(["verify", str(course)]), capsys.readouterr().out


def alone(course: Path, exercise: str) -> Path:
    """The exercise.toml of the one exercise that is kept: each run costs a start of Python."""
    for other in {BUILD, PREDICT, CLASSIFY} - {exercise}:
        rmtree(course / other)
    return course / exercise / "exercise.toml"


@pytest.mark.parametrize("untrue", UNTRUE, ids=lambda untrue: untrue.says[:40])
def test_what_is_not_so(course: Path, capsys: Printed, untrue: Untrue) -> None:
    replace_in(alone(course, untrue.exercise), untrue.old, untrue.new)
    status, out = verify(course, capsys)
    assert status == 1
    assert untrue.says in out
    assert out.count(" is not so: ") == 1


def test_several_cells_and_who_holds_them(course: Path, capsys: Printed) -> None:
    table = alone(course, PREDICT)
    program = (
        "def make():\n    n = 1\n    def up():\n        nonlocal n\n        n += 1\n"
        "    def show():\n        return n\n    return up, show\n\n\n"
        "up, show = make()\nmade = make()\nprint('calls:', [1, 1])\nprint('done')\n"
    )
    (course / PREDICT / "starter.py").write_text(program)
    text = table.read_text()
    before, after = text.index("[[look]]"), text.index("[[try]]")

    def with_look(claims: str) -> str:
        look = f'[[look]]\nat = "diagram"\nsay = "so."\n{claims}\n'
        table.write_text(text[:before] + look + text[after:].replace("len(make())", "len(made)"))
        return verify(course, capsys)[1]

    whole = 'one = ["up.n", "show.n"]\napart = ["up.n", "made[0].n"]\nno_cells = "make"'
    assert "1 of 1 hold" in with_look(whole)
    assert "`up.n`, `made[1].n` are not one cell" in with_look('one = ["up.n", "made[1].n"]')
    assert "`show` holds that cell too; name all who do" in with_look('one = ["up.n"]')


UNWRITTEN = [
    Untrue(BUILD, CELLS, "", "look[0]: claims nothing; write cell and holds, one = [...]"),
    Untrue(BUILD, 'holds = "5"\n', "", "look[0]: `cell` and `holds` go together"),
    Untrue(BUILD, "one cell, with 5 in it.", " ", "look[0].say: empty"),
    Untrue(
        BUILD, 'prints = "7"', "", "try[0]: one thing comes of it; write one of prints and error"
    ),
    Untrue(BUILD, '"add5(2)"', f'"""\nadd5({"2 + " * 12}0)"""', "try[0]: line 1 takes 59 columns"),
    Untrue(BUILD, 'prints = "7"', 'prints = "7"\nerror = "x"', "try[0]: one thing comes of it"),
    Untrue(PREDICT, STEP, "", "look[0]: is about one thing; write one of cell and function"),
    Untrue(
        BUILD, 'at = "cells"', 'at = "cell"', "look[0].at: invalid value 'cell'; write [[look]]"
    ),
    Untrue(BUILD, 'at = "cells"', 'at = "names"', "look[0]: object contains unknown field"),
    Untrue(PREDICT, '"rebound"', '"bound"', "look[0].what: invalid enum value 'bound'; write"),
    Untrue(BUILD, 'prints = "7"', "print = 7", "try[0]: object contains unknown field `print`"),
]


@pytest.mark.parametrize("unwritten", UNWRITTEN, ids=lambda unwritten: unwritten.says[:40])
def test_what_is_not_well_written(course: Path, capsys: Printed, unwritten: Untrue) -> None:
    replace_in(alone(course, unwritten.exercise), unwritten.old, unwritten.new)
    status, out = verify(course, capsys)
    assert status == 1
    assert f"exercise.toml, {unwritten.says}" in out


@pytest.mark.parametrize("key", ["look", "try"])
def test_an_exercise_without_one_is_refused(course: Path, capsys: Printed, key: str) -> None:
    table = alone(course, CLASSIFY)
    text = table.read_text()
    start = text.index(f"[[{key}]]")
    end = text.index("[[", start + 2)
    table.write_text(text[:start] + text[end:])
    status, out = verify(course, capsys)
    assert status == 1
    assert f"exercise.toml, {key}: there is none; say in [[{key}]] what is worth it" in out


def test_tries_go_into_one_program_in_their_order(course: Path, capsys: Printed) -> None:
    table = alone(course, BUILD)
    replace_in(table, 'prints = "7"\n', 'prints = "7"\n[[try]]\ncode = "kept + 1"\nprints = "8"\n')
    replace_in(table, '"add5(2)"', '"kept = add5(2)\\nkept"')
    assert verify(course, capsys)[0] == 0
