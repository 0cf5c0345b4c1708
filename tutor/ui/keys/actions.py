"""Every key of the main screen, on one page.

Each action has two keys: an F key, and one that any terminal can send. All have priority: TextArea
owns f6, f7 and escape, Input owns ctrl+f, and a run is asked for wherever the focus is. The ids are
what a keymap changes them by. A tooltip is the action's line in the help.
"""

from __future__ import annotations

from textual.binding import Binding


def _key(
    id: str, keys: str, name: str, help: str, *, show: bool = True, action: str = ""
) -> Binding:
    return Binding(keys, action or id, name, show=show, priority=True, tooltip=help, id=id)


KEYS = (
    _key("help", "f1,ctrl+underscore", "Help", "this page"),
    _key("exercises", "f2,ctrl+o", "Exercises", "the tree of exercises"),
    _key("task", "f3,ctrl+t", "Task", "the task, then the lesson, then back"),
    _key("zoom", "f4,ctrl+f", "Zoom", "the pane with the focus on the whole screen, and back"),
    _key("run", "f5,ctrl+j", "Run", "run the program and hold it against the task"),
    _key(
        "next_pane",
        "f6,escape",
        "Pane",
        "on to the next pane; Escape closes what is open, or goes to your answer",
    ),
    _key("prompt", "f7,ctrl+r", "Prompt", "ask the program that has run, or answer its `input()`"),
    _key("next_exercise", "f8,ctrl+n", "Next", "the next exercise that is not passed"),
    _key("previous_exercise", "shift+f8,alt+p", "Before", "the exercise before", show=False),
    _key("stop", "f9,ctrl+s", "Stop", "stop the program"),
    _key("hint", "f12,ctrl+g", "Hint", "the next hint"),
    _key(
        "settings",
        "alt+s",
        "Settings",
        "the settings: theme, limits, keys",
        show=False,
        action="app.settings",
    ),
    _key("redraw", "ctrl+l", "Redraw", "paint the screen anew", show=False, action="app.redraw"),
    _key("quit", "f10,ctrl+q", "Quit", "leave; everything is saved"),
)
"""In the order of the help and of the row of keys."""


def key_name(key: str) -> str:
    """A key as it is written for people: `F5`, `Ctrl+J`."""
    key = key.replace("underscore", "/").replace("page", "page ")
    return "+".join(part.title().replace(" ", "") for part in key.split("+"))


def shown_keys(keys: str) -> list[str]:
    """The keys of an action as the help names them, at most two; few keyboards have Super."""
    shown = [key for key in keys.split(",") if key and "super+" not in key]
    return list(map(key_name, shown[:2]))
