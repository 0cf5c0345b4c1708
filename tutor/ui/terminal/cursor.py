"""The terminal's cursor: where it stands, and whether it is seen.

Screen readers, braille displays and input methods follow it. So it stands on the row that the learner
is on, in every pane. Where text is typed it is seen too, in place of a painted one: it looks as the
terminal is set, and a key costs the two colours of a painted cursor less, some 40 bytes.
"""

from __future__ import annotations

from textual.app import App
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tutor.ui.terminal.driver import FrameDriver

UNPAINTED = "-terminal-cursor"
"""A class of the app while the terminal's own cursor is seen, and so no other is painted."""


class CursorAtFocus(App[None]):
    """An app whose terminal has its cursor where the focus is."""

    DEFAULT_CSS = f"""
    App.{UNPAINTED} Input > .input--cursor {{
        color: $foreground;
        background: transparent;
        text-style: none;
    }}
    """

    last_place = Offset()
    """Where the cursor stood last: while nothing has the focus it stays there."""

    def choose_cursor(self, *, painted: bool) -> None:
        """Paint a cursor, or have the terminal show its own where our driver can make it."""
        # The drivers of Textual hide it when they take the terminal, and so do terminals in a browser.
        shown = not painted and not self.is_headless and issubclass(self.driver_class, FrameDriver)
        self.set_class(shown, UNPAINTED)

    @property
    def in_focus(self) -> Widget | None:
        """The widget with the focus, if there is one, and a screen."""
        stack = self.screen_stack
        return stack[-1].focused if stack else None

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor is to stand, in columns and rows of the screen."""
        if widget := self.in_focus:
            self.last_place = cursor_of(widget)
        return self.last_place

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        # Textual 8.x: set by the widgets in which one types, and by no others; they are asked instead.
        pass

    @property
    def cursor_shown(self) -> bool:
        """Whether the terminal is to show its cursor."""
        widget = self.in_focus
        return (
            self.has_class(UNPAINTED)
            and isinstance(widget, Input | TextArea)
            and widget.content_region.contains_point(cursor_of(widget))
        )


def cursor_of(widget: Widget) -> Offset:
    """Where a widget has its cursor: most have a property for it; of all others their first row."""
    place: Offset = getattr(widget, "cursor_screen_offset", widget.content_region.offset)
    # Textual 8.x: at the end of its text this one has its cursor a column after the painted one.
    return place - (1, 0) if isinstance(widget, Input) and widget.cursor_at_end else place
