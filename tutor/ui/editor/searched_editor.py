"""The editor over the line in which a text is looked for."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input
from textual.widgets.text_area import Location, Selection

from tutor.text import one_line
from tutor.ui.editor.code_editor import CodeEditor
from tutor.ui.editor.find import NOWHERE, FindInput, FindLine, Found, find


class SearchedEditor(Vertical):
    """An editor in which can be searched.

    While the line is open the place that was found is selected. Afterwards the cursor stands there and
    nothing is selected, which the next key would replace.
    """

    DEFAULT_CSS = """
    SearchedEditor {
        CodeEditor { height: 1fr; }
    }
    """

    def __init__(self, keys: Mapping[str, str], *, close_brackets: bool) -> None:
        super().__init__()
        self.editor = CodeEditor(keys, close_brackets=close_brackets)
        self.editor.searched_by = self
        self.find_line = FindLine(self.editor.action_of)
        self.wanted = ""
        """What is looked for, or was last."""
        self.origin: Location = (0, 0)
        """Where the search began."""

    def compose(self) -> ComposeResult:
        yield self.editor
        yield self.find_line

    def begin(self) -> None:
        """Open the line."""
        selected = self.editor.selected_text
        self.origin = min(self.editor.selection)
        self.find_line.open(self.wanted if "\n" in selected or not selected else selected)

    @on(Input.Changed)
    def look_for(self, message: Input.Changed) -> None:
        """Go to the first place of what is typed."""
        message.stop()
        self.catch_up()

    def catch_up(self) -> None:
        """Look for what stands in the line by now, if it is another text."""
        text = self.find_line.line.value
        if self.find_line.is_open and text != self.wanted:
            self.wanted = text
            self.show(self.place_from(self.origin))

    @on(FindInput.Next)
    def go_on(self) -> None:
        """Go to the next place."""
        self.catch_up()
        row, column = self.origin = min(self.editor.selection)
        self.show(self.place_from((row, column + 1)))

    def place_from(self, start: Location) -> Found | None:
        """The next place of what is looked for."""
        return find(self.editor.document.lines, self.wanted, start)

    def show(self, found: Found | None) -> None:
        """Go to a place."""
        if found:
            end = found.end if self.find_line.is_open else found.start
            self.editor.selection = Selection(found.start, end)
            self.editor.record_cursor_width()
        if self.find_line.is_open:
            self.find_line.tell(found)
        elif not found:
            self.notify(f"`{one_line(self.wanted, 40)}` is {NOWHERE}.", markup=False)

    def end_find(self) -> bool:
        """Close the line, if it is open; the cursor stays where it is."""
        was_open = self.find_line.is_open
        if was_open:
            self.find_line.is_open = False
            self.editor.move_cursor(min(self.editor.selection))
            self.screen.set_focus(self.editor)
        return was_open
