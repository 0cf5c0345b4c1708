"""A screen of panes: on to the next one, and one of them alone on the screen."""

from __future__ import annotations

from textual.screen import Screen

from tutor.ui.pane import Pane


class PaneScreen(Screen[None]):
    """Moves the focus from pane to pane, and zooms."""

    ALLOW_IN_MAXIMIZED_VIEW = "TitleBar, KeyBar"

    @property
    def pane_in_focus(self) -> Pane | None:
        return next((pane for pane in self.query(Pane) if pane.has_focus_within), None)

    def action_next_pane(self) -> None:
        """Put the focus on the next pane in sight; a zoom goes with it."""
        zoomed = self.maximized is not None
        self.minimize()
        panes = [pane for pane in self.query(Pane) if pane.display]
        here = self.pane_in_focus
        pane = panes[(panes.index(here) + 1) % len(panes) if here else 0]
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
