"""The driver in a real pseudo-terminal, beside Textual's own."""

from __future__ import annotations

import os
import signal

from tests.harness.frames_app import FLOOD
from tests.harness.seat import Seat, seated, wait_until

SIZES = [(80, 24), (100, 30), (60, 18), (61, 40), (120, 18), (80, 24)]
KEYS = [
    *"def ",
    *["right", "down", "down", "end", "🙂", "漢", "\r", "\x7f", "\x7f"],
    *["shift+right", "shift+right", "x", "\x1a", "ctrl+end", "page up", "page up"],
    *["ctrl+home", "\x1b[200~pasted 漢\nlines\n\x1b[201~"],
    *["shift+tab", "down", "\r", "page down", "up", "page up", "\t", "left"],
]


def equal(stock: Seat, ours: Seat, after: str) -> None:
    """Both have answered, and look the same."""
    stock.answer()
    ours.answer()
    wait_until(lambda: ours.look == stock.look, f"the same screen after {after!r}", stock, ours)


def test_the_same_keys_give_the_same_screens() -> None:
    with seated("stock") as stock, seated("frames") as ours:
        equal(stock, ours, "the start")
        for key in KEYS:
            stock.press(key)
            ours.press(key)
            equal(stock, ours, key)
        assert len(ours.received) < 0.3 * len(stock.received)


def test_the_same_sizes_give_the_same_screens() -> None:
    with seated("stock") as stock, seated("frames") as ours:
        for size in SIZES:
            stock.resize(*size)
            ours.resize(*size)
            equal(stock, ours, f"the size {size}")
            stock.press("x", "down")
            ours.press("x", "down")
            equal(stock, ours, f"a key at {size}")


def test_a_size_that_comes_back_at_once_loses_nothing() -> None:
    with seated("frames") as seat:
        shows_what_it_should(seat)
        before = seat.look
        for columns in (40, 80, 20, 80):
            seat.resize(columns, 24)
        assert seat.look != before
        seat.until(lambda: seat.look == before, "what the terminal had cut off")


def test_a_size_that_was_back_before_textual_looked_loses_nothing() -> None:
    with seated("frames") as seat:
        seat.press("f4")  # or else a scroll bar paints itself, and everything else with it
        seat.until(lambda: "Exercises" not in seat.text, "an app where nothing scrolls")
        shows_what_it_should(seat)
        while seat.read(0.5):
            pass  # a frame that comes late would repair the screen too
        before = seat.look
        seat.screen.resize(24, 40)
        seat.screen.resize(24, 80)
        assert seat.look != before
        os.kill(seat.pid, signal.SIGWINCH)
        seat.until(lambda: seat.look == before, "what the terminal had cut off")


def test_sizes_that_change_in_a_flood_of_frames_lose_nothing() -> None:
    with seated("frames") as seat:
        seat.press("f5")
        for round_ in range(30):
            seat.resize(*SIZES[round_ % len(SIZES)])
            seat.press("x")
            seat.until(lambda: "flood" in seat.text, "some frame")
        assert seat.hear() == "flooded"
        shows_what_it_should(seat)


def test_sizes_that_change_while_nobody_reads_lose_nothing() -> None:
    with seated("frames") as seat:
        seat.press("f5")
        for size in SIZES * 5:
            seat.resize(*size)
            seat.press("x")
        assert seat.hear() == "flooded"
        shows_what_it_should(seat)


def test_of_two_sizes_at_once_the_last_holds() -> None:
    with seated("slow to tell") as seat:
        seat.resize(100, 30)
        assert seat.hear() == "it has 100 columns"
        seat.resize(60, 18)
        shows_what_it_should(seat)


def test_a_terminal_may_tell_its_size_itself() -> None:
    with seated("frames") as seat:
        seat.press("\x1b[?2048;2$y")
        seat.until(lambda: "\x1b[?2048h" in seat.received, "the wish to be told")
        seat.screen.resize(30, 100)
        seat.press("\x1b[48;30;100;600;1000t")
        shows_what_it_should(seat)


def test_an_app_is_not_stopped_by_a_terminal_that_is() -> None:
    with seated("frames") as seat:
        before = len(seat.received)
        seat.press("f5")
        assert seat.hear() == "flooded"  # stock Textual stops after some thirty frames
        shows_what_it_should(seat)
        assert f"flood {FLOOD} " in seat.text
        assert len(seat.received) - before < 20_000


def test_an_app_that_ends_leaves_the_terminal_as_it_was() -> None:
    with seated("frames") as seat:
        seat.press("f5")
        assert seat.hear() == "flooded"
        seat.press("f10")
        assert seat.exit_status() == 0
        _, left, rest = seat.received.partition("\x1b[?1049l")
        assert left
        assert rest == "\x1b[?25h\x1b[?1004l"
        for mode in ("\x1b[?2004l", "\x1b[?7h", "\x1b[<u"):
            assert mode in seat.received


def test_an_app_without_a_terminal_ends_though_nobody_tells_it() -> None:
    with seated("frames", heeds_hangup=False) as seat:
        seat.press("f5")
        seat.hang_up()


def test_a_suspended_app_comes_back_whole() -> None:
    with seated("frames") as seat:
        before = seat.look
        seat.press("f3")
        seat.until(lambda: "\x1b[?1004l" in seat.received, "the end of the full screen")
        seat.until(
            lambda: os.waitpid(seat.pid, os.WUNTRACED | os.WNOHANG)[0] == seat.pid, "its stop"
        )
        seat.screen.feed("\x1b[2J$ make\r\n\x1b[31;44mIt is late.")
        os.kill(seat.pid, signal.SIGCONT)
        seat.until(lambda: seat.look == before, "the same screen")
        shows_what_it_should(seat)


def test_redraw_repairs_what_others_wrote() -> None:
    with seated("frames") as seat:
        before = seat.look
        seat.screen.feed("\x1b[5;5H\x1b[31;44mBroadcast message: the machine goes down")
        seat.press("f8")
        seat.until(lambda: seat.look == before, "the same screen")


def test_a_resting_app_sends_nothing() -> None:
    with seated("frames") as seat:
        shows_what_it_should(seat)
        assert not seat.read(2.0)


def shows_what_it_should(seat: Seat) -> None:
    """The screen comes to be what Textual takes it for."""

    def is_so() -> bool:
        seat.press("f9")
        should = seat.hear()
        while seat.read(0.05):
            pass
        return seat.text == should

    seat.until(is_so, "the screen as Textual has it")
