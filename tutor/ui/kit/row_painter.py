"""A text area that paints only the rows that a key changes."""

from __future__ import annotations

from typing import Any

from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from tutor.ui.terminal.cursor import UNPAINTED

Look = tuple[object, ...]


class RowPainter(TextArea):
    """A text area that paints only changed rows; it does not wrap lines or grow with them.

    TextArea paints every row in view at each key. Where the longest line or the number of lines has
    changed it has the whole screen laid out, and painted once more.
    """

    # Textual 8.x: TextArea and Widget have these two with repaint=True; all else about them is the same.
    selection: Reactive[Selection] = reactive(
        Selection(), init=False, always_update=True, repaint=False
    )
    virtual_size = Reactive(Size(0, 0), repaint=False)

    def __init__(self, **options: Any) -> None:
        self.painted: dict[int, Look] = {}
        """What each row in view was painted from."""
        self.styles_kept: dict[tuple[object, ...], Style] = {}
        super().__init__(soft_wrap=False, **options)

    def look(self, y: int) -> Look:
        """All that a row in view is painted from, but for what has all rows painted."""
        row = y + self.scroll_offset.y
        empty = self.document.end == (0, 0)  # then there is a placeholder
        if row >= self.document.line_count:
            return (empty,)
        bracket = self.matching_bracket_location
        return (
            empty,
            self.gutter_width,
            self.document.get_line(row),
            self.selection if self.selection.contains_line(row) else None,
            bracket if bracket and row in (bracket[0], self.cursor_location[0]) else None,
        )

    def render_line(self, y: int) -> Strip:
        self.painted[y] = self.look(y)
        return super().render_line(y)

    def paint_changes(self) -> None:
        """Paint the rows that have another look by now."""
        changed = [y for y in range(self.size.height) if self.look(y) != self.painted.get(y)]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def watch_selection(self) -> None:
        # Textual 8.x: TextArea sets the selection after every change of the text, too.
        self.paint_changes()

    def watch_virtual_size(self, size: Size) -> None:
        # Textual 8.x: what a layout would do. It asks for one itself if the scroll bar comes or goes.
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = size.height
        self.scroll_x = min(self.scroll_x, self.max_scroll_x)
        self.scroll_y = min(self.scroll_y, self.max_scroll_y)

    def get_component_rich_style(
        self, *names: str, partial: bool = False, default: Style | None = None
    ) -> Style:
        # Textual 8.x: a widget forgets its styles with every row that is painted; to find them takes 0.5 ms.
        if names == ("text-area--cursor-line",):
            return (
                Style()
            )  # a ground under the text has two rows sent again for an arrow: 300 bytes
        if names == ("text-area--cursor",):
            # Textual 8.x: takes an empty style for none, and paints in colours of its own.
            return Style(blink=False) if self.app.has_class(UNPAINTED) else Style(reverse=True)
        key = (*names, partial, default)
        if key not in self.styles_kept:
            style = super().get_component_rich_style(*names, partial=partial, default=default)
            self.styles_kept[key] = style
        return self.styles_kept[key]

    def notify_style_update(self) -> None:
        self.styles_kept.clear()
        super().notify_style_update()

    @property
    def rich_style(self) -> Style:
        """The style of what has none of its own, kept like those."""
        if () not in self.styles_kept:
            self.styles_kept[()] = super().rich_style
        return self.styles_kept[()]

    def post_message(self, message: Message) -> bool:
        """Pass on what others want to know, which is not where the cursor is."""
        # On its way to the app this one would stop at five widgets, before the frame of a key.
        return not isinstance(message, TextArea.SelectionChanged) and super().post_message(message)
