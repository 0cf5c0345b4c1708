"""The editor of a program: what its keys do to the text."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Protocol

from textual import events
from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from tutor.ui.editor.changes import (
    INDENT,
    Change,
    Placed,
    commented,
    indented,
    moved,
    removed,
    unindented,
)
from tutor.ui.editor.closing import PAIRS, Typed, is_empty_pair, typed
from tutor.ui.editor.coloured_editor import ColouredEditor
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
NOTHING_COPIED = "Nothing was copied here yet. What was copied elsewhere your terminal pastes, by a key of its own."


class Searching(Protocol):
    """What finds a text in an editor."""

    wanted: str
    """What was looked for last."""

    def begin(self) -> Widget:
        """Ask for a text; what takes the keys from now on."""

    def go_on(self) -> None:
        """Go to its next place."""


class CodeEditor(ColouredEditor, inherit_bindings=False):
    """The learner's program, and the commands of `keys/editing.py`.

    Each command is one step of undo, which brings back the text and where the cursor was.
    """

    # All keys are in the table: of TextArea's own some have another meaning in the tutor.
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self, keys: Mapping[str, str] = USUAL_EDITING, *, close_brackets: bool = False
    ) -> None:
        super().__init__()
        self.keys = MOVES | WRITING | actions_by_key(keys)
        """The action of each key."""
        self.close_brackets = close_brackets
        self.cut_lines = ""
        """What was copied or cut as whole lines: it is pasted between lines."""
        self.searched_by: Searching | None = None
        """What finds a text in it."""
        self.deputy: Widget | None = None
        """What has the focus since a text is looked for."""

    # What is typed.

    def action_of(self, key: str) -> str | None:
        return self.keys.get(key)

    async def on_key(self, event: events.Key) -> None:
        if self.deputy and self.deputy is self.screen.focused:
            # It was pressed in one burst with the key by which the focus went there.
            self.deputy.post_message(event.copy())
            event.stop()
            event.prevent_default()
            return
        if self.read_only:
            return
        if isinstance(event, PastedKey):
            done = event.key == "enter" and self.put("\n")
        else:
            done = self.close_brackets and self.typed_in_pairs(event)
        if done:
            event.stop()
            event.prevent_default()

    def put(self, text: str) -> bool:
        """Put a text in place of what is selected."""
        self.replace(text, *self.selection, maintain_selection_offset=False)
        return True

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
        event.stop()
        event.prevent_default()
        if not self.read_only:
            self.put_untabbed(event.text)

    def put_untabbed(self, text: str) -> None:
        """Put a text in place of what is selected, with spaces for its tabs."""
        row, column = min(self.selection)
        shown = self.get_column_width(row, column)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "\t" in text:
            first, *others = text.split("\n")
            # The first line goes on from where the cursor stands.
            first = (" " * shown + first).expandtabs(INDENT)[shown:]
            text = "\n".join((first, *(line.expandtabs(INDENT) for line in others)))
        self.history.checkpoint()
        self.put(text)
        self.history.checkpoint()

    # Whole lines.

    def change(self, change: Change | None) -> None:
        """Make a change of lines, if there is one."""
        if change is None or self.read_only:
            return
        if change.text != self.document.get_text_range(change.start, change.end):
            self.history.checkpoint()
            self.edit(Placed(change.text, change.start, change.end, False, change.selection))
            self.history.checkpoint()

    def change_lines(self, command: Callable[[Sequence[str], Selection], Change | None]) -> None:
        """Do to the selected lines what a command makes of them."""
        self.change(command(self.document.lines, self.selection))

    def action_comment(self) -> None:
        self.change_lines(commented)

    def action_unindent(self) -> None:
        self.change_lines(unindented)

    def action_indent(self) -> None:
        (row, column), (last, _) = sorted(self.selection)
        if row != last:
            self.change_lines(indented)
        elif not self.read_only:
            self.put(" " * (INDENT - self.get_column_width(row, column) % INDENT))

    def action_move_lines_up(self) -> None:
        self.change(moved(self.document.lines, self.selection, -1))

    def action_move_lines_down(self) -> None:
        self.change(moved(self.document.lines, self.selection, 1))

    # Moving and selecting.

    def action_text_start(self) -> None:
        self.move_cursor(self.document.start)

    def action_text_end(self) -> None:
        self.move_cursor(self.document.end)

    def action_cursor_page_up(self, select: bool = False) -> None:
        start = self.selection.start
        super().action_cursor_page_up()
        if select:
            self.selection = Selection(start, self.cursor_location)

    def action_cursor_page_down(self, select: bool = False) -> None:
        start = self.selection.start
        super().action_cursor_page_down()
        if select:
            self.selection = Selection(start, self.cursor_location)

    def action_find(self) -> None:
        if self.searched_by:
            self.deputy = self.searched_by.begin()

    def action_find_next(self) -> None:
        if self.searched_by and self.searched_by.wanted:
            self.searched_by.go_on()
        else:
            self.action_find()

    # Deleting.

    def action_delete_line(self) -> None:
        self.change_lines(removed)

    def action_delete_left(self) -> None:
        """In the indentation a step of it goes, elsewhere a character."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        if self.read_only:
            return
        if self.selection.is_empty and before and not before.strip(" "):
            self.delete((row, column - ((column - 1) % INDENT + 1)), (row, column))
        else:
            super().action_delete_left()

    # Copying and pasting.

    def whole_line(self) -> str:
        """The line of the cursor, with its end."""
        return self.document.get_line(self.cursor_location[0]) + "\n"

    def action_copy(self) -> None:
        """Copy what is selected, else the line."""
        self.cut_lines = "" if self.selected_text else self.whole_line()
        self.app.copy_to_clipboard(self.cut_lines or self.selected_text)

    def action_cut(self) -> None:
        """Copy and take away what is selected, else the line."""
        if self.read_only:
            return
        self.action_copy()
        if self.selection.is_empty:
            self.action_delete_line()
        else:
            self.action_delete_left()

    def action_paste(self) -> None:
        """Put what was copied here at the cursor, whole lines above its line."""
        if self.read_only:
            return
        text = self.app.clipboard
        if not text:
            # Textual 8.x: would put nothing in place of what is selected.
            self.notify(NOTHING_COPIED, markup=False)
        elif text == self.cut_lines and self.selection.is_empty:
            row, column = self.cursor_location
            after = Selection.cursor((row + 1, column))
            self.change(Change((row, 0), (row, 0), text, after))
        else:
            self.put_untabbed(text)

    # Elsewhere.

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
