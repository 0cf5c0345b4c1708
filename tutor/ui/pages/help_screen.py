"""The help: every key, the marks, and how an exercise goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from tutor.text import columns
from tutor.ui.keys.actions import KEYS, shown_keys
from tutor.ui.keys.editing import EDITING
from tutor.ui.kit.markdown import prose, render
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.pane import LEAVE, ClosesOnce, Page
from tutor.ui.kit.text_view import TextView, hang
from tutor.ui.tabs import Tab

BESIDES = (
    ("Ctrl+P", "search: every action, hint, setting and exercise"),
    ("w", "on this page: the welcome of the first start"),
    ("Left, Right", "the tabs of a pane that has several"),
    ("Enter", "in a lesson: put the program in sight on a scratch pad"),
    ("n r d u", "in the tree, on a scratch pad: new, name, delete, bring it back"),
    ("Up, Down", "scroll; at the prompt: what was entered before"),
    ("Tab", "at the prompt: complete a name, or indent"),
    ("Escape, Ctrl+C", "at the prompt: give a block up; Up brings it back"),
    ("Ctrl+D", "where a program reads: the end of its input"),
    ("l c f g b", "in a table of names: local, cell, free, global, builtin"),
)

CELLS = (
    ("Up, Down", "choose a cell in the list"),
    ("Enter", "its value at length"),
    ("s", "set it, for every function that shares it: an expression, which may use its name"),
    ("u", "put back what it held before it was set"),
    ("c", "show or hide what the compiler made: functions for annotations and type parameters"),
    ("s in a diagram", "save it as SVG and as text where the tutor was started"),
    ("w", "who wrote it last, before the step in view; again: who did before that"),
    ("=", "when it became a value, a Python literal, and was it last; again: the time before"),
    ("m", "where it was made"),
    ("< >", "in a diagram: to the left, to the right"),
    ("[ ]", "in a timeline: a step back, a step on"),
    ("{ }", "in a timeline: the change before, the next change of the chosen cell"),
    ("Home, End", "in a timeline: before the first step, after the last"),
)

COPYING = """
What is copied or cut is there for Ctrl+V, and goes to your terminal's clipboard too, if the terminal takes
it (OSC 52). What was copied elsewhere is pasted by a key of the terminal, often Ctrl+Shift+V.
"""

STATES = (
    (MARKS.not_begun, "not begun"),
    (MARKS.begun, "begun"),
    (MARKS.passed, "passed"),
    (MARKS.shown, "the solution was shown before it was passed"),
)

HOW_IT_GOES = """
# How an exercise goes

- **predict**: read the program, type what it prints, a line each, and run it. You may predict again.
- **classify**: label each name as one function sees it, and run the program.
- **build**: fill the gaps of a program, and run it.
- **repair**: find what is wrong with a program, change it, and run it.

Before a run the tab of the names tells what each name of your program is: local, cell, free, global or
builtin. After a run the cells stand at the right: each function, the names that it captured, and beside each
name its cell. One letter is one cell; two functions with the same letter share it. Ask the program at
the prompt, and the cells show what changed.

Escape closes this page. Nothing that you typed is ever lost: it is saved when you pause, run, go to
another exercise or leave.
"""


class HelpScreen(ClosesOnce, ModalScreen[None]):
    """One page over the whole screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss", "Close", show=False),
        Binding("f1,ctrl+underscore", "dismiss", "Close", show=False, id="help"),
        Binding("w", "welcome", "Welcome", show=False),
    ]

    def __init__(self, keys: Mapping[str, str], show_welcome: Callable[[], None]) -> None:
        super().__init__()
        self.keys = keys
        self.show_welcome = show_welcome

    def compose(self) -> ComposeResult:
        yield Page({Tab.HELP: HelpText(self.keys)}, note=LEAVE)

    def action_welcome(self) -> None:
        if self.is_current:
            self.dismiss()
            self.show_welcome()


class HelpText(TextView):
    """The page itself."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.keys = keys

    def lines(self, width: int) -> list[Content]:
        return [
            *_heading("Keys"),
            *_table(self.rows(KEYS), width),
            Content(),
            *_table(BESIDES, width),
            Content(),
            *_heading("Keys of the editor"),
            *_table(self.rows(EDITING), width),
            Content(),
            *render(COPYING, width),
            Content(),
            *_heading("Keys of the cells"),
            *_table(CELLS, width),
            Content(),
            *_heading("Marks"),
            *_table(STATES, width),
            Content(),
            *render(HOW_IT_GOES, width),
        ]

    def rows(self, bindings: Sequence[Binding]) -> list[tuple[str, str]]:
        """The keys in force of each action, at most two, and what it does."""
        return [
            (", ".join(shown_keys(self.keys[str(each.id)])), f"{each.description}: {each.tooltip}")
            for each in bindings
        ]


def _heading(text: str) -> list[Content]:
    return [Content.styled(text, "bold $text-primary"), Content()]


def _table(rows: list[tuple[str, str]] | tuple[tuple[str, str], ...], width: int) -> list[Content]:
    left = max(columns(key) for key, _ in rows) + 2
    return [
        line
        for key, said in rows
        for line in hang(prose(said), width, Content.styled(f"{key:{left}}", "bold"), " " * left)
    ]
