"""What the commands of the editor do to its text; the table of them is `keys/editing.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

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
from tutor.ui.editor.coloured_editor import ColouredEditor

NOTHING_COPIED = "Nothing was copied here yet. What was copied elsewhere your terminal pastes, by a key of its own."


class Searching(Protocol):
    """What finds a text in an editor."""

    wanted: str
    """What was looked for last."""

    def begin(self) -> None:
        """Ask for a text."""

    def go_on(self) -> None:
        """Go to its next place."""


class EditorCommands(ColouredEditor):
    """A program with commands, which have no keys yet.

    Each command is one step of undo, which brings back the text and where the cursor was.
    """

    def __init__(self) -> None:
        super().__init__()
        self.whole_lines = ""
        """What was copied or cut as whole lines: it is pasted between lines."""
        self.searched_by: Searching | None = None
        """What finds a text in it."""

    def put(self, text: str) -> bool:
        """Put a text in place of what is selected."""
        self.replace(text, *self.selection, maintain_selection_offset=False)
        return True

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
            self.searched_by.begin()

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
        self.whole_lines = "" if self.selected_text else self.whole_line()
        self.app.copy_to_clipboard(self.whole_lines or self.selected_text)

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
        elif text == self.whole_lines and self.selection.is_empty:
            row, column = self.cursor_location
            after = Selection.cursor((row + 1, column))
            self.change(Change((row, 0), (row, 0), text, after))
        else:
            self.put_untabbed(text)
