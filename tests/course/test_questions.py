"""What an author writes of questions about cells and of labels; each fault is one line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.cells_course import CELLS, SEVERAL, write_cells_course
from tests.harness.small_course import CLASSIFY, replace_in
from tutor.course.cache import load_kept
from tutor.course.loader import load
from tutor.course.model import AskedName, Kind
from tutor.course.questions import CellName, Contents, HowMany, SameCell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_cells_course(tmp_path / "content")


def test_questions_and_labels_as_they_are_written(folder: Path) -> None:
    course, faults = load(folder)
    assert faults == ()
    flags, carrier, scopes = map(course.exercise, ("flags", "carrier", "scopes"))
    assert flags
    assert flags.kind is Kind.CELLS
    is_on, describe, other = (CellName(each, "on") for each in ("is_on", "describe", "other"))
    assert flags.questions == (
        HowMany(function="is_on"),
        SameCell(cells=(is_on, describe)),
        SameCell(cells=(is_on, other)),
        Contents(function="describe", name="on"),
        Contents(function="is_on", name="on", line=2),
    )
    assert carrier
    assert carrier.classify
    menu = "app.<locals>.menu"
    assert carrier.classify.asked == (
        AskedName("theme", "app", "app", "app/theme"),
        AskedName("theme", menu, "menu", "menu/theme"),
        AskedName("theme", f"{menu}.<locals>.item", "item", "item/theme"),
        AskedName("len", f"{menu}.<locals>.item", "item", "item/len"),
    )
    assert scopes
    assert scopes.classify
    assert [each.key for each in scopes.classify.asked] == ["x", "y"]


def test_functions_of_one_name_are_told_apart(folder: Path) -> None:
    replace_in(folder / SEVERAL / "exercise.toml", '"app.<locals>.menu"', '"web.<locals>.app"')
    course, _ = load(folder)
    carrier = course.exercise("carrier")
    assert carrier
    assert carrier.classify
    assert [each.key for each in carrier.classify.asked][:2] == [
        "app/theme",
        "web.<locals>.app/theme",
    ]


def test_a_course_that_was_kept_has_its_questions(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert load_kept(folder, kept)[0] == load_kept(folder, kept)[0] == load(folder)[0]


@dataclass(frozen=True)
class Broken:
    """A place that is changed, and what must be told of it."""

    old: str
    new: str
    key: str
    says: str
    exercise: str = CELLS


FIRST = 'ask = "how-many"\nfunction = "is_on"'
BROKEN = [
    Broken('ask = "how-many"\n', "", "questions[0]", "missing required field `ask`"),
    Broken('"how-many"', '"how-much"', "questions[0].ask", "how-much"),
    Broken(FIRST, 'ask = "how-many"', "questions[0]", "required field `function`"),
    Broken(FIRST, f"{FIRST}\nname = 3", "questions[0]", "unknown field `name`"),
    Broken(FIRST, f"{FIRST}\nline = 0", "questions[0].line", ">= 1"),
    Broken(FIRST, f"{FIRST}\nstep = -1", "questions[0].step", ">= 0"),
    Broken(FIRST, f"{FIRST}\nline = 1\nstep = 1", "questions[0]", "both `line` and `step`"),
    Broken(FIRST, f"{FIRST}\ntime = 2", "questions[0]", "has a `time`, and no `line`"),
    Broken(
        ', { function = "describe", name = "on" }]', "]", "questions[1].cells", "of length 2, got 1"
    ),
    Broken('{ answer = "2: n" }', '{ answer = "n" }', "misconceptions[0].when.answer", "N from 1"),
    Broken('answer = "2: n"', 'answer = "6: n"', "misconceptions[0].when.answer", "from 1 to 5"),
    Broken('answer = "2: n"', 'answer = ""', "misconceptions[0].when", "check, line, at, label"),
    Broken('kind = "cells"', 'kind = "predict"', "questions", "is not for kind 'predict'"),
    Broken(
        '[[misconceptions]]\nid = "a-copy',
        '[classify]\nfunction = "f"\nnames = ["x"]\n[[misconceptions]]\nid = "a-copy',
        "classify",
        "is not for kind 'cells'",
    ),
    Broken('kind = "classify"', 'kind = "cells"', "questions", "add [[questions]]", SEVERAL),
    Broken("functions = [", 'function = "f"\nfunctions = [', "classify", "beside", SEVERAL),
    Broken('"theme", "len"', '"len", "len"', "classify", "asks twice for one name", SEVERAL),
    Broken(
        '{ function = "describe", name = "on" }]',
        '{ function = "is_on", name = "on" }]',
        "questions[1]",
        "compares a cell with itself",
    ),
    Broken('["theme", "len"]', "[]", "classify", "names no names", SEVERAL),
    Broken(
        '"menu/theme local"',
        '"menu/theme locl"',
        "misconceptions[0].when.label",
        "is no label",
        SEVERAL,
    ),
    Broken('function = "outer.<locals>.inner"\n', "", "classify", "names no function", CLASSIFY),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: f"{each.key} {each.says[:20]}")
def test_a_fault_names_file_key_and_remedy(folder: Path, broken: Broken) -> None:
    file = folder / broken.exercise / "exercise.toml"
    replace_in(file, broken.old, broken.new)
    _, faults = load(folder)
    told = [fault for fault in faults if fault.key == broken.key]
    assert told, [*map(str, faults)]
    for fault in told:
        assert fault.file == file
        assert broken.says in str(fault)
        assert fault.mend
        assert "\n" not in str(fault)
