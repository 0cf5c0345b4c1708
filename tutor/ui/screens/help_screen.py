"""The help: every key, the marks, and how an exercise goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from tutor.text import columns
from tutor.ui.keys.actions import KEYS, key_name
from tutor.ui.kit.markdown import prose, render
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.pane import LEAVE, ClosesOnce, Pane
from tutor.ui.kit.text_view import TextView, hang
from tutor.ui.tabs import Tab

BESIDES = (
    ("Ctrl+P", "search: every exercise, the solution, the starter, themes"),
    ("Left, Right", "the tabs of a pane that has several"),
    ("Up, Down", "scroll; at the prompt: the lines before"),
    ("Ctrl+D", "at an empty prompt: the end of the input"),
    ("Tab, Shift+Tab", "in the editor: indent, take indentation away"),
    ("Ctrl+Z, Ctrl+Y", "in the editor: undo, redo"),
    ("l c f g b", "in a table of names: local, cell, free, global, builtin"),
)

CELLS = (
    ("Up, Down", "choose a cell in the list"),
    ("Enter", "its value at length"),
    ("s", "set it: an expression goes into it, for every function that shares it"),
    ("u", "put back what it held before it was set"),
    ("c", "show or hide what the compiler made: functions for annotations and type parameters"),
    ("w", "who wrote it last, before the step in view; again: who did before that"),
    ("=", "when it became a value, a Python literal, and was it last; again: the time before"),
    ("m", "where it was made"),
    ("< >", "in a diagram: to the left, to the right"),
    ("[ ]", "in a timeline: a step back, a step on"),
    ("{ }", "in a timeline: the change before, the next change of the chosen cell"),
    ("Home, End", "in a timeline: before the first step, after the last"),
)

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
    ]

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.keys = keys

    def compose(self) -> ComposeResult:
        yield Pane({Tab.HELP: HelpText(self.keys)}, note=LEAVE)


class HelpText(TextView):
    """The page itself."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.keys = keys

    def lines(self, width: int) -> list[Content]:
        in_force = self.keys
        keys = [
            (
                ", ".join(map(key_name, in_force[str(key.id)].split(","))),
                f"{key.description}: {key.tooltip}",
            )
            for key in KEYS
        ]
        return [
            *_heading("Keys"),
            *_table(keys, width),
            Content(),
            *_table(BESIDES, width),
            Content(),
            *_heading("Keys of the cells"),
            *_table(CELLS, width),
            Content(),
            *_heading("Marks"),
            *_table(STATES, width),
            Content(),
            *render(HOW_IT_GOES, width),
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
