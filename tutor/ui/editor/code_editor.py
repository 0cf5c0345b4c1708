"""The editor of a program: its keys, and what is typed in it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from textual import events
from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from tutor.ui.editor.changes import Change
from tutor.ui.editor.closing import PAIRS, Typed, is_empty_pair, typed
from tutor.ui.editor.commands import EditorCommands
from tutor.ui.editor.indentation import indentation
from tutor.ui.keys.editing import USUAL_EDITING, actions_by_key
from tutor.ui.terminal.input import PastedKey

MOVES = {
    key.key: key.action
    for key in Binding.make_bindings(TextArea.BINDINGS)
    if key.action.startswith("cursor_")
}
"""The keys that move the cursor, and the action of each, as TextArea has them."""
WRITING = {"enter": "break_line", "backspace": "delete_left"}


class CodeEditor(EditorCommands, inherit_bindings=False):
    """The learner's program.

    It has no bindings: all its keys are in one table. Of TextArea's own some have another meaning here.
    """

    def __init__(
        self, keys: Mapping[str, str] = USUAL_EDITING, *, close_brackets: bool = False
    ) -> None:
        super().__init__()
        self.use_keys(keys)
        self.close_brackets = close_brackets

    def use_keys(self, keys: Mapping[str, str]) -> None:
        """Have these keys for the commands from now on."""
        self.keys = MOVES | WRITING | actions_by_key(keys)
        """The action of each key."""

    def action_of(self, key: str) -> str | None:
        return self.keys.get(key)

    async def on_key(self, event: events.Key) -> None:
        if self.heir or not self.takes_text:
            return
        if isinstance(event, PastedKey):
            done = event.key == "enter" and self.put("\n")
        else:
            done = self.close_brackets and self.typed_in_pairs(event)
        if done:
            event.stop()
            event.prevent_default()

    def typed_in_pairs(self, event: events.Key) -> bool:
        """Handle a key for which brackets or quotes close themselves."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        before, after = line[:column], line[column:]
        if not self.selection.is_empty:
            return False
        if event.key == "backspace":
            if is_empty_pair(before, after):
                self.delete((row, column - 1), (row, column + 1))
                return True
            return False
        char = event.character or ""
        if char not in {*PAIRS, *PAIRS.values()}:
            return False
        self.colours_of(row)
        in_text = self.highlighting.colour_at(row, column) in ("string", "comment")
        match typed(char, before, after, in_text=in_text):
            case Typed.STEP:
                self.move_cursor((row, column + 1))
            case Typed.PAIR:
                after_it = Selection.cursor((row, column + 1))
                self.change(Change((row, column), (row, column), char + PAIRS[char], after_it))
            case Typed.ITSELF:
                return False
        return True

    def action_break_line(self) -> None:
        """A new line, indented as Python would want it."""
        if self.read_only:
            return
        row, column = min(self.selection)

        def line(number: int) -> tuple[str, list[tuple[int, int, str]]]:
            return self.document.get_line(number), self.colours_of(number)

        self.put("\n" + " " * indentation(line, row, column))

    def on_paste(self, event: events.Paste) -> None:
        """Take what was pasted, with spaces for its tabs."""
        if not self.heir and self.takes_text:
            event.stop()
            event.prevent_default()
            self.put_untabbed(event.text)

    def action_edit_outside(self) -> None:
        """Have the program edited in the learner's own editor."""
        # It is rare, and `subprocess` and `tempfile` are not needed at the start.
        from tutor.ui.editor import outside

        if self.read_only:
            self.notify(outside.TO_READ, markup=False)
            return
        try:
            command = outside.editor_command(os.environ)
            edited = outside.edit_outside(self.text, command, self.app.suspend)
        except outside.EditorError as error:
            self.notify(str(error), markup=False)
        except SuspendNotSupported:
            self.notify(outside.NO_TERMINAL, markup=False)
        else:
            self.take_over(edited.text)
            if edited.said:
                self.notify(edited.said, markup=False)

    def take_over(self, text: str) -> None:
        """Put a later state of the program in place of this one, as one step of undo."""
        cursor = Selection.cursor(self.cursor_location)
        self.change(Change(self.document.start, self.document.end, text, cursor))
