"""The program in an editor of the learner's own, which has the terminal meanwhile."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tutor.text import one_line
from tutor.ui.editor.lending import signals_of_a_lender

FILE_NAME = "program.py"
NONE_NAMED = (
    "No editor is named. Before the tutor is started, `export EDITOR=nano` names one, or another."
)
TO_READ = "This program is only to be read; your editor would change it."
NO_TERMINAL = "Your editor needs a terminal, and here is none that could be lent to it."


class EditorError(Exception):
    """The editor cannot be used; str() is a sentence with a remedy."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back."""

    text: str
    said: str
    """What is to be told of it."""


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """The learner's editor with its arguments. Raises EditorError where none is named."""
    for name in ("VISUAL", "EDITOR"):
        said = environment.get(name, "").strip()
        if not said:
            continue
        try:
            return shlex.split(said)
        except ValueError:
            raise EditorError(
                f"`{name}` holds `{one_line(said, 40)}`, in which a quote is not closed."
            ) from None
    raise EditorError(NONE_NAMED)


def edit_outside(
    text: str, command: list[str], lent: Callable[[], AbstractContextManager[None]]
) -> Edited:
    """The text as the editor leaves it; `lent` is the time in which the terminal is the editor's.

    Lines end with `\\n` in it, however the editor writes them. Raises EditorError if nothing comes
    back.
    """
    # Editors end the last line where it has no end; that is no change.
    end = "" if text.endswith("\n") or not text else "\n"
    name = one_line(Path(command[0]).name or command[0], 40)
    with tempfile.TemporaryDirectory(prefix="closure-tutor-") as folder:
        file = Path(folder, FILE_NAME)
        file.write_bytes((text + end).encode("utf-8", "replace"))
        with lent():
            status = _wait_for([*command, str(file)])
        if isinstance(status, OSError):
            raise EditorError(f"`{name}` cannot be started: {status.strerror}.")
        try:
            data = file.read_bytes()
        except OSError:
            raise EditorError(f"`{name}` left no file; the program is as it was.") from None
    new = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    new = new.removesuffix(end)
    return Edited(new, _said(name, status, data, changed=new != text))


def _wait_for(command: list[str]) -> int | OSError:
    """The exit status, or why it could not be started.

    Nothing is raised: Textual 8.x would not take the terminal back.
    """
    with signals_of_a_lender():
        try:
            # The screen is drawn on stderr; stdout may lead elsewhere.
            return subprocess.run(command, stdout=2, check=False).returncode
        except OSError as error:
            return error


def _said(name: str, status: int, data: bytes, *, changed: bool) -> str:
    if status:
        how = f"ended with status {status}" if status > 0 else f"was ended by signal {-status}"
        rest = "what it had saved was taken back" if changed else "the program is as it was"
        return f"`{name}` {how}; {rest}."
    if not changed:
        return f"`{name}` changed nothing."
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return (
            f"`{name}` saved bytes that are not UTF-8; each is shown as \N{REPLACEMENT CHARACTER}."
        )
    return ""
