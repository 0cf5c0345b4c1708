"""Keys that arrive in one burst act in the order in which they were pressed."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input, TextArea

from tutor.ui.editor import CodeEditor, PlainEditor
from tutor.ui.prompt import PromptInput

BURST = ["home", "right", "x", "left", "y", "end", "z", "backspace", "backspace", "w"]


class OneWidget(App[None]):
    def __init__(self, widget: TextArea | Input) -> None:
        super().__init__()
        self.widget = widget

    def compose(self) -> ComposeResult:
        yield self.widget


async def pressed(widget: TextArea | Input) -> str:
    """What stands in the widget after the burst; every key is there before the first is handled."""
    app = OneWidget(widget)
    async with app.run_test() as pilot:
        widget.focus()
        await pilot.pause()
        for key in BURST:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        return widget.text if isinstance(widget, TextArea) else widget.value


@pytest.mark.parametrize("make", [PlainEditor, CodeEditor, PromptInput])
async def test_a_burst_of_keys(make: type[PlainEditor | CodeEditor | PromptInput]) -> None:
    widget = make()
    if isinstance(widget, TextArea):
        widget.load_text("one")
    else:
        widget.value = "one"
    assert await pressed(widget) == "oyxnw"
