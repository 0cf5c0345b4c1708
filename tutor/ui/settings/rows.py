"""Every setting of the page: its words, what it may be, and from when on a change holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import fields, replace

from tutor.state.settings import THEMES, Settings
from tutor.ui.keys.actions import KEYS
from tutor.ui.keys.editing import EDITING
from tutor.ui.keys.keymap import USUAL, KeymapError, keymap

Path = tuple[str, ...]
"""Where a setting stands in the file: `("limits", "cpu_seconds")`."""
Value = str | int | float | bool


class Holds(StrEnum):
    """From when on a change holds."""

    AT_ONCE = "at once"
    NEXT_RUN = "from the next run"
    NEXT_START = "from the next start"


@dataclass(frozen=True)
class Row:
    """One setting."""

    path: Path
    group: str
    name: str
    about: str
    """What it does, in a sentence."""
    holds: Holds
    choices: tuple[tuple[Value, str], ...] = ()
    """What it may be, each with its word; none where a value is typed."""
    unit: str = ""
    """What a number counts."""
    wanted: str = ""
    """What is told of a value that cannot be; the keys tell it themselves."""

    @property
    def is_key(self) -> bool:
        """Whether it is the keys of an action."""
        return self.path[0] == "keys"


ON_OFF = ((True, "on"), (False, "off"))


def _limit(name: str, title: str, unit: str, about: str, wanted: str) -> Row:
    path = ("limits", name)
    return Row(path, "A run", title, about, Holds.NEXT_RUN, unit=unit, wanted=wanted)


ROWS = (
    Row(
        ("theme",),
        "Looks",
        "Theme",
        "The colours; those that begin with ansi are of the terminal's own sixteen.",
        Holds.AT_ONCE,
        tuple((name, name) for name in THEMES),
    ),
    _limit(
        "wall_seconds",
        "Seconds",
        "s",
        "A run is stopped after that; time spent waiting for your input does not count.",
        "Seconds is a number above 0, at most 86,400.",
    ),
    _limit(
        "cpu_seconds",
        "Processor time",
        "s",
        "A run is stopped when it has computed for so long.",
        "Processor time is a whole number of seconds, at least 1.",
    ),
    _limit(
        "memory_mib",
        "Memory",
        "MiB",
        "Address space of each process of a run.",
        "Memory is a whole number of MiB, at least 64.",
    ),
    _limit(
        "output_bytes",
        "Output",
        "bytes",
        "A run is stopped when it has printed more.",
        "Output is a whole number of bytes, at least 1.",
    ),
    _limit(
        "file_mib",
        "File size",
        "MiB",
        "The largest file that a run may write.",
        "File size is a whole number of MiB, at least 1.",
    ),
    _limit(
        "processes",
        "Processes",
        "more",
        "So many more than you have already; for root there is no such limit.",
        "Processes is a whole number, at least 1.",
    ),
    Row(
        ("spare_minutes",),
        "A run",
        "Kept ready",
        "Unused for so long, the process that waits for the next run is let go.",
        Holds.NEXT_START,
        unit="minutes",
        wanted="Kept ready is a number of minutes above 0, at most 1,440.",
    ),
    Row(
        ("record",),
        "Record",
        "Timeline",
        "Each change of a cell is recorded; a run that is not is faster.",
        Holds.NEXT_RUN,
        ON_OFF,
    ),
    Row(
        ("mouse",),
        "Record",
        "Mouse",
        "The tutor takes the mouse from the terminal; usually on, but off over SSH.",
        Holds.NEXT_START,
        (("auto", "as usual"), *ON_OFF),
    ),
    Row(
        ("close_brackets",),
        "Editor",
        "Brackets",
        "A bracket or quote that is typed closes itself.",
        Holds.AT_ONCE,
        ON_OFF,
    ),
    *(
        Row(
            ("keys", str(key.id)),
            "Keys",
            key.description,
            f"The keys of `{key.id}`, with commas between: {key.tooltip}.",
            Holds.AT_ONCE,
        )
        for key in (*KEYS, *EDITING)
    ),
)
"""In the order of the page."""


def row_of(path: Path) -> Row:
    """The row of a setting."""
    return next(row for row in ROWS if row.path == path)


def value_of(settings: Settings, path: Path) -> Value | None:
    """What a setting is; None for a theme that nobody has chosen."""
    table, name = _place(settings, path)
    found: Value | None = table.get(name) if isinstance(table, dict) else getattr(table, name)
    return USUAL[name] if found is None and path[0] == "keys" else found


def with_value(settings: Settings, path: Path, value: Value) -> Settings:
    """The settings with that one changed."""
    if path[0] == "keys":
        return replace(settings, keys={**settings.keys, path[1]: value})
    if path[0] == "limits":
        return replace(settings, limits_table=replace(settings.limits_table, **{path[1]: value}))
    return replace(settings, **{path[0]: value})


def typed(settings: Settings, row: Row, text: str) -> Value:
    """The value that was typed for a setting; raises ValueError with the one sentence to tell."""
    text = text.strip()
    if row.is_key:
        try:
            return keymap({**settings.keys, row.path[1]: text})[row.path[1]]
        except KeymapError as error:
            raise ValueError(error.sentence) from None
    table, name = _place(settings, row.path)
    types = {field.name: field.type for field in fields(table)}
    try:
        value: Value = msgspec.convert(text, types[name], strict=False)
    except msgspec.ValidationError:
        raise ValueError(row.wanted) from None
    return value


def shown(value: Value | None) -> str:
    """A value that is typed, as it is typed."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _place(settings: Settings, path: Path) -> tuple[Any, str]:
    """The table that holds a setting, and its name there."""
    if path[0] == "limits":
        return settings.limits_table, path[1]
    return (settings.keys, path[1]) if path[0] == "keys" else (settings, path[0])
