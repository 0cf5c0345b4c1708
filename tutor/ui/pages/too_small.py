"""What stands in place of the tutor where the terminal has no room for it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

SMALLEST = Size(60, 18)


class TooSmall(ModalScreen[None]):
    """Says that the terminal is too small; goes away when it is large enough again."""

    DEFAULT_CSS = """
    TooSmall {
        background: $background;
        color: $foreground;
    }
    """

    def compose(self) -> ComposeResult:
        yield Static()

    def on_resize(self) -> None:
        here = self.app.size
        self.query_one(Static).update(
            f"The terminal has {here.width} columns and {here.height} rows. "
            f"The tutor needs {SMALLEST.width} and {SMALLEST.height}: make the window larger."
        )


def fits(size: Size) -> bool:
    """Whether the tutor has room."""
    return size.width >= SMALLEST.width and size.height >= SMALLEST.height
