"""The terminal's cursor: on the row that the learner is on, seen where one types."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.harness.small_course import BUILD, write_course
from tests.harness.terminal import Terminal, wait_until

COUNTER = """\
def make_counter():
    count = 0
    total = 10
    def step():
        nonlocal count, total
        count += 1
        total += count
        return total
    return step
step = make_counter()
print(step())
"""
COLOURS = {
    "256": {},
    "16": {"TERM": "linux"},
    "none": {"NO_COLOR": "1"},
    "tmux": {"TERM": "tmux-256color"},
    "screen": {"TERM": "screen"},
}


@contextmanager
def tutor(
    home: Path,
    exercise: str = "adders",
    columns: int = 80,
    environment: Mapping[str, str] | None = None,
    config: str = "",
) -> Iterator[Terminal]:
    """The tutor on an exercise of the small course; the first has a program with two cells."""
    course = write_course(home / "course")
    (course / BUILD / "starter.py").write_text(COUNTER, encoding="utf-8")
    settings = home / "config.toml"
    settings.write_text(config, encoding="utf-8")
    options = ["--content", str(course), "--state", str(home / "state"), "--config", str(settings)]
    with Terminal(home, exercise, *options, columns=columns, environment=environment) as terminal:
        terminal.wait_for("Quit")
        yield terminal


def on(terminal: Terminal, text: str, *, shown: bool = False) -> None:
    """Wait until the cursor stands on a row of its pane that begins so, but for spaces."""

    def is_there() -> bool:
        cursor = terminal.screen.cursor
        row = terminal.screen.text.split("\n")[cursor.y][cursor.x :]
        begins = row.startswith(text) or (not shown and row.lstrip().startswith(text))
        return begins and terminal.screen.shows_cursor == shown

    wait_until(is_there, f"the cursor {'shown' * shown} on {text!r}", terminal)


def run(terminal: Terminal) -> None:
    """Run the program, and go to the pane of its cells."""
    terminal.press("f5")
    terminal.wait_for(">>>")
    on(terminal, "", shown=True)
    terminal.press("f6")
    on(terminal, "")
    terminal.press("f6")


@pytest.mark.parametrize("colours", COLOURS)
def test_in_the_editor_it_is_seen_where_the_next_letter_goes(tmp_path: Path, colours: str) -> None:
    with tutor(tmp_path, environment=COLOURS[colours]) as terminal:
        on(terminal, "def make_counter():", shown=True)
        terminal.press("down", "end", "x", "left")
        on(terminal, "x      ", shown=True)
        assert "count = 0x" in terminal.text


def test_in_the_tree_it_stands_on_the_chosen_exercise(tmp_path: Path) -> None:
    with tutor(tmp_path) as terminal:
        terminal.press("f2")
        on(terminal, "▌○ Adders")
        terminal.press("down")
        on(terminal, "▌○ Late")
        terminal.press("down")
        on(terminal, "▌▸ 2 Second")
        terminal.press("f2")
        on(terminal, "def make_counter():", shown=True)


@pytest.mark.parametrize("columns", [80, 120])
def test_in_the_list_of_cells_it_stands_on_the_chosen_one(tmp_path: Path, columns: int) -> None:
    with tutor(tmp_path, columns=columns) as terminal:
        run(terminal)
        on(terminal, "▸ count")
        terminal.press("down")
        on(terminal, "▸ total")
        terminal.press("enter")  # the value at length, a page over the screen
        on(terminal, "11")
        terminal.press("escape")
        on(terminal, "▸ total")


def test_in_names_diagram_and_timeline_it_stands_on_their_rows(tmp_path: Path) -> None:
    with tutor(tmp_path) as terminal:
        run(terminal)
        on(terminal, "▸ count")
        terminal.press("right")
        on(terminal, "╭─ A")
        terminal.press("right")
        on(terminal, "make_counter  line 1")
        terminal.press("right")
        on(terminal, "▸ count")
        terminal.press("down")
        on(terminal, "▸ total")


def test_in_a_text_it_stands_on_the_first_row_in_sight(tmp_path: Path) -> None:
    with tutor(tmp_path) as terminal:
        terminal.press("f1")
        on(terminal, "Keys")
        rows = terminal.text.split("\n")[1:]
        for below in (1, 2, 3):
            terminal.press("down")
            on(terminal, rows[below].strip(" ▁▂▃▄▅▆▇█"))
        terminal.press("escape")
        on(terminal, "def make_counter():", shown=True)


def test_in_task_output_and_checks_it_stands_in_their_pane(tmp_path: Path) -> None:
    with tutor(tmp_path) as terminal:
        terminal.press("f6")
        on(terminal, "Let make_adder(n)")
        terminal.press("f6")
        run(terminal)
        on(terminal, "▸ count")
        terminal.press("f6", "f6")
        on(terminal, "11 ")
        terminal.press("right")
        on(terminal, "✗ ")


def test_at_the_prompt_it_is_seen_behind_what_was_typed(tmp_path: Path) -> None:
    with tutor(tmp_path) as terminal:
        run(terminal)
        on(terminal, "▸ count")
        terminal.press("f7")
        on(terminal, "   ", shown=True)
        terminal.press("count")
        terminal.wait_for(">>> count")
        terminal.press(*["left"] * 5)
        on(terminal, "count ", shown=True)
        terminal.press("f6")
        on(terminal, "")


def test_in_the_palette_it_is_seen_in_the_line_that_is_typed_in(tmp_path: Path) -> None:
    with tutor(tmp_path) as terminal:
        terminal.press("\x10", "late")
        terminal.wait_for("1.2 Late")
        terminal.press(*["left"] * 4)
        on(terminal, "late ", shown=True)
        terminal.press("escape")
        on(terminal, "def make_counter():", shown=True)


def test_in_a_prediction_it_is_seen(tmp_path: Path) -> None:
    with tutor(tmp_path, "late") as terminal:
        on(terminal, "Type what this prints", shown=True)
        terminal.press("calls", "\r", "done")
        on(terminal, " ", shown=True)
        terminal.press("up", *["left"] * 4)
        on(terminal, "calls", shown=True)


def test_in_a_table_of_labels_it_stands_on_the_chosen_name(tmp_path: Path) -> None:
    with tutor(tmp_path, "scopes") as terminal:
        on(terminal, "x")
        terminal.press("down")
        on(terminal, "y")


def test_a_setting_paints_it_and_then_the_terminals_own_is_hidden(tmp_path: Path) -> None:
    with tutor(tmp_path, config='cursor = "painted"\n') as terminal:
        on(terminal, "def make_counter():", shown=False)
        cursor = terminal.screen.cursor
        painted = terminal.screen.buffer[cursor.y][cursor.x]
        beside = terminal.screen.buffer[cursor.y + 1][cursor.x]
        assert painted.reverse or painted.bg != beside.bg


def test_without_our_driver_it_is_painted(tmp_path: Path) -> None:
    with tutor(tmp_path, environment={"CLOSURE_TUTOR_STOCK_DRIVER": "1"}) as terminal:
        on(terminal, "def make_counter():", shown=False)
        cursor = terminal.screen.cursor
        assert terminal.screen.buffer[cursor.y][cursor.x].reverse


@pytest.mark.parametrize("leaves", ["f10", "f2 f10"])
def test_on_leaving_it_is_seen_as_before(tmp_path: Path, leaves: str) -> None:
    with tutor(tmp_path) as terminal:
        on(terminal, "def make_counter():", shown=True)
        terminal.press(*leaves.split())
        assert terminal.wait_until_gone() == 0
        assert terminal.screen.shows_cursor


def test_where_the_process_is_stopped_it_is_seen_as_before(tmp_path: Path) -> None:
    with tutor(tmp_path) as terminal:
        terminal.press("f2")
        on(terminal, "▌○ Adders")
        process = terminal.process.pid
        os.kill(process, signal.SIGTSTP)
        wait_until(lambda: terminal.screen.shows_cursor, "the cursor", terminal)
        stopped = os.WUNTRACED | os.WNOHANG
        wait_until(lambda: os.waitpid(process, stopped)[0] == process, "its stop", terminal)
        os.kill(terminal.process.pid, signal.SIGCONT)
        on(terminal, "▌○ Adders")
        terminal.press("f2")
        on(terminal, "def make_counter():", shown=True)


def test_a_key_in_a_line_costs_a_few_bytes_and_rest_none(tmp_path: Path) -> None:
    with tutor(tmp_path) as terminal:
        on(terminal, "def make_counter():", shown=True)
        terminal.press(*["down"] * 3, "end", "\r", "v")
        terminal.settle(2.0)  # a draft is saved, and marked
        terminal.press("a")
        terminal.settle()
        before = len(terminal.received)
        for key in ("a", "l", "left", "right"):
            terminal.press(key)
            terminal.settle()
        assert len(terminal.received) - before <= 4 * 12
        for key in ("up", "down"):
            before = len(terminal.received)
            terminal.press(key)
            terminal.settle()
            assert len(terminal.received) - before <= 80
        assert not terminal.read(1.0)
