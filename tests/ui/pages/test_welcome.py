"""The first minute: what the welcome says, what closes it, and that it never comes back unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import BUILD, CLASSIFY, PREDICT, out
from tests.harness.terminal import Terminal
from tutor.course.model import Exercise
from tutor.ui.pages.welcome import LINES

SAID = "Closures are functions that remember."
SIZES = [(60, 18), (80, 24), (120, 40), (200, 50)]


def is_welcomed(at: PlayedTutor) -> bool:
    return SAID in at.text


@pytest.mark.parametrize("size", SIZES)
async def test_ten_lines_say_how_it_goes(tmp_path: Path, size: tuple[int, int]) -> None:
    assert len(LINES) <= 10
    async with played_tutor(tmp_path, size=size, welcome=True) as at:
        said = " ".join(at.text.split())
        for words in (
            "F5 runs your answer; then look at the Cells",
            "F12 gives a hint",
            "F3 the task, then the lesson",
            "F8 the next exercise",
            "F6 or Escape: the next pane",
            "F4 this pane alone",
            "F1 every key",
            "F10 quits; everything is saved",
            "F1 brings this back",
            "Write, or predict: the first key goes to your answer.",
        ):
            assert words in said


@pytest.mark.parametrize(
    ("exercise", "key", "answer"),
    [(BUILD, "x", f"x{BUILD.starter}"), (PREDICT, "x", "x"), (CLASSIFY, "f", "x free\n")],
)
async def test_the_first_typed_key_closes_it_and_reaches_the_answer(
    tmp_path: Path, exercise: Exercise, key: str, answer: str
) -> None:
    async with played_tutor(tmp_path, exercise, welcome=True) as at:
        assert is_welcomed(at)
        assert "Esc Close" in at.footer
        await at.press(key)
        assert not is_welcomed(at)
        assert at.main.answer == answer
        assert "Esc Close" not in at.footer


async def test_so_does_a_burst(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT, welcome=True) as at:
        at.burst(*"one")
        await at.until(lambda: at.main.answer == "one")
        await at.until(lambda: not is_welcomed(at))


async def test_so_does_a_paste(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT, welcome=True) as at:
        at.app.post_message(events.Paste("one\ntwo"))
        await at.until(lambda: at.main.answer == "one\ntwo")
        await at.until(lambda: not is_welcomed(at))


@pytest.mark.parametrize("key", ["f1", "f2", "f3", "f4", "f6", "f8", "f12", "escape"])
async def test_every_other_key_that_it_names_closes_it_too(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path, welcome=True) as at:
        await at.press(key)
        assert not is_welcomed(at)
        await at.press("escape")
        assert not is_welcomed(at)


async def test_a_run_closes_it(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, welcome=True) as at:
        await at.run(out("one\n"))
        assert not is_welcomed(at)
        assert "one" in at.text


async def test_escape_only_closes_it(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, welcome=True) as at:
        await at.press("escape")
        assert at.main.pane_in_focus is at.main.code
        await at.type("x")
        assert at.main.answer.startswith("x")


async def test_the_help_brings_it_back(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(80, 50)) as at:
        assert not is_welcomed(at)
        await at.press("f1")
        assert "the welcome of the first start" in " ".join(at.text.split())
        await at.press("w")
        assert is_welcomed(at)
        await at.type("x")
        assert not is_welcomed(at)
        assert at.main.answer.startswith("x")


async def test_its_keys_are_those_in_force(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[keys]\nrun = "ctrl+e"\n')
    async with played_tutor(tmp_path, welcome=True) as at:
        assert "Ctrl+E runs your answer" in at.text


def test_it_comes_once(tmp_path: Path) -> None:
    with Terminal(tmp_path, first_start=True) as terminal:
        terminal.wait_for(SAID)
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
    with Terminal(tmp_path, first_start=True) as terminal:
        terminal.wait_for("F10 Quit")
        assert SAID not in terminal.text


def test_who_has_a_state_of_before_is_not_welcomed(tmp_path: Path) -> None:
    (tmp_path / "progress.toml").write_text('last_exercise = "late-binding"\ntheme = "dark"\n')
    with Terminal(tmp_path, "--state", str(tmp_path)) as terminal:
        terminal.wait_for("Late binding")
        terminal.wait_for("F10 Quit")
        assert SAID not in terminal.text


@pytest.mark.parametrize("columns", [80, 120, 200])
async def test_another_width_leaves_it_in_sight(tmp_path: Path, columns: int) -> None:
    async with played_tutor(tmp_path, size=(100, 30), welcome=True) as at:
        await at.pilot.resize_terminal(columns, 40)
        await at.settle()
        assert is_welcomed(at)
        await at.type("x")
        assert not is_welcomed(at)
        assert at.main.answer.startswith("x")
