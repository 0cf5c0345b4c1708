"""The settings one under the other, in which the reader chooses one and changes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from tutor.state.settings import Settings
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.pane import chosen_style
from tutor.ui.kit.text_view import TextView, hang
from tutor.ui.settings.rows import ROWS, Path, Row, Value, named, row_of, shown, value_of

NAMES = 18
"""Columns of the name of a setting, the mark before it included."""
VALUES = 10
"""Columns of a number, before what it counts."""
GAP = "  "
BAR = "▌"


class SettingsList(TextView):
    """Up and Down choose a setting, Left and Right change one of a few, Enter edits one that is typed."""

    @dataclass
    class Chosen(Message):
        """Another setting is in the row of the cursor."""

        row: Row

    @dataclass
    class Changed(Message):
        """A setting shall have that value."""

        row: Row
        value: Value

    @dataclass
    class EditWanted(Message):
        """A value shall be typed."""

        row: Row

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose(-1)", "Setting above", show=False),
        Binding("down", "choose(1)", "Setting below", show=False),
        Binding("pageup", "choose(-10)", "Ten up", show=False),
        Binding("pagedown", "choose(10)", "Ten down", show=False),
        Binding("home", "choose(-1000)", "The first", show=False),
        Binding("end", "choose(1000)", "The last", show=False),
        Binding("left", "turn(-1)", "The choice before", show=False),
        Binding("right", "turn(1)", "The choice after", show=False),
        Binding("enter", "edit", "Edit", show=False),
    ]

    DEFAULT_CSS = """
    SettingsList {
        padding: 0;
    }
    """

    place: reactive[int] = reactive(0, init=False)
    """Which setting the cursor is on."""

    def __init__(self, settings: Callable[[], Settings], first: Path) -> None:
        super().__init__()
        self.settings = settings
        self.set_reactive(SettingsList.place, ROWS.index(row_of(first)))
        self.starts: list[int] = [0] * (len(ROWS) + 1)
        """The line on which each setting begins, and after the last one where the lines end."""

    @property
    def row(self) -> Row:
        """The setting that the cursor is on."""
        return ROWS[self.place]

    @property
    def line_in_focus(self) -> int:
        return self.starts[self.place]

    def lines(self, width: int) -> Sequence[Content]:
        lines: list[Content] = []
        self.starts = []
        group = ""
        for row in ROWS:
            if row.group != group:
                group = row.group
                lines += [Content(), Content.styled(f" {group}", "bold")]
            self.starts.append(len(lines))
            lines += self.lines_of(row, width)
        self.starts.append(len(lines))
        return lines

    def lines_of(self, row: Row, width: int) -> list[Content]:
        """A setting: its name, then its value or what it may be."""
        lead = Content(f"   {row.name}".ljust(NAMES))
        rest = " " * NAMES
        value = self.value(row)
        if not row.choices:
            said = named(str(value)) if row.is_key else shown(value).ljust(VALUES)
            return hang(Content.assemble((said, "bold"), (row.unit, "$muted")), width, lead, rest)
        lines, line = [], lead
        for choice, word in row.choices:
            mark = MARKS.passed if choice == value else MARKS.not_begun
            part = Content.styled(f"{mark} {word}", "bold" if choice == value else "$muted")
            if line.cell_length + part.cell_length > width and line.cell_length > NAMES:
                lines.append(line)
                line = Content(rest)
            line += part + Content(GAP)
        return [*lines, line]

    def value(self, row: Row) -> Value | None:
        """What a setting is now; of the theme the one that is shown."""
        return self.app.theme if row.path == ("theme",) else value_of(self.settings(), row.path)

    def line_at(self, index: int) -> Content:
        line = super().line_at(index)
        if not self.starts:  # painted before it was laid out
            return line
        first, end = self.starts[self.place], self.starts[self.place + 1]
        if not (first <= index < end and (index == first or line.plain.startswith(" " * NAMES))):
            return line
        mark = Content.styled(BAR, "bold $accent") if index == first else Content(" ")
        name, values = line[1:NAMES].stylize("bold"), line[NAMES:]
        if (at := values.plain.find(f"{MARKS.passed} ")) >= 0:
            till = values.plain.find(GAP, at) + 1
            values = values.stylize(chosen_style(self.app), at, till)
        line = mark + name + values
        room = self.scrollable_content_region.width - line.cell_length
        return line.pad_right(max(0, room)).stylize_before("on $panel")

    def watch_place(self) -> None:
        self.keep_in_sight()
        self.refresh()
        self.post_message(self.Chosen(self.row))

    def resize_text(self) -> None:
        super().resize_text()
        self.keep_in_sight()

    def keep_in_sight(self) -> None:
        """Scroll to the setting that the cursor is on; the first one with the name of its group."""
        first, end = self.starts[self.place], self.starts[self.place + 1]
        top = 0 if self.place == 0 else first
        self.scroll_to_region(Region(0, top, 1, end - top), animate=False)

    def action_choose(self, step: int) -> None:
        self.place = max(0, min(self.place + step, len(ROWS) - 1))

    def action_turn(self, step: int) -> None:
        values = [value for value, _ in self.row.choices]
        if not values:
            return
        now = self.value(self.row)
        place = values.index(now) + step if now in values else 0
        if 0 <= place < len(values):
            self.post_message(self.Changed(self.row, values[place]))

    def action_edit(self) -> None:
        if not self.row.choices:
            self.post_message(self.EditWanted(self.row))
