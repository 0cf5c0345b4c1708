"""A file is replaced whole or stays as it was, and one process at a time does so."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from tests.harness import ROOT
from tests.harness.processes import open_descriptors
from tutor import files
from tutor.files import NO_LOCKS_HERE, LockHeld, locked, replace_file

HOLDS = """
import sys
from pathlib import Path
from tutor.files import locked
with locked(Path(sys.argv[1]), 0.0):
    print("held", flush=True)
    sys.stdin.readline()
print("given back", flush=True)
sys.stdin.readline()
"""


@contextmanager
def held_elsewhere(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the lock: a line has it give the lock back, another ends it."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(lock)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert said(process) == "held"
        yield process
        process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip()


def tell(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def fail(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("durable", [True, False])
@pytest.mark.parametrize("old", [None, b"old"])
def test_a_file_is_replaced(tmp_path: Path, old: bytes | None, durable: bool) -> None:
    file = tmp_path / "kept.toml"
    if old is not None:
        file.write_bytes(old)
    replace_file(file, b"new", durable=durable)
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_a_file_is_its_users_only(tmp_path: Path, mask: int) -> None:
    file = tmp_path / "kept.toml"
    file.touch(mode=0o666)
    before = os.umask(mask)
    try:
        replace_file(file, b"new", durable=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_reader_keeps_what_it_has_opened(tmp_path: Path) -> None:
    file = tmp_path / "kept.toml"
    file.write_bytes(b"old")
    with file.open("rb") as reader:
        replace_file(file, b"new", durable=False)
        assert reader.read() == b"old"


@pytest.mark.parametrize("step", ["os.open", "os.fsync", "os.replace"])
@pytest.mark.parametrize("old", [None, b"old"])
def test_what_cannot_be_written_leaves_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bytes | None, step: str
) -> None:
    file = tmp_path / "kept.toml"
    if old is not None:
        file.write_bytes(old)
    with monkeypatch.context() as full:
        full.setattr(step, fail)
        with pytest.raises(OSError, match="No space left"):
            replace_file(file, b"new", durable=True)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == ([old] if old else [])


@pytest.mark.skipif(
    not os.path.exists("/dev/full"), reason="there is no device that is always full"
)
def test_a_full_disk_is_told_though_nothing_is_synchronised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The buffer is written when it is flushed, which is before the old file goes."""
    file = tmp_path / "kept.toml"
    file.write_bytes(b"old")
    open_ = os.open
    with monkeypatch.context() as full:
        full.setattr(os, "open", lambda path, *rest: open_("/dev/full", os.O_WRONLY))
        with pytest.raises(OSError, match="No space left"):
            replace_file(file, b"new", durable=False)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


def test_what_is_interrupted_leaves_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    file = tmp_path / "kept.toml"
    file.write_bytes(b"old")
    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(file, b"new", durable=True)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "gone" / "kept.toml", b"new", durable=True)


def test_a_lock_is_held_by_one_process(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with held_elsewhere(lock) as process:
        with pytest.raises(LockHeld), locked(lock, 0.0):
            raise AssertionError("two hold one lock")
        tell(process)
        assert said(process) == "given back"
        with locked(lock, 0.0):
            pass


def test_a_lock_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "lock"
    with held_elsewhere(lock) as process:

        def give_back(_seconds: float) -> None:
            tell(process)
            assert said(process) == "given back"

        monkeypatch.setattr(files, "sleep", give_back)
        with locked(lock, 60.0):
            pass


def test_a_process_that_dies_gives_its_lock_back(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with held_elsewhere(lock) as process:
        process.kill()
        process.wait()
        with locked(lock, 0.0):
            pass


def test_a_lock_is_given_back_by_a_block_that_fails(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with pytest.raises(ZeroDivisionError), locked(lock, 0.0):
        raise ZeroDivisionError
    with locked(lock, 0.0):
        pass


def test_a_lock_is_no_file_of_others(tmp_path: Path) -> None:
    with locked(tmp_path / "lock", 0.0):
        assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600


@pytest.mark.parametrize("number", NO_LOCKS_HERE, ids=errno.errorcode.get)
def test_where_there_are_no_locks_the_block_runs_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    answer_locks_with(monkeypatch, number)
    ran = False
    with locked(tmp_path / "lock", 0.0):
        ran = True
    assert ran


def test_another_fault_of_a_lock_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_locks_with(monkeypatch, errno.EIO)
    before = open_descriptors()
    with pytest.raises(OSError, match="Input/output"), locked(tmp_path / "lock", 0.0):
        raise AssertionError("it holds no lock")
    assert open_descriptors() == before


def answer_locks_with(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A file system whose flock(2) fails so."""

    def flock(*_: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files, "flock", flock)
