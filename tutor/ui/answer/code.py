"""The editors: what a learner types in, safe to show whatever stands in it."""

from __future__ import annotations

import asyncio
import re
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip

from tutor.course.model import Exercise
from tutor.grading.kinds import kind_of
from tutor.text import columns
from tutor.ui.answer.step_mark import marked
from tutor.ui.kit.highlighting import COLOURS, Highlighting, Piece
from tutor.ui.kit.pane import Pane
from tutor.ui.kit.plain_editor import PlainEditor
from tutor.ui.kit.row_painter import Look
from tutor.ui.tabs import Tab

INDENT = 4
STRETCH = 100
"""Lines that are coloured at once, in 0.01 s: a paste of a megabyte has thirty thousand."""
_ENDS_A_BLOCK = re.compile(r"\s+(return|raise|pass|break|continue)\b")


class CodeEditor(PlainEditor):
    """The learner's program: coloured, indented, its failing line marked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "code--error",
        "code--step",
        *(f"code--{colour}" for colour in COLOURS.values()),
    }

    DEFAULT_CSS = """
    CodeEditor {
        & .code--keyword { color: $code-keyword; text-style: bold; }
        & .code--builtin { color: $code-builtin; }
        & .code--definition { color: $code-definition; }
        & .code--decorator { color: $code-decorator; }
        & .code--string { color: $code-string; }
        & .code--constant { color: $code-constant; }
        & .code--comment { color: $code-comment; text-style: italic; }
        & .code--error { background: $error-line; text-style: underline; }
        & .code--step { background: $step-line; text-style: bold; }
        & .text-area--cursor-line { background: $cursor-line; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+tab", "shift_lines(-1)", "Take indentation away", show=False)
    ]

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
        """Mark the line of an error and go there."""
        self.error_line = min(line, self.document.line_count)
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

    async def on_key(self, event: events.Key) -> None:
        several_lines = self.selection.start[0] != self.selection.end[0]
        if self.read_only or event.key not in ("enter", "tab"):
            return
        if event.key == "enter":
            self.break_line()
        elif several_lines:
            self.action_shift_lines(1)
        else:
            return
        event.stop()
        event.prevent_default()

    def break_line(self) -> None:
        """A new line, indented as Python would want it."""
        row, column = min(self.selection)
        before = self.document.get_line(row)[:column]
        indent = len(before) - len(before.lstrip(" "))
        if before.rstrip().endswith(":"):
            indent += INDENT
        elif _ENDS_A_BLOCK.match(before):
            indent = max(0, indent - INDENT)
        done = self.replace("\n" + " " * indent, *self.selection)
        self.move_cursor(done.end_location)

    def action_delete_left(self) -> None:
        """In the indentation a step of it goes, elsewhere a character."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        if self.selection.is_empty and before and not before.strip(" "):
            self.delete((row, column - ((column - 1) % INDENT + 1)), (row, column))
        else:
            super().action_delete_left()

    def action_shift_lines(self, steps: int) -> None:
        """Indent the selected lines, or take indentation away."""
        if self.read_only:
            return
        (first, _), (last, end) = sorted(self.selection)
        for row in range(first, last + 1 if end or first == last else last):
            line = self.document.get_line(row)
            if steps > 0 and line:
                self.insert(" " * INDENT, (row, 0))
            elif steps < 0:
                self.delete((row, 0), (row, min(INDENT, len(line) - len(line.lstrip(" ")))))


class CodePane(Pane):
    """The editor under its name, where there is room for a name."""

    def __init__(self) -> None:
        self.editor = CodeEditor()
        self.starter = ""
        super().__init__({Tab.CODE: self.editor})

    @property
    def answer(self) -> str:
        """The program as it stands."""
        return self.editor.text

    def open(self, exercise: Exercise, answer: str) -> None:
        """Show the program that would run: the answer, or one to read."""
        kind = kind_of(exercise)
        self.starter = exercise.starter
        self.editor.open(kind.source(exercise, answer), read_only=not kind.is_program)
        self.refresh_header()

    def start_over(self) -> None:
        """The starter again; undo brings the draft back."""
        self.editor.rewrite(self.starter)

    def title_of(self, tab: Tab) -> str:
        return "The program, to read" if self.editor.read_only else tab
