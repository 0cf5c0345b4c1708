"""Typing always goes where one answers, in the order of the keys, or is told why it does not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual import events

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import (
    BUILD,
    CLASSIFY,
    DONE,
    LABELS,
    PREDICT,
    REPAIR,
    counters,
    out,
    passed_checks,
)
from tutor.protocol.reports import InputWanted
from tutor.ui.answer.prompt_line import PromptState
from tutor.ui.tabs import Tab

SIZES = [(80, 24), (120, 40)]
READING = [Tab.TASK, Tab.LESSON, Tab.OUTPUT, Tab.CHECKS, Tab.NAMES]
LINES = ("d", "e", "f", "space", "g", "enter", "x", "backspace", "y")


async def in_output(at: PlayedTutor) -> None:
    await ran(at)
    at.main.run_panel.tab = Tab.OUTPUT
    at.main.run_panel.take_focus()


async def in_tree(at: PlayedTutor) -> None:
    await ran(at)
    await at.press("f2")


async def in_zoomed_output(at: PlayedTutor) -> None:
    await in_output(at)
    await at.press("f4")


async def nowhere(at: PlayedTutor) -> None:
    at.main.set_focus(None)


async def ran(at: PlayedTutor) -> None:
    await at.run(out("one\n"), counters("1"), LABELS, *passed_checks())


ELSEWHERE = [in_output, in_tree, in_zoomed_output, nowhere]
Elsewhere = Callable[[PlayedTutor], Awaitable[None]]


@pytest.mark.parametrize("in_burst", [False, True])
@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize("size", SIZES)
async def test_it_goes_to_the_program(
    tmp_path: Path, size: tuple[int, int], elsewhere: Elsewhere, in_burst: bool
) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        await elsewhere(at)
        if in_burst:
            at.burst(*LINES)
            await at.settle()
        else:
            await at.press(*LINES)
        assert at.main.answer == f"def g\ny{BUILD.starter}"
        assert at.main.focused is at.main.code.editor
        assert at.main.maximized is None
        assert not at.main.drawer


@pytest.mark.parametrize("tab", READING)
async def test_it_goes_to_the_program_from_every_tab(tmp_path: Path, tab: Tab) -> None:
    async with played_tutor(tmp_path) as at:
        at.main.run_panel.tab = tab
        at.main.run_panel.take_focus()
        assert at.main.run_panel.tab is tab
        await at.press(*LINES)
        assert at.main.answer == f"def g\ny{BUILD.starter}"


@pytest.mark.parametrize("size", SIZES)
async def test_it_goes_to_the_prediction(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, PREDICT, size=size) as at:
        at.main.code.take_focus()
        await at.type("one")
        at.main.reading.pane.tab = Tab.TASK
        at.main.reading.pane.take_focus()
        at.burst("enter", *"two")
        await at.settle()
        assert at.main.answer == "one\ntwo"
        assert at.shows(Tab.PREDICTION)


@pytest.mark.parametrize("in_burst", [False, True])
async def test_what_was_pasted_goes_to_the_answer(tmp_path: Path, in_burst: bool) -> None:
    async with played_tutor(tmp_path) as at:
        await in_output(at)
        if in_burst:
            at.burst("a")
        at.app.post_message(events.Paste("b = 1\nc = 2\n"))
        if in_burst:
            at.burst("d")
        await at.settle()
        pasted = "b = 1\nc = 2\n"
        assert at.main.answer == (f"a{pasted}d" if in_burst else pasted) + BUILD.starter


async def test_a_key_of_the_pane_that_is_pressed_after_a_letter_is_for_the_answer(
    tmp_path: Path,
) -> None:
    async with played_tutor(tmp_path) as at:
        await in_output(at)
        at.burst("a", "b", "left", "c")
        await at.settle()
        assert at.main.answer == f"acb{BUILD.starter}"
        assert at.shows(Tab.OUTPUT)


async def test_no_alt_with_a_letter_types_it(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        for place in (at.main.code, at.main.run_panel):
            place.take_focus()
            at.app.post_message(events.Key("alt+q", "q"))
            await at.settle()
            assert at.main.answer == BUILD.starter


# Where the answer is not to be typed in.


@pytest.mark.parametrize("size", SIZES)
async def test_labels_are_given_in_the_table(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, CLASSIFY, size=size) as at:
        at.main.code.take_focus()
        await at.type("local ")
        said = said_once(at)
        assert said == (
            "Labels are given in the table, with the letters l, c, f, g, b. Escape goes there."
        )
        assert at.main.answer == ""
        assert at.main.focused is at.main.code.editor
        await at.press("escape", "f")
        assert at.main.answer == "x free\n"


async def test_a_prediction_that_was_run_is_opened_first(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, PREDICT) as at:
        await at.type("one")
        await ran(at)
        await at.type("two")
        assert said_once(at) == "Your prediction was run. Enter, pressed on it, opens it again."
        assert at.main.answer == "one"
        at.burst("enter", *"two")
        await at.settle()
        assert at.main.answer == "onetwo"


async def test_letters_are_commands_in_the_pane_of_the_cells(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await ran(at)
        for tab in (Tab.LIST, Tab.DIAGRAM, Tab.NAMES):
            at.main.inspector.tab = tab
            at.main.inspector.take_focus()
            await at.type("xyz")
            assert at.main.inspector.has_focus_within
        assert said_once(at) == "In this pane letters are commands. Escape goes to your answer."
        assert at.main.answer == BUILD.starter


async def test_a_command_is_no_text_even_in_a_burst(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await ran(at)
        at.main.inspector.take_focus()
        at.session.will_give(out(""), counters("42"))
        at.burst("s", "4", "2", "enter")
        await at.settle()
        assert [question.text for question in at.session.questions] == ["42"]
        assert at.main.answer == BUILD.starter


# A program that runs.


async def test_a_program_that_waits_for_a_line_gets_it_from_any_pane(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        prompt = at.main.run_panel.prompt
        at.session.will_give(out("Name? "), InputWanted(), DONE)
        await at.press("f5")
        await at.until(lambda: prompt.state is PromptState.INPUT)
        for tab in (Tab.OUTPUT, Tab.LESSON):
            at.main.run_panel.tab = tab
            at.main.run_panel.take_focus()
            at.burst(*"Bo")
            await at.pilot.pause()
            assert at.main.focused is prompt.line
        await at.press("f2", "!", "enter")
        await at.settle()
        assert at.session.given == ["BoBo!\n"]
        assert at.main.answer == BUILD.starter


async def test_what_is_typed_ahead_of_the_next_input_is_kept(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        prompt = at.main.run_panel.prompt
        at.session.will_give(InputWanted(), InputWanted(), DONE)
        await at.press("f5")
        await at.until(lambda: prompt.state is PromptState.INPUT)
        at.burst("1", "enter", "2", "enter")
        await at.settle()
        assert at.session.given == ["1\n", "2\n"]
        assert at.main.answer == BUILD.starter


async def test_while_a_question_is_answered_the_next_can_be_typed(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await ran(at)
        await at.press("f7")
        at.session.hangs = True
        at.session.will_give(out("1\n"))
        await at.type("a\n")
        assert at.main.run_panel.prompt.state is PromptState.RUNNING
        await at.type("bc")
        at.session.stopped.set()
        await at.settle()
        assert at.main.run_panel.prompt.line.value == "bc"
        assert at.main.answer == BUILD.starter


# From exercise to exercise.


@pytest.mark.parametrize("in_burst", [False, True])
@pytest.mark.parametrize(
    ("before", "size"),
    [
        *((keys, SIZES[0]) for keys in [(), ("f2",), ("f2", "f3"), ("f3", "f3"), ("f7",)]),
        *((keys, SIZES[1]) for keys in [("f2",), ("f6", "f4")]),
    ],
)
async def test_after_f8_one_types_in_the_next_answer(
    tmp_path: Path, before: tuple[str, ...], size: tuple[int, int], in_burst: bool
) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        for here in (BUILD, REPAIR, PREDICT):
            at.main.going.go_to(here)
            await at.pilot.pause()
            if not at.main.answer:
                await at.type("one")
            await ran(at)
            await at.press(*before)
            if in_burst:
                at.burst("f8", "f", "f")
                await at.settle()
            else:
                await at.press("f8", "f", "f")
            assert at.main.typing.in_answer
            assert at.main.answer.startswith("ff" if here is not PREDICT else "x free")


@pytest.mark.parametrize("in_burst", [False, True])
@pytest.mark.parametrize("size", SIZES)
async def test_after_the_tree_one_types_in_the_answer(
    tmp_path: Path, size: tuple[int, int], in_burst: bool
) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        keys = ("f2", "down", "down", "enter", "o", "n", "e", "enter", "t", "w", "o")
        if in_burst:
            at.burst(*keys)
            await at.settle()
        else:
            await at.press(*keys)
        assert at.main.course_state.exercise is PREDICT
        assert at.main.answer == "one\ntwo"


@pytest.mark.parametrize("key", ["f3", "f5", "f7", "f12", "f6", "escape"])
async def test_no_key_puts_the_focus_under_the_drawer(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        await ran(at)
        at.session.will_give(out("one\n"))
        await at.press("f2", key)
        await at.settle()
        assert not at.main.drawer
        assert at.main.focused
        assert at.main.pane_in_focus is not at.main.drawer_pane


def said_once(at: PlayedTutor) -> str:
    """The one sentence that the learner was told."""
    told = [each.message for each in at.app._notifications]
    assert len(told) == 1
    return told[0]
