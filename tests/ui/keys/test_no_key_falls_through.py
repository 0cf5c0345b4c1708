"""A key of ours that can do nothing now does nothing, whatever the widget in focus has it for."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Input, TextArea

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import BUILD, PREDICT, out
from tutor.course.model import Exercise
from tutor.ui.keys.actions import KEYS
from tutor.ui.keys.palette import Palette

CAN_BE_OFF = ("prompt", "stop")
TAKEN = sorted(
    {
        key.key
        for widget in (TextArea, Input)
        for key in Binding.make_bindings(widget.BINDINGS)
        # What a keymap does not take from typing, and what is fixed.
        if "ctrl" in key.key.split("+") or key.key[0] == "f"
    }
    - {"ctrl+c"}
)
"""Every key that a widget for text has a meaning of its own for."""


def test_the_keys_of_text_widgets_are_known() -> None:
    assert {"f6", "f7", "ctrl+k", "ctrl+d"} <= set(TAKEN)


@pytest.mark.parametrize("exercise", [BUILD, PREDICT])
@pytest.mark.parametrize("key", ["f7", "ctrl+r", "f9", "ctrl+s"])
async def test_in_an_editor_nothing_happens(tmp_path: Path, key: str, exercise: Exercise) -> None:
    async with played_tutor(tmp_path, exercise) as at:
        await at.type("ab")
        before = state(at)
        await at.press(key)
        assert state(at) == before
        await at.type("c")
        assert "abc" in at.main.answer


@pytest.mark.parametrize("action", CAN_BE_OFF)
async def test_whatever_key_it_is_given(tmp_path: Path, action: str) -> None:
    async with played_tutor(tmp_path) as at:
        await at.type("a b\nc d")
        await at.press("left", "up", "shift+right")
        for key in TAKEN:
            at.app.set_keymap({action: key})
            before = state(at)
            await at.press(key)
            assert state(at) == before, key


@pytest.mark.parametrize(("action", "key"), [("prompt", "f7"), ("next_pane", "f6")])
async def test_a_key_that_was_given_up_selects_nothing(
    tmp_path: Path, action: str, key: str
) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"))
        at.app.set_keymap({action: "ctrl+e"})
        for widget in (at.main.code.editor, at.main.run_panel.prompt.line):
            at.main.set_focus(widget)
            await at.type("ab")
            before = state(at)
            await at.press(key)
            assert state(at) == before


async def test_in_the_line_of_the_prompt(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"))
        await at.press("f7")
        await at.type("a b")
        await at.press("left")
        for key in TAKEN:
            at.app.set_keymap({"stop": key})
            before = state(at)
            await at.press(key)
            assert state(at) == before, key


async def test_in_the_search(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("ctrl+p")
        await at.type("a b")
        await at.press("home")
        mine = [key for each in KEYS for key in each.key.split(",")]
        for key in mine:
            if key in ("escape", "f10", "ctrl+q"):
                continue
            before = state(at)
            await at.press(key)
            assert state(at) == before, key
        for action, key in product(("stop", "zoom"), TAKEN):
            at.app.set_keymap({action: key})
            before = state(at)
            await at.press(key)
            assert state(at) == before, key
        await at.press("escape")
        assert not isinstance(at.app.screen, Palette)


def state(at: PlayedTutor) -> tuple[object, ...]:
    """The focus, what stands in it, and what of it is selected."""
    widget = at.app.screen.focused
    assert isinstance(widget, TextArea | Input)
    text = widget.text if isinstance(widget, TextArea) else widget.value
    return widget, text, widget.selection
