"""Files that are replaced whole and by one process at a time: an atomic write, and a lock."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from time import monotonic, sleep

LOOK_SECONDS = 0.01
"""How often it is looked whether a lock is free: to wait for it, flock(2) knows no time limit."""
NO_LOCKS_HERE = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""What a network file system without locks answers."""


class LockHeld(Exception):
    """Another process holds the lock and does not give it back."""


def replace_file(file: Path, data: bytes, *, durable: bool, mode: int = 0o600) -> None:
    """Put these bytes into the file, so that a reader finds all of the old or all of the new.

    With `durable` they are on the disk before the old ones go (fsync(2)). The file is its user's
    only unless another `mode` is given. Raises OSError; then the old file is as it was.
    """
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as opened:
            opened.write(data)
            opened.flush()
            if mode != 0o600:
                os.fchmod(opened.fileno(), mode)
            if durable:
                os.fsync(opened.fileno())
        temporary.replace(file)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


@contextmanager
def locked(file: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of that file while the block runs; raises LockHeld after `seconds`, OSError.

    Where the file system knows no locks the block runs without one: two processes at once may then
    lose a change, but to save nothing would lose all.
    """
    lock = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _wait_for(lock, monotonic() + seconds)
        yield
    finally:
        os.close(lock)  # which gives the lock back


def _wait_for(lock: int, deadline: float) -> None:
    """Take the lock. Own code: filelock does as much, but takes 4 MB of a seat's memory."""
    while True:
        try:
            return flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            if monotonic() > deadline:
                raise LockHeld from None
            sleep(LOOK_SECONDS)
        except OSError as error:
            if error.errno not in NO_LOCKS_HERE:
                raise
            return None
