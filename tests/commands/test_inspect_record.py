"""`inspect --record`: each change of a cell, as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.played_session import Script
from tutor.cli import main
from tutor.commands.inspect import LOST
from tutor.protocol.reports import Finished, Status
from tutor.protocol.requests import RunRequest
from tutor.protocol.views import (
    Cells,
    Change,
    FreeName,
    RecordedCell,
    RecordedCode,
    RecordedFunction,
    Recording,
    Step,
)
from tutor.views.steps import AT_EACH_END
from tutor.views.timeline import FULL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Printed = pytest.CaptureFixture[str]

INC = RecordedFunction("f1", "inc", "make.<locals>.inc", 3, (FreeName("n", "A"),))
GONE = RecordedFunction("r2", "in\x1bc", "make.<locals>.inc", 3, (FreeName("n", "B"),))
CELLS = (RecordedCell("A", "n", "make"), RecordedCell("B", "n", None))
STEPS = (
    Step(2, Change.FILLED, "A", None, None, "0"),
    Step(3, Change.FUNCTION_MADE, function="f1"),
    Step(11, Change.REBOUND, "A", None, "0", "[\x1b[2J]", by=0),
    Step(0, Change.MUTATED, "A", None, "[\x1b[2J]", "[1]"),
    Step(12, Change.EMPTIED, "A", None, "[1]", None),
    Step(13, Change.FUNCTION_MADE, function="r2"),
    Step(14, Change.REBOUND, "B", None, None, "7\n8"),
    Step(13, Change.FUNCTION_GONE, function="r2"),
)
CODES = (RecordedCode("inc", "make.<locals>.inc", 3),)
RECORDING = Recording(STEPS, (INC, GONE), CELLS, codes=CODES)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "program.py"
    file.write_text("print(1)\n", encoding="utf-8")
    return file


def recorded(*recordings: Recording) -> Script:
    return lambda request: (Cells(), *recordings, Finished(Status.FINISHED, 0.1))


def printed(play: Any, program: Path, capsys: Printed, *recordings: Recording) -> list[str]:
    """What is printed behind the functions and cells."""
    play(recorded(*recordings))
    assert main(["inspect", "--record", str(program)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()[3:]


def as_json(play: Any, program: Path, capsys: Printed, *recordings: Recording) -> dict[str, Any]:
    play(recorded(*recordings))
    assert main(["inspect", "--record", "--json", str(program)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    told: dict[str, Any] = json.loads(out)
    return told


def test_a_line_a_step(play: Any, program: Path, capsys: Printed) -> None:
    assert printed(play, program, capsys, RECORDING) == [
        "steps",
        "  line  2  A n filled: 0",
        "  line  3  inc #1 made",
        r"  line 11  A n rebound: 0 -> [\x1b[2J]",
        r"           A n mutated in place: [\x1b[2J] -> [1]",
        "  line 12  A n emptied: was [1]",
        r"  line 13  in\x1bc #2 made",
        r"  line 14  B n rebound: ? -> 7\n8",
        r"  line 13  in\x1bc #2 gone",
    ]


def test_as_json(play: Any, program: Path, capsys: Printed) -> None:
    told = as_json(play, program, capsys, RECORDING)
    assert told["steps"] == [
        {
            "line": step.line,
            "what": str(step.what),
            "cell": step.cell,
            "function": step.function,
            "before": step.before,
            "after": step.after,
            "by": "make.<locals>.inc" if step.line == 11 else None,
        }
        for step in STEPS
    ]
    assert told["steps_stopped"] is False
    assert told["steps_stopped_why"] is None
    assert told["recorded_functions"][0] == {
        "id": "f1",
        "name": "inc",
        "qualname": "make.<locals>.inc",
        "line": 3,
        "free": [{"name": "n", "cell": "A"}],
    }
    assert told["recorded_cells"][1] == {"label": "B", "name": "n", "owner": None}


def test_of_very_many_steps_the_ends_are_printed(play: Any, program: Path, capsys: Printed) -> None:
    steps = tuple(Step(2, Change.REBOUND, "A", None, str(n), str(n + 1)) for n in range(100_000))
    lines = printed(play, program, capsys, Recording(steps, (INC,), CELLS[:1], stopped=True))
    assert len(lines) == 2 * AT_EACH_END + 3
    assert lines[AT_EACH_END + 1] == "  … 99,800 more; --json has them all"
    assert lines[-2:] == ["  line 2  A n rebound: 99999 -> 100000", f"  {FULL}"]


@pytest.mark.parametrize(
    ("recordings", "why"),
    [
        ([replace(RECORDING, stopped=True)], FULL),
        ([Recording(unavailable="It traces itself.")], "It traces itself."),
        ([], LOST),
    ],
)
def test_why_there_are_no_more_steps(
    play: Any, program: Path, capsys: Printed, recordings: list[Recording], why: str
) -> None:
    assert printed(play, program, capsys, *recordings)[-1] == f"  {why}"
    told = as_json(play, program, capsys, *recordings)
    assert told["steps_stopped"] is True
    assert told["steps_stopped_why"] == why


def test_without_steps(play: Any, program: Path, capsys: Printed) -> None:
    assert printed(play, program, capsys, Recording()) == [
        "no steps: no function was made, and no cell changed"
    ]


def test_it_is_recorded_only_if_asked_for(play: Any, program: Path, capsys: Printed) -> None:
    asked: list[bool] = []

    def script(request: RunRequest) -> Iterator[Any]:
        asked.append(request.record)
        yield Finished(Status.FINISHED, 0.0)

    play(script)
    assert main(["inspect", str(program), "--json"]) == 0
    assert not [key for key in json.loads(capsys.readouterr().out) if "step" in key]
    assert main(["inspect", str(program), "--record"]) == 0
    assert asked == [False, True]


COUNTER = """\
def make(start):
    n = start
    def inc():
        nonlocal n
        n += 1
    return inc
make(5)()
a = make(0)
a()
"""


def test_a_real_run(program: Path, capsys: Printed) -> None:
    """Cells and living functions are called as in the rest of the report; what is gone is not there."""
    program.write_text(COUNTER, encoding="utf-8")
    assert main(["inspect", "--record", "--json", str(program)]) == 0
    told = json.loads(capsys.readouterr().out)
    of_step = [
        (
            step["line"],
            step["what"],
            step["cell"] or step["function"],
            step["before"],
            step["after"],
        )
        for step in told["steps"]
    ]
    assert of_step == [
        (1, "function_made", "f1", None, None),
        (2, "filled", "B", None, "5"),
        (3, "function_made", "r2", None, None),
        (5, "rebound", "B", "5", "6"),
        (7, "function_gone", "r2", None, None),
        (2, "filled", "A", None, "0"),
        (3, "function_made", "f2", None, None),
        (5, "rebound", "A", "0", "1"),
    ]
    assert [function["id"] for function in told["functions"]] == ["f1", "f2"]
    assert [cell["label"] for cell in told["cells"]] == ["A"]
    assert [each["id"] for each in told["recorded_functions"]] == ["f1", "r2", "f2"]


def test_a_real_run_that_is_cut_short(program: Path, capsys: Printed) -> None:
    program.write_text(COUNTER + "import os\nos._exit(3)\n", encoding="utf-8")
    assert main(["inspect", "--record", str(program)]) == 1
    out, err = capsys.readouterr()
    assert "  n  B  1\n" in out
    assert "rebound: 0 -> 1" in out
    assert err.endswith("Its cells are shown as of the last recorded step.\n")
