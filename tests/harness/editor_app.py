"""An app that is nothing but the editor, in colours of the tutor, and the keys that are pressed in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets.text_area import Location

from tutor.ui.editor.code_editor import CodeEditor
from tutor.ui.kit.themes import OWN, SIXTEEN_ON_DARK


class EditorApp(App[None]):
    """Nothing but an editor."""

    def __init__(self, *, close_brackets: bool = False) -> None:
        super().__init__()
        self.close_brackets = close_brackets
        for theme in OWN:
            self.register_theme(theme)
        self.theme = "dark"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return SIXTEEN_ON_DARK

    def compose(self) -> ComposeResult:
        yield CodeEditor(close_brackets=self.close_brackets)


class RunningEditor:
    """An editor that runs, and the keys that are pressed in it."""

    def __init__(self, app: EditorApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.editor = app.query_one(CodeEditor)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text, each character as a terminal sends it."""
        for char in text:
            self.app.post_message(events.Key("enter" if char == "\n" else char, char))
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        self.editor.post_message(events.Paste(text))
        await self.pilot.pause()

    def select(self, start: Location, end: Location) -> None:
        """Select from one place to another."""
        self.editor.move_cursor(start)
        self.editor.move_cursor(end, select=True)

    @property
    def text(self) -> str:
        return self.editor.text

    @property
    def cursor(self) -> Location:
        return self.editor.cursor_location

    @property
    def marked(self) -> str:
        """The text with `|` where the cursor is, and `^` where a selection begins elsewhere."""
        start, end = self.editor.selection
        signs = {end: "|"} if start == end else {start: "^", end: "|"}
        lines = self.text.split("\n")
        for (row, column), sign in sorted(signs.items(), reverse=True):
            lines[row] = lines[row][:column] + sign + lines[row][column:]
        return "\n".join(lines)


@asynccontextmanager
async def running_editor(
    marked: str = "|", *, close_brackets: bool = False, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[RunningEditor]:
    """An editor with the focus, whose text has `|` where the cursor is and perhaps `^` where a
    selection begins.
    """
    app = EditorApp(close_brackets=close_brackets)
    async with app.run_test(size=size) as pilot:
        at = RunningEditor(app, pilot)
        text = marked.replace("|", "").replace("^", "")
        at.editor.open(text, read_only=False)
        at.editor.focus()
        end = _place(marked.replace("^", ""), "|")
        at.select(_place(marked.replace("|", ""), "^") if "^" in marked else end, end)
        await pilot.pause()
        yield at


def _place(text: str, sign: str) -> Location:
    before = text[: text.index(sign)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1
