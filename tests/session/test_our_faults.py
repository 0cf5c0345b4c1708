"""A fault of the tutor's own is told as such, never as the learner's, and its traceback is kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import tutor
from tests.harness.runs import Run
from tutor import cli
from tutor.exits import FAILED
from tutor.protocol.reports import Finished, InputWanted, Status
from tutor.protocol.views import Cells
from tutor.session import report_reader
from tutor.session.endings import OUR_FAULT
from tutor.session.report_reader import UnreadableReport, read_report
from tutor.worker import boot

CLOSURE = "def make(n):\n    def f(): return n\n    return f\nf = make(1)\nprint('ran')\n"
BREAKS = "\n\ndef _planted(*_: object) -> None:\n    raise AttributeError('planted')\n\n\n"


@pytest.fixture
def broken_inspector(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child is loaded from a copy of the tutor whose inspector raises at each look."""
    house = tmp_path / "tutor"
    shutil.copytree(Path(tutor.__file__).parent, house)
    with (house / "worker/inspector/inspector.py").open("a") as file:
        file.write(f"{BREAKS}Inspector._look = _planted  # type: ignore[assignment]\n")
    monkeypatch.setattr(boot, "__file__", str(house / "worker/boot.py"))


@pytest.mark.our_fault
@pytest.mark.usefixtures("broken_inspector")
async def test_a_fault_in_the_inspector(run: Run, no_fault_of_ours: Path) -> None:
    outcome = await run(CLOSURE)
    assert outcome.stdout == "ran\n"
    assert outcome.finished.status is Status.DIED
    assert outcome.finished.sentence == OUR_FAULT
    assert outcome.finished.failure is None
    kept = no_fault_of_ours.read_text()
    assert kept.startswith("Traceback")
    assert kept.rstrip().endswith("AttributeError: planted")
    assert "in _planted" in kept


@pytest.mark.our_fault
@pytest.mark.usefixtures("broken_inspector")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_inspect_says_whose_fault_it_is(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    no_fault_of_ours: Path,
    options: list[str],
) -> None:
    file = tmp_path / "closure.py"
    file.write_text(CLOSURE)
    assert cli.main(["inspect", str(file), *options]) == FAILED
    out, err = capfd.readouterr()
    assert "its own fault (AttributeError: planted)" in err
    assert "Traceback" not in err
    if options:
        assert json.loads(out)["status"] == "died"
    assert "in _planted" in no_fault_of_ours.read_text()


@pytest.mark.our_fault
async def test_a_report_that_does_not_convert(
    run: Run, monkeypatch: pytest.MonkeyPatch, no_fault_of_ours: Path
) -> None:
    monkeypatch.setitem(report_reader._REPORTS, Cells.__name__, Finished)
    outcome = await run(CLOSURE)
    assert outcome.finished.status is Status.DIED
    assert outcome.finished.sentence == OUR_FAULT
    assert "UnreadableReport" in no_fault_of_ours.read_text()


@pytest.mark.parametrize(
    "payload",
    [b"", b"{}", b"[", b'["Output",{}]', b'["Finished",{}]', b'["Nothing",{}]', b"[" * 100_000],
)
def test_a_payload_that_is_no_report(payload: bytes) -> None:
    with pytest.raises(UnreadableReport):
        read_report(payload)


def test_a_payload_that_is_one() -> None:
    assert read_report(b'["InputWanted",{}]') == InputWanted()


@pytest.mark.our_fault
def test_a_command_that_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], no_fault_of_ours: Path
) -> None:
    def fail(_: object) -> int:
        raise LookupError("planted\x1b[2J")

    monkeypatch.setattr("tutor.commands.list.run", fail)
    assert cli.main(["list"]) == FAILED
    assert capfd.readouterr().err.count("\n") == 1
    assert "in fail" in no_fault_of_ours.read_text()


async def test_a_hook_of_the_programs_is_the_programs(run: Run) -> None:
    """It runs amid our code, and is no fault of ours."""
    hook = "import sys\ndef hook(*_): raise ValueError('theirs')\nsys.addaudithook(hook)\n"
    outcome = await run(hook)
    assert outcome.finished.fault == ""
