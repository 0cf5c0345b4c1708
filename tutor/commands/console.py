"""What the commands share: options, reading what they are given, printing what they say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.protocol.pythons import OLDEST
from tutor.text import visible, wrapped

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tutor.course.model import Course, Exercise
    from tutor.state.settings import Settings

LARGEST_FILE = 1_000_000
"""Bytes; more is no answer to an exercise, and /dev/zero has no end."""
COLUMNS = 78
"""What prose is wrapped to."""


class Refused(Exception):
    """The command cannot be carried out as it was asked; str() is one line with a remedy."""


def content_option(parser: ArgumentParser) -> None:
    """Add `--content`."""
    parser.add_argument(
        "--content", metavar="DIR", type=Path, help="a course other than the one that comes along"
    )


def state_option(parser: ArgumentParser) -> None:
    """Add `--state`."""
    parser.add_argument(
        "--state", metavar="DIR", type=Path, help="where your progress is kept, if not as usual"
    )


def python_option(parser: ArgumentParser, *, repeatable: bool = False) -> None:
    """Add `--python`."""
    parser.add_argument(
        "--python",
        metavar="PATH",
        type=_interpreter,
        action="append" if repeatable else "store",
        help=f"the Python that runs the programs; CPython {OLDEST} or later"
        + (", may be given more than once" if repeatable else ""),
    )


def json_option(parser: ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")


def config_option(parser: ArgumentParser) -> None:
    """Add `--config`."""
    parser.add_argument(
        "--config", metavar="FILE", type=Path, help="a configuration file other than your own"
    )


def settings_at(file: Path | None) -> Settings:
    """The settings in that file, or in the user's own; Refused says what is wrong with it."""
    from tutor.state.settings import SettingsError, read_settings

    if file is not None and not file.exists():
        raise Refused(f"There is no file {file}.")
    try:
        return read_settings(file)
    except SettingsError as error:
        raise Refused(str(error)) from None


def course_at(folder: Path | None) -> tuple[Course, tuple[str, ...]]:
    """The course in that folder, or the tutor's own, and a line for each fault in it."""
    from tutor.course.loader import content_folder, load

    folder = folder or content_folder()
    course, faults = load(folder)
    if not course.exercises and [fault.file for fault in faults] == [folder]:
        raise Refused(str(faults[0]))
    return course, tuple(map(str, faults))


def exercise_of(course: Course, faults: tuple[str, ...], id: str) -> Exercise:
    """The exercise of that id or number; if there is none, Refused names what is meant perhaps."""
    for unit in course.units:
        for exercise in unit.exercises:
            if id in (exercise.id, f"{unit.number}.{exercise.number}"):
                return exercise
    own = next((fault for fault in faults if f"-{id}/" in fault), None)
    if own:
        raise Refused(own)
    from difflib import get_close_matches

    near = get_close_matches(id, [each.id for each in course.exercises], n=3, cutoff=0.5)
    remedy = (
        f"Did you mean {' or '.join(near)}?" if near else "The command `list` shows what there is."
    )
    raise Refused(f"There is no exercise `{id}`. {remedy}")


def read_file(path: Path) -> str:
    """The text of a learner's file; Refused says why it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST_FILE:
        raise Refused(f"{path} is larger than {LARGEST_FILE:,} bytes. Give a smaller file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{path} is not UTF-8 (byte {error.start + 1}). Save it as UTF-8.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def write_file(path: Path, text: str) -> None:
    """Write a file that was asked for; Refused says why it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from None


def say(text: str = "", *, end: str = "\n") -> None:
    """Print for people; what the terminal's encoding cannot show becomes an escape."""
    _write(sys.stdout, visible(text) + end)


def complain(text: str, *, end: str = "\n") -> None:
    """Print on standard error."""
    _write(sys.stderr, visible(text) + end)


def say_prose(text: str) -> None:
    """Print a paragraph or more, each wrapped."""
    for paragraph in visible(text).split("\n"):
        say("\n".join(wrapped(paragraph, COLUMNS)))


def say_json(value: dict[str, Any]) -> None:
    """Print one object, in ASCII: lone surrogates and old terminals do it no harm."""
    import json

    _write(sys.stdout, json.dumps(value, indent=2) + "\n")


def mark(sign: str, plain: str) -> str:
    """The sign, or what stands for it where standard output's encoding does not have it."""
    try:
        sign.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return plain
    return sign


def _write(stream: Any, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def _interpreter(text: str) -> Path:
    """A path, or the name of a program on PATH."""
    from argparse import ArgumentTypeError
    from shutil import which

    found = which(text)
    if found is None:
        raise ArgumentTypeError(f"`{text}` is no program that can be run")
    return Path(found).absolute()
