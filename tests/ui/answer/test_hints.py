"""Hints, and why it works: in sight as soon as they are opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import counters, exercise, out, passed_checks
from tutor.course.model import Kind

LONG = exercise(
    "build-it",
    Kind.BUILD,
    1,
    prompt="A prompt that just fits while the pane is as wide as the screen.\n\n" * 4,
    explanation="It works so.\n\n" * 9,
)


async def test_a_hint_after_a_run_is_in_sight_at_once(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, LONG) as at:
        await at.run(out("1\n"), counters("3"), *passed_checks())
        for told in ("A nudge.", "Nearly the answer."):
            await at.press("f12")
            assert told in at.text


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_why_it_works_is_in_sight_at_once(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, LONG, size=size) as at:
        await at.run(out("one\ntwo\n"), counters("3"), *passed_checks())
        await at.press("f3")
        assert "Why it works" in at.text
        # It is longer than the pane: the arrows read on.
        await at.press(*["pagedown"] * 3)
        assert at.main.reading.pane.task_text.is_vertical_scroll_end


async def test_after_a_hint_the_task_key_goes_on_to_the_lesson(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, LONG, size=(120, 40)) as at:
        await at.press("f12", "f3")
        assert "The lesson" in at.text


async def test_a_failure_points_to_the_next_hint_while_there_is_one(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("1\n"), *passed_checks())
        assert at.rows[-2].rstrip().endswith("F12: hint 1 of 2")
        await at.press("f12")
        assert "Hint 1 of 2" in at.text
        assert "Nearly the answer." not in at.text
        await at.run(out("1\n"), *passed_checks())
        assert at.rows[-2].rstrip().endswith("F12: hint 2 of 2")
        await at.press("f12")
        assert "hint 2 of 2" not in at.text


async def test_hints_open_one_by_one_and_stay_open(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f12", "f12", "f12")
        assert "Hint 2 of 2" in at.text
    async with played_tutor(tmp_path) as at:
        assert "Nearly the answer." in at.text
