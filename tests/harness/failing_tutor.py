"""The tutor with a fault of our own in it: `python -m tests.harness.failing_tutor PLACE [ARGUMENTS]`.

The hint key brings it about, but for those places that are reached without a key.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NoReturn

from tutor.cli import main
from tutor.ui.editor.code_editor import CodeEditor
from tutor.ui.screens.main_screen import MainScreen
from tutor.ui.terminal.frame_writer import Frames
from tutor.ui.terminal.input import TerminalInput


def fail(*_: object) -> NoReturn:
    raise LookupError("planted\x1b[31m\nhere")


async def fail_later(*_: object) -> NoReturn:
    fail()


def paint_wrongly(screen: MainScreen) -> None:
    replace(CodeEditor, "render_line", fail)
    screen.code.editor.refresh()


def send_wrongly(screen: MainScreen) -> None:
    take = Frames.take

    def take_once(frames: Frames, columns: int, lines: int) -> NoReturn:
        replace(Frames, "take", take)
        fail()

    replace(Frames, "take", take_once)
    screen.refresh()


def read_wrongly(screen: MainScreen) -> None:
    replace(TerminalInput, "tick", fail)


def save_wrongly(screen: MainScreen) -> None:
    screen.going.save_draft = fail  # type: ignore[method-assign]
    fail()


PLACES: dict[str, Callable[[MainScreen], object]] = {
    "action": fail,
    "callback": lambda screen: screen.call_after_refresh(fail),
    "timer": lambda screen: screen.set_timer(0.01, fail),
    "worker": lambda screen: screen.run_worker(fail_later()),
    "paint": paint_wrongly,
    "app": lambda screen: screen.app.call_later(fail),
    "sender": send_wrongly,
    "reader": read_wrongly,
    "saving": save_wrongly,
}


def replace(cls: type[Any], name: str, value: object) -> None:
    setattr(cls, name, value)


if __name__ == "__main__":
    place = sys.argv[1]
    if place == "start":
        replace(MainScreen, "compose", fail)
    else:
        replace(MainScreen, "action_hint", PLACES[place])
    sys.exit(main(sys.argv[2:]))
