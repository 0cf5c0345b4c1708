"""One setting is written into the configuration file, and nothing else of it is touched."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import tomllib
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.state import settings_file
from tutor.state.settings_file import SettingsUnwritable, Value, write_setting

README = """\
record = true              # a timeline of each run
# theme = "light"          # dark, light

[limits]                   # of one run
wall_seconds = 10.0        # waiting does not count

# my keys
[keys]
# run = "f5,ctrl+e"
"""


def written(file: Path, path: tuple[str, ...], value: Value) -> str:
    write_setting(file, path, value)
    return file.read_bytes().decode()


def config(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_bytes(text.encode())
    return file


def test_a_value_is_changed_where_it_stands(tmp_path: Path) -> None:
    text = written(config(tmp_path, README), ("limits", "wall_seconds"), 2.5)
    assert text == README.replace("10.0 ", "2.5 ")


def test_a_new_one_goes_below_the_last_line_of_its_table(tmp_path: Path) -> None:
    file = config(tmp_path, README)
    written(file, ("limits", "cpu_seconds"), 5)
    text = written(file, ("theme",), "dark")
    assert text == README.replace("not count\n", "not count\ncpu_seconds = 5\n").replace(
        "of each run\n", 'of each run\ntheme = "dark"\n'
    )


def test_a_file_and_a_folder_that_are_not_there_are_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config.toml"
    assert written(file, ("limits", "cpu_seconds"), 5) == "[limits]\ncpu_seconds = 5\n"
    assert written(file, ("theme",), "dark") == 'theme = "dark"\n[limits]\ncpu_seconds = 5\n'
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_key_that_is_unknown_to_us_stays(tmp_path: Path) -> None:
    text = 'colour = "red" # mine\n[more]\nx = [\n  1, # one\n]\n'
    assert written(config(tmp_path, text), ("theme",), "dark") == text.replace(
        "# mine\n", '# mine\ntheme = "dark"\n'
    )


def test_line_ends_mode_and_link_stay(tmp_path: Path) -> None:
    real = config(tmp_path, "record = true # x\r\n[limits]\r\n")
    real.chmod(0o644)
    link = tmp_path / "link.toml"
    link.symlink_to(real)
    text = written(link, ("limits", "cpu_seconds"), 3)
    assert text == "record = true # x\r\n[limits]\r\ncpu_seconds = 3\r\n"
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o644


COMMENTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12).map(
    "#{}".format
)
SPACES = st.sampled_from(["", " ", "\t", "   "])
VALUES: dict[tuple[str, ...], list[Value]] = {
    ("theme",): ["dark", 'it\'s "x"'],
    ("record",): [True, False],
    ("mouse",): [True, "auto"],
    ("spare_minutes",): [10.0, 0.5],
    ("limits", "wall_seconds"): [10.0, 3],
    ("limits", "cpu_seconds"): [10, 1_000_000],
    ("keys", "run"): ["f5", "f5,ctrl+e"],
    ("keys", "next_pane"): ["f6"],
    ("other", "key"): [1, "x"],
}


@st.composite
def files(draw: st.DrawFn) -> str:
    """A configuration file as a person writes it: any layout, any comments, unknown keys too."""
    end = draw(st.sampled_from(["\n", "\r\n"]))

    def between() -> list[str]:
        return draw(st.lists(st.one_of(COMMENTS, SPACES), max_size=3))

    def line(name: str, value: Value) -> str:
        literal = str(value).lower() if not isinstance(value, str) else f"'''{value}'''"
        spaces = [draw(SPACES) for _ in range(4)]
        after = draw(st.one_of(st.just(""), COMMENTS))
        return f"{spaces[0]}{name}{spaces[1]}={spaces[2]}{literal}{spaces[3]}{after}"

    keys = draw(st.lists(st.sampled_from([*VALUES]), unique=True))
    dotted = draw(st.booleans())
    lines = between()
    for path in (each for each in keys if len(each) == 1 or dotted):
        lines += [line(".".join(path), draw(st.sampled_from(VALUES[path]))), *between()]
    for table in draw(st.permutations(["limits", "keys", "other"])):
        if not dotted and draw(st.booleans()):
            lines += [f"{draw(SPACES)}[{table}]{draw(SPACES)}", *between()]
            for path in (each for each in keys if each[0] == table):
                lines += [line(path[1], draw(st.sampled_from(VALUES[path]))), *between()]
    return end.join(lines) + draw(st.sampled_from(["", end])) if lines else ""


@given(files(), st.sampled_from([(path, value) for path, all in VALUES.items() for value in all]))
@example("# x", (("theme",), "dark"))
@example("limits = {} # c", (("limits", "cpu_seconds"), 3))
@example("limits = { cpu_seconds = 4 } # c\n", (("limits", "cpu_seconds"), 3))
@example("limits.cpu_seconds = 3 # c\n[keys]\n", (("theme",), "dark"))
@example("[a.b]\nx = 1\n[limits]\ncpu_seconds = 3\n[a.c]\n", (("limits", "wall_seconds"), 1.0))
@example("[[a]]\nx = 1\n[[a]]\n# c\n[limits] # d\n", (("limits", "wall_seconds"), 1.0))
def test_whatever_stands_in_the_file_stays(
    text: str, change: tuple[tuple[str, ...], Value]
) -> None:
    path, value = change
    with tempfile.TemporaryDirectory() as folder:
        file = config(Path(folder), text)
        after = written(file, path, value)
    wanted: dict[str, Any] = tomllib.loads(text)
    table = wanted
    for name in path[:-1]:
        table = table.setdefault(name, {})
    before = table.get(path[-1])
    table[path[-1]] = value
    assert tomllib.loads(after) == wanted
    # What differs is one stretch: the old value, or nothing where a line was put in.
    same = alike(text, after)
    rest = text[same:]
    gone = rest[: len(rest) - alike(rest[::-1], after[same:][::-1])]
    assert "#" not in gone
    assert "\n" not in gone
    assert not gone or before is not None
    if "\r\n" in text and f"{path[0]}." not in text:  # tomlkit ends a line of dotted keys by \n
        assert after.count("\n") - after.count("\r\n") == text.count("\n") - text.count("\r\n")


def alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


@pytest.mark.parametrize("text", ["theme = ", "[limits", "a = " + "[" * 5_000, "\ufefftheme = 'x'"])
def test_what_is_no_toml_by_now_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    file = config(tmp_path, text)
    with pytest.raises(SettingsUnwritable, match=r"was not changed: it is no TOML by now"):
        write_setting(file, ("theme",), "dark")
    assert file.read_bytes().decode() == text


def test_what_is_no_utf8_and_what_is_no_table(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"theme = '\xff'")
    with pytest.raises(SettingsUnwritable, match="no TOML"):
        write_setting(file, ("theme",), "dark")
    config(tmp_path, "limits = 3\n")
    with pytest.raises(SettingsUnwritable, match="`limits` in it is no table"):
        write_setting(file, ("limits", "cpu_seconds"), 3)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsUnwritable) as caught:
        write_setting(tmp_path / "file" / "config.toml", ("theme",), "dark")
    assert "was not changed: " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = config(tmp_path, README)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsUnwritable, match="No space left"):
        write_setting(file, ("theme",), "dark")
    assert file.read_text() == README
    assert {each.name for each in tmp_path.iterdir()} == {"config.toml", ".config.toml.lock"}


def test_two_tutors_at_once_lose_nothing(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tutor.state.settings_file import write_setting\n"
        "for n in range(10): write_setting(Path(sys.argv[1]), ('keys', f'{sys.argv[2]}{n}'), 'f5')\n"
    )
    file = config(tmp_path, README)
    command = [sys.executable, "-c", program, str(file)]
    for process in [subprocess.Popen([*command, name]) for name in "ab"]:
        assert process.wait() == 0
    assert len(tomllib.loads(file.read_text())["keys"]) == 20


def test_who_holds_the_lock_and_hangs_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_file, "LOCK_SECONDS", 0.05)
    with (tmp_path / ".config.toml.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        with pytest.raises(SettingsUnwritable, match="another tutor holds it and hangs"):
            write_setting(tmp_path / "config.toml", ("theme",), "dark")
