"""`check`, `verify` and `list`, of questions about cells and labels of several functions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.cells_course import CELLS, CHECKS, SEVERAL, write_cells_course
from tests.harness.small_course import replace_in
from tutor.cli import main

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def cells_course(tmp_path: Path) -> Path:
    return write_cells_course(tmp_path / "cells")


def check(course: Path, exercise: str, file: str, *more: str) -> int:
    return main(["check", exercise, str(course / file), "--content", str(course), *more])


def test_check_prints_each_answer_and_evidence_of_what_is_right(
    cells_course: Path, capsys: Printed
) -> None:
    assert check(cells_course, "flags", f"{CELLS}/solution.txt") == 0
    out = capsys.readouterr().out
    assert "Passed: all 5 answers are right.\n" in out
    assert "✓ 4 what is in `on` of `describe` at the end?  False  cell A, bool False, shared" in out
    assert check(cells_course, "flags", f"{CELLS}/wrong/copies.txt") == 1
    out = capsys.readouterr().out
    assert "3 of 5 answers are right; look again at questions 2, 4.\n" in out
    assert "✗ 2 `on` of `is_on`: same cell as `on` of `describe`?  n\n" in out
    assert "✗ 4 what is in `on` of `describe` at the end?  True\n" in out
    assert "Both functions come from one call" in out


def test_check_as_json(cells_course: Path, capsys: Printed) -> None:
    assert check(cells_course, "checks", f"{CHECKS}/wrong/none.txt", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["answers"] == [
        {
            "to": "what is in `odd` of `ops['even']` after line 2?",
            "given": "None",
            "passed": False,
        },
        {"to": "what is in `odd` of `ops['even']` at the end?", "given": "odd", "passed": True},
        {"to": "how many cells has `make_checks`?", "given": "0", "passed": True},
    ]
    assert check(cells_course, "carrier", f"{SEVERAL}/wrong/owns.txt", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [(each["to"], each["given"], each["passed"]) for each in told["answers"]] == [
        ("app/theme", "cell", True),
        ("menu/theme", "local", False),
        ("item/theme", "free", True),
        ("item/len", "builtin", True),
    ]
    assert told["feedback"] == "`menu` only hands it on."


def test_check_of_an_answer_with_blanks(
    cells_course: Path, tmp_path: Path, capsys: Printed
) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text("1: 1\n")
    assert check(cells_course, "flags", str(answer)) == 1
    out = capsys.readouterr().out
    assert "No answer yet to questions 2, 3, 4, 5." in out
    assert "no answer\n" in out


def test_list_has_the_kind(cells_course: Path, capsys: Printed) -> None:
    assert main(["list", "--content", str(cells_course), "--json"]) == 0
    units = json.loads(capsys.readouterr().out)["units"]
    kinds = {each["id"]: each["kind"] for unit in units for each in unit["exercises"]}
    assert (kinds["flags"], kinds["carrier"]) == ("cells", "classify")


def test_what_holds(cells_course: Path, capsys: Printed) -> None:
    assert main(["verify", str(cells_course / "02-second")]) == 0
    assert "4 of 4 hold" in capsys.readouterr().out


@dataclass(frozen=True)
class Broken:
    """A place of an exercise that is changed, and what must be told."""

    file: str
    old: str
    new: str
    says: str


BROKEN = [
    Broken(
        f"{CELLS}/exercise.toml",
        'function = "is_on"\n\n',
        'function = "is_off"\n\n',
        "exercise.toml, questions[0].function: the run has no function `is_off`; its functions are",
    ),
    Broken(
        f"{CELLS}/exercise.toml",
        'function = "describe"\nname = "on"',
        'function = "describe"\nname = "off"',
        "questions[3].name: `describe` holds no cell for `off`; those that it holds are for on",
    ),
    Broken(
        f"{CELLS}/exercise.toml",
        "line = 2",
        "line = 3",
        "questions[4].line: line 3 changes nothing; the lines that do are 1, 2, 5, 12, 13",
    ),
    Broken(
        f"{CELLS}/exercise.toml",
        "line = 2",
        "step = 99",
        "questions[4].step: there is no step 99",
    ),
    Broken(f"{CELLS}/solution.txt", "2: y", "2: n", "the solution does not pass. 4 of 5 answers"),
    Broken(f"{CELLS}/solution.txt", "2: y", "2: why", "`2: why` cannot be read; write y or n"),
    Broken(f"{CELLS}/solution.txt", "2: y", "7: y", "`7: y` answers no question; write `N: `"),
    Broken(f"{CELLS}/wrong/copies.txt", "2: n", "2: y", "gets the feedback of `describe-still-on`"),
    Broken(
        f"{CELLS}/exercise.toml",
        '"2: n"',
        '"2: x"',
        "misconceptions[0].when.answer: `2: x` cannot be read; write y or n",
    ),
    Broken(f"{CELLS}/exercise.toml", "False off True", "False on True", "`expected` is not what"),
    Broken(
        f"{SEVERAL}/exercise.toml",
        '"app.<locals>.menu", names',
        '"app.menu", names',
        "classify.functions[1].function: no function `app.menu`; the functions of starter.py are",
    ),
    Broken(
        f"{SEVERAL}/exercise.toml",
        'names = ["theme", "len"]',
        'names = ["theme", "max"]',
        "classify.functions[2].names: `app.<locals>.menu.<locals>.item` has no name `max`",
    ),
    Broken(f"{SEVERAL}/solution.txt", "menu/theme", "theme", "`theme` is not asked for"),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each.says[:40])
def test_a_broken_rule(cells_course: Path, capsys: Printed, broken: Broken) -> None:
    replace_in(cells_course / broken.file, broken.old, broken.new)
    place = cells_course / "/".join(broken.file.split("/")[:2])
    assert main(["verify", str(place)]) == 1
    assert broken.says in capsys.readouterr().out


def test_a_misconception_that_speaks_of_a_blank(cells_course: Path, capsys: Printed) -> None:
    place = cells_course / CELLS
    replace_in(place / "exercise.toml", '{ answer = "2: n" }', '{ answer = "4: True" }')
    replace_in(
        place / "wrong/copies.txt",
        "# feedback: a-copy-each\n1: 1\n2: n",
        "# feedback: a-copy-each\n2: n",
    )
    replace_in(place / "solution.txt", "4: False", "4: True")
    assert main(["verify", str(place)]) == 1
    out = capsys.readouterr().out
    assert (
        "the solution without its answer 1 gets the feedback of `a-copy-each`; "
        "give it a sign that a blank does not show" in out
    )
