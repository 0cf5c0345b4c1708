"""A course that is kept is the course that would be read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.small_course import BUILD, PREDICT, write_course
from tutor.course import cache as kept
from tutor.course.cache import load_kept
from tutor.course.loader import ContentError, content_folder, load
from tutor.course.model import Course


def told(
    read: tuple[Course, tuple[ContentError, ...]],
) -> tuple[Course, list[str]]:
    """A course, and its faults in a form that can be compared."""
    return read[0], [str(fault) for fault in read[1]]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "content")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "course"


def test_what_is_kept_is_not_read_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = load(content_folder())
    assert load_kept(content_folder(), file) == read
    monkeypatch.setattr(kept, "load", None)
    assert load_kept(content_folder(), file) == read


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / BUILD / "starter.py").write_text("x = 1\n"),
        lambda folder: (folder / BUILD / "exercise.toml").write_text("kind = 3\n"),
        lambda folder: os.utime(folder / BUILD / "starter.py", (1, 1)),
        lambda folder: (folder / BUILD / "stray").touch(),
        lambda folder: (folder / BUILD / "wrong/fixed.py").unlink(),
        lambda folder: (folder / PREDICT).rename(folder / "01-first/07-late"),
        lambda folder: (folder / "03-empty").mkdir(),
    ],
)
def test_content_that_was_changed_is_read_again(
    course: Path, file: Path, change: Callable[[Path], object]
) -> None:
    load_kept(course, file)
    before = file.read_bytes()
    change(course)
    assert told(load_kept(course, file)) == told(load(course))
    now, faults = load(course)
    assert (file.read_bytes() == before) is bool(faults), "a course with faults is not kept"
    assert now.exercises


def test_another_course_is_not_taken_for_it(course: Path, file: Path) -> None:
    load_kept(course, file)
    assert load_kept(content_folder(), file) == load(content_folder())


@pytest.mark.parametrize("damage", [b"", b"\xc0", b"\x00" * 100, b'{"stamp": []}'])
def test_a_damaged_file_does_no_harm(course: Path, file: Path, damage: bytes) -> None:
    load_kept(course, file)
    good = file.read_bytes()
    for content in (damage, good[:-10], good.replace(b"build", b"bulid")):
        file.write_bytes(content)
        assert load_kept(course, file) == load(course)
    assert file.read_bytes() == good


def test_where_nothing_can_be_kept_the_course_is_read(course: Path, tmp_path: Path) -> None:
    (tmp_path / "occupied").touch()
    assert load_kept(course, tmp_path / "occupied" / "course") == load(course)
    missing = tmp_path / "nowhere"
    assert told(load_kept(missing, tmp_path / "course")) == told(load(missing))


def test_a_folder_whose_name_is_no_utf8(course: Path, file: Path) -> None:
    odd = course.with_name(os.fsdecode(b"caf\xe9"))
    course.rename(odd)
    assert load_kept(odd, file) == load_kept(odd, file) == load(odd)
    assert file.exists()
