"""The configuration file: limits, keys, mouse, theme. Every key has a default; a fault is told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from tutor.protocol.requests import Limits
from tutor.text import visible

FILE_NAME = "config.toml"

THEMES = ("dark", "light", "contrast", "colour-blind", "ansi-dark", "ansi-light")
"""The looks that can be asked for."""

MIB = 1024 * 1024

Positive = Annotated[int, msgspec.Meta(gt=0, le=10**9)]
Seconds = Annotated[float, msgspec.Meta(gt=0, le=86_400)]


class SettingsError(Exception):
    """The configuration file cannot be used; str() is one line with a remedy."""

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(visible(f"{file}: {what}; mend it or take it away.", keep_newlines=False))


class LimitsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[limits]`: what a run may use. The defaults suit a machine that many share."""

    wall_seconds: Seconds = Limits.wall_seconds
    cpu_seconds: Positive = Limits.cpu_seconds
    memory_mib: Annotated[int, msgspec.Meta(ge=64, le=10**9)] = Limits.memory_bytes // MIB
    output_bytes: Positive = Limits.output_bytes
    file_mib: Positive = Limits.file_bytes // MIB
    processes: Positive = Limits.processes


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that the configuration file can say."""

    limits_table: LimitsTable = msgspec.field(name="limits", default=LimitsTable())
    keys: dict[str, str] = {}
    """Action -> keys, comma-separated, as `--keys` names them: `run = "f5,ctrl+e"`."""
    mouse: bool | Literal["auto"] = "auto"
    """`auto`: on, but off over SSH."""
    theme: str | None = None
    """One of THEMES."""
    cursor: Literal["terminal", "painted"] = "terminal"
    """Where one types: the terminal's own cursor, as it is set there, or one that is painted."""
    close_brackets: bool = False
    """Whether a bracket or quote that is typed in the editor closes itself."""
    record: bool = True
    """Whether runs are recorded for the timeline."""
    spare_minutes: Annotated[float, msgspec.Meta(gt=0, le=1_440)] = 10.0
    """How long the process that waits for the next run is kept when it is not wanted."""

    @property
    def limits(self) -> Limits:
        """What a run may use."""
        table = self.limits_table
        return Limits(
            wall_seconds=table.wall_seconds,
            cpu_seconds=table.cpu_seconds,
            memory_bytes=table.memory_mib * MIB,
            output_bytes=table.output_bytes,
            file_bytes=table.file_mib * MIB,
            processes=table.processes,
        )


def settings_file() -> Path:
    """Where the platform keeps a user's configuration."""
    from platformdirs import user_config_path  # takes a millisecond that `--version` need not pay

    return user_config_path("closure-tutor") / FILE_NAME


def read_settings(file: Path | None = None) -> Settings:
    """The settings in `file`, by default the user's own; all defaults where there is no such file.

    Raises SettingsError for a file that cannot be read, is no TOML, or holds an unknown key or a
    value of the wrong kind.
    """
    file = file or settings_file()
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(file, f"cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise SettingsError(file, f"not TOML ({error})") from None
    try:
        return msgspec.convert(raw, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(file, str(error).replace("$.", "")) from None
