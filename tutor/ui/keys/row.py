"""What the row of keys names: first what is to be done now, then as much as there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tutor.text import columns
from tutor.ui.keys.actions import KEYS

ROOM = 2
"""Columns around an entry."""
NAMES = {
    **{str(key.id): (key.description, "") for key in KEYS if key.show},
    "next_pane": ("Next pane", "Pane"),
    "search": ("Search", ""),
}
"""Every action by a word or two, and where there is less room by one."""
OTHERS = ("run", "next_pane", "hint", "task", "search", "next_exercise", "exercises")
"""What can be done in every pane, from what is needed most to what gives way first."""
ENDS = ("help", "quit")
"""What stands at the right end, always."""
LENGTHS = ((False, False, False), (False, False, True), (False, True, True), (True, True, True))
"""Whether the first entry, those of the place and the others are short, from the best on."""


@dataclass(frozen=True)
class Entry:
    """A key and what it does now."""

    key: str
    """The key, as it arrives."""
    shown: str
    """The key, as people write it."""
    name: str
    short: str = ""
    """The name where there is little room."""

    def text(self, *, short: bool) -> str:
        """What stands in the row."""
        return f"{self.shown} {self.short if short and self.short else self.name}"


@dataclass(frozen=True)
class Moment:
    """What the learner is at."""

    running: bool = False
    """Whether a program runs."""
    waits: bool = False
    """Whether it waits for a line, which is not being typed."""
    can_ask: bool = False
    """Whether there is a program to ask, and the prompt is not where one types."""
    passed: bool = False
    """Whether the run that is in view passed."""
    following: str = ""
    """The number and the title of the exercise that F8 goes to; empty if there is none."""
    elsewhere: bool = False
    """Whether the focus is not in the answer."""
    closes: str = ""
    """What Escape does with what is open, if something is."""
    zoomed: bool = False
    """Whether a pane has the whole screen."""


@dataclass(frozen=True)
class Row:
    """The entries, before it is known how wide the row is."""

    first: Entry
    here: tuple[Entry, ...] = ()
    """What can be done where the focus is."""
    others: tuple[Entry, ...] = ()
    """From what is needed most on."""
    ends: tuple[Entry, ...] = ()

    def fit(self, width: int) -> tuple[list[tuple[Entry, str]], list[tuple[Entry, str]]]:
        """What stands at the left and at the right, each entry whole or not at all."""
        ends = [(each, each.text(short=True)) for each in self.ends]
        room = width - sum(columns(text) + ROOM for _, text in ends)
        for short_first, short_here, short in LENGTHS:
            left = [(self.first, self.first.text(short=short_first))]
            left += [(each, each.text(short=short_here)) for each in self.here]
            rest = [(each, each.text(short=short)) for each in self.others]
            if _width(left if short else [*left, *rest]) <= room:
                break
        else:
            left, rest = left[:1], left[1:]
        return _as_fits(left, rest, room), ends


def _as_fits(
    left: list[tuple[Entry, str]], rest: list[tuple[Entry, str]], room: int
) -> list[tuple[Entry, str]]:
    """What is there already, then of the rest what there is room for."""
    for each in rest:
        if _width([*left, each]) <= room:
            left = [*left, each]
    return left


def _width(entries: list[tuple[Entry, str]]) -> int:
    return sum(columns(text) + ROOM for _, text in entries)


def row_of(
    moment: Moment, keys: Mapping[str, tuple[str, str]], of_widget: Iterable[Entry] = ()
) -> Row:
    """The row of a moment, from the keys of the actions, as they arrive and as they are written.

    Escape, which leads back, stands in `keys` beside the actions.
    """
    named = {id: Entry(*keys[id], *words) for id, words in _names(moment).items() if id in keys}
    onward = ("next_exercise",) if moment.passed and moment.following else ()
    back = ("escape",) if moment.elsewhere else ()
    first = next(id for id in ("stop", *onward, *back, "run", "help") if id in named)
    here = [named[id] for id in ("escape", "prompt", "zoom") if id in named and id != first]
    at_front = 1 if "escape" in named and first != "escape" else 0
    here[at_front:at_front] = of_widget
    return Row(
        named[first],
        tuple(here),
        tuple(named[id] for id in OTHERS if id in named and id != first),
        tuple(named[id] for id in ENDS if id in named and id != first),
    )


def _names(moment: Moment) -> dict[str, tuple[str, str]]:
    """What can be done, by what it is called now."""
    names = dict(NAMES)
    if not moment.running:
        del names["stop"]
    if moment.passed and moment.following:
        names["next_exercise"] = (f"Next: {moment.following}", "Next")
    if moment.closes:
        names["escape"] = (moment.closes, "")
    elif moment.elsewhere:
        names["escape"] = ("Your answer", "Answer")
    if moment.waits:
        names["prompt"] = ("Answer the program", "Input")
    elif moment.can_ask:
        names["prompt"] = ("Ask the program", "Ask")
    else:
        del names["prompt"]
    if moment.zoomed:
        names["zoom"] = ("Back", "")
    return names
