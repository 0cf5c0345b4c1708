"""The line at the foot of the tree where a scratch pad is named."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from tutor.grading.kinds.scratch import Pad
from tutor.text import visible
from tutor.ui.kit.line_input import PromptInput


class NameLine(Horizontal):
    """Asks for a name; hidden otherwise."""

    DEFAULT_CSS = """
    NameLine {
        height: 1;
        padding: 0 0 0 1;
        display: none;
    }
    NameLine > Static { width: auto; color: $accent; text-style: bold; }
    NameLine > PromptInput { width: 1fr; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.line = PromptInput()
        self.pad: Pad | None = None
        """The pad that is meant."""

    def compose(self) -> ComposeResult:
        yield Static("name: ", markup=False)
        yield self.line

    def open(self, pad: Pad) -> None:
        """Ask for another name of a pad."""
        self.pad = pad
        self.line.value = visible(pad.title, keep_newlines=False)
        self.line.cursor_position = len(self.line.value)
        self.display = True
        self.screen.set_focus(self.line)
