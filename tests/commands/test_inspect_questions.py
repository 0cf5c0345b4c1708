"""`inspect --who` and `--when`: plain sentences, and fields of the JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.harness.recorded import COUNTER
from tutor.cli import main
from tutor.commands.inspect import LOST
from tutor.protocol.reports import Finished, Status
from tutor.protocol.requests import RunRequest
from tutor.protocol.views import Cells, Recording

Printed = pytest.CaptureFixture[str]

PROGRAM = COUNTER + "make(5)()\na = make(0)\na()\n"
WHO = "A (n) was written by inc, at step 8, line 5: from 0 to 1."
WHEN = "A (n) became 0 at step 6, line 2, by make, and was that until step 8, line 5."


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "program.py"
    file.write_text(PROGRAM, encoding="utf-8")
    return file


def sentences(program: Path, capsys: Printed, *options: str) -> str:
    """What is printed behind the functions and cells, its lines put together."""
    assert main(["inspect", str(program), *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return " ".join(out.partition("n  A  int 1")[2].split()) or " ".join(out.split())


def test_a_sentence_each(program: Path, capsys: Printed) -> None:
    told = sentences(program, capsys, "--record", "--who", "A", "--when", "A == 0")
    assert told.endswith(f"A n rebound: 0 -> 1 {WHO} {WHEN}")


@pytest.mark.parametrize(
    ("options", "sentence"), [(("--who", "A"), WHO), (("--when", "A==0"), WHEN)]
)
def test_a_question_has_the_run_recorded(
    program: Path, capsys: Printed, options: tuple[str, ...], sentence: str
) -> None:
    told = sentences(program, capsys, *options)
    assert told.endswith(sentence)
    assert "rebound" not in told  # the steps are printed if they are asked for
    assert main(["inspect", str(program), "--json", *options]) == 0
    assert "steps" not in json.loads(capsys.readouterr().out)


def test_of_one_type_only(program: Path, capsys: Printed) -> None:
    for value in ("True", "1.0", "'1'"):
        told = sentences(program, capsys, "--when", f"A == {value}")
        assert told.endswith(f"At no step was A (n) {value}.")


def test_a_cell_that_is_gone(program: Path, capsys: Printed) -> None:
    told = sentences(program, capsys, "--who", "B")
    assert told.endswith("B (n) was written by inc, at step 4, line 5: from 5 to 6.")


def test_as_json(program: Path, capsys: Printed) -> None:
    assert main(["inspect", str(program), "--json", "--who", "A", "--when", "A == 0"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["who"] == {
        "cell": "A",
        "step": 8,
        "line": 5,
        "what": "rebound",
        "by": "make.<locals>.inc",
        "sentence": WHO,
    }
    assert told["when"] == {
        "cell": "A",
        "value": "0",
        "times": [{"step": 6, "line": 2, "what": "filled", "by": "make", "until": 8}],
        "untold": 0,
        "sentence": WHEN,
    }


def test_as_json_where_there_is_nothing_to_tell(program: Path, capsys: Printed) -> None:
    source = "def make():\n    def get(): return late\n    return get\n    late = 1\nget = make()\n"
    program.write_text(source, encoding="utf-8")
    assert main(["inspect", str(program), "--json", "--who", "A", "--when", "A == 1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {**told["who"], "sentence": ""} == {
        "cell": "A",
        "step": None,
        "line": None,
        "what": None,
        "by": None,
        "sentence": "",
    }
    assert told["who"]["sentence"] == "Nothing wrote A (late) in what was recorded."
    assert told["when"]["times"] == []


@pytest.mark.parametrize(
    "options",
    [
        ("--who", "count"),
        ("--who", ""),
        ("--who", "\x1b[2J"),
        ("--when", "A"),
        ("--when", "A = 3"),
        ("--when", "n == 3"),
        ("--when", "A == x"),
        ("--when", "A == "),
        ("--when", "A == f('\x1b')"),
    ],
)
def test_a_bad_question_is_refused_before_anything_runs(
    play: Any, program: Path, capsys: Printed, options: tuple[str, str]
) -> None:
    ran: list[RunRequest] = []

    def script(request: RunRequest) -> tuple[Any, ...]:
        ran.append(request)
        return ()

    play(script)
    assert main(["inspect", str(program), *options]) == 2
    out, err = capsys.readouterr()
    assert (out, ran) == ("", [])
    assert len(err.splitlines()) == 1
    assert "\x1b" not in err


@pytest.mark.parametrize("options", [("--who", "Z"), ("--when", "Z == 1")])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_cell_that_is_not_there_is_refused_in_one_line(
    program: Path, capsys: Printed, options: tuple[str, str], form: tuple[str, ...]
) -> None:
    assert main(["inspect", str(program), *options, *form]) == 2
    out, err = capsys.readouterr()
    assert err == "There is no cell Z in the recording, which has B, A.\n"
    assert bool(out) is not bool(form)  # the labels are printed, or nothing is


def test_what_cannot_be_recorded_is_told(play: Any, program: Path, capsys: Printed) -> None:
    for recordings, why in (
        ((), LOST),
        ((Recording(unavailable="It traces itself."),), "It traces"),
    ):
        reports = (Cells(), *recordings, Finished(Status.FINISHED, 0.1))
        play(lambda _, reports=reports: reports)
        assert main(["inspect", str(program), "--who", "A"]) == 2
        assert why in capsys.readouterr().err


def test_it_is_recorded_for_a_question(play: Any, program: Path) -> None:
    asked: list[bool] = []

    def script(request: RunRequest) -> tuple[Any, ...]:
        asked.append(request.record)
        return Cells(), Finished(Status.FINISHED, 0.0)

    play(script)
    main(["inspect", str(program), "--who", "A"])
    main(["inspect", str(program), "--when", "A == 1"])
    assert asked == [True, True]


def test_the_help_says_that_a_question_records(capsys: Printed) -> None:
    with pytest.raises(SystemExit):
        main(["inspect", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert told.count("the run is recorded for it") == 2
