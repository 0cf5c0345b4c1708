"""The bottom row: the keys that matter now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from textual.app import App
from textual.binding import Binding
from textual.content import Content
from textual.keys import key_to_character
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from tutor.ui.keys.actions import KEYS, key_name
from tutor.ui.keys.row import GAP, Entry, Moment, Row, row_of

OURS = {str(key.id) for key in KEYS}
SHORT = {"escape": "Esc"}
"""Names of keys that are shorter in the row."""


class Offering(Protocol):
    """A screen that knows what its learner is at."""

    @property
    def moment(self) -> Moment:
        """What the learner is at."""


class KeyBar(Widget):
    """One row, painted from the screen's bindings.

    Textual's Footer makes a widget for each key anew at every change of focus, and what does not fit
    scrolls out of sight.
    """

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $raised;
        color: $muted;
        link-color: $muted;
        link-background: $raised;
        link-style: none;
    }
    """

    row: reactive[Row | None] = reactive(None)
    """What the row names; painted again only when that is something else."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self.bindings_changed)
        self.watch(self.screen, "maximized", self.look_again, init=False)

    def bindings_changed(self, _screen: Screen[object]) -> None:
        """See whether other keys matter now."""
        self.look_again()

    def look_again(self) -> None:
        """See which keys matter now."""
        active = [each.binding for each in self.screen.active_bindings.values() if each.enabled]
        keys: dict[str, tuple[str, str]] = {"search": (App.COMMAND_PALETTE_BINDING, "Ctrl+P")}
        for binding in active:
            if binding.id in OURS:
                keys.setdefault(str(binding.id), (binding.key, self.shown(binding)))
                if binding.key == "escape":
                    keys["escape"] = ("escape", self.shown(binding))
        moment = cast(Offering, self.screen).moment
        self.row = row_of(moment, keys, self.of_widget(active))

    def of_widget(self, active: list[Binding]) -> Iterator[Entry]:
        """What the widget with the focus, and its pane, have to show."""
        told = set()
        for each in active:
            if each.show and not each.system and each.id not in OURS and each.action not in told:
                told.add(each.action)
                yield Entry(each.key, self.shown(each), each.description)

    def shown(self, binding: Binding) -> str:
        """A key as it is written for people: `F5`, `Esc`, `s`, `[`."""
        if binding.key_display:
            return binding.key_display
        if binding.key in SHORT:
            return SHORT[binding.key]
        character = key_to_character(binding.key)
        return character if character and not character.isspace() else key_name(binding.key)

    def render(self) -> Content:
        if self.row is None:
            return Content()
        left, right = self.row.fit(self.size.width)
        gap = Content(" " * GAP)
        before = gap.join(self.entry(*each, first=number == 0) for number, each in enumerate(left))
        after = gap.join(self.entry(*each) for each in right)
        return before.pad_right(self.size.width - before.cell_length - after.cell_length) + after

    def entry(self, entry: Entry, text: str, *, first: bool = False) -> Content:
        """A key and what it does; the first of all is what is to be done."""
        key = len(entry.shown)
        content = Content(text).stylize(f"bold {'$on-first' if first else '$accent'}", 0, key)
        if first:
            content = content.stylize_before("bold $on-first on $first")
        return content.stylize(Style.from_meta({"@click": f"app.simulate_key({entry.key!r})"}))
