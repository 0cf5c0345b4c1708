"""The line at the foot of the cells: what to put into the chosen one, or to ask about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from tutor.ui.kit.line_input import PromptInput


class ValueInput(PromptInput):
    """Where the value is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Set", show=True)]


class Experiment(Horizontal):
    """The line where a value is typed, to be put into a cell or asked for; hidden otherwise."""

    DEFAULT_CSS = """
    Experiment {
        height: 1;
        padding: 0 0 0 1;
        display: none;
    }
    Experiment > Static { width: auto; color: $accent; text-style: bold; }
    Experiment > ValueInput { width: 1fr; background: $background; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.label = Static(markup=False)
        self.line = ValueInput()
        self.cell = ""
        """The label of the cell that is meant."""
        self.what = ""
        """What the line begins with: `set A (count) to: `."""
        self.then: Callable[[str], None] | None = None
        """What is done with what is entered."""

    def compose(self) -> ComposeResult:
        yield self.label
        yield self.line

    def open(self, cell: str, what: str, then: Callable[[str], None], value: str = "") -> None:
        """Ask for an expression; `value` stands there already, and the next letter replaces it."""
        self.cell, self.what, self.then = cell, what, then
        self.label.update(what)
        self.line.value = value
        self.line.action_select_all()
        self.display = True
        self.screen.set_focus(self.line)

    def close(self) -> None:
        """Hide the line."""
        self.display = False
