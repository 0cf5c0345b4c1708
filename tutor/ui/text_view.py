"""Lines of text in a pane: wrapped to its width, scrolled by the keyboard, painted line by line.

One widget instead of a `Static` in a `VerticalScroll`: what is shown may depend on the width (hanging
indents, columns), and a long log repaints only the rows in sight.
"""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tutor.text import columns


def hang(text: Content, width: int, first: str | Content = "", rest: str = "") -> list[Content]:
    """The text wrapped at words, after `first` on its first line and after `rest` on the others."""
    lead = Content(first) if isinstance(first, str) else first
    if "\n" not in text.plain and lead.cell_length + text.cell_length <= width:
        return [lead + text]
    room = max(width - max(lead.cell_length, columns(rest)), 8)
    wrapped = text.wrap(room) or [Content()]
    return [(Content(rest) if number else lead) + line for number, line in enumerate(wrapped)]


def cut(text: Content, width: int) -> list[Content]:
    """The text cut every `width` columns: nothing is moved or dropped, as in a terminal."""
    plain = text.plain
    if plain.isascii():
        return text.divide(range(width, len(plain), width))
    cuts, used = [], 0
    for index, char in enumerate(plain):
        wide = columns(char)
        if used + wide > width:
            cuts.append(index)
            used = 0
        used += wide
    return text.divide(cuts)


class TextView(ScrollView, can_focus=True):
    """Shows what `lines` says, made anew when the width changes."""

    DEFAULT_CSS = """
    TextView {
        width: 1fr;
        height: 1fr;
        padding: 0 0 0 1;
        overflow: hidden auto;
        scrollbar-gutter: stable;
        scrollbar-size: 0 1;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.shown: list[Content] = []

    def lines(self, width: int) -> list[Content]:
        """What to show, each line at most `width` columns wide."""
        raise NotImplementedError

    def reflow(self) -> None:
        """Make the lines anew; the place that is in sight stays."""
        width = self.scrollable_content_region.width
        self.shown = self.lines(width) if width > 0 else []
        self.resize_text()

    def resize_text(self) -> None:
        """Tell the scroll bar how many lines there are, and paint."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.shown))
        self.refresh()

    def on_resize(self) -> None:
        self.reflow()

    def watch_show_vertical_scrollbar(self, shown: bool) -> None:
        """Textual moves the thumb of a bar that is in sight only."""
        if shown:
            self.vertical_scrollbar.position = self.scroll_y

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Leaves left and right to the pane: there is nothing to scroll to."""
        return action not in ("scroll_left", "scroll_right")

    def line_at(self, index: int) -> Content:
        """The line as it is painted now."""
        return self.shown[index] if index < len(self.shown) else Content()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = self.line_at(self.scroll_offset.y + y)
        strips = Visual.to_strips(self, line, width, 1, self.visual_style, pad=True)
        return strips[0] if strips else Strip.blank(width)
