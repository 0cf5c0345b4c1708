"""The course as it was last read: to read it anew costs 2 ms an exercise, at each start."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from tutor.course.loader import ContentError, load
from tutor.course.model import Course
from tutor.files import replace_file

Stamp = list[tuple[bytes, int, int]]
"""Every file with its size and the time of its last change."""


class _Kept(msgspec.Struct):
    stamp: Stamp
    course: Course


def load_kept(folder: Path, kept: Path) -> tuple[Course, tuple[ContentError, ...]]:
    """As `load`, but from the file `kept` if content and loader are as they were when it was written.

    A course with faults is not kept, and a file that cannot be read or written does no harm.
    """
    stamp = _stamp(folder) + _stamp(Path(__file__).parent)
    with suppress(OSError, msgspec.DecodeError):
        found = msgspec.msgpack.decode(
            kept.read_bytes(), type=_Kept, dec_hook=lambda _, path: Path(os.fsdecode(path))
        )
        if found.stamp == stamp:
            return found.course, ()
    course, faults = load(folder)
    if not faults:
        with suppress(OSError):
            kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            data = msgspec.msgpack.encode(_Kept(stamp, course), enc_hook=os.fsencode)
            replace_file(kept, data, durable=False)
    return course, faults


def _stamp(folder: Path | str) -> Stamp:
    """Of all that the loader looks at; what cannot be read is the loader's to tell."""
    files: Stamp = []
    with suppress(OSError):
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.name.startswith((".", "__pycache__")):
                continue
            about = entry.stat()
            files.append((os.fsencode(entry.path), about.st_size, about.st_mtime_ns))
            if entry.is_dir():
                files += _stamp(entry.path)
    return files
