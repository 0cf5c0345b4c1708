"""Lines of text in a pane: wrapped to its width, scrolled by the keyboard, painted line by line.

One widget instead of a `Static` in a `VerticalScroll`: what is shown may depend on the width (hanging
indents, columns), and a long log repaints only the rows in sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tutor.text import columns
from tutor.ui.kit.keys_in_order import KeysInOrder
from tutor.ui.kit.marks import MARKS


def hang(text: Content, width: int, first: str | Content = "", rest: str = "") -> list[Content]:
    """The text wrapped at words, after `first` on its first line and after `rest` on the others."""
    lead = Content(first) if isinstance(first, str) else first
    rooms = [max(width - taken, 8) for taken in (lead.cell_length, columns(rest))]
    one = "\n" not in text.plain
    if one and lead.cell_length + text.cell_length <= width:
        return [lead + text]
    first_line, *others = text.wrap(rooms[0] if one else min(rooms)) or [Content()]
    if one and rooms[0] < columns(text.plain.partition(" ")[0]) <= rooms[1]:
        first_line = Content()  # a word that would be cut here, and not on the next line
    if one and rooms[0] != rooms[1]:
        after = text[len(first_line.plain) :]
        others = after[len(after.plain) - len(after.plain.lstrip()) :].wrap(rooms[1])
    return [lead + first_line, *(Content(rest) + line for line in others)]


def cut(text: Content, width: int) -> list[Content]:
    """The text in lines of `width` columns, as it stands; what goes on begins with a mark.

    A line ends after a space where the last one is not too far back, so that no word and no number
    is read as two. Nothing is moved or dropped.
    """
    if text.cell_length <= width:
        return [text]
    first, *others = text.divide(list(_cuts(text.plain, width)))
    mark = Content.styled(f"{MARKS.goes_on} ", "$muted")
    return [first, *(mark + line for line in others)]


def _cuts(plain: str, width: int) -> Iterator[int]:
    """The index of each character that begins another line."""
    begin = used = space = 0
    room = width
    for index, char in enumerate(plain):
        wide = columns(char)
        if used + wide > room:
            begin = space if space > begin + room // 2 else index
            room = width - len(MARKS.goes_on) - 1
            used = columns(plain[begin:index])
            yield begin
        used += wide
        if char == " ":
            space = index + 1


class Edged(Content):
    """A line that a TextView paints with a bar at its left."""

    __slots__ = ("edge",)
    edge: str
    """The style of the bar."""


def edged(lines: Iterable[Content], width: int, colour: str) -> list[Content]:
    """The lines on a ground of their own, which they fill, with a bar of this colour."""
    return [_edged(line, width, colour) for line in lines]


def _edged(line: Content, width: int, colour: str) -> Content:
    line = line.pad_right(max(0, width - line.cell_length)).stylize_before("on $panel")
    made = Edged(line.plain, list(line.spans))
    made.edge = f"bold {colour} on $panel"
    return made


class LazyLines(Sequence[Content]):
    """A sequence of lines, each made only when it is shown."""

    def line(self, index: int) -> Content:
        """Make a line."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Content: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Content]: ...
    def __getitem__(self, index: int | slice) -> Content | Sequence[Content]:
        whole = range(len(self))
        if isinstance(index, slice):
            return [self.line(number) for number in whole[index]]
        return self.line(whole[index])


class TextView(KeysInOrder, ScrollView, can_focus=True):
    """Scrollable text: a subclass says in `lines` what it shows at a width."""

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
        self.shown: Sequence[Content] = []
        self.made_for = 0
        """The width that the lines were made for."""

    def lines(self, width: int) -> Sequence[Content]:
        """What to show, each line at most `width` columns wide."""
        raise NotImplementedError

    def reflow(self) -> None:
        """Make the lines anew; the place that is in sight stays."""
        self.made_for = width = self.scrollable_content_region.width
        self.shown = self.lines(width) if width > 0 else []
        self.resize_text()

    def resize_text(self) -> None:
        """Tell the scroll bar how many lines there are, and paint."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.shown))
        self.refresh()

    def on_resize(self) -> None:
        if self.scrollable_content_region.width == self.made_for:
            self.resize_text()
        else:
            self.reflow()

    def watch_show_vertical_scrollbar(self, shown: bool) -> None:
        # Textual 8.x: moves the thumb of a scroll bar only while the bar is in sight.
        if shown:
            self.vertical_scrollbar.position = self.scroll_y

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Leaves left and right to the pane: there is nothing to scroll to."""
        return action not in ("scroll_left", "scroll_right")

    @property
    def line_in_focus(self) -> int:
        """The line that the learner is on; where none is chosen, the first in sight."""
        return self.scroll_offset.y

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor stands while the view has the focus."""
        below = self.line_in_focus - self.scroll_offset.y
        return self.content_region.offset + Offset(0, max(0, min(below, self.size.height - 1)))

    def line_at(self, index: int) -> Content:
        """The line as it is painted now."""
        return self.shown[index] if index < len(self.shown) else Content()

    def render_lines(self, crop: Region) -> list[Strip]:
        strips = super().render_lines(crop)
        if crop.x == 0 and self.gutter.left:
            top = self.scroll_offset.y + crop.y - self.gutter.top
            for number, strip in enumerate(strips):
                if isinstance(line := self.line_at(top + number), Edged):
                    bar = Content.styled(MARKS.edge, line.edge)
                    edge = Strip.join(Visual.to_strips(self, bar, 1, 1, self.visual_style))
                    for each in self.get_line_filters():  # such as the one of NO_COLOR
                        edge = edge.apply_filter(each, self.background_colors[1])
                    strips[number] = Strip.join([edge, strip.crop(1)])
        return strips

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = self.line_at(self.scroll_offset.y + y)
        strips = Visual.to_strips(self, line, width, 1, self.visual_style, pad=True)
        return strips[0] if strips else Strip.blank(width)
