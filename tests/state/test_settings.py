"""The configuration file is read exactly or refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.protocol.requests import Limits
from tutor.state.settings import MIB, SettingsError, read_settings


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "config.toml")
    assert settings.limits == Limits()
    assert settings.keys == {}
    assert settings.mouse == "auto"
    assert settings.record
    assert settings.spare_minutes == 10
    assert settings.cursor == "terminal"


def test_what_the_file_says_holds(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "mouse = false\nrecord = false\ntheme = 'closure-light'\n"
        "[limits]\nwall_seconds = 2.5\nmemory_mib = 128\n[keys]\nrun = 'f5,ctrl+e'\n",
    )
    settings = read_settings(file)
    assert settings.limits == Limits(wall_seconds=2.5, memory_bytes=128 * MIB)
    assert settings.keys == {"run": "f5,ctrl+e"}
    assert (settings.mouse, settings.theme, settings.record) == (False, "closure-light", False)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mouse = ", "not TOML"),
        ("mouse = 3", "mouse"),
        ("colour = 'red'", "colour"),
        ("cursor = 'block'", "cursor"),
        ("[limits]\nwall = 3", "wall"),
        ("[limits]\nwall_seconds = 0", "limits.wall_seconds"),
        ("[limits]\nmemory_mib = 1", "limits.memory_mib"),
        ("[keys]\nrun = 5", "keys"),
        ("spare_minutes = 0", "spare_minutes"),
    ],
)
def test_a_fault_is_one_line_that_names_the_place(tmp_path: Path, text: str, says: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        read_settings(file)
    assert says in str(caught.value)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"theme = '\xff'")
    with pytest.raises(SettingsError, match="not TOML"):
        read_settings(file)
