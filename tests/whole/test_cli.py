"""The command line: what it takes, what it refuses, and how it says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from tests.harness.small_course import BUILD, write_course
from tutor import __version__, cli
from tutor.cli import COMMANDS, main
from tutor.state.options import AppOptions
from tutor.state.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "content")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[AppOptions]:
    """A terminal, and the options of each tutor that was opened in it."""
    options: list[AppOptions] = []

    def run_app(given: AppOptions) -> int:
        options.append(given)
        return 0

    app = ModuleType("tutor.ui.start")
    monkeypatch.setattr(app, "run_app", run_app, raising=False)
    monkeypatch.setitem(sys.modules, "tutor.ui.start", app)
    monkeypatch.setattr("tutor.cli._no_terminal", lambda: None)
    return options


def refusal(words: list[str], capsys: Printed) -> str:
    """The one line that these words are refused with."""
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("\n")
    assert err.count("\n") == 1
    return err


# The tutor itself.


def test_every_option_reaches_the_tutor(
    course: Path, tmp_path: Path, opened: list[AppOptions]
) -> None:
    words = ["late", "--content", str(course), "--state", str(tmp_path), "--python", sys.executable]
    config = tmp_path / "config.toml"
    config.write_text("record = false\n")
    words += ["--config", str(config), "--theme", "dark", "--no-mouse"]
    assert main(words) == 0
    (options,) = opened
    assert options.python is not None
    settings = Settings(record=False)
    given = ("late", course, tmp_path, options.python, "dark")
    assert options == AppOptions(*given, mouse=False, settings=settings, config=config)
    assert options.python.samefile(sys.executable)


def test_no_option_is_needed(opened: list[AppOptions], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    assert main([]) == 0
    assert opened == [AppOptions(None, None, None, None, None, mouse=True)]


@pytest.mark.parametrize("over_ssh", [True, False])
@pytest.mark.parametrize(
    ("config", "words", "mouse"),
    [
        ("", [], None),
        ("mouse = true", [], True),
        ("mouse = false", [], False),
        ("mouse = true", ["--no-mouse"], False),
        ("mouse = false", ["--mouse"], True),
    ],
)
def test_the_mouse_is_off_over_ssh_unless_it_is_asked_for(
    opened: list[AppOptions],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    over_ssh: bool,
    config: str,
    words: list[str],
    mouse: bool | None,
) -> None:
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    if over_ssh:
        monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    file = tmp_path / "config.toml"
    file.write_text(config)
    assert main(["--config", str(file), *words]) == 0
    assert opened[0].mouse is (not over_ssh if mouse is None else mouse)


def test_a_fault_in_the_configuration_is_refused(
    tmp_path: Path, opened: list[AppOptions], capsys: Printed
) -> None:
    file = tmp_path / "config.toml"
    assert "no file" in refusal(["--config", str(file)], capsys)
    file.write_text("colour = 3")
    program = tmp_path / "program.py"
    program.write_text("print(1)")
    for words in (
        [],
        ["inspect", str(program)],
        ["verify"],
        ["check", "one-cell-each", str(program)],
    ):
        told = refusal([*words, "--config", str(file)], capsys)
        assert "colour" in told or "no exercise" in told
    assert opened == []


def test_the_limits_of_the_configuration_hold_for_commands(
    tmp_path: Path, course: Path, capsys: Printed
) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[limits]\noutput_bytes = 1000\n")
    program = tmp_path / "program.py"
    program.write_text("print('x' * 2000)")
    for words in (["inspect"], ["check", "adders", "--content", str(course)]):
        assert main([*words, str(program), "--config", str(file)]) == 1
        out, err = capsys.readouterr()
        assert "printed more than 1,000 bytes" in " ".join((out + err).split())


def test_an_exercise_that_does_not_exist_is_refused_before_the_screen(
    course: Path, opened: list[AppOptions], capsys: Printed
) -> None:
    assert "Did you mean late?" in refusal(["latte", "--content", str(course)], capsys)
    assert "`list`" in refusal(["xyz", "--content", str(course)], capsys)
    assert opened == []


def test_no_content_is_refused_before_the_screen(
    tmp_path: Path, opened: list[AppOptions], capsys: Printed
) -> None:
    assert "there is no unit" in refusal(["--content", str(tmp_path)], capsys)
    assert opened == []


class Stream:
    """A standard stream that is a terminal, or not."""

    encoding = "utf-8"

    def __init__(self, terminal: bool) -> None:
        self.isatty = lambda: terminal


@pytest.mark.parametrize(
    ("stdin", "stdout", "term", "says"),
    [
        (True, True, "xterm", None),
        (False, True, "xterm", "input"),
        (True, False, "xterm", "output"),
        (True, True, "dumb", "TERM"),
        (True, True, "", "TERM"),
        (True, True, None, "TERM"),
    ],
)
def test_a_terminal_is_needed(
    monkeypatch: pytest.MonkeyPatch, stdin: bool, stdout: bool, term: str | None, says: str | None
) -> None:
    monkeypatch.delenv("TERM", raising=False)
    if term is not None:
        monkeypatch.setenv("TERM", term)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", Stream(stdin))
        patch.setattr(sys, "stdout", Stream(stdout))
        told = cli._no_terminal()
    assert (told is None) if says is None else (told is not None and says in told)


def test_without_a_terminal_the_tutor_says_what_works(capsys: Printed) -> None:
    assert "list, inspect, check, verify, doctor work without one" in refusal([], capsys)


# Words.


def test_the_command_may_stand_anywhere(course: Path, capsys: Printed) -> None:
    outputs = set()
    for words in (
        ["list", "--json", "--content", str(course)],
        ["--content", str(course), "list", "--json"],
        ["--content", str(course), "--json", "list"],
    ):
        assert main(words) == 0
        outputs.add(capsys.readouterr().out)
    assert len(outputs) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["list", "--colour"], "--colour"),
        (["--colour"], "--colour"),
        (["list", "extra"], "extra"),
        (["inspect"], "FILE"),
        (["check", "adders"], "FILE"),
        (["inspect", "a.py", "b.py"], "b.py"),
        (["--theme"], "--theme"),
        (["inspect", "--python", "/none", "a.py"], "`/none` is no program"),
        (["two", "exercises"], "exercises"),
        (["list", "\x1b[2J\n"], r"\x1b[2J"),
        (["lis"], "no exercise `lis`"),
    ],
)
def test_bad_usage_is_one_line(words: list[str], says: str, capsys: Printed) -> None:
    assert says in refusal(words, capsys)


@pytest.mark.parametrize("word", COMMANDS)
def test_each_command_has_help(word: str, capsys: Printed) -> None:
    with pytest.raises(SystemExit) as leaving:
        main([word, "--help"])
    assert leaving.value.code == 0
    assert f"{word} [-h]" in capsys.readouterr().out


def test_help_names_the_commands(capsys: Printed) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--help"])
    assert leaving.value.code == 0
    out = capsys.readouterr().out
    assert all(f"`{word}`" in out for word in COMMANDS)


def test_version(capsys: Printed) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--version"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out == f"closure-tutor {__version__}\n"


def test_a_faulty_exercise_is_refused_with_its_fault(course: Path, capsys: Printed) -> None:
    (course / BUILD / "starter.py").unlink()
    words = ["check", "adders", str(course / BUILD / "solution.py"), "--content", str(course)]
    assert "starter.py: the file is missing" in refusal(words, capsys)


# What is imported.


def loaded_by(*words: str) -> set[str]:
    """The modules that a command has loaded when it ends."""
    program = (
        "import sys; from tutor.cli import main; main(sys.argv[1:]); print('\\f', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=True
    )
    return set(done.stdout.rpartition("\f")[2].split())


def test_no_command_loads_textual_nor_more_than_it_needs(course: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("print(1)\n")
    content = ["--content", str(course)]
    listed = loaded_by("list", *content, "--state", str(tmp_path / "state"))
    others = (
        loaded_by("inspect", str(program))
        | loaded_by("check", "late", str(program), *content)
        | loaded_by("verify", str(course))
    )
    assert not (listed | others) & {"textual", "rich", "pygments"}
    assert not listed & {"asyncio", "platformdirs", "tomli_w", "tutor.session"}


# Leaving.


def test_ctrl_c_is_130(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tutor.commands.list.course_at", interrupt)
    assert main(["list", "--content", str(course)]) == 130


def test_a_reader_that_goes_away_is_no_error(course: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "tutor", "list", "--content", str(course)]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 141


def test_ctrl_c_ends_the_program_too(tmp_path: Path) -> None:
    program = tmp_path / "endless.py"
    program.write_text("import os\nprint(os.getpid(), flush=True)\nwhile True: pass\n")
    command = [sys.executable, "-m", "tutor", "inspect", str(program)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as tutor:
        assert tutor.stdout is not None
        child = int(tutor.stdout.readline())
        tutor.send_signal(signal.SIGINT)
        _, err = tutor.communicate(timeout=10)
    assert tutor.returncode == 130
    assert err == b""
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_ctrl_c_while_the_program_asks_for_input(tmp_path: Path) -> None:
    program = tmp_path / "asks.py"
    program.write_text("print('name', flush=True)\ninput()\n")
    command = [sys.executable, "-m", "tutor", "inspect", str(program)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as tutor:  # type: ignore[call-overload]
        assert tutor.stdout.readline() == b"name\n"
        tutor.send_signal(signal.SIGINT)
        assert tutor.wait(timeout=10) == 130
        assert tutor.stderr.read() == b""
