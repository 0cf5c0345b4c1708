"""Keys in the order in which they were pressed.

In a burst of keys, which is what a slow SSH line delivers, a typed letter would overtake an arrow
pressed before it, and land elsewhere. Here a widget's own bindings run when the key arrives.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.widget import Widget

if TYPE_CHECKING:
    Base = Widget
else:
    Base = object


class KeysInOrder(Base):
    """A mixin that runs a widget's bindings as soon as a key arrives; the first of its bases."""

    # Textual 8.x: gives a printable key to the focused widget at once, but runs a binding only after
    # the key has bubbled to the app.
    async def on_key(self, event: events.Key) -> None:
        action = self.action_of(event.key)
        if action is not None:
            event.stop()
            event.prevent_default()
            await self.app.run_action(action, self)
        elif "alt" in event.key.split("+")[:-1]:
            # Textual 8.x: has the letter of such a key typed.
            event.prevent_default()

    def action_of(self, key: str) -> str | None:
        """What the widget has a key for."""
        return _actions(type(self)).get(key)


@cache
def _actions(widget: type[Widget]) -> dict[str, str]:
    """The action of every key that the class binds, its bases' keys included."""
    return {
        binding.key: binding.action
        for cls in reversed(widget.__mro__)
        if issubclass(cls, Widget)
        for binding in Binding.make_bindings(vars(cls).get("BINDINGS", ()))
    }
