"""`check`: grades a file as the answer to an exercise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.played_session import Script
from tests.harness.small_course import BUILD, CLASSIFY, PREDICT
from tutor.cli import main
from tutor.protocol.reports import (
    CheckResult,
    Failure,
    Finished,
    InputWanted,
    Labels,
    Output,
    Report,
    Status,
    Stream,
)
from tutor.protocol.views import NameScope, Scope

if TYPE_CHECKING:
    from pathlib import Path

Printed = pytest.CaptureFixture[str]


def prints(text: str, *reports: Report, status: Status = Status.FINISHED) -> Script:
    return lambda request: (Output(Stream.STDOUT, text), *reports, Finished(status, 0.1))


HELD = CheckResult("two adders differ", True, "")
NOT_HELD = CheckResult("two adders differ", False, "Not the sum.")


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    file = tmp_path / "answer.py"
    file.write_text("print(1)\n")
    return file


def check(course: Path, exercise: str, answer: Path, *words: str) -> int:
    return main(["check", exercise, str(answer), "--content", str(course), *words])


def test_a_pass(play: Any, course: Path, answer: Path, capsys: Printed) -> None:
    play(prints("add5(3): 8\n", HELD))
    assert check(course, "adders", answer) == 0
    out, err = capsys.readouterr()
    assert out == "Passed: the output matches and the check holds.\n✓ two adders differ\n"
    assert err == ""


def test_what_differs_and_why(play: Any, course: Path, answer: Path, capsys: Printed) -> None:
    play(prints("add5(3): \x1b9\n", NOT_HELD))
    assert check(course, "adders", answer) == 1
    assert capsys.readouterr().out == (
        "Line 1 differs: printed `add5(3): \\x1b9`, expected `add5(3): 8`.\n"
        "line 1\n"
        "  printed   add5(3): \\x1b9\n"
        "  expected  add5(3): 8\n"
        "✗ two adders differ: Not the sum.\n"
        "\n"
        "Every adder adds five.\n"
    )


def test_many_lines_that_differ(play: Any, course: Path, answer: Path, capsys: Printed) -> None:
    play(prints("x\n" * 13, HELD))
    assert check(course, "adders", answer) == 1
    out = capsys.readouterr().out
    assert out.count("  expected  (no line)") == 9
    assert "3 more lines differ." in out


def test_an_exception_is_shown(play: Any, course: Path, answer: Path, capsys: Printed) -> None:
    failure = Failure("Traceback\nKeyError: 1\n", 2, "KeyError: 1")
    session = play(
        lambda request: (InputWanted(), Finished(Status.FAILED, 0.1, failure, "It failed."))
    )
    assert check(course, "adders", answer) == 1
    out, err = capsys.readouterr()
    assert out.startswith("The program stopped with `KeyError: 1`.\n")
    assert err == "Traceback\nKeyError: 1\n"
    assert session.given == [None]


def test_a_prediction(play: Any, course: Path, answer: Path, capsys: Printed) -> None:
    play(prints("calls: [1, 1]\ndone\n"))
    assert check(course, "late", course / PREDICT / "solution.txt") == 0
    answer.write_text("calls: [0,1]\n")
    capsys.readouterr()
    assert check(course, "late", answer) == 1
    assert capsys.readouterr().out == (
        "Line 1 differs: you predicted `calls: [0,1]`, Python printed `calls: [1, 1]`.\n"
        "line 1\n"
        "  predicted calls: [0,1]\n"
        "  printed   calls: [1, 1]\n"
        "\n"
        "The variable is captured, not its value.\n"
    )


def test_a_wrong_answer_of_the_course_as_it_stands(
    play: Any, course: Path, capsys: Printed
) -> None:
    play(prints("calls: [1, 1]\ndone\n"))
    assert check(course, "late", course / PREDICT / "wrong/by-value.txt") == 1
    assert capsys.readouterr().out.startswith("Line 1 differs: you predicted `calls: [0, 1]`")


def test_labels(play: Any, course: Path, capsys: Printed) -> None:
    names = (NameScope("x", Scope.FREE, "from outer"), NameScope("y", Scope.LOCAL, "assigned"))
    play(prints("3\n", Labels("outer.<locals>.inner", names)))
    assert check(course, "scopes", course / CLASSIFY / "solution.txt") == 0
    assert "✓ x  free  from outer\n✓ y  local  assigned\n" in capsys.readouterr().out
    assert check(course, "scopes", course / CLASSIFY / "wrong/x.txt") == 1
    assert "✗ x  global\n✓ y  local" in capsys.readouterr().out


def test_as_json(play: Any, course: Path, answer: Path, capsys: Printed) -> None:
    play(prints("add5(3): 8\n", NOT_HELD))
    assert check(course, "adders", answer, "--json") == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "exercise": "adders",
        "passed": False,
        "status": "finished",
        "output": "add5(3): 8\n",
        "expected": "add5(3): 8\n",
        "checks": [
            {
                "name": "two adders differ",
                "sentence": "Each adder adds its own number.",
                "passed": False,
                "message": "Not the sum.",
            }
        ],
        "answers": [],
        "feedback": "Every adder adds five.",
    }


def test_an_exercise_by_its_number(play: Any, course: Path, answer: Path, capsys: Printed) -> None:
    play(prints("add5(3): 8\n", HELD))
    assert check(course, "1.1", answer) == 0
    assert check(course, "1.4", answer) == 2
    assert "There is no exercise `1.4`." in capsys.readouterr().err


def test_a_program_that_stopped_is_not_compared(
    play: Any, course: Path, answer: Path, capsys: Printed
) -> None:
    failure = Failure("Traceback\nKeyError: 1\n", 2, "KeyError: 1")
    play(lambda request: (Finished(Status.FAILED, 0.1, failure, "It failed."),))
    assert check(course, "adders", answer) == 1
    out, err = capsys.readouterr()
    assert out == "The program stopped with `KeyError: 1`.\n"
    assert err == "Traceback\nKeyError: 1\n"


def test_an_unknown_exercise(course: Path, answer: Path, capsys: Printed) -> None:
    assert check(course, "adder", answer) == 2
    assert capsys.readouterr().err == "There is no exercise `adder`. Did you mean adders?\n"


def test_other_faults_of_the_course_are_not_the_learners(
    play: Any, course: Path, answer: Path, capsys: Printed
) -> None:
    (course / BUILD / "starter.py").unlink()
    play(prints("calls: [1, 1]\ndone\n"))
    assert check(course, "late", course / PREDICT / "solution.txt") == 0
    assert capsys.readouterr().err == ""
