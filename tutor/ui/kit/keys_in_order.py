"""Keys in the order in which they were pressed, and where those go that a widget cannot take.

In a burst of keys, which is what a slow SSH line delivers, a typed letter would overtake an arrow
pressed before it, and land elsewhere; what was typed after a key that moves the focus would be lost
in the widget that had it. Here a key acts, or is handed on, as soon as its widget comes to it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual import events
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    Base = Widget
else:
    Base = object


@runtime_checkable
class TypingScreen(Protocol):
    """A screen that has a place to type in."""

    def place_to_type(self, asking: Widget) -> Widget | None:
        """What takes the keys that were typed in a widget that cannot; it has the focus now.

        None where nothing does; the learner was told why.
        """


def is_typed(event: events.Key) -> bool:
    """Whether a key writes something or takes it away; Alt with a letter does neither."""
    with_shift_at_most = event.key.rpartition("+")[0] in ("", "shift")
    return event.key in ("enter", "backspace") or (event.is_printable and with_shift_at_most)


def hand_on(event: events.Key | events.Paste, widget: Widget) -> None:
    """Give a key or a paste to another widget, after what that was given before."""
    event.stop()
    event.prevent_default()
    again = event.copy() if isinstance(event, events.Key) else events.Paste(event.text)
    # Textual 8.x: no public name for it; else the app takes it for a new key once it has bubbled up.
    widget._forward_event(again)


class KeysInOrder(Base):
    """A mixin that runs bindings as soon as a key arrives; the first of its bases."""

    heir: Widget | None = None
    """What got the focus by a key that was pressed here: what was pressed after that key is for it."""

    IS_FOR_TEXT: ClassVar[bool] = False
    """Whether one types in widgets of this class."""

    @property
    def takes_text(self) -> bool:
        """Whether what is typed belongs here now."""
        return self.IS_FOR_TEXT

    def follow_focus(self) -> None:
        """From here on keys are for what has the focus now."""
        focused = self.screen.focused
        self.heir = None if focused is self else focused

    def on_focus(self) -> None:
        self.heir = None

    # Textual 8.x: gives a printable key to the focused widget at once, but runs a binding only after
    # the key has bubbled to the app.
    async def on_key(self, event: events.Key) -> None:
        if self.heir:
            hand_on(event, self.heir)
            return
        # What keys do in a widget for text is to write: first whether that is for it.
        if self.IS_FOR_TEXT and is_typed(event) and self.handed_on(event):
            return
        if await self.act(event.key):
            event.stop()
            event.prevent_default()
            self.follow_focus()
        elif is_typed(event):
            self.handed_on(event)
        elif event.key != "tab":
            # Textual 8.x: TextArea has meanings for Escape and for Alt with a letter.
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        if self.heir:
            hand_on(event, self.heir)
        else:
            self.handed_on(event)

    def handed_on(self, event: events.Key | events.Paste) -> bool:
        """Whether what was typed is not for this widget; then it is where it belongs, or was told of."""
        if self.takes_text or not isinstance(self.screen, TypingScreen):
            return False
        place = self.screen.place_to_type(self)
        if place is self:
            return False
        event.stop()
        event.prevent_default()
        if place:
            hand_on(event, place)
            self.follow_focus()
        return True

    def action_of(self, key: str) -> str | None:
        """What the widget has a key for."""
        return _actions(type(self)).get(key)

    async def act(self, key: str) -> bool:
        """Do what a key is bound to here or, unless one types here, around here; whether it was."""
        nodes: list[DOMNode] = [self] if self.IS_FOR_TEXT else self.ancestors_with_self
        for node in nodes:
            if isinstance(node, Screen):
                break
            own = node.action_of if isinstance(node, KeysInOrder) else _actions(type(node)).get
            action = own(key)
            if action is not None and await self.app.run_action(action, node):
                return True
        return False


def in_sight(widget: Widget) -> bool:
    """Whether a widget and all that it stands in are displayed."""
    return all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))


@cache
def _actions(node: type[DOMNode]) -> dict[str, str]:
    """The action of every key that the class binds, its bases' keys included."""
    return {
        binding.key: binding.action
        for cls in reversed(node.__mro__)
        if issubclass(cls, DOMNode)
        for binding in Binding.make_bindings(vars(cls).get("BINDINGS", ()))
    }
