"""A text area that is safe to show whatever stands in it."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets.text_area import Edit, EditResult

from tutor.ui.kit.keys_in_order import KeysInOrder, in_sight
from tutor.ui.kit.row_painter import RowPainter

COLUMN_ROOM = len("col 1000 ")
CHANGES_KEPT = 1000
"""How many times undo takes something back: TextArea keeps 50, which a function is longer than."""


class PlainEditor(KeysInOrder, RowPainter):
    """A text area without frame or blinking cursor; control characters are shown, not obeyed."""

    IS_FOR_TEXT = True

    # Textual 8.x: there they select a line and all; a learner may have given what they are for here
    # another key, and the next letter would take the place of the whole program.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6,f7", "nothing", "Nothing", show=False),
    ]

    DEFAULT_CSS = """
    PlainEditor {
        background: $background;
        padding: 0 0 0 1;
        scrollbar-size: 0 1;
        & .text-area--gutter { color: $muted; }
        & .text-area--placeholder { color: $muted; }
        & .text-area--matching-bracket { background: $background; text-style: underline; }
        & .text-area--cursor-gutter { color: $foreground; background: $background; }
        &:focus {
            background-tint: $foreground 0%;
        }
    }
    """

    def __init__(
        self, *, placeholder: str = "", show_line_numbers: bool = False, id: str | None = None
    ) -> None:
        super().__init__(
            compact=True,
            tab_behavior="indent",
            show_line_numbers=show_line_numbers,
            placeholder=Content(placeholder),
            max_checkpoints=CHANGES_KEPT,
            id=id,
        )
        self.cursor_blink = False

    def action_nothing(self) -> None:
        """Do nothing."""

    @property
    def takes_text(self) -> bool:
        return not self.read_only and in_sight(self)

    def render_line(self, y: int) -> Strip:
        """A row; that of the cursor ends with its column, where there is room."""
        strip = super().render_line(y)
        row, column = self.cursor_location
        here = self.has_focus and y + self.scroll_offset.y == row
        if not (here and self.show_line_numbers and strip.cell_length):
            return strip
        # The last piece is what fills the row. In the row of the cursor and in the colours of most
        # code this costs ten bytes a key; in a header it would be forty.
        *pieces, rest = strip
        free = (
            self.scrollable_content_region.width - COLUMN_ROOM - strip.cell_length + len(rest.text)
        )
        if free <= 0 or not rest.text.isspace():
            return strip
        told = f"{' ' * free}col {column + 1}".ljust(len(rest.text))
        return Strip([*pieces, Segment(told, rest.style)], strip.cell_length)

    def rewrite(self, code: str) -> None:
        """Put other text in place of all; undo brings the old one back."""
        self.history.checkpoint()
        self.replace(code, (0, 0), self.document.end)
        self.move_cursor((0, 0))

    def edit(self, edit: Edit) -> EditResult:
        """Change the text; the cursor is in sight afterwards."""
        # Textual 8.x: scrolls to the cursor before it counts the new lines, so not far enough.
        result = super().edit(edit)
        self.scroll_cursor_visible()
        return result

    def undo(self) -> None:
        """Take the last change back."""
        super().undo()
        # Textual 8.x: what is typed next would join the step before the one that was taken back; to
        # undo both, on other lines, raised IndexError.
        self.history.checkpoint()

    def on_resize(self) -> None:
        if self.has_focus:
            self.call_after_refresh(self.scroll_cursor_visible)

    def on_focus(self) -> None:
        self.call_after_refresh(self.scroll_cursor_visible)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Bring the cursor in sight; how far that scrolled."""
        # Textual 8.x: undo and redo tell the scroll bar of the lines that are left before they move
        # the cursor, which scrolls again; where it still lies past them this raised ValueError.
        if self.cursor_location[0] >= self.document.line_count:
            return Offset()
        # Before there is room, all of it would be above; the room comes with a resize.
        if not self.size:
            return Offset()
        return super().scroll_cursor_visible(center, animate)

    def _recompute_cursor_offset(self) -> None:
        # Textual 8.x: counts the columns of the text as it is, in which a control character has none.
        super()._recompute_cursor_offset()  # type: ignore[no-untyped-call]
        row, column = self.cursor_location
        if not self.document.get_line(row)[:column].isprintable():
            before = self.get_line(row)[:column]
            before.expand_tabs(self.indent_width)
            self._cursor_offset = Offset(before.cell_len, row)

    def get_line(self, line_index: int) -> Text:
        """The line, with one column for each character that a terminal would obey or hide.

        `visible()` would do, but the cursor counts columns of the text as it is.
        """
        line = self.document.get_line(line_index)
        if not line.isprintable():
            line = "".join(map(_stand_in, line))
        return Text(line, end="", no_wrap=True)


def _stand_in(char: str) -> str:
    if char.isprintable() or char == "\t":
        return char
    return chr(0x2400 + ord(char)) if char < " " else "\N{REPLACEMENT CHARACTER}"
