"""The prompt: asking the program that has run, and answering the one that runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import DONE, counters, out, passed_checks
from tutor.protocol.reports import Failure, Finished, InputWanted, Status
from tutor.ui.answer.prompt_line import PromptState


async def test_what_an_evaluation_changed_shows_both_values(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"), counters("2"), *passed_checks())
        await at.press("f7")
        await at.ask("inc()", out("3\n"), counters("3"))
        assert at.session.asked == ["inc()"]
        assert ">>> inc()" in at.text
        assert "count  A  int  2 → 3" in at.text
        await at.ask("0", out("0\n"), counters("3"))
        assert "→" not in at.text
        assert "count  A  int  3" in at.text


@pytest.mark.parametrize("key", ["f7", "ctrl+r"])
async def test_the_prompt_is_there_only_when_there_is_a_program(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press(key)
        assert not at.main.run_panel.has_focus_within
        await at.run(out("one\n"))
        await at.press(key)
        assert at.main.run_panel.prompt.line.has_focus


async def test_the_lines_before_come_back(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"))
        await at.press("f7")
        for text in ("first", "second", "second"):
            await at.ask(text, out("x\n"))
        line = at.main.run_panel.prompt.line
        seen = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await at.press(key)
            seen.append(line.value)
        assert seen == ["second", "first", "first", "second", "", ""]


async def test_input_is_answered_at_the_prompt(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.session.will_give(
            out("Name? "), InputWanted(), out("Hello, Bob!\n"), InputWanted(), DONE
        )
        await at.press("f5")
        prompt = at.main.run_panel.prompt
        await at.until(lambda: prompt.state is PromptState.INPUT)
        assert at.app.focused is prompt.line
        await at.type("Bob\n")
        await at.until(lambda: prompt.state is PromptState.INPUT and "Hello" in at.text)
        await at.press("ctrl+d")
        await at.settle()
        assert at.session.given == ["Bob\n", None]
        shown = [line.plain for line in at.main.run_panel.output.shown]
        assert shown[:2] == ["Name? Bob", "Hello, Bob!"]
        assert prompt.state is PromptState.READY


async def test_an_error_at_the_prompt_marks_no_line_of_the_editor(tmp_path: Path) -> None:
    failure = Failure("Traceback ...\nNameError: y\n", 1, "NameError: y")
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"))
        await at.press("f7")
        await at.ask("y", Finished(Status.FAILED, 0.0, failure, "It failed.", prompt=True))
        assert "NameError: y" in at.text
        assert at.main.code.editor.error_line is None
        assert at.main.run_panel.prompt.state is PromptState.READY


async def test_an_evaluation_that_was_stopped_says_so(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"))
        await at.press("f7")
        at.session.hangs = True
        at.session.will_give(DONE)
        await at.type("loop()\n")
        await at.until(lambda: at.main.runs.running)
        await at.press("f9")
        await at.settle()
        assert "You stopped the program." in at.text
        assert "The program is gone. F5 runs it again." in at.text


async def test_after_a_slow_evaluation_the_next_line_can_be_typed(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"))
        await at.press("f7")
        prompt = at.main.run_panel.prompt
        for ending in (PromptState.READY, PromptState.INPUT):
            prompt.state = PromptState.RUNNING
            await at.pilot.pause()
            assert prompt.line.has_focus
            prompt.state = ending
            await at.pilot.pause()
            assert prompt.line.has_focus
        prompt.state = PromptState.GONE
        await at.until(lambda: not prompt.line.has_focus)
        prompt.state = PromptState.READY
        await at.pilot.pause()
        assert prompt.line.has_focus
        # But not once the learner went elsewhere.
        prompt.state = PromptState.GONE
        await at.until(lambda: not prompt.line.has_focus)
        at.main.code.take_focus()
        await at.pilot.pause()
        prompt.state = PromptState.READY
        await at.pilot.pause()
        assert at.main.code.editor.has_focus


async def test_an_empty_line_asks_nothing(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"))
        await at.press("f7", "enter")
        assert at.session.asked == []


async def test_the_output_follows_unless_the_learner_scrolls_up(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n" * 30))
        await at.press("f7")
        await at.ask("many()", out("x\n" * 30 + "the end\n"))
        assert "the end" in at.text
