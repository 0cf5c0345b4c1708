"""`list`: the course with the learner's state."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.harness.small_course import BUILD, replace_in
from tutor.cli import main
from tutor.state.progress import FILE_NAME, Progress

if TYPE_CHECKING:
    from pathlib import Path

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A learner who passed `adders`, began `late` and looked at the solution of `scopes`."""
    progress = Progress.open(tmp_path / "state")
    progress.save_attempt("adders", True)
    progress.save_attempt("late", False)
    progress.save_shown("scopes")
    progress.save_pad("pad:1", "no exercise", "x = 1")
    return progress.folder


def test_for_people(course: Path, state: Path, capsys: Printed) -> None:
    assert main(["list", "--content", str(course), "--state", str(state)]) == 0
    assert capsys.readouterr().out == (
        "1 First  1/2\n"
        "  ● 1.1   adders  easy    Adders\n"
        "  ◐ 1.2   late    medium  Late\n"
        "2 Second  0/1\n"
        "  ◌ 2.1   scopes  hard    Scopes\n"
        "○ not begun   ◐ begun   ● passed   ◌ solution shown\n"
    )


def test_where_the_encoding_has_no_marks(course: Path, state: Path) -> None:
    replace_in(course / BUILD / "exercise.toml", '"Adders"', '"Adders é"')
    command = [sys.executable, "-m", "tutor", "list", "--content", str(course)]
    command += ["--state", str(state)]
    done = subprocess.run(
        command, env={"PYTHONIOENCODING": "ascii"}, capture_output=True, check=True, text=True
    )
    assert done.stdout.splitlines()[1:3] == [
        r"  * 1.1   adders  easy    Adders \xe9",
        "  - 1.2   late    medium  Late",
    ]


def test_as_json(course: Path, state: Path, capsys: Printed) -> None:
    assert main(["list", "--json", "--content", str(course), "--state", str(state)]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "units": [
            {
                "id": "first",
                "title": "First",
                "exercises": [
                    {
                        "id": "adders",
                        "title": "Adders",
                        "kind": "build",
                        "difficulty": "easy",
                        "state": "passed",
                    },
                    {
                        "id": "late",
                        "title": "Late",
                        "kind": "predict",
                        "difficulty": "medium",
                        "state": "begun",
                    },
                ],
            },
            {
                "id": "second",
                "title": "Second",
                "exercises": [
                    {
                        "id": "scopes",
                        "title": "Scopes",
                        "kind": "classify",
                        "difficulty": "hard",
                        "state": "solution_shown",
                    }
                ],
            },
        ]
    }


def test_faults_are_told_and_the_rest_is_listed(course: Path, capsys: Printed) -> None:
    (course / BUILD / "starter.py").unlink()
    assert main(["list", "--json", "--content", str(course)]) == 0
    out, err = capsys.readouterr()
    assert [len(unit["exercises"]) for unit in json.loads(out)["units"]] == [1, 1]
    assert err == f"{course / BUILD / 'starter.py'}: the file is missing; write it.\n"


def test_a_state_that_cannot_be_read_is_told(course: Path, tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / FILE_NAME).write_text("rubbish")
    assert main(["list", "--content", str(course), "--state", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert "○ 1.1   adders" in out
    assert f"{FILE_NAME}.broken-1" in err


def test_nothing_is_written_by_looking(course: Path, tmp_path: Path) -> None:
    main(["list", "--content", str(course), "--state", str(tmp_path / "state")])
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("content", ["none", "empty", "file"])
def test_no_course(tmp_path: Path, content: str, capsys: Printed) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    assert main(["list", "--content", str(tmp_path / content)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert str(tmp_path / content) in err
