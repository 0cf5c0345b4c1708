"""The program in colours, with the line of an error and of a step marked."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import work
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip

from tutor.text import columns
from tutor.ui.editor.step_mark import marked
from tutor.ui.kit.highlighting import COLOURS, Highlighting, Piece
from tutor.ui.kit.plain_editor import PlainEditor
from tutor.ui.kit.row_painter import Look

STRETCH = 100
"""Lines that are coloured at once, in 0.01 s: a paste of a megabyte has thirty thousand."""


class ColouredEditor(PlainEditor):
    """A program, coloured, its failing line marked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "code--error",
        "code--step",
        *(f"code--{colour}" for colour in COLOURS.values()),
    }

    DEFAULT_CSS = """
    ColouredEditor {
        & .code--keyword { color: $code-keyword; text-style: bold; }
        & .code--builtin { color: $code-builtin; }
        & .code--definition { color: $code-definition; }
        & .code--decorator { color: $code-decorator; }
        & .code--string { color: $code-string; }
        & .code--constant { color: $code-constant; }
        & .code--comment { color: $code-comment; text-style: italic; }
        & .code--error { background: $failed; text-style: underline; }
        & .code--step { background: $step-line; text-style: bold; }
    }
    """

    error_line: reactive[int | None] = reactive(None, init=False)
    """The line, from 1, on which the last run failed; forgotten with the next change."""

    step_line: reactive[int | None] = reactive(None, init=False)
    """The line, from 1, of the step that the timeline shows; forgotten with the next change."""
    step_note: reactive[Content] = reactive(Content(), init=False)
    """What the step did: stands at the end of its line, where there is room."""

    def __init__(self) -> None:
        super().__init__(show_line_numbers=True)
        self.highlighting = Highlighting()
        self.colouring = False
        """Whether colours in sight are still to be found."""

    def open(self, code: str, *, read_only: bool) -> None:
        """Show another program; what was undone before is forgotten."""
        self.load_text(code)
        self.read_only = read_only
        self.error_line = self.step_line = None

    def point_at(self, line: int) -> None:
        """Mark the line of an error and go there, unless the cursor is on it."""
        self.error_line = min(line, self.document.line_count)
        if self.cursor_location[0] + 1 != self.error_line:
            self.move_cursor((self.error_line - 1, 0))
            self.action_cursor_line_start()

    def look(self, y: int) -> Look:
        row = y + self.scroll_offset.y
        inside = row < self.document.line_count
        return (*super().look(y), self.colours_of(row) if inside else None)

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        row = y + self.scroll_offset.y
        if row + 1 != self.step_line or row >= self.document.line_count:
            return strip
        ground = self.get_component_rich_style("code--step", partial=True)
        at_end = self.cursor_location == (row, len(self.document.get_line(row)))
        used = self.gutter_width + columns(self.get_line(row).plain) - self.scroll_offset.x + at_end
        return marked(self, strip, ground, self.gutter_width, used, self.step_note)

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        for start, end, colour in self.colours_of(line_index):
            line.stylize(self.get_component_rich_style(f"code--{colour}", partial=True), start, end)
        if line_index + 1 == self.error_line:
            line.stylize(self.get_component_rich_style("code--error", partial=True))
        if line_index + 1 == self.step_line:
            line.stylize(self.get_component_rich_style("code--step", partial=True))
        return line

    def colours_of(self, line_index: int) -> list[Piece]:
        """The colours of a line; none yet if it lies far below all whose colours are known."""
        if not self.colouring and self.reach_colours(line_index):
            return self.highlighting.line(line_index)
        if not self.colouring:
            self.colouring = True
            self.colour_on()
        return []

    def reach_colours(self, line_index: int) -> bool:
        """Find the colours of what is in sight, or of a stretch on the way; whether that is done."""
        self.highlighting.update(self.document.lines)
        last_in_sight = max(line_index, self.scroll_offset.y + self.size.height)
        return self.highlighting.reach(last_in_sight, STRETCH)

    @work
    async def colour_on(self) -> None:
        """Find colours until those in sight are found, with a turn for keys after each stretch."""
        while not self.reach_colours(0):
            await asyncio.sleep(0)
        self.colouring = False
        # Textual 8.x: the cache of painted lines has no key for colours; this empties it.
        self.notify_style_update()
        self.paint_changes()

    def get_component_rich_style(
        self, *names: str, partial: bool = False, default: Style | None = None
    ) -> Style:
        # Textual 8.x: lays the whole style of the cursor's line over the colours of the code, its
        # foreground too; and over the mark of an error, which is where the cursor is sent.
        if names == ("text-area--cursor-line",):
            partial = True
            if self.cursor_location[0] + 1 == self.error_line:
                names = ("code--error",)
            if self.cursor_location[0] + 1 == self.step_line:
                names = ("code--step",)
        return super().get_component_rich_style(*names, partial=partial, default=default)

    def watch_error_line(self) -> None:
        # Textual 8.x: the cache of painted lines has no key for the mark; this empties it.
        self.notify_style_update()

    def watch_step_line(self, line: int | None) -> None:
        self.notify_style_update()
        if line is not None:
            self.scroll_to_region(Region(self.scroll_offset.x, line - 1, 1, 1), animate=False)

    def watch_step_note(self) -> None:
        self.notify_style_update()

    def on_text_area_changed(self) -> None:
        self.error_line = self.step_line = None
