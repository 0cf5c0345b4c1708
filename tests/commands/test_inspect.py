"""`inspect`: runs a file and shows its functions and cells."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from tests.harness.played_session import Script
from tutor.cli import main
from tutor.protocol.reports import Failure, Finished, InputWanted, Output, Report, Status, Stream
from tutor.protocol.requests import RunRequest
from tutor.protocol.views import (
    Cells,
    CellView,
    CompiledFunction,
    FreeName,
    FunctionKind,
    FunctionView,
    NotCaptured,
    Purpose,
    Role,
)
from tutor.session import PythonUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Printed = pytest.CaptureFixture[str]

CELLS = Cells(
    functions=(
        FunctionView(
            "f1",
            FunctionKind.FUNCTION,
            "add",
            "make_adder.<locals>.add",
            2,
            "add5",
            free=(FreeName("n", "A"),),
            wraps="f1",
            not_captured=(NotCaptured("m", "the body never uses it"),),
        ),
    ),
    cells=(CellView("A", "n", "make_adder", False, "int", "5", ("f1",)),),
)
RAISED = Failure("Traceback\nValueError: \x1b no\n", 3, "ValueError: \x1b no")


def reports(*reports: Report) -> Script:
    return lambda request: reports


FINE = reports(
    Output(Stream.STDOUT, "one\n"),
    Output(Stream.STDERR, "a warning\n"),
    Output(Stream.STDOUT, "\x1b[2Jtwo"),
    CELLS,
    Finished(Status.FINISHED, 0.25),
)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "program.py"
    file.write_text("print('é')\r\n", encoding="utf-8")
    return file


def test_output_then_functions_and_cells(play: Any, program: Path, capsys: Printed) -> None:
    session = play(FINE)
    assert main(["inspect", str(program)]) == 0
    out, err = capsys.readouterr()
    assert (
        out
        == "one\n\\x1b[2Jtwo\n\nadd5   add, line 2\n  n  A  int  5\n  the body never uses `m`\n  wraps add5\n"
    )
    assert err == "a warning\n"
    assert session.closed


MADE_BESIDES = Cells(
    (FunctionView("f1", FunctionKind.FUNCTION, "g", "g", 2, "h", free=(FreeName("n", "A"),)),),
    (CellView("A", "n", "make", False, "int", "5", ("f1",)),),
    compiled=(
        CompiledFunction(
            "c1",
            Purpose(Role.ANNOTATIONS, "g", "g"),
            "f1",
            2,
            "h.__annotate__",
            (FreeName("n", "A"), FreeName("kind", "a")),
        ),
        CompiledFunction("c2", Purpose(Role.BOUND, "T", "K"), None, 3, "inside K", ()),
    ),
    compiled_cells=(CellView("a", "kind", "make", False, "type", "class int", ("c1",)),),
)


def test_what_the_compiler_made_when_it_is_asked_for(
    play: Any, program: Path, capsys: Printed
) -> None:
    play(reports(MADE_BESIDES, Finished(Status.FINISHED, 0.0)))
    assert main(["inspect", str(program)]) == 0
    folded = ["h   g, line 2", "  n  A  int  5"]
    note = "Besides, the compiler made 1 function that holds cells; --compiler shows them."
    assert capsys.readouterr().out.split("\n")[1:-1] == [*folded, note]
    assert main(["inspect", str(program), "--compiler"]) == 0
    assert capsys.readouterr().out.split("\n")[1:-1] == [
        folded[0],
        f"{folded[1]}  shared with annotations of h",
        "annotations of h   h.__annotate__, line 2",
        "  n     A  int  5  shared with h",
        "  kind  a  type  class int",
        "bound of T of K   inside K, line 3",
    ]


def test_what_the_compiler_made_as_json_and_drawn(
    play: Any, program: Path, tmp_path: Path, capsys: Printed
) -> None:
    play(reports(MADE_BESIDES, Finished(Status.FINISHED, 0.0)))
    assert main(["inspect", "--json", str(program)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [view["id"] for view in told["functions"]] == ["f1"]
    assert [cell["label"] for cell in told["cells"]] == ["A"]
    assert told["made_by_compiler"][0] == {
        "id": "c1",
        "role": "annotations",
        "of": "g",
        "owner": "g",
        "function": "f1",
        "line": 2,
        "reached_by": "h.__annotate__",
        "free": [{"name": "n", "cell": "A"}, {"name": "kind", "cell": "a"}],
    }
    assert [cell["shared_by"] for cell in told["compiler_cells"]] == [["c1"]]
    dot = tmp_path / "out.dot"
    for flags, is_drawn in (([], False), (["--compiler"], True)):
        assert main(["inspect", str(program), "--dot", str(dot), *flags]) == 0
        assert ("annotations of h" in dot.read_text()) is is_drawn


def test_the_file_is_what_runs(play: Any, program: Path) -> None:
    asked: list[RunRequest] = []

    def script(request: RunRequest) -> Iterator[Report]:
        asked.append(request)
        yield Finished(Status.FINISHED, 0.0)

    session = play(script)
    assert main(["inspect", str(program), "--python", "sh"]) == 0
    assert asked == [RunRequest("print('é')\n", "program.py")]
    assert session.python is not None
    assert session.python.name == "sh"


def test_as_json(play: Any, program: Path, capsys: Printed) -> None:
    play(FINE)
    assert main(["inspect", "--json", str(program)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "status": "finished",
        "output": "one\na warning\n\x1b[2Jtwo",
        "error": None,
        "seconds": 0.25,
        "functions": [
            {
                "id": "f1",
                "kind": "function",
                "name": "add",
                "qualname": "make_adder.<locals>.add",
                "line": 2,
                "reached_by": "add5",
                "free": [{"name": "n", "cell": "A"}],
                "cell_names": [],
                "why_no_cells": None,
                "not_captured": [{"name": "m", "why": "the body never uses it"}],
            }
        ],
        "cells": [
            {
                "label": "A",
                "name": "n",
                "owner": "make_adder",
                "empty": False,
                "type": "int",
                "value": "5",
                "shared_by": ["f1"],
                "holds": None,
            }
        ],
        "made_by_compiler": [],
        "compiler_cells": [],
    }


@pytest.mark.parametrize(
    ("finished", "says", "error"),
    [
        (Finished(Status.FAILED, 0.1, RAISED), "Traceback\nValueError: \\x1b no\n", RAISED.summary),
        (Finished(Status.TIMED_OUT, 9.0, None, "Too long."), "Too long.\n", "Too long."),
        (Finished(Status.DIED, 0.1, None, "It went."), "It went.\n", "It went."),
    ],
)
def test_a_program_that_did_not_finish(
    play: Any, program: Path, capsys: Printed, finished: Finished, says: str, error: str
) -> None:
    play(reports(Output(Stream.STDOUT, "half a line"), CELLS, finished))
    assert main(["inspect", str(program)]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("half a line\n")
    assert "add5" in out
    assert err == says
    assert main(["inspect", str(program), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert (data["status"], data["error"]) == (finished.status, error)


def test_lone_surrogates_survive_json(play: Any, program: Path, capsys: Printed) -> None:
    play(reports(Output(Stream.STDOUT, "\ud800"), Finished(Status.FINISHED, 0.0)))
    assert main(["inspect", str(program), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["output"] == "\ud800"


def test_the_programs_input_is_ours(
    play: Any, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = play(reports(*[InputWanted()] * 4, Finished(Status.FINISHED, 0.0)))
    reader, writer = os.pipe()
    os.write(writer, b"one\ntwo\nlast")
    os.close(writer)
    monkeypatch.setattr("tutor.commands.stdin.STDIN", reader)
    assert main(["inspect", str(program)]) == 0
    assert session.given == ["one\n", "two\n", "last", None]
    os.close(reader)


def test_an_interpreter_that_is_of_no_use(play: Any, program: Path, capsys: Printed) -> None:
    def script(request: RunRequest) -> Iterator[Report]:
        raise PythonUnusable(program, "this Python is too old.")
        yield

    play(script)
    assert main(["inspect", str(program)]) == 2
    assert "too old" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.py", "No such file"),
        (".", "Is a directory"),
        ("latin.py", "UTF-8"),
        ("large.py", "larger than"),
        ("none\n\x1b.py", r"\x1b.py"),
    ],
)
def test_a_file_that_cannot_be_run(
    play: Any, tmp_path: Path, capsys: Printed, name: str, says: str
) -> None:
    play(FINE)
    (tmp_path / "latin.py").write_bytes(b"x = '\xe9'\n")
    (tmp_path / "large.py").write_bytes(b"#" * 1_000_001)
    assert main(["inspect", "--json", str(tmp_path / name)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


def test_the_picture_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("def make(n):\n    return lambda: n\nf, g = make(1), make('<&\"')\n")
    svg, dot = tmp_path / "out.svg", tmp_path / "out.dot"
    assert main(["inspect", str(program), "--svg", str(svg), "--dot", str(dot)]) == 0
    ElementTree.parse(svg)
    assert "f2 -> cell_A" in dot.read_text()
    assert main(["inspect", str(program), "--svg", str(tmp_path)]) == 2
