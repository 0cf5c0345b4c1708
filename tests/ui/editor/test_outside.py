"""The program in the learner's own editor, which is a small script here."""

from __future__ import annotations

import shlex
import signal
import termios
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import PREDICT
from tests.harness.terminal import TUTOR, Terminal
from tutor.ui.editor.outside import EditorError, edit_outside, editor_command

ALT_E = "\x1be"
TEXT = "x = 1\n# é"


def editor(folder: Path, *lines: str) -> str:
    """An editor that runs these lines of shell on the file `$1`; an option may come before it."""
    script = folder / "an editor"
    script.write_text("\n".join(["#!/bin/sh", '[ "$1" = --wait ] && shift', *lines, ""]))
    script.chmod(0o755)
    return f"'{script}'"


def edited(folder: Path, *lines: str, text: str = TEXT) -> tuple[str, str]:
    """The text that comes back from such an editor, and what is said of it."""
    command = editor_command({"EDITOR": editor(folder, *lines)})
    back = edit_outside(text, command, nullcontext)
    return back.text, back.said


@pytest.mark.parametrize(
    ("lines", "text", "said"),
    [
        (["printf 'y = 2\\n' > \"$1\""], "y = 2", ""),
        (["printf 'a\\r\\nb\\r\\n' > \"$1\""], "a\nb", ""),
        (["printf 'a\\rb\\r' > \"$1\""], "a\nb", ""),
        (["printf '\\357\\273\\277a' > \"$1\""], "a", ""),
        (["printf 'a\\377b' > \"$1\""], "a\N{REPLACEMENT CHARACTER}b", "not UTF-8"),
        (["printf '' > \"$1\""], "", ""),
        ([": nothing"], TEXT, "changed nothing"),
        (["exit 3"], TEXT, "ended with status 3; the program is as it was"),
        (["printf 'y' > \"$1\"; exit 1"], "y", "status 1; what it had saved was taken back"),
        (["kill -9 $$"], TEXT, "was ended by signal 9"),
        (["mv \"$1\" \"$1~\"; printf 'y' > \"$1\""], "y", ""),
        (["printf '\\033[2J\\000' >> \"$1\""], f"{TEXT}\n\x1b[2J\0", ""),
    ],
)  # fmt: skip
def test_what_comes_back(tmp_path: Path, lines: list[str], text: str, said: str) -> None:
    new, told = edited(tmp_path, *lines)
    assert new == text
    assert said in told
    assert bool(said) == bool(told)


@pytest.mark.parametrize("text", ["", "x", "x\n", "x\n\n", "\n", "漢字\n\té"])
def test_what_was_not_changed_is_not_changed(tmp_path: Path, text: str) -> None:
    assert edited(tmp_path, text=text)[0] == text
    # As many editors do, which end the last line.
    ends_it = 'tail -c1 "$1" | grep -q . && echo >> "$1"; true'
    assert edited(tmp_path, ends_it, text=text)[0] == text


@pytest.mark.parametrize("line", ['rm "$1"', 'rm "$1"; mkdir "$1"'])
def test_where_nothing_comes_back_it_says_so(tmp_path: Path, line: str) -> None:
    with pytest.raises(EditorError, match="left no file; the program is as it was"):
        edited(tmp_path, line)


def test_nothing_of_it_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    edited(tmp_path, 'echo x > "$1~"')
    assert [each.name for each in tmp_path.iterdir()] == ["an editor"]


def test_the_file_is_called_as_python_is(tmp_path: Path) -> None:
    assert edited(tmp_path, 'basename "$1" > "$1"')[0] == "program.py"


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"EDITOR": "nano"}, ["nano"]),
        ({"EDITOR": "nano", "VISUAL": "vim"}, ["vim"]),
        ({"EDITOR": "nano", "VISUAL": " "}, ["nano"]),
        ({"EDITOR": "code --wait"}, ["code", "--wait"]),
        ({"EDITOR": "'/opt/my editor' -n"}, ["/opt/my editor", "-n"]),
    ],
)
def test_which_editor_it_is(environment: dict[str, str], command: list[str]) -> None:
    assert editor_command(environment) == command


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "export EDITOR=nano"),
        ({"EDITOR": ""}, "export EDITOR=nano"),
        ({"EDITOR": "'nano"}, "a quote is not closed"),
    ],
)
def test_where_none_can_be_told(environment: dict[str, str], says: str) -> None:
    with pytest.raises(EditorError, match=says):
        editor_command(environment)


def is_shown(text: str, screen: str) -> bool:
    """Whether the tutor shows this program, and nothing of the editor's is in sight."""
    return f"1  {text}" in screen and "new text?" not in screen


@pytest.mark.parametrize("command", ["/no/such/editor", "/etc/passwd", "/"])
def test_one_that_cannot_be_started_is_told(command: str) -> None:
    with pytest.raises(EditorError, match="cannot be started: "):
        edit_outside(TEXT, [command], nullcontext)


async def test_where_no_terminal_can_be_lent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    async with played_tutor(tmp_path) as at:
        await at.press("alt+e")
        (notice,) = at.app._notifications
        assert "needs a terminal" in notice.message


async def test_a_program_to_read_is_not_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with played_tutor(tmp_path, PREDICT) as at:
        at.main.code.take_focus()
        await at.press("alt+e")
        (notice,) = at.app._notifications
        assert "only to be read" in notice.message


def is_cooked(terminal: Terminal) -> bool:
    flags = termios.tcgetattr(terminal.process.fd)[3]
    return bool(flags & termios.ECHO and flags & termios.ICANON and flags & termios.ISIG)


LEFT = (b"\x1b[?1049l", b"\x1b[?2004l", b"\x1b[?1004l")
"""The alternate screen, bracketed paste, news of the terminal's focus."""
ASKS = ('head -1 "$1"', 'printf "new text? "', "read text", 'echo "$text" > "$1"', 'echo "kept"')


def test_the_terminal_is_lent_and_given_back(tmp_path: Path) -> None:
    command = editor(tmp_path, *ASKS)
    state = tmp_path / "state"
    with Terminal(
        tmp_path, "--state", str(state), environment={"EDITOR": f"{command} --wait"}
    ) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.received.clear()
        terminal.press(ALT_E)
        terminal.wait_for("new text?")
        assert is_cooked(terminal)
        lent, told, _ = bytes(terminal.received).partition(b"def make_greeter(name):\r\n")
        assert told
        for mode in LEFT:
            assert mode in lent
        terminal.received.clear()
        terminal.press("y = 2\r")
        terminal.wait_for("1  y = 2")
        assert not is_cooked(terminal)
        assert all(mode.replace(b"l", b"h") in terminal.received for mode in LEFT)
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
        assert is_cooked(terminal)


def test_the_text_is_taken_back_as_one_step(tmp_path: Path) -> None:
    command = editor(tmp_path, *ASKS)
    with Terminal(tmp_path, environment={"VISUAL": command, "EDITOR": "false"}) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press("ctrl+home", "# mine ")
        for text in ("y = 2", "z = 3"):
            terminal.press(ALT_E)
            terminal.wait_for("new text?")
            terminal.press(f"{text}\r")
            terminal.wait_for(partial(is_shown, text), text)
        terminal.press("\x1a")
        terminal.wait_for("1  y = 2")
        terminal.press("\x1a")
        terminal.wait_for("1  # mine def make_greeter")
        terminal.press("x")
        terminal.wait_for("# mine xdef")
        terminal.press("f5")
        terminal.wait_for("IndentationError")
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
        assert is_cooked(terminal)
        assert bytes(terminal.received[-500:]).rfind(b"\x1b[?1049l") > 0


def test_ctrl_c_in_the_editor_concerns_the_editor_alone(tmp_path: Path) -> None:
    command = editor(tmp_path, *ASKS)
    with Terminal(tmp_path, environment={"EDITOR": command}) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press("ctrl+home", "# mine ", ALT_E)
        terminal.wait_for("new text?")
        terminal.press("\x03")
        terminal.wait_for("was ended by signal 2")
        terminal.press("x")
        terminal.wait_for("# mine xdef")
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 128 + 15), (signal.SIGINT, 0)])
def test_a_signal_meanwhile(tmp_path: Path, sent: signal.Signals, status: int) -> None:
    command = editor(tmp_path, *ASKS)
    state = tmp_path / "state"
    with Terminal(tmp_path, "--state", str(state), environment={"EDITOR": command}) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press(ALT_E)
        terminal.wait_for("new text?")
        terminal.process.kill(sent)
        terminal.press("y = 2\r")
        if status == 0:
            terminal.wait_for("1  y = 2")
            terminal.press("f10")
        assert terminal.wait_until_gone() == status
        assert is_cooked(terminal)
    assert "y = 2" in (state / "progress.toml").read_text()


def test_ctrl_z_in_the_editor_stops_both_and_fg_goes_on(tmp_path: Path) -> None:
    command = editor(tmp_path, *ASKS)
    shell = ("bash", "--norc", "--noprofile", "-i")
    environment = {"EDITOR": command, "PS1": "ready> "}
    with Terminal(tmp_path, command=shell, environment=environment) as terminal:
        terminal.press(f"{shlex.join(TUTOR)}\r")
        terminal.wait_for("F10 Quit")
        terminal.press(ALT_E)
        terminal.wait_for("new text?")
        terminal.press("\x1a")
        terminal.wait_for("Stopped")
        terminal.press("fg\r")
        terminal.wait_for(lambda text: text.count("-m tutor") > 1, "what goes on")
        terminal.press("y = 2\r")
        terminal.wait_for(partial(is_shown, "y = 2"), "y = 2")
        terminal.press("f10")
        terminal.wait_for("ready>")
        terminal.press("exit\r")
        assert terminal.wait_until_gone() == 0


def test_a_terminal_that_goes_away_meanwhile(tmp_path: Path) -> None:
    command = editor(tmp_path, *ASKS)
    with Terminal(tmp_path, environment={"EDITOR": command}) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press(ALT_E)
        terminal.wait_for("new text?")
        terminal.hang_up()
