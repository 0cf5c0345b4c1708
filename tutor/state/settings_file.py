"""Writing one setting into the configuration file: every other byte of it stays, comments too."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import MutableMapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tutor.files import LockHeld, locked, replace_file
from tutor.text import visible

if TYPE_CHECKING:
    from pathlib import Path

    from tomlkit.items import Item

Value = str | int | float | bool
LOCK_SECONDS = 3.0
"""A write takes milliseconds; who holds the lock for longer hangs."""
MODE = 0o600
"""Of a file that is new; one that is there keeps its own."""


class SettingsUnwritable(Exception):
    """The setting is not in the file; str() is one sentence that says why."""

    def __init__(self, file: Path, reason: str) -> None:
        said = f"{file.name} in {file.parent} was not changed: {reason}."
        super().__init__(visible(said, keep_newlines=False))


def write_setting(file: Path, path: tuple[str, ...], value: Value) -> None:
    """Set `path` (`("limits", "cpu_seconds")`) in the file as it is now; raises SettingsUnwritable.

    Two tutors at once lose nothing of each other, and a link stays one.
    """
    file = file.resolve()
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(file.with_name(f".{file.name}.lock"), LOCK_SECONDS):
            before, mode = _read(file)
            after = _changed(file, before, path, value)
            if after != before:
                replace_file(file, after.encode(), durable=True, mode=mode)
    except LockHeld:
        raise SettingsUnwritable(file, "another tutor holds it and hangs") from None
    except OSError as error:
        raise SettingsUnwritable(file, error.strerror or str(error)) from error


def _read(file: Path) -> tuple[str, int]:
    """The text, its line ends as they are, and the mode."""
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            return opened.read(), stat.S_IMODE(file.stat().st_mode)
    except FileNotFoundError:
        return "", MODE
    except UnicodeDecodeError:
        raise SettingsUnwritable(file, "it is no TOML by now; mend it first") from None


def _changed(file: Path, text: str, path: tuple[str, ...], value: Value) -> str:
    """The text with that value in it, which is made sure of by reading it."""
    try:
        wanted = tomllib.loads(text)
    except (ValueError, RecursionError):
        raise SettingsUnwritable(file, "it is no TOML by now; mend it first") from None
    *tables, key = path
    table: Any = wanted
    for name in tables:
        table = table.setdefault(name, {})
        if not isinstance(table, dict):
            raise SettingsUnwritable(file, f"`{name}` in it is no table")
    if key in table and table[key] == value and type(table[key]) is type(value):
        return text
    table[key] = value
    with suppress(ValueError):
        after = _rewritten(text, path, value)
        if after is not None and tomllib.loads(after) == wanted:
            return after
    name = ".".join(path)
    raise SettingsUnwritable(file, f"the tutor cannot tell where `{name}` belongs in it")


def _rewritten(text: str, path: tuple[str, ...], value: Value) -> str | None:
    """The same, nothing made sure of; None for a text that would not come back as it is."""
    import tomlkit  # 20 ms that only a change costs
    from tomlkit.exceptions import TOMLKitError
    from tomlkit.items import Table
    from tomlkit.toml_document import TOMLDocument

    try:
        document = tomlkit.parse(text)
        if tomlkit.dumps(document) != text:
            return None
        *tables, key = path
        newline = "\r\n" if "\r\n" in text else "\n"
        line = f"{key} = {tomlkit.item(value).as_string()}{newline}"
        table: MutableMapping[str, Any] = document
        for name in tables:
            if name not in table:
                gap = _ended(text, newline) + newline if text else ""
                return f"{gap}[{name}]{newline}{line}"
            table = table[name]
        if key in table or not isinstance(table, TOMLDocument | Table):
            table[key] = value
        elif (last := _last_line(table)) is not None:
            trail = last.trivia.trail
            last.trivia.trail = _ended(trail, newline) + last.trivia.indent + line
        elif isinstance(table, Table):  # of dotted keys, which has no lines of its own
            table[key] = value
        else:
            return line + text if len(table) or not text else _ended(text, newline) + line
        return tomlkit.dumps(document)
    except TOMLKitError:
        return None


def _last_line(table: Any) -> Item | None:
    """What stands on the last line of a table that is written a line a value, or is its header.

    The new line follows it: tomlkit itself would have it after the comment on the next table.
    """
    from tomlkit.items import AoT, Table

    body = table.value.body if isinstance(table, Table) else table.body
    lines = [item for key, item in body if key and not isinstance(item, Table | AoT)]
    if isinstance(table, Table):
        if not table.display_name:
            return None
        return lines[-1] if lines else table
    return lines[-1] if lines else None


def _ended(text: str, newline: str) -> str:
    """The text with its last line ended."""
    return text if text.endswith("\n") else text + newline
