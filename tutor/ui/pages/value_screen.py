"""A big value, on request: a page of its own."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from tutor.text import visible
from tutor.ui.kit.pane import LEAVE, ClosesOnce, Page
from tutor.ui.kit.text_view import TextView, cut
from tutor.ui.tabs import Tab


class ValueScreen(ClosesOnce, ModalScreen[None]):
    """What a cell holds, described at length."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss", "Close", show=False)
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.value_title = title
        self.text = text

    def compose(self) -> ComposeResult:
        yield Page({Tab.VALUE: ValueText(self.text)}, self.value_title, note=LEAVE)


class ValueText(TextView):
    """The lines of the value, cut where the screen ends."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def lines(self, width: int) -> list[Content]:
        lines = visible(self.text.rstrip("\n")).split("\n")
        return [part for line in lines for part in cut(Content(line), width)]
