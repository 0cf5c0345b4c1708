"""Every command of the editor, on one page: its id, its keys, what it does.

The keys count while the editor has the focus. Alt with a letter is sent by every terminal, as Escape and
the letter; Alt+B and Alt+F are not free: they arrive as Ctrl+Left and Ctrl+Right, which is what macOS
means by them. What only some terminals send (Shift with a page key, Ctrl with Home) has a letter too.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding


def _command(id: str, keys: str, name: str, help: str, action: str = "") -> Binding:
    return Binding(keys, action or id, name, show=False, tooltip=help, id=id)


EDITING = (
    _command("undo", "ctrl+z,super+z", "Undo", "take the last change back"),
    _command("redo", "ctrl+y,super+y", "Redo", "make it again"),
    _command("copy", "ctrl+c,super+c", "Copy", "what is selected, else the line"),
    _command("cut", "ctrl+x,super+x", "Cut", "what is selected, else the line"),
    _command("paste", "ctrl+v", "Paste", "what was copied or cut here"),
    _command("select_all", "alt+a", "Select all", "the whole program"),
    _command("select_line", "alt+l", "Select line", "the line of the cursor"),
    _command(
        "select_page_up",
        "shift+pageup,alt+u",
        "Select up",
        "from here a page up",
        "cursor_page_up(True)",
    ),
    _command(
        "select_page_down",
        "shift+pagedown,alt+m",
        "Select down",
        "from here a page down",
        "cursor_page_down(True)",
    ),
    _command("text_start", "ctrl+home,alt+t", "Top", "to the first line"),
    _command("text_end", "ctrl+end,alt+z", "End", "to the last line"),
    _command("find", "alt+w", "Find", "a text; Enter finds the next, Escape ends it"),
    _command("find_next", "alt+n", "Find next", "its next place, after the last the first"),
    _command("comment", "alt+c", "Comment", "make the lines comments, or code again"),
    _command("indent", "tab", "Indent", "the selected lines; else on to the next stop"),
    _command("unindent", "shift+tab", "Unindent", "take a step of indentation away"),
    _command("move_lines_up", "alt+up,alt+k", "Move up", "the line, or the selected ones"),
    _command("move_lines_down", "alt+down,alt+j", "Move down", "the line, or the selected ones"),
    _command("delete_right", "delete,ctrl+d", "Delete", "the character under the cursor"),
    _command("delete_word_right", "alt+d,alt+delete", "Delete word", "to the end of the word"),
    _command(
        "delete_word_left",
        "ctrl+w,ctrl+backspace,alt+backspace",
        "Delete back",
        "to the start of the word",
    ),
    _command(
        "delete_to_line_start",
        "ctrl+u,super+backspace",
        "Clear to start",
        "from the start of the line to the cursor",
        "delete_to_start_of_line",
    ),
    _command(
        "delete_to_line_end",
        "ctrl+k",
        "Clear to end",
        "to the end of the line; where it ends, its end",
        "delete_to_end_of_line_or_delete_line",
    ),
    _command("delete_line", "alt+r,ctrl+shift+k", "Remove line", "the line, or the selected ones"),
    _command(
        "edit_outside",
        "alt+e",
        "Your editor",
        "the program in `$VISUAL` or `$EDITOR`; one with a window must wait, as `code --wait` does",
    ),
)
"""In the order of the help. A command whose keys are all taken away is still found by searching."""


USUAL_EDITING = {str(command.id): command.key for command in EDITING}
"""Every command with its keys, comma-separated, where nothing else is asked for."""


def actions_by_key(keys: Mapping[str, str]) -> dict[str, str]:
    """The action of each key of the editor, where `keys` has the keys of each command."""
    return {key: command.action for command in EDITING for key in keys[str(command.id)].split(",")}
