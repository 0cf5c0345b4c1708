"""Typed text followed by an action in one burst, as a slow line delivers it: the action sees all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import BUILD, PREDICT, out
from tutor.state.progress import Progress


@pytest.mark.parametrize("key", ["f5", "ctrl+j"])
async def test_a_run_has_what_was_typed_before_it(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        at.session.will_give(out("one\n"))
        at.burst("a", "b", "left", "c", "backspace", "x", key, "y")
        await at.settle()
        assert [request.source for request in at.session.requests] == [f"axb{BUILD.starter}"]
        assert at.main.code.editor.text == f"axyb{BUILD.starter}"


@pytest.mark.parametrize("key", ["f10", "f8"])
async def test_leaving_saves_what_was_typed_before_it(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        at.burst("a", "b", "left", "x", key)
        # An app that has ended paints no more, so it never settles.
        await at.until(lambda: Progress.open(tmp_path).record(BUILD.id).draft is not None)
    assert Progress.open(tmp_path).record(BUILD.id).draft == f"axb{BUILD.starter}"


async def test_a_prediction_is_whole(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        at.burst(*"one", "enter", *"two", "f5")
        at.session.will_give(out("one\ntwo\n"))
        await at.settle()
        assert at.main.run_panel.verdict
        assert at.main.run_panel.verdict.passed


@pytest.mark.parametrize(
    "keys",
    [
        ("f2", "f2", "f6", "f6"),
        ("f2", "escape", "f6", "escape"),
        ("f1", "escape", "escape", "escape"),
        ("f1", "enter", "q", "f1", "f1", "escape"),
        ("ctrl+p", "s", "enter", "enter", "enter", "escape", "escape"),
        ("ctrl+p", "down", "enter", "escape", "enter", "enter"),
    ],
)
async def test_keys_that_close_what_is_closed(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with played_tutor(tmp_path) as at:
        for pressed_before in range(len(keys)):
            await at.press(*keys[:pressed_before])
            at.burst(*keys[pressed_before:], *["escape"] * 3)
            await at.settle()
            assert at.app.screen is at.main
            assert at.main.focused


@pytest.mark.parametrize("key", ["f1", "ctrl+p"])
async def test_a_page_that_is_closed_twice(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press(key)
        page = at.app.screen
        page.dismiss()
        page.dismiss()
        await at.settle()
        assert at.app.screen is at.main
