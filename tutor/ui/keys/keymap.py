"""The keys as the configuration file changes them."""

from __future__ import annotations

from collections.abc import Mapping

from textual.keys import Keys, key_to_character

from tutor.text import visible
from tutor.ui.keys.actions import KEYS, key_name
from tutor.ui.keys.editing import USUAL_EDITING

FIXED = {"ctrl+c": "copy", "ctrl+p": "search", "ctrl+q": "quit"}
"""Keys that keep their meaning on every page."""

USUAL = {str(binding.id): binding.key for binding in KEYS} | USUAL_EDITING
"""Every action with its keys, comma-separated, where nothing else is asked for."""
MODIFIERS = {"alt", "ctrl", "hyper", "meta", "shift", "super"}
NAMED = {key.value.rpartition("+")[2] for key in Keys if key.value[0] != "<"}
TYPING = {
    *("enter", "tab", "backspace", "delete", "insert", "space", "underscore"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
}
"""Named keys without which nothing can be written."""


class KeymapError(Exception):
    """The keys that were asked for cannot be used; str() is one line with a remedy."""

    def __init__(self, what: str) -> None:
        line = f"The keys in the configuration file: {what}."
        self.sentence = visible(f"{what[0].upper()}{what[1:]}.", keep_newlines=False)
        """The same to somebody who is changing them."""
        super().__init__(visible(line, keep_newlines=False))


def keymap(asked: Mapping[str, str]) -> dict[str, str]:
    """Every action with its keys, comma-separated: those asked for, else the usual ones.

    A command of the editor gives up a usual key that another action is to have. Raises KeymapError for an action that there is not, a key that cannot be, and a key with two
    actions.
    """
    if unknown := asked.keys() - USUAL:
        raise KeymapError(f"there is no action `{min(unknown)}`, only {', '.join(USUAL)}")
    keys = USUAL | {
        action: ",".join(map(_checked, said.split(","))) for action, said in asked.items()
    }
    firm = {action: said for action, said in keys.items() if action not in USUAL_EDITING}
    taken = actions_of(firm | {action: keys[action] for action in asked})
    for action in USUAL_EDITING:
        left = [key for key in keys[action].split(",") if taken.get(key, action) == action]
        keys[action] = ",".join(left)
    return keys


def actions_of(keys: Mapping[str, str]) -> dict[str, str]:
    """The action of each key. Raises KeymapError where a key has two."""
    actions = dict(FIXED)
    for action, said in keys.items():
        for key in filter(None, said.split(",")):
            if actions.setdefault(key, action) != action:
                name = key_name(key)
                raise KeymapError(f"{name} is both `{actions[key]}` and `{action}`; change one")
    return actions


def _checked(said: str) -> str:
    """A key in the spelling that arrives; upper case and `/` are people's."""
    *modifiers, key = said.strip().lower().replace("ctrl+/", "ctrl+underscore").split("+")
    known = key in NAMED or key_to_character(key) is not None
    if not known or not set(modifiers) <= MODIFIERS:
        raise KeymapError(f"there is no key `{said.strip()}`; `--keys` shows what yours are called")
    typed = key in TYPING or (key_to_character(key) or "\0").isprintable()
    if typed and set(modifiers) <= {"shift"}:
        raise KeymapError(
            f"`{said.strip()}` is needed for writing; take a key with Ctrl or an F key"
        )
    return "+".join((*sorted(set(modifiers)), key))
