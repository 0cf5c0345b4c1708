"""The bottom row: the keys that matter now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, cast

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from tutor.ui.keys.actions import ESSENTIAL, KEYS

GAP = "  "
FIRST = "bold $on-first on $first"
"""How the first thing to do looks."""
LAST = "quit"
"""Stands at the right end."""
COLUMNS_FOR_ALL = 100
"""From this width on every action is named."""
GIVE_WAY = ("zoom", "next_pane", "exercises", "next_exercise", "task")
"""What is left out first where not all fits."""


class Offering(Protocol):
    """A screen that knows which of its actions do something now."""

    def offers(self, action: str) -> bool:
        """Whether an action does something now."""


class KeyBar(Widget):
    """One row, painted from the screen's bindings.

    Textual's Footer makes a widget for each key anew at every change of focus, and what does not fit
    scrolls out of sight.
    """

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        background: $raised;
    }
    """

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self.bindings_changed)

    def bindings_changed(self, _screen: Screen[object]) -> None:
        """Paint the row again: other keys matter now."""
        self.refresh()

    def render(self) -> Content:
        bindings = self.bindings()
        entries = {id: self.entry(binding) for id, binding in bindings.items()}
        last = entries.pop(LAST, Content())
        if self.outer_size.width < COLUMNS_FOR_ALL:
            entries = {id: entry for id, entry in entries.items() if id in ESSENTIAL}
        left = row_of(entries.values())
        room = self.size.width - last.cell_length - len(GAP)
        for id in GIVE_WAY:
            if left.cell_length > room and id in entries:
                del entries[id]
                left = row_of(entries.values())
        left = left.truncate(max(0, room))
        gap = " " * (self.size.width - left.cell_length - last.cell_length - 1)
        return Content.assemble(left, gap, last, " ")

    def bindings(self) -> dict[str, Binding]:
        """What can be done now, each with the first of its keys, in the order of the table."""
        active: dict[str | None, Binding] = {}
        for each in self.screen.active_bindings.values():
            active.setdefault(each.binding.id, each.binding)
        offers = cast(Offering, self.screen).offers
        shown = (key for key in KEYS if key.show and key.id in active and offers(key.action))
        return {str(key.id): active[key.id] for key in shown}

    def entry(self, binding: Binding) -> Content:
        """A key and what it does; a click on it does that."""
        key = (self.app.get_key_display(binding), "bold $accent")
        # Textual 8.x: paints what has a meta of "@click" as a link, in one colour.
        click = Style.from_meta({"action": binding.action})
        return Content.assemble(key, " ", (binding.description, "$muted")).stylize(click)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        if action := event.style.meta.get("action"):
            await self.run_action(f"screen.{action}")


def row_of(entries: Iterable[Content]) -> Content:
    """The entries side by side: the first is what to do first."""
    first, *others = entries or [Content()]
    return Content.assemble(
        Content.assemble(" ", first, " ").stylize(FIRST),
        *(Content.assemble(" ", each, " ") for each in others),
    )
