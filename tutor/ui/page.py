"""A page over the screen that is closed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

if TYPE_CHECKING:
    Base = ModalScreen[None]
else:
    Base = object


class ClosesOnce(Base):
    """A mixin, to stand before the page that it is for."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the page, unless it is closed: of two keys in a burst the second asks again."""
        # Textual 8.x: dismiss() takes whatever lies on top, and raises where that is the last.
        return super().dismiss(result) if self.is_current else AwaitComplete()
