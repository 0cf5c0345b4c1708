"""The bottom row: the keys that matter now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.content import Content
from textual.keys import key_to_character
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from tutor.ui.keys.actions import KEYS, key_name
from tutor.ui.keys.row import Entry, Moment, Row, row_of

OURS = {str(key.id) for key in KEYS}
FIRST = "bold $on-first on $first"
"""How the first thing to do looks."""
ESCAPE = "escape"
"""The one key that has an entry beside that of its action: it leads back."""


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
        background: $raised;
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
                keys[str(binding.id)] = (binding.key, self.app.get_key_display(binding))
                if binding.key == ESCAPE:
                    keys[ESCAPE] = (ESCAPE, "Esc")
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
        """A key of a widget as it is written for people: `Enter`, `s`, `[ ]`."""
        character = key_to_character(binding.key) or ""
        written = character if character.isprintable() and not character.isspace() else ""
        return binding.key_display or written or key_name(binding.key)

    def render(self) -> Content:
        if self.row is None:
            return Content()
        left, right = self.row.fit(self.size.width)
        before = [self.entry(*each, first=number == 0) for number, each in enumerate(left)]
        after = [self.entry(*each) for each in right]
        gap = self.size.width - sum(each.cell_length for each in (*before, *after))
        return Content.assemble(*before, " " * gap, *after)

    def entry(self, entry: Entry, text: str, *, first: bool = False) -> Content:
        """A key and what it does, with room around; a click on it does that."""
        content = Content.styled(text, "$muted").stylize("bold $accent", 0, len(entry.shown))
        if first:
            content = Content(text)
        content = Content.assemble(" ", content, " ")
        # Textual 8.x: paints what has a meta of "@click" as a link, in one colour.
        return (content.stylize(FIRST) if first else content).stylize(
            Style.from_meta({"key": entry.key})
        )

    def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        if key := event.style.meta.get("key"):
            self.app.simulate_key(key)
