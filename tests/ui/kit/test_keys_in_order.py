"""Keys that arrive in one burst act in the order in which they were pressed."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input

from tutor.ui.editor.code_editor import CodeEditor
from tutor.ui.kit.line_input import PromptInput
from tutor.ui.kit.plain_editor import PlainEditor
from tutor.ui.kit.themes import SIXTEEN_ON_DARK

BURST = ["home", "right", "x", "left", "y", "end", "z", "backspace", "backspace", "w"]


Editable = PlainEditor | CodeEditor | PromptInput


class OneWidget(App[None]):
    def __init__(self, make: type[Editable]) -> None:
        super().__init__()
        self.make = make

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return SIXTEEN_ON_DARK

    def compose(self) -> ComposeResult:
        self.widget = self.make()
        yield self.widget

    @property
    def content(self) -> str:
        return self.widget.value if isinstance(self.widget, Input) else self.widget.text

    def fill(self, text: str) -> None:
        if isinstance(self.widget, Input):
            self.widget.value = text
        else:
            self.widget.load_text(text)


@pytest.mark.parametrize("make", [PlainEditor, CodeEditor, PromptInput])
async def test_a_burst_of_keys(make: type[Editable]) -> None:
    app = OneWidget(make)
    async with app.run_test() as pilot:
        app.fill("one")
        app.widget.focus()
        await pilot.pause()
        for key in BURST:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        assert app.content == "oyxnw"
