"""`verify`: holds content to its rules, and tells each rule that is broken."""

from __future__ import annotations

import json
from dataclasses import dataclass
from shutil import rmtree
from typing import TYPE_CHECKING

import pytest

from tests.small_course import BUILD, CLASSIFY, PREDICT, replace_in
from tutor.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Printed = pytest.CaptureFixture[str]


def verify(course: Path, capsys: Printed) -> tuple[int, str]:
    """The exit status, and what was printed."""
    status = main(["verify", str(course)])
    out, err = capsys.readouterr()
    assert err == ""
    return status, out


def test_a_course_that_holds(course: Path, capsys: Printed) -> None:
    status, out = verify(course, capsys)
    lines = out.splitlines()
    assert status == 0
    assert [line.split()[0] for line in lines[:3]] == ["✓"] * 3
    assert [line.split()[2] for line in lines[:3]] == ["adders", "late", "scopes"]
    assert lines[3].startswith("3 of 3 hold on Python 3.")
    assert lines[3].endswith("; faults in the files: 0.")


@dataclass(frozen=True)
class Broken:
    """A place of the course that is changed, and what must be told."""

    file: str
    old: str
    new: str
    says: str


BROKEN = [
    Broken(f"{BUILD}/solution.py", "x + n", "x - n", "the solution does not pass. Line 1"),
    Broken(f"{BUILD}/starter.py", "    ...", "    return lambda x: x + n", "the starter passes"),
    Broken(f"{BUILD}/wrong/fixed.py", "x + 5", "x + n", "wrong/fixed.py passes"),
    Broken(
        f"{BUILD}/wrong/fixed.py",
        "feedback: fixed-number",
        "feedback: returns-nothing",
        "gets the feedback of `fixed-number`, not that of `returns-nothing`",
    ),
    Broken(
        f"{BUILD}/wrong/nothing.py", "        x + n", "        raise KeyError", "gets no feedback"
    ),
    Broken(f"{PREDICT}/exercise.toml", "done\n", "Done\n", "not what is printed, from line 2 on"),
    Broken(f"{PREDICT}/solution.txt", "done\n", "Done\n", "the solution does not pass. Line 2"),
    Broken(f"{CLASSIFY}/exercise.toml", "\n3\n", "\n4\n", "not what is printed, from line 1 on"),
    Broken(f"{CLASSIFY}/solution.txt", "x free", "x cell", "the solution does not pass. 1 of 2"),
    Broken(f"{BUILD}/exercise.toml", "Let `", "Let" + " it" * 19 + " `", "prompt: line 1 takes 1"),
    Broken(f"{BUILD}/exercise.toml", "Let `", "Let" + "\n" * 8 + "`", "prompt: has 9 lines"),
    Broken(f"{BUILD}/checks.py", "assert", "assert assert", "checks.py: not Python"),
    Broken(f"{BUILD}/exercise.toml", ', "Return `add`."', "", "hints: 1 of 1 hints"),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.says[:30])
def test_a_broken_rule(course: Path, capsys: Printed, broken: Broken) -> None:
    for exercise in {BUILD, PREDICT, CLASSIFY} - {"/".join(broken.file.split("/")[:2])}:
        rmtree(course / exercise)  # each run costs a start of Python
    replace_in(course / broken.file, broken.old, broken.new)
    status, out = verify(course, capsys)
    assert status == 1
    assert broken.says in out


def test_a_stray_file(course: Path, capsys: Printed) -> None:
    (course / BUILD / "notes.txt").write_text("x")
    status, out = verify(course, capsys)
    assert status == 1
    assert "notes.txt: a stray file" in out
    assert "3 of 3 hold" in out
    assert out.endswith("faults in the files: 1.\n")


def test_several_interpreters_as_json(course: Path, capsys: Printed) -> None:
    replace_in(course / PREDICT / "solution.txt", "done", "Done")
    assert (
        main(["verify", str(course), "--python", "python3", "--python", "python3", "--json"]) == 1
    )
    data = json.loads(capsys.readouterr().out)
    assert (data["passed"], data["faults"]) == (False, [])
    assert [each["exercise"] for each in data["exercises"]] == ["adders", "late", "scopes"] * 2
    assert [len(each["faults"]) for each in data["exercises"]] == [0, 1, 0] * 2
    assert all(each["python"].startswith("3.") for each in data["exercises"])


def test_no_course(tmp_path: Path, capsys: Printed) -> None:
    assert main(["verify", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_interpreter_that_is_none(course: Path, capsys: Printed) -> None:
    assert main(["verify", str(course), "--python", "false"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
