"""The driver in a real pseudo-terminal, beside Textual's own."""

from __future__ import annotations

import os
import signal

from tests.harness.frames_app import FLOOD
from tests.harness.frames_terminal import FramesTerminal, frames_terminal
from tests.harness.terminal import wait_until

SIZES = [(80, 24), (100, 30), (60, 18), (61, 40), (120, 18), (80, 24)]
KEYS = [
    *"def ",
    *["right", "down", "down", "end", "🙂", "漢", "\r", "\x7f", "\x7f"],
    *["shift+right", "shift+right", "x", "\x1a", "ctrl+end", "page up", "page up"],
    *["ctrl+home", "\x1b[200~pasted 漢\nlines\n\x1b[201~"],
    *["shift+tab", "down", "\r", "page down", "up", "page up", "\t", "left"],
]


def equal(stock: FramesTerminal, ours: FramesTerminal, after: str) -> None:
    """Both have answered, and look the same."""
    stock.answer()
    ours.answer()
    wait_until(lambda: ours.look == stock.look, f"the same screen after {after!r}", stock, ours)


def test_the_same_keys_give_the_same_screens() -> None:
    with frames_terminal("stock") as stock, frames_terminal("frames") as ours:
        equal(stock, ours, "the start")
        for key in KEYS:
            stock.press(key)
            ours.press(key)
            equal(stock, ours, key)
        assert len(ours.received) < 0.3 * len(stock.received)


def test_the_same_sizes_give_the_same_screens() -> None:
    with frames_terminal("stock") as stock, frames_terminal("frames") as ours:
        for size in SIZES:
            stock.resize(*size)
            ours.resize(*size)
            equal(stock, ours, f"the size {size}")
            stock.press("x", "down")
            ours.press("x", "down")
            equal(stock, ours, f"a key at {size}")


def test_a_size_that_comes_back_at_once_loses_nothing() -> None:
    with frames_terminal("frames") as terminal:
        shows_what_it_should(terminal)
        before = terminal.look
        for columns in (40, 80, 20, 80):
            terminal.resize(columns, 24)
        assert terminal.look != before
        terminal.until(lambda: terminal.look == before, "what the terminal had cut off")


def test_a_size_that_was_back_before_textual_looked_loses_nothing() -> None:
    with frames_terminal("frames") as terminal:
        terminal.press("f4")  # or else a scroll bar paints itself, and everything else with it
        terminal.until(lambda: "Exercises" not in terminal.text, "an app where nothing scrolls")
        shows_what_it_should(terminal)
        terminal.settle(0.5)  # a frame that comes late would repair the screen too
        before = terminal.look
        terminal.screen.resize(24, 40)
        terminal.screen.resize(24, 80)
        assert terminal.look != before
        os.kill(terminal.process.pid, signal.SIGWINCH)
        terminal.until(lambda: terminal.look == before, "what the terminal had cut off")


def test_sizes_that_change_in_a_flood_of_frames_lose_nothing() -> None:
    with frames_terminal("frames") as terminal:
        terminal.press("f5")
        for round_ in range(30):
            terminal.resize(*SIZES[round_ % len(SIZES)])
            terminal.press("x")
            terminal.until(lambda: "flood" in terminal.text, "some frame")
        assert terminal.hear() == "flooded"
        shows_what_it_should(terminal)


def test_sizes_that_change_while_nobody_reads_lose_nothing() -> None:
    with frames_terminal("frames") as terminal:
        terminal.press("f5")
        for size in SIZES * 5:
            terminal.resize(*size)
            terminal.press("x")
        assert terminal.hear() == "flooded"
        shows_what_it_should(terminal)


def test_of_two_sizes_at_once_the_last_holds() -> None:
    with frames_terminal("slow to tell") as terminal:
        terminal.resize(100, 30)
        assert terminal.hear() == "it has 100 columns"
        terminal.resize(60, 18)
        shows_what_it_should(terminal)


def test_a_terminal_may_tell_its_size_itself() -> None:
    with frames_terminal("frames") as terminal:
        terminal.press("\x1b[?2048;2$y")
        terminal.until(lambda: b"\x1b[?2048h" in terminal.received, "the wish to be told")
        terminal.screen.resize(30, 100)
        terminal.press("\x1b[48;30;100;600;1000t")
        shows_what_it_should(terminal)


def test_an_app_is_not_stopped_by_a_terminal_that_is() -> None:
    with frames_terminal("frames") as terminal:
        before = len(terminal.received)
        terminal.press("f5")
        assert terminal.hear() == "flooded"  # stock Textual stops after some thirty frames
        shows_what_it_should(terminal)
        assert f"flood {FLOOD} " in terminal.text
        assert len(terminal.received) - before < 20_000


def test_an_app_that_ends_leaves_the_terminal_as_it_was() -> None:
    with frames_terminal("frames") as terminal:
        terminal.press("f5")
        assert terminal.hear() == "flooded"
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
        _, left, rest = terminal.received.partition(b"\x1b[?1049l")
        assert left
        assert rest == b"\x1b[?25h\x1b[?1004l"
        for mode in (b"\x1b[?2004l", b"\x1b[?7h", b"\x1b[<u"):
            assert mode in terminal.received


def test_an_app_without_a_terminal_ends_though_nobody_tells_it() -> None:
    with frames_terminal("frames", heeds_hangup=False) as terminal:
        terminal.press("f5")
        terminal.hang_up()


def test_a_suspended_app_comes_back_whole() -> None:
    with frames_terminal("frames") as terminal:
        before = terminal.look
        terminal.press("f3")
        terminal.until(lambda: b"\x1b[?1004l" in terminal.received, "the end of the full screen")
        terminal.until(
            lambda: (
                os.waitpid(terminal.process.pid, os.WUNTRACED | os.WNOHANG)[0]
                == terminal.process.pid
            ),
            "its stop",
        )
        terminal.screen.feed("\x1b[2J$ make\r\n\x1b[31;44mIt is late.")
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.until(lambda: terminal.look == before, "the same screen")
        shows_what_it_should(terminal)


def test_redraw_repairs_what_others_wrote() -> None:
    with frames_terminal("frames") as terminal:
        before = terminal.look
        terminal.screen.feed("\x1b[5;5H\x1b[31;44mBroadcast message: the machine goes down")
        terminal.press("f8")
        terminal.until(lambda: terminal.look == before, "the same screen")


def test_a_resting_app_sends_nothing() -> None:
    with frames_terminal("frames") as terminal:
        shows_what_it_should(terminal)
        assert not terminal.read(2.0)


def shows_what_it_should(terminal: FramesTerminal) -> None:
    """The screen comes to be what Textual takes it for."""

    def is_so() -> bool:
        terminal.press("f9")
        should = terminal.hear()
        terminal.settle(0.05)
        return terminal.text == should

    terminal.until(is_so, "the screen as Textual has it")
