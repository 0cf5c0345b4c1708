"""Nothing that a learner does to the text ends the app, and the cursor stays in sight."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import SupportsIndex

import pytest
from textual import events

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import BUILD, DONE, counters, out, passed_checks
from tutor.protocol.reports import Report
from tutor.ui.kit.plain_editor import PlainEditor

EDITS = [
    *"ab(:[\"'#\\{é漢",
    *["enter"] * 6,
    *["backspace", "delete", "tab", "shift+tab", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+shift+k"],
    *["up", "down", "left", "right", "home", "end", "pageup", "pagedown", "ctrl+right"],
    *["shift+up", "shift+down", "shift+left", "shift+right", "shift+end", "shift+pageup"],
    *["ctrl+c", "ctrl+x", "ctrl+v"],
]
PANES = ["f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f12", "ctrl+l", "escape"]
SIZES = [(80, 24), (60, 18), (40, 10), (100, 30), (120, 40), (200, 50), (61, 19), (80, 60)]
PASTED = ["x = 1\n" * 40, "y", "\n" * 15, "def f():\n\treturn 漢\r\n", "wide " * 60, "\x00\x1b[2J"]


class OneScript(list[Iterable[Report]]):
    """Every run and every question gives the same."""

    def pop(self, _index: SupportsIndex = -1) -> Iterable[Report]:
        return out("one\n"), counters("1"), *passed_checks(), DONE


async def test_undo_until_the_scroll_bar_goes(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("pagedown", "enter")
        await at.type("\n".join("abcdefghijk") + "\n")
        for _ in range(30):
            await at.press("ctrl+z")
        assert at.main.code.editor.text == BUILD.starter
        for _ in range(30):
            await at.press("ctrl+y")
        assert at.main.code.editor.text.endswith("\na\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n")


@pytest.mark.parametrize("seed", range(4))
async def test_a_random_session(tmp_path: Path, seed: int) -> None:
    await random_session(tmp_path, seed, 150)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
async def test_a_long_random_session(tmp_path: Path, seed: int) -> None:
    await random_session(tmp_path, seed, 400)


async def random_session(state: Path, seed: int, steps: int) -> None:
    choose = random.Random(seed)
    async with played_tutor(state, size=choose.choice(SIZES)) as at:
        at.session.scripts = OneScript()
        for step in range(steps):
            await act(at, choose)
            await at.settle()
            assert at.app._exception is None, f"seed {seed}, step {step}"
            check_cursor(at, f"seed {seed}, step {step}")


async def act(at: PlayedTutor, choose: random.Random) -> None:
    """One thing that a learner may do."""
    match choose.randrange(14):
        case 0 | 1 | 2:
            at.burst(*["ctrl+z"] * choose.choice([1, 1, 3, 20]))
        case 3:
            at.burst(*["ctrl+y"] * choose.choice([1, 1, 3, 20]))
        case 4:
            if at.main.focused:
                at.main.focused.post_message(events.Paste(choose.choice(PASTED)))
        case 5:
            await at.pilot.resize_terminal(*choose.choice(SIZES))
        case 6:
            at.main.action_start_over()
        case 7:
            await at.press(*choose.choices(PANES, k=2))
        case 8:
            at.burst("enter", *["down"] * 30)
        case 9:
            at.main.typing.show_answer()
        case _:
            at.burst(*choose.choices(EDITS, k=choose.randrange(1, 9)))


def check_cursor(at: PlayedTutor, when: str) -> None:
    """The cursor of the editor in focus is a place of its text, and in sight."""
    editor = at.main.focused
    if not isinstance(editor, PlainEditor) or at.app.screen is not at.main:
        return
    assert editor.selection == editor._validate_selection(editor.selection), when
    row = editor.cursor_location[0] - editor.scroll_offset.y
    assert 0 <= row < editor.scrollable_content_region.height, when
