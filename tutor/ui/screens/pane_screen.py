"""A screen of panes: on to the next one, one of them alone, one of them as a drawer."""

from __future__ import annotations

from collections.abc import Callable

from textual.getters import query_one
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from tutor.text import visible
from tutor.ui.kit.pane import ROOMY, WIDE, Pane


class PaneScreen(Screen[None]):
    """Moves the focus from pane to pane, zooms, and opens the drawer."""

    ALLOW_IN_MAXIMIZED_VIEW = "TitleBar, KeyBar"
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
        return [pane for pane in self.query(Pane) if pane.display or pane in waiting]

    @property
    def pane_in_focus(self) -> Pane | None:
        """The pane whose widget has the focus, if any."""
        return next((pane for pane in self.query(Pane) if pane.has_focus_within), None)

    def tell(self, sentence: str) -> None:
        """Say something that belongs to no pane."""
        self.notify(visible(sentence), markup=False)

    def in_turn(self, act: Callable[[], object]) -> None:
        """Act once the widget with the focus has handled the keys that were pressed before.

        A priority binding runs when its key arrives; in a burst, letters typed before it still
        wait in that widget's queue.
        """
        (self.focused or self).call_later(act)

    def bring(self, pane: Pane) -> None:
        """Have a pane in sight: a zoom of another one ends."""
        if self.maximized is not pane:
            self.minimize()

    def watch_drawer(self, opened: bool) -> None:
        if opened:
            self.bring(self.drawer_pane)
            self.focus_before = self.focused
            self.call_after_refresh(self.focus_drawer)
            return
        if self.maximized is self.drawer_pane:
            self.minimize()
        if self.focus_before:
            self.focus_before.focus()

    def focus_drawer(self) -> None:
        """Put the focus on the drawer, unless the next key of a burst has closed it again."""
        if self.drawer:
            self.drawer_pane.take_focus()

    def action_exercises(self) -> None:
        """Go to the pane of the drawer where it has a place, else open or close the drawer."""
        if self.wide:
            self.bring(self.drawer_pane)
            self.drawer_pane.take_focus()
        else:
            self.drawer = not self.drawer

    def action_next_pane(self) -> None:
        """Close the drawer, or put the focus on the next pane in sight; a zoom goes with it."""
        if self.drawer:
            self.drawer = False
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
        pane = self.pane_in_focus
        if self.maximized or pane is None:
            self.minimize()
        else:
            self.maximize(pane, container=False)
