"""The first session of a learner: a real terminal of 80x24, keys alone, a HOME of its own."""

from __future__ import annotations

import re
import termios
from pathlib import Path

from tests.harness.terminal import Terminal

FIRST_ROW = re.compile(r"1\.1  Independent captures")


def test_a_learner_solves_the_first_exercise_and_finds_it_the_next_day(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for(lambda text: bool(FIRST_ROW.search(text)))
        terminal.wait_for("Write the bodies of greet and add.")
        assert "0/12" in terminal.text
        echo_before = termios.tcgetattr(terminal.process.fd)[3] & termios.ECHO
        assert not echo_before

        terminal.complete_line(5, 'return f"Hello, {name}!"')
        terminal.complete_line(15, "return x + n")
        terminal.wait_for("return x + n")

        terminal.press("f5")
        terminal.wait_for("1/12", "the pass")
        terminal.wait_for("Passed")
        # Two cells of one name, each beside its own function.
        terminal.wait_for(lambda text: cells_of(text) == {"add5": "5", "add10": "10"}, "the cells")
        labels = re.findall(r"\bn {1,6}([A-Z]) {1,4}int", terminal.text)
        assert len(set(labels)) == 2

        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
        # The terminal is as it was: the other screen left, the cursor shown, no mouse, no paste mode.
        assert terminal.received.rstrip().endswith(b"\x1b[?1049l\x1b[?25h") or (
            b"\x1b[?1049l" in terminal.received[-200:] and b"\x1b[?25h" in terminal.received[-200:]
        )

    with Terminal(tmp_path) as terminal:
        terminal.wait_for("1/12")
        terminal.wait_for('return f"Hello, {name}!"')
        assert FIRST_ROW.search(terminal.text)
        terminal.press("f2")
        terminal.wait_for("● Independent captures")
        terminal.press("ctrl+q")
        assert terminal.wait_until_gone() == 0


def cells_of(text: str) -> dict[str, str]:
    """`add5` and `add10` with the value that stands below them in the pane of cells."""
    found = {}
    name = ""
    for row in text.splitlines():
        pane = row[42:].split()[:4]
        if pane and pane[0] in ("add5", "add10"):
            name = pane[0]
        elif name and len(pane) == 4 and pane[0] == "n" and pane[2] == "int":
            found[name], name = pane[3], ""
    return found
