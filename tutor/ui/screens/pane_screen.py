"""A screen of panes: on to the next one, one of them alone, one of them as a drawer."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.getters import query_one
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from tutor.text import visible
from tutor.ui.kit.keys_in_order import KeysInOrder, hand_on, is_typed
from tutor.ui.kit.pane import ROOMY, WIDE, Pane


class PaneScreen(Screen[None]):
    """Moves the focus from pane to pane, zooms, and opens the drawer."""

    ALLOW_IN_MAXIMIZED_VIEW = "TitleBar, VerdictBand, KeyBar"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide"), (ROOMY, "-roomy")]  # noqa: RUF012

    wide: reactive[bool] = reactive(False)
    """Whether the pane of the drawer has a place beside the others instead."""
    roomy: reactive[bool] = reactive(False)
    """Whether the editor has the full height."""

    drawer: reactive[bool] = reactive(False, toggle_class="-drawer")
    """Whether the drawer lies over the panes."""
    drawer_pane: query_one[Pane]
    """The pane that is the drawer."""
    taking_turns: reactive[bool] = reactive(False, toggle_class="-taking-turns")
    """Whether two panes have one place: the one that had the focus last is in sight."""
    turn_of_second: reactive[bool] = reactive(False, toggle_class="-turn-of-second")
    """Whether that is the second of them."""
    in_turns: tuple[Pane, ...] = ()
    """The two panes."""
    focus_before: Widget | None = None
    """What had the focus before the drawer was opened."""
    pressed = ""
    """The key that was pressed last: those of one action do not always mean the same."""
    over: Widget | None = None
    """What lies over the panes until something that it may cover is wanted; it takes no focus."""

    def on_resize(self) -> None:
        self.wide = self.size.width >= WIDE
        self.roomy = self.size.width >= ROOMY

    def on_descendant_focus(self) -> None:
        here = self.pane_in_focus
        if here in self.in_turns:
            self.turn_of_second = here is self.in_turns[-1]

    @property
    def panes(self) -> list[Pane]:
        """The panes that can have the focus now."""
        waiting = self.in_turns if self.taking_turns else ()
        there = [pane for pane in self.query(Pane) if pane is not self.over]
        return [pane for pane in there if pane.display or pane in waiting]

    @property
    def pane_in_focus(self) -> Pane | None:
        """The pane whose widget has the focus, if any."""
        return next((pane for pane in self.query(Pane) if pane.has_focus_within), None)

    def tell(self, sentence: str) -> None:
        """Say something that belongs to no pane."""
        self.notify(visible(sentence), markup=False)

    def place_to_type(self, asking: Widget) -> Widget | None:
        """What takes the keys that were typed in a widget that cannot; it has the focus then."""
        raise NotImplementedError

    # Textual 8.x: here keys and pastes arrive while nothing has the focus.
    def _forward_event(self, event: events.Event) -> None:
        typed = isinstance(event, events.Paste) or (
            isinstance(event, events.Key) and is_typed(event)
        )
        place = self.place_to_type(self) if typed and not event.is_forwarded else None
        if place:
            place._forward_event(event)
        else:
            super()._forward_event(event)

    def on_key(self, event: events.Key) -> None:
        """What was typed in a widget that knows nothing of all this."""
        if is_typed(event) and event.key not in self.active_bindings:
            self.type_elsewhere(event)

    def on_paste(self, event: events.Paste) -> None:
        self.type_elsewhere(event)

    def type_elsewhere(self, event: events.Key | events.Paste) -> None:
        """Give what nobody took to where one types."""
        place = self.place_to_type(self.focused) if self.focused else None
        if place and place is not self.focused:
            hand_on(event, place)

    def in_turn(self, act: Callable[[], object]) -> None:
        """Act once the widget with the focus has handled the keys that were pressed before.

        A priority binding runs when its key arrives; in a burst, letters typed before it still
        wait in that widget's queue.
        """
        focused = self.focused
        (focused or self).call_later(act)
        if isinstance(focused, KeysInOrder):
            focused.call_later(focused.follow_focus)

    def bring(self, pane: Pane) -> None:
        """Have a pane in sight: a zoom of another one ends, the drawer goes, and what covers panes."""
        self.uncover()
        if self.drawer and pane is not self.drawer_pane:
            self.drawer = False
        if self.maximized is not pane:
            self.minimize()

    def cover(self, widget: Widget) -> None:
        """Lay something over the panes."""
        self.uncover()
        self.over = widget
        self.query_one("#body").mount(widget)

    def uncover(self) -> None:
        """Take away what lies over the panes."""
        if self.over:
            self.over.remove()
            self.over = None
            self.refresh_bindings()  # what Escape does

    def watch_drawer(self, opened: bool) -> None:
        if opened:
            self.bring(self.drawer_pane)
            self.focus_before = self.focused
            self.drawer_pane.take_focus()
            return
        if self.maximized is self.drawer_pane:
            self.minimize()
        if self.pane_in_focus is self.drawer_pane:
            self.set_focus(self.focus_before)

    def action_exercises(self) -> None:
        """Go to the pane of the drawer where it has a place, else open or close the drawer."""
        if self.drawer:
            self.drawer = False
        else:
            self.open_drawer()

    def open_drawer(self) -> None:
        """Go to the pane of the drawer, wherever it is."""
        if self.wide:
            self.bring(self.drawer_pane)
            self.drawer_pane.take_focus()
        else:
            self.drawer = True

    def close_what_is_open(self) -> bool:
        """Close one thing that lies over panes, or was begun in one; whether there was any."""
        if self.over:
            self.uncover()
            return True
        if (within := self.pane_in_focus) and within.give_up():
            return True
        was_open, self.drawer = self.drawer, False
        return was_open

    @property
    def closes(self) -> str:
        """What Escape does with what is open, in a word; empty if nothing is."""
        if isinstance(self.focused, Input):
            return "Back"
        return "Close" if self.drawer or self.over else ""

    def go_back(self) -> bool:
        """Put the focus on the answer; whether it was elsewhere."""
        raise NotImplementedError

    def action_next_pane(self) -> None:
        """Close what is open; else go back to the answer by Escape, or on to the next pane.

        A zoom goes with the focus.
        """
        pressed, self.pressed = self.pressed, ""
        if self.close_what_is_open() or (pressed == "escape" and self.go_back()):
            return
        zoomed = self.maximized is not None
        self.minimize()
        panes = self.panes
        here = self.pane_in_focus
        # In a burst the focus may still be in the drawer that was just closed.
        pane = panes[(panes.index(here) + 1) % len(panes) if here in panes else 0]
        pane.take_focus()
        if zoomed:
            self.maximize(pane, container=False)

    def action_zoom(self) -> None:
        """Give the whole screen to the pane with the focus, or take it back."""
        self.uncover()
        pane = self.pane_in_focus
        if self.maximized or pane is None:
            self.minimize()
        else:
            self.maximize(pane, container=False)
