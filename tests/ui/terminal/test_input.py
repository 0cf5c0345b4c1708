"""Whatever bytes the terminal sends, the app goes on and takes the keys after them."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.events import Key, Paste

from tests.harness.terminal import DEADLINE_SECONDS, KEYS, Terminal
from tutor.state.progress import Progress
from tutor.ui.terminal.input import TerminalInput

HARMFUL = {
    "Latin-1": b"\xe9",
    "never in UTF-8": b"\xff",
    "continuation": b"\x80",
    "C1": b"\x9b",
    "half a character": b"\xe2\x82",
    "X10 mouse": b"\x1b[M \xe9\xff",
    "too large": b"\x1b[99999999999u",
    "no character": b"\x1b[1114112u",
    "no number": b"\x1b[:u",
    "surrogate": b"\x1b[55296u",
    "no end": b"\x1b[" + b"9" * 40,
}
QUIT = (b"\x11", b"\x1b[21~")
"""Ctrl+Q and F10."""
SEQUENCES = [key.encode() for key in KEYS.values() if key.startswith("\x1b")]


@pytest.mark.parametrize("name", HARMFUL)
def test_what_ended_the_app(tmp_path: Path, name: str) -> None:
    state = tmp_path / "state"
    with Terminal(tmp_path, "--state", str(state)) as terminal:
        terminal.wait_for("F10 Quit")
        terminal.press("ctrl+home", "# mine ")
        terminal.process.write(HARMFUL[name])
        terminal.press("f1")
        terminal.wait_for("this page")
        terminal.press("f1")
        terminal.wait_for("F10 Quit")
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
    draft = Progress.open(state).record("independent-captures").draft
    assert draft
    assert draft.startswith("# mine ")


def random_bytes(choose: random.Random) -> bytes:
    """Anything but the keys that quit: bytes, and real sequences of which some are damaged."""
    match choose.randrange(4):
        case 0:
            sent = choose.randbytes(choose.randrange(1, 30))
        case 1:
            sent = choose.choice(SEQUENCES)
        case 2:
            sequence = choose.choice(SEQUENCES)
            place = choose.randrange(len(sequence))
            sent = sequence[:place] + choose.randbytes(1) + sequence[place + 1 :]
        case _:
            numbers = choose.choices([b"", b"0", b"1", b"48", b"300", b"999999999999"], k=4)
            separator = choose.choice([b";", b":"])
            end = choose.choice([b"u", b"~", b"A", b"R", b"M", b"m", b"$y", b"I"])
            sent = b"\x1b[" + choose.choice([b"", b"<", b"?"]) + separator.join(numbers) + end
    return b"" if any(quit in sent for quit in QUIT) else sent


def send_at_random(terminal: Terminal, seconds: float, seed: int) -> None:
    """Send for a time, reading what comes back; then the app is there still, and quits."""
    choose = random.Random(seed)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for _ in range(10):
            # `\x1b[2` and `1~` in turn would quit; a letter between ends what was begun.
            terminal.process.write(random_bytes(choose) + b"x")
        # A paste that was begun is ended, and a page or a search closed.
        terminal.press("\x1b[201~", "escape")
        terminal.settle(0.02)
        while is_busy(terminal.process.pid):  # else keys pile up for longer than the test waits
            terminal.settle(0.02)
        assert terminal.process.isalive(), f"seed {seed}"
    end = time.monotonic() + DEADLINE_SECONDS
    while terminal.process.isalive():
        assert time.monotonic() < end, f"seed {seed}: it does not quit\n{terminal.text}"
        with suppress(OSError):  # it has just ended
            terminal.press("escape")
            terminal.settle()
            terminal.press("ctrl+q")
        terminal.settle()
    assert terminal.wait_until_gone() == 0


def is_busy(pid: int) -> bool:
    """Whether the process's first thread wants the processor (`proc_pid_stat(5)`)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "R"


def test_random_bytes(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for("F10 Quit")
        send_at_random(terminal, 3.0, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 5))
def test_random_bytes_for_a_minute(tmp_path: Path, seed: int) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for("F10 Quit")
        send_at_random(terminal, 60.0, seed)


@given(st.lists(st.binary(max_size=60) | st.sampled_from([*HARMFUL.values(), *SEQUENCES])))
@example([b"\x1b[99999999999u"])
@example([b"\xe9"])
def test_the_key_after_anything_is_read(pieces: list[bytes]) -> None:
    arrived = TerminalInput()
    for piece in pieces:
        list(arrived.read(arrived.decode(piece)))
        list(arrived.tick())
    # What may be open is ended first: half a character, half a sequence, a paste.
    list(arrived.read(arrived.decode(b"x" * 40 + b"\x1b[201~")))
    keys = [each for each in arrived.read(arrived.decode(b"\x1b[15~")) if isinstance(each, Key)]
    assert [key.key for key in keys] == ["f5"]


def test_a_large_paste_in_pieces_is_whole() -> None:
    text = "é漢 = 1\r" * 20_000
    data = f"\x1b[200~{text}\x1b[201~".encode()
    arrived = TerminalInput()
    messages = [
        message
        for start in range(0, len(data), 4096)
        for message in arrived.read(arrived.decode(data[start : start + 4096]))
    ]
    (paste,) = messages
    assert isinstance(paste, Paste)
    assert paste.text == text
