"""The editor over the line in which a text is looked for."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
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
        goes_on = {key for key, action in self.editor.keys.items() if action == "find_next"}
        self.find_line = FindLine(goes_on)
        self.wanted = ""
        """What is looked for, or was last."""
        self.origin: Location = (0, 0)
        """Where the search began."""

    def compose(self) -> ComposeResult:
        yield self.editor
        yield self.find_line

    @on(CodeEditor.Find)
    def begin(self, message: CodeEditor.Find) -> None:
        """Open the line, or go on to the next place."""
        message.stop()
        if message.next and self.wanted:
            self.go_on()
            return
        selected = self.editor.selected_text
        self.origin = min(self.editor.selection)
        self.find_line.open(self.wanted if "\n" in selected or not selected else selected)

    @on(FindLine.Typed)
    def look_for(self, message: FindLine.Typed) -> None:
        """Go to the first place of another text."""
        message.stop()
        if self.find_line.is_open:
            self.wanted = message.text
            self.show(self.place_from(self.origin))

    @on(FindInput.Next)
    def go_on(self) -> None:
        """Go to the next place."""
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
            self.editor.focus()
        return was_open
