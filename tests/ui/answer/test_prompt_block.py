"""Several lines at the prompt, the names that a word may become, and what was entered before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events

from tests.harness.running_tutor import PlayedTutor, played_tutor, real_tutor
from tests.harness.samples import BUILD, COURSE, out
from tutor.protocol.reports import Completions, InputWanted
from tutor.protocol.requests import Ask
from tutor.ui.answer.prompt_line import MOST_ROWS, Prompt, PromptState, echoed

BLOCK = "for n in (1, 2):\n    print(n)\n"


def shown(at: PlayedTutor) -> list[str]:
    """The rows of the prompt, as they are painted."""
    region = at.main.run_panel.prompt.region
    rows = at.rows[region.y : region.bottom]
    return [row[region.x + 1 : region.right].rstrip() for row in rows]


def log(at: PlayedTutor) -> list[str]:
    return [line.plain for line in at.main.run_panel.output.shown]


@asynccontextmanager
async def at_prompt(state: Path, *size: int) -> AsyncIterator[tuple[PlayedTutor, Prompt]]:
    async with played_tutor(state, size=size or (80, 24)) as at:  # type: ignore[arg-type]
        await at.run(out("one\n"))
        await at.press("f7")
        yield at, at.main.run_panel.prompt


async def paste(at: PlayedTutor, text: str) -> None:
    at.app.post_message(events.Paste(text))
    await at.pilot.pause()


async def test_a_block_ends_at_an_empty_line(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        assert shown(at) == [">>>"]
        await at.type("for n in (1, 2):\n")
        assert shown(at) == [">>> for n in (1, 2):", "..."]
        await at.type("    print(n)\n")
        assert at.session.asked == []
        assert shown(at) == [">>> for n in (1, 2):", "...     print(n)", "..."]
        at.session.will_give(out("1\n2\n"))
        await at.press("enter")
        await at.settle()
        assert at.session.asked == [BLOCK]
        assert shown(at) == [">>>"]
        assert log(at)[-5:] == [">>> for n in (1, 2):", "...     print(n)", "... ", "1", "2"]
        assert prompt.line.has_focus


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_only_the_output_makes_room_for_a_block(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_prompt(tmp_path, *size) as (at, _):
        panes = [at.main.code, at.main.run_panel, at.main.inspector]
        places = [pane.region for pane in panes]
        for rows in range(2, MOST_ROWS + 3):
            await at.type("(\n" if rows == 2 else "1,\n")
            assert len(shown(at)) == min(rows, MOST_ROWS)
            assert at.main.run_panel.output.region.height > 1
            assert [pane.region for pane in panes] == places
        assert shown(at)[0] == "... 1,", "the first rows have gone out of sight"
        await at.type(")")
        at.session.will_give(out("x\n"))
        await at.press("enter")
        await at.settle()
        assert shown(at) == [">>>"]


async def test_keys_that_arrive_at_once_are_taken_in_order(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, _):
        at.session.will_give(out("1\n2\n"))
        for each in BLOCK + "\n":
            key = {"\n": "enter", " ": "space"}.get(each, each)
            at.app.post_message(events.Key(key, None if each == "\n" else each))
        await at.until(lambda: bool(at.session.asked))
        await at.settle()
        assert at.session.asked == [BLOCK]


@pytest.mark.parametrize(
    ("pasted", "stands", "entered"),
    [
        (BLOCK, BLOCK, BLOCK),
        (BLOCK.replace("\n", "\r\n"), BLOCK, BLOCK),
        (BLOCK.replace("\n", "\r"), BLOCK, BLOCK),
        (f"    {BLOCK}".replace("\n", "\n    "), BLOCK, BLOCK),
        ("x = 1\n", "x = 1", "x = 1"),
        ("def f():\n    a\n\n    b\n\n\n", "def f():\n    a\n\n    b\n", None),
        ("x = 1\nx + 1", "x = 1\nx + 1", "x = 1\nx + 1"),
    ],
)
async def test_a_pasted_block_stands_there_until_it_is_entered(
    tmp_path: Path, pasted: str, stands: str, entered: str | None
) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        await paste(at, pasted)
        assert prompt.line.value == stands
        assert at.main.answer == BUILD.starter
        assert at.session.asked == []
        at.session.will_give(out("x\n"))
        await at.press("enter")
        await at.settle()
        assert at.session.asked == [entered or stands]


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_a_block_is_given_up_and_comes_back_with_up(tmp_path: Path, key: str) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        await at.type("def f():\n    x")
        await at.press(key)
        assert shown(at) == [">>>"]
        assert prompt.line.has_focus
        await at.press("up")
        assert prompt.line.value == "def f():\n    x"
        await at.press("escape")
        await at.type("one")
        await at.press("escape")
        assert prompt.line.value == "one", "Escape leaves a line alone"
        assert not prompt.line.has_focus


async def test_a_block_is_edited_before_it_is_entered(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        await at.type("def f():\n    retrn 1")
        await at.press("up", "end", "enter")
        await at.type("    x = 1")
        assert prompt.line.value == "def f():\n    x = 1\n    retrn 1"
        assert at.session.asked == []


async def test_what_was_entered_comes_back_as_it_was(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        for text in (BLOCK, "x"):
            await at.ask(text, out("x\n"))
        await at.type("half")
        seen = []
        for key in ("up", "up", "up", "up", "down", "down", "down"):
            await at.press(key)
            seen.append(prompt.line.value)
        block = BLOCK.rstrip()
        assert seen == ["x", block, block, block, block, "x", "half"]


async def test_it_is_kept_over_runs_and_exercises(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        await at.ask("mine", out("x\n"))
        await at.run(out("one\n"))
        await at.press("f7", "up")
        assert prompt.line.value == "mine"
        at.main.going.go_to(COURSE.exercises[0])
        at.main.going.go_to(BUILD)
        await at.run(out("one\n"))
        await at.press("f7", "up")
        assert prompt.line.value == "mine"


async def test_tab_inserts_what_is_sure_and_shows_the_rest(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        at.session.names = Completions("de", "de", ("delete", "demo", "deposit"))
        await at.type("account.de")
        await at.press("tab")
        assert at.session.typed[-1] == "account.de"
        assert shown(at) == ["delete  demo  deposit", ">>> account.de"]
        await at.type("p")
        assert shown(at) == [">>> account.dep"]
        at.session.names = Completions("dep", "deposit", ("deposit",))
        await at.press("tab")
        assert shown(at) == [">>> account.deposit"]
        at.session.names = Completions("co", "coun", ("counted", "counter"))
        await at.type("(co")
        await at.press("tab")
        assert shown(at) == ["counted  counter", ">>> account.deposit(coun"]
        await at.press("escape")
        assert shown(at) == [">>> account.deposit(coun"]
        assert prompt.line.has_focus


async def test_of_many_names_those_are_shown_for_which_there_is_room(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, _):
        names = tuple(f"name_{number}" for number in range(60))
        at.session.names = Completions("na", "name_", names, 40)
        await at.type("na")
        await at.press("tab")
        assert shown(at) == ["name_0  name_1  name_2  … 97 more", ">>> name_"]


async def test_keys_after_tab_come_after_what_it_inserts(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        at.session.names = Completions("co", "counter", ("counter",))
        at.burst("c", "o", "tab", "left_parenthesis", "right_parenthesis")
        at.burst("(", ")")
        await at.until(lambda: prompt.line.value.endswith(")"))
        assert prompt.line.value == "counter()"


async def test_tab_on_an_empty_line_indents(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        await at.type("def f():\n")
        await at.press("tab")
        await at.type("x\n")
        await at.press("space", "tab", "tab")
        assert prompt.line.value == "def f():\n    x\n        "
        assert len(at.session.typed) == 2, "nothing was asked but whether the lines are whole"


async def test_nothing_is_completed_for_the_programs_input(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.session.will_give(InputWanted(), out("x\n"))
        await at.press("f5")
        prompt = at.main.run_panel.prompt
        await at.until(lambda: prompt.state is PromptState.INPUT)
        await at.type("for x in y:")
        await at.press("tab", "enter")
        await at.settle()
        assert at.session.given == ["for x in y:\n"]
        assert at.session.typed == []


async def test_what_is_typed_while_the_program_answers_stands_there(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        at.session.hangs = True
        at.session.will_give()
        await at.type("slow()\nnext()\nmore()")
        assert at.session.asked == ["slow()"]
        assert prompt.line.value == "next()\nmore()"
        assert "The program runs. F9 stops it." in at.text


async def test_what_is_entered_while_the_program_answers_is_taken_in_its_turn(
    tmp_path: Path,
) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        at.session.hangs = True
        at.session.will_give()
        await at.type("slow()\nnext()\n\nfor n in x:\n    n\n\nlast()\n(half")
        assert at.session.asked == ["slow()"]
        at.session.hangs = False
        for _ in range(3):
            at.session.will_give(out("x\n"))
        prompt.state = PromptState.READY
        await at.until(lambda: len(at.session.asked) == 4)
        await at.settle()
        assert at.session.asked == ["slow()", "next()", "for n in x:\n    n\n", "last()"]
        assert prompt.line.value == "(half"
        assert prompt.line.entries.texts == ["slow()", "next()", "for n in x:\n    n", "last()"]


async def test_what_was_typed_ahead_is_not_for_the_next_program(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        at.session.hangs = True
        at.session.will_give()
        await at.type("slow()\nnext()\n")
        await at.press("f9")
        await at.until(lambda: prompt.state is PromptState.GONE)
        at.session.hangs = False
        await at.run(out("one\n"))
        await at.press("f7")
        assert at.session.asked == ["slow()"]
        assert prompt.line.value == "next()\n", "but it is still there"


async def test_a_line_that_is_typed_ahead_answers_the_program(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.session.will_give(InputWanted(), out("x\n"), InputWanted(), out("y\n"))
        await at.press("f5")
        prompt = at.main.run_panel.prompt
        await at.until(lambda: prompt.state is PromptState.INPUT)
        at.burst("a", "enter", "b", "enter", "c")
        await at.until(lambda: len(at.session.given) == 2)
        await at.settle()
        assert at.session.given == ["a\n", "b\n"]
        assert prompt.line.value == "c"


async def test_a_key_has_nothing_laid_out_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_prompt(tmp_path) as (at, prompt):
        await at.type("[\n1")
        laid_out: list[str] = []
        monkeypatch.setattr(
            type(at.main), "_refresh_layout", lambda *_, **__: laid_out.append("anew")
        )
        await at.type("23 ")
        await at.press("left", "backspace", "up", "down")
        assert prompt.line.value == "[\n12 "
        assert laid_out == []


async def test_nothing_entered_is_saved_as_an_answer(tmp_path: Path) -> None:
    async with at_prompt(tmp_path) as (at, _):
        before = at.main.answer
        await at.type("x = [\n1")
        at.main.going.save_draft()
        assert at.main.answer == before


def test_the_log_repeats_a_block_with_its_marks() -> None:
    assert echoed("x") == ">>> x"
    assert echoed(BLOCK) == ">>> for n in (1, 2):\n...     print(n)\n... "


async def test_with_a_living_program(tmp_path: Path) -> None:
    async with real_tutor(tmp_path) as at:
        at.write("def make(n):\n    return lambda: n\ncounter = make(3)\n")
        await at.attempt()
        await at.press("f7")
        prompt = at.main.run_panel.prompt
        await at.type("def twice():\n    return coun")
        await at.press("tab")
        await at.until(lambda: prompt.line.value.endswith("counter"))
        await at.type("() * 2\n\ntwice()\n")
        await at.until(lambda: "6" in [line.plain for line in at.main.run_panel.output.shown])
        await at.until(lambda: prompt.state is PromptState.READY)
        prompt.line.value = "counter.__na"
        await at.press("tab")
        await at.until(lambda: prompt.line.value == "counter.__name__")


async def test_a_cell_is_set_with_its_own_name(tmp_path: Path) -> None:
    async with real_tutor(tmp_path) as at:
        at.write("def make(n):\n    return lambda: n\ncounter = make(3)\n")
        await at.attempt()
        at.main.inspector.take_focus()
        await at.press("s")
        await at.type("n * 2 + 1\n")
        await at.until(lambda: "3 → 7" in at.text)
        assert "set A (n) to: n * 2 + 1" in [line.plain for line in at.main.run_panel.output.shown]


async def test_the_tutor_can_be_left_while_the_program_does_not_answer(tmp_path: Path) -> None:
    async with real_tutor(tmp_path) as at:
        at.write("import threading, sys\nsys.setswitchinterval(1000)\nx = 1\n")
        await at.attempt()
        await at.press("f7")
        # A thread that keeps the interpreter to itself: no question is answered.
        line = at.main.run_panel.prompt.line
        line.value = "threading.Thread(target=lambda: sum(range(10**12)), daemon=True).start()"
        await at.pilot.press("enter")
        await at.pilot.press("f10")
        await at.until(lambda: not at.app.is_running)


def test_every_question_of_typing_is_one_that_nobody_looks_for() -> None:
    assert {Ask.IS_WHOLE, Ask.COMPLETE} < set(Ask)
