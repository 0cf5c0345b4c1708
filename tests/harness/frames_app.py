"""A small app to drive through a terminal driver: `python -m tests.harness.frames_app stock|frames`."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.drivers.linux_driver import LinuxDriver
from textual.widgets import Footer, RichLog, Static, TextArea, Tree

from tutor.ui.terminal.driver import FrameDriver

CODE = """\
def make_greeter(name):
    # 漢字 and 👩\u200d💻 stand here so that a row is irregular
    def greet():
        return f"Hello, {name} 🙂"
    return greet


greet_alice = make_greeter("Alice")
greet_bob = make_greeter("Bob")
print(greet_alice(), greet_bob())
"""
FLOOD = 120
"""Frames of a flood; four times what stock Textual queues before it stops."""


class FramesApp(App[None]):
    """The widgets that the tutor has."""

    CSS = """
    Tree { width: 22; }
    #right { width: 24; }
    RichLog { height: 7; }
    TextArea { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("f5", "flood", "Flood"),
        ("f2", "count", "Count"),
        ("f3", "suspend_process", "Suspend"),
        ("f4", "bare", "Bare"),
        ("f8", "repaint", "Repaint"),
        ("f9", "tell", "Tell"),
        ("f10", "quit", "Quit"),
    ]

    def compose(self) -> ComposeResult:
        tree: Tree[None] = Tree("Exercises")
        tree.root.expand()
        unit = tree.root.add("Unit 1")
        for number in range(30):
            unit.add_leaf(f"exercise {number} 漢")
        with Horizontal():
            yield tree
            with Vertical():
                # A cursor that blinks would send 400 bytes a second.
                editor = TextArea.code_editor(CODE * 3)
                editor.cursor_blink = False
                yield editor
                yield RichLog()
            with Vertical(id="right"):
                yield Static("count 0", id="count")
                yield Static("e\u0301 ⚠\ufe0f 漢\nflood", id="flood")
        yield Footer()

    def on_mount(self) -> None:
        self.counted = 0
        self.query_one(TextArea).focus()

    def action_count(self) -> None:
        """Show that all keys up to now were answered."""
        self.counted += 1
        self.query_one("#count", Static).update(f"count {self.counted}")
        self.query_one(RichLog).write(f"counted to {self.counted}")

    async def action_bare(self) -> None:
        """Take away everything that scrolls."""
        await self.query("Tree, TextArea, RichLog").remove()

    def action_repaint(self) -> None:
        driver = self._driver
        assert isinstance(driver, FrameDriver)
        driver.redraw()

    def action_tell(self) -> None:
        """Say what the screen should show."""
        # Textual has no public name for the rows of a screen.
        strips = self.screen._compositor.render_strips()
        say("\n".join(strip.text for strip in strips))

    def action_flood(self) -> None:
        self.run_worker(self.flood())

    async def flood(self) -> None:
        """Paint many frames that have little in common, then say so."""
        for number in range(FLOOD):
            painted = asyncio.Event()
            row = "".join(chr(ord("a") + (number + column) % 26) for column in range(22))
            self.query_one("#flood", Static).update(f"{row}\n" * 12 + f"flood {number + 1}")
            self.query_one(TextArea).move_cursor((number % 20, number % 7))
            self.call_after_refresh(painted.set)
            await painted.wait()
        say("flooded")


def say(text: str) -> None:
    """Tell the test something, past the terminal."""
    os.write(int(os.environ["SAID"]), text.encode() + b"\0")


class SlowToTell(FrameDriver):
    """Tells a size of 100 columns only after the terminal has changed its size again."""

    def _get_terminal_size(self) -> tuple[int, int]:
        size = super()._get_terminal_size()
        if size[0] == 100:
            say("it has 100 columns")
            while super()._get_terminal_size() == size:
                time.sleep(0.001)
        return size


if __name__ == "__main__":
    drivers = {"stock": LinuxDriver, "frames": FrameDriver, "slow to tell": SlowToTell}
    FramesApp(driver_class=drivers[sys.argv[1]]).run(mouse=False)
