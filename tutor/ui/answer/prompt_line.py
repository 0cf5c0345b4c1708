"""The last line of the run panel: the way to ask the program, and to answer it."""

from __future__ import annotations

from enum import Enum, auto

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.widgets import Static

from tutor.ui.kit.line_input import PromptInput


class PromptState(Enum):
    """What can be done at the prompt."""

    IDLE = auto()
    """Nothing has run."""
    RUNNING = auto()
    INPUT = auto()
    """The program waits for a line of standard input."""
    READY = auto()
    """The program has ended and can be asked."""
    GONE = auto()
    """The program has ended and cannot be asked."""


LABELS = {
    PromptState.IDLE: "",
    PromptState.RUNNING: "The program runs. F9 stops it.",
    PromptState.INPUT: "input ",
    PromptState.READY: ">>> ",
    PromptState.GONE: "The program is gone. F5 runs it again.",
}


class Prompt(Horizontal):
    """A label that says what may be typed, and the line to type it in."""

    DEFAULT_CSS = """
    Prompt {
        height: 1;
        padding: 0 0 0 1;
        display: none;
    }
    Prompt.-shown { display: block; }
    Prompt > Static { width: auto; color: $muted; }
    Prompt > PromptInput { width: 1fr; display: none; background: $background; }
    Prompt.-open > PromptInput { display: block; }
    Prompt.-open > Static { color: $accent; text-style: bold; }
    """

    state: reactive[PromptState] = reactive(PromptState.IDLE, bindings=True)

    def __init__(self) -> None:
        super().__init__()
        self.label = Static(markup=False)
        self.line = PromptInput()
        self.left_off = False
        """Whether the line had the focus when it went out of sight."""

    def compose(self) -> ComposeResult:
        yield self.label
        yield self.line

    def watch_state(self, state: PromptState) -> None:
        self.label.update(LABELS[state])
        self.left_off = self.left_off or self.line.has_focus
        self.set_class(state is not PromptState.IDLE, "-shown")
        self.set_class(self.is_open, "-open")
        if self.is_open and self.left_off:
            self.left_off = False
            self.call_after_refresh(self.take_focus_back)

    def take_focus_back(self) -> None:
        """What is hidden loses the focus, and nothing gets it unless the learner goes elsewhere."""
        if self.screen.focused is None:
            self.screen.set_focus(self.line)

    @property
    def is_open(self) -> bool:
        """Whether a line may be typed."""
        return self.state in (PromptState.INPUT, PromptState.READY)
