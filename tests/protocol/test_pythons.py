"""A Python that the tutor was not tried on: told where somebody reads it, and nowhere else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.harness.small_course import write_course
from tests.harness.terminal import Terminal
from tutor.cli import main
from tutor.protocol.pythons import TRIED, untried
from tutor.worker.cpython import memory

OF_OLD = """
import sys
from tutor.protocol import pythons
pythons.TRIED = ((3, 1), (3, 2))
from tutor.cli import main
sys.exit(main())
"""
"""The tutor, that was tried on Pythons long gone."""


@pytest.mark.parametrize(
    ("name", "version", "gil", "said"),
    [
        *(("cpython", (*version, 7), True, "") for version in TRIED),
        ("cpython", (3, 16, 0), True, "cpython 3.16"),
        ("cpython", (3, 14, 0), False, "cpython 3.14, free-threaded"),
        ("pypy", (3, 11, 0), True, "pypy 3.11"),
    ],
)
def test_an_interpreter_that_was_not_tried_is_told(
    name: str, version: tuple[int, ...], gil: bool, said: str
) -> None:
    sentence = untried(name, version, gil)
    assert bool(sentence) == bool(said)
    assert said in sentence


def test_the_versions_that_were_tried_are_those_that_are_recorded() -> None:
    assert tuple(memory._LAYOUTS) == TRIED


@pytest.fixture
def another(monkeypatch: pytest.MonkeyPatch) -> None:
    """This is an interpreter that was not tried."""
    monkeypatch.setattr(sys.implementation, "name", "another")


@pytest.mark.usefixtures("another")
def test_it_is_no_matter_for_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = write_course(tmp_path)
    assert main(["list", "--json", "--content", str(course)]) == 0
    out, err = capsys.readouterr()
    assert (out[:1], err) == ("{", "")


@pytest.mark.usefixtures("another")
def test_doctor_tells(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert main(["doctor", "--json"]) == 0
    out, err = capsys.readouterr()
    told = [each for each in json.loads(out)["findings"] if each["about"] == "tried"]
    assert [each["holds"] for each in told] == [False]
    assert "not tried on this Python (another" in told[0]["says"]
    assert not err


def test_the_tutor_tells_and_works(tmp_path: Path) -> None:
    with Terminal(tmp_path, command=(sys.executable, "-c", OF_OLD), columns=120) as terminal:
        terminal.wait_for("was not tried")
        terminal.press("ctrl+q")
        assert terminal.wait_until_gone() == 0
