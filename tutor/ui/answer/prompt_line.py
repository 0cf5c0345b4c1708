"""The foot of the run panel: the way to ask the program, and to answer it."""

from __future__ import annotations

from enum import Enum, auto

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static, TextArea

from tutor.text import columns, visible
from tutor.ui.answer.prompt_editor import PromptEditor

MOST_ROWS = 6
"""Of a block that are in sight: the output keeps some of the 11 rows that there are at 80x24."""
GAP = "  "


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
    PromptState.RUNNING: "The program runs. F9 stops it. ",
    PromptState.INPUT: "input ",
    PromptState.READY: ">>> ",
    PromptState.GONE: "The program is gone. F5 runs it again.",
}
INVITATIONS = {
    PromptState.READY: "{key} asks the program",
    PromptState.INPUT: "{key} answers the program",
}
"""What stands in the line while one types elsewhere."""
MORE_LINES = {PromptState.READY: "... "}
"""What stands before the lines of a block that come after the first."""


def echoed(text: str) -> str:
    """What was entered, as a log repeats it."""
    return f">>> {text}".replace("\n", "\n... ")


class Prompt(Vertical):
    """A label that says what may be typed, and the lines to type it in; above them, what a word may be."""

    DEFAULT_CSS = """
    Prompt {
        height: auto;
        padding: 0 0 0 1;
        display: none;
    }
    Prompt.-shown { display: block; }
    Prompt > .offers { height: 1; color: $muted; display: none; }
    Prompt > Horizontal { height: auto; }
    Prompt Horizontal > Static { width: auto; color: $muted; }
    Prompt PromptEditor { width: 1fr; height: 1; display: none; }
    Prompt.-open PromptEditor { display: block; }
    Prompt.-open Horizontal > Static { color: $accent; text-style: bold; }
    """

    state: reactive[PromptState] = reactive(PromptState.IDLE, bindings=True)
    marks: reactive[str] = reactive("")
    """What stands before the lines in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.offers = Static(markup=False, classes="offers")
        self.label = Static(markup=False)
        self.line = PromptEditor()
        self.key = ""
        """What leads here, as people write it."""
        self.left_off = False
        """Whether the line had the focus when it went out of sight."""

    def compose(self) -> ComposeResult:
        yield self.offers
        with Horizontal():
            yield self.label
            yield self.line

    def on_mount(self) -> None:
        self.watch(self.line, "scroll_y", self.fit_rows, init=False)

    def on_descendant_focus(self) -> None:
        self.invite()

    def on_descendant_blur(self) -> None:
        self.invite()

    def invite(self) -> None:
        """Say how to get here, to those who are elsewhere."""
        here = self.screen.focused is self.line
        invitation = "" if here else INVITATIONS.get(self.state, "").format(key=self.key)
        if invitation != self.line.placeholder:
            self.line.placeholder = invitation

    def watch_state(self, state: PromptState) -> None:
        self.invite()
        self.line.is_code = state is PromptState.READY
        self.line.waiting = not self.is_open
        if state in (PromptState.IDLE, PromptState.GONE):
            self.line.ahead = 0  # it was meant for the program that is gone
        self.set_class(state is not PromptState.IDLE, "-shown")
        # What is typed while the program answers stands there until it has.
        stays = state is PromptState.RUNNING and self.line.has_focus
        self.left_off = self.left_off or (self.line.has_focus and not stays)
        self.set_class(self.is_open or stays, "-open")
        self.fit_rows()
        if self.is_open and self.left_off:
            self.left_off = False
            self.call_after_refresh(self.take_focus_back)
        if self.is_open and self.line.ahead:
            self.line.call_later(self.line.catch_up)

    def take_focus_back(self) -> None:
        """What is hidden loses the focus, and nothing gets it unless the learner goes elsewhere."""
        if self.screen.focused is None:
            self.screen.set_focus(self.line)

    @on(TextArea.Changed)
    def note_change(self, message: TextArea.Changed) -> None:
        """Have as many rows as there are lines, up to some."""
        message.stop()  # it is no answer, which would be saved
        self.offers.display = False
        self.fit_rows()

    def fit_rows(self) -> None:
        """Give each line in sight its mark."""
        lines = self.line.document.line_count
        rows = min(lines, MOST_ROWS)
        self.line.styles.height = rows
        first = max(0, min(round(self.line.scroll_y), lines - rows))
        more = MORE_LINES.get(self.state, "")
        self.marks = "\n".join([LABELS[self.state] if first == 0 else more, *[more] * (rows - 1)])

    def watch_marks(self, marks: str) -> None:
        self.label.update(marks)  # which has the screen laid out

    @on(PromptEditor.Offered)
    def offer(self, message: PromptEditor.Offered) -> None:
        """Show what a word may become: as many as there is room for."""
        message.stop()
        self.offers.update(offered(message.names, message.more, self.size.width - 1))
        self.offers.display = True

    def give_up(self) -> bool:
        """Close what is open, the names that are offered or else a block; whether anything was."""
        offered = bool(self.offers.display)
        self.offers.display = False
        return offered or self.line.give_up()

    @property
    def is_open(self) -> bool:
        """Whether a line may be typed."""
        return self.state in (PromptState.INPUT, PromptState.READY)


def offered(names: tuple[str, ...], more: int, width: int) -> Content:
    """The names on one line, and how many have no room on it."""
    for shown in range(len(names), 0, -1):
        left = len(names) - shown + more
        text = GAP.join((*names[:shown], *([f"… {left:,} more"] if left else [])))
        if columns(text) <= width:
            return Content(visible(text))
    return Content(f"{len(names) + more:,} names begin so")
