"""The folder of one run: made with the program's file in it, removed with whatever came into it."""

from __future__ import annotations

import os
from contextlib import suppress


def make(folder: str, file_name: str, source: str) -> str:
    """Make the folder and the program's file; returns the file's path."""
    os.mkdir(folder, 0o700)
    path = os.path.join(folder, file_name)
    with open(path, "w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        file.write(source)
    return path


def remove(folder: str) -> None:
    """Remove the folder and all below it, however deep and whatever its modes.

    Each folder below moves up beside the first ones before it is emptied: `shutil.rmtree` recurses
    on 3.11 and 3.12, and stops at a folder that may not be read. What cannot be removed stays.
    """
    moved = os.path.join(folder, os.urandom(8).hex())
    waiting = [folder]
    for each in waiting:
        with suppress(OSError):
            os.chmod(each, 0o700)
            for entry in [*os.scandir(each)]:
                with suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        os.chmod(entry.path, 0o700)  # to move a folder is to write into it
                        os.rename(entry.path, f"{moved}{len(waiting)}")
                        waiting.append(f"{moved}{len(waiting)}")
                    else:
                        os.unlink(entry.path)
    for each in reversed(waiting):
        with suppress(OSError):
            os.rmdir(each)
