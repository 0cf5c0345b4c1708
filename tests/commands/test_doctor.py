"""`doctor` names what holds here and what does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.cli import main
from tutor.worker.process.kernel import SCOPE_ABI, landlock_abi


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, tuple[bool, str]]:
    main(["doctor", "--json", *arguments])
    told = json.loads(capsys.readouterr().out)["findings"]
    return {each["about"]: (each["holds"], each["says"]) for each in told}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "NO_COLOR", "COLORTERM", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return tmp_path


def test_every_limit_is_tried(capsys: pytest.CaptureFixture[str]) -> None:
    told = findings(capsys)
    for limit in ("wall time", "processor", "output", "memory", "file size"):
        assert told[limit][0], limit
    if sys.platform == "linux" and landlock_abi() >= SCOPE_ABI:
        assert all(told[about][0] for about in ("files", "network", "signals", "orphans"))
    assert "UDP" in told["left open"][1]


def test_a_limit_that_root_is_exempt_from_is_not_pretended(
    capsys: pytest.CaptureFixture[str],
) -> None:
    holds, says = findings(capsys)["processes"]
    assert holds == (os.getuid() != 0)
    assert ("root is exempt" in says) == (os.getuid() == 0)


@pytest.mark.parametrize(
    ("variables", "about", "says"),
    [
        ({"TERM": "xterm-256color"}, "colours", "256"),
        ({"TERM": "linux"}, "colours", "16"),
        ({"COLORTERM": "truecolor"}, "colours", "16 million"),
        ({"NO_COLOR": "1"}, "colours", "none"),
        ({}, "theme", "dark, light, contrast, colour-blind, ansi-dark, ansi-light"),
        ({"SSH_CONNECTION": "a 1 b 2"}, "mouse", "off"),
        ({"TERM": "dumb"}, "terminal", "dumb"),
    ],
)
def test_what_the_environment_says(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    about: str,
    says: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert says in findings(capsys)[about][1]


@pytest.mark.parametrize(
    ("locale", "unicode"),
    [
        ({"LANG": "C"}, False),
        ({"LC_ALL": "POSIX"}, False),
        ({}, False),
        ({"LANG": "C.UTF-8"}, True),
    ],
)
def test_characters_are_those_of_the_terminal(
    home: Path, locale: dict[str, str], unicode: bool
) -> None:
    """Python itself takes UTF-8 for the C locale."""
    command = [sys.executable, "-m", "tutor", "doctor", "--json"]
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm", **locale}
    told = json.loads(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    [characters] = [each for each in told["findings"] if each["about"] == "characters"]
    assert characters["holds"] == unicode
    assert ("ASCII" in characters["says"]) == (not unicode)


def test_the_exit_status_says_whether_the_tutor_can_be_used(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["doctor"]) == 0
    assert "✓" in capsys.readouterr().out
    monkeypatch.setenv("TERM", "")
    assert main(["doctor"]) == 1
    assert "✗" in capsys.readouterr().out


def test_a_settings_file_at_fault_is_told(
    capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    (home / "closure-tutor").mkdir()
    (home / "closure-tutor" / "config.toml").write_text("colour = 1")
    holds, says = findings(capsys)["settings"]
    assert not holds
    assert "colour" in says


def test_a_python_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    holds, says = findings(capsys, "--python", "/bin/true")["python"]
    assert not holds
    assert "--python" in says
