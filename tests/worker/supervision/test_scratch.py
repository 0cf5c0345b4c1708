"""A run's folder goes with all that is in it, whatever the program made of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.worker.supervision.scratch import remove

NOBODY = 65534


def deep(folder: Path) -> None:
    os.chdir(folder)
    for _ in range(3000):  # beyond the recursion limit and PATH_MAX
        os.mkdir("d")
        os.chdir("d")
    os.chdir("/")


def wide(folder: Path) -> None:
    for number in range(300):
        (folder / f"{number}").mkdir()
        (folder / f"{number}" / "file").write_text("x")


def locked(folder: Path) -> None:
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "c").write_text("x")
    for path in (inner / "c", inner, inner.parent, folder):
        path.chmod(0)


def oddly_named(folder: Path) -> None:
    below = os.fsencode(folder)
    os.mkdir(below + b"/\xff\xfe")
    for name in (b"\xfd", b"\n", b"-rf", b" ", b"x" * 255):
        with open(below + b"/\xff\xfe/" + name, "w"):
            pass


def special(folder: Path) -> None:
    os.mkfifo(folder / "fifo")
    os.symlink("nowhere", folder / "dangling")
    os.symlink(folder, folder / "itself")
    os.symlink(folder.parent / "outside", folder / "outside")


@pytest.mark.parametrize("fill", [deep, wide, locked, oddly_named, special])
def test_a_folder_goes_and_nothing_else(fill: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory() as area:  # pytest's own folder lets nobody else in
        os.chmod(area, 0o777)
        outside, folder = Path(area, "outside"), Path(area, "folder")
        outside.mkdir(0o700)
        (outside / "kept").write_text("kept")

        def fill_and_remove() -> None:
            folder.mkdir()
            fill(folder)
            remove(str(folder))

        assert _as_a_plain_user(fill_and_remove) == 0
        assert not folder.exists()
        assert (outside / "kept").read_text() == "kept"
        assert outside.stat().st_mode & 0o777 == 0o700


def test_what_is_not_there_is_removed_already(tmp_path: Path) -> None:
    remove(str(tmp_path / "none"))
    assert list(tmp_path.iterdir()) == []


def _as_a_plain_user(action: Callable[[], object]) -> int:
    """The exit status of a fork that acts without root's right to pass over every mode."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            if os.getuid() == 0:
                os.setresuid(NOBODY, NOBODY, NOBODY)
            action()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
