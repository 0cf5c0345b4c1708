"""A step of the timeline in a line, and all of them as a track."""

from __future__ import annotations

from textual.content import Content

from tutor.protocol.views import Change, Step
from tutor.text import columns, shorten, visible
from tutor.ui.cells.cell_text import LEAST_NAME
from tutor.ui.kit.marks import MARKS
from tutor.views.labels import hue
from tutor.views.pieces import EMPTY_CELL
from tutor.views.timeline import Timeline

BEGINNING = "before the first"
NOTE_COLUMNS = 40
"""What a note at the end of a line of code takes at most."""


def in_its_colour(label: str) -> str:
    """The style of a cell's letter, without a fill."""
    return f"bold $cell-{hue(label)}"


def said(timeline: Timeline, step: Step | None, width: int) -> Content:
    """A step in a line: what it is about, what it did."""
    if step is None:
        return Content.styled(BEGINNING, "$muted")
    subject = visible(timeline.subject(step), keep_newlines=False)
    match step.what:
        case Change.FUNCTION_MADE:
            return Content.assemble((shorten(subject, width - 8), "bold"), " is made")
        case Change.FUNCTION_GONE:
            return Content.assemble((shorten(subject, width - 8), "bold"), " is gone")
    label, _, name = subject.partition(" ")
    name = shorten(name, max(LEAST_NAME, width // 2))
    in_place = ", in place" if step.what is Change.MUTATED else ""
    room = width - columns(f"{label} {name} {in_place}")
    return Content.assemble(
        (label, in_its_colour(label)), f" {name} ", _change(step, room), in_place
    )


def note(timeline: Timeline, step: Step | None) -> Content:
    """What a step did, for the end of its line of code: ` A  1 → 2`; empty for the first state."""
    if step is None:
        return Content()
    if step.cell is None:
        return Content.styled(said(timeline, step, NOTE_COLUMNS).plain, "$muted")
    change = _change(step, NOTE_COLUMNS - len(step.cell) - 2, spaced=True)
    return Content.assemble((step.cell, in_its_colour(step.cell)), "  ", change)


def _change(step: Step, room: int, *, spaced: bool = False) -> Content:
    """`1→2`: the old value, cut first where there is no room, and the new one."""
    gap = " " if spaced else ""
    becomes = f"{gap}{MARKS.becomes}{gap}"
    room -= columns(becomes)
    old = EMPTY_CELL if step.what is Change.FILLED else _value(step.before)
    new = _value(step.after)
    if columns(old + new) > room:
        old = shorten(old, max(room - columns(new), room // 2))
        new = shorten(new, room - columns(old))
    return Content.assemble(old, (becomes, "bold $changed"), (new, "bold $changed"))


def _value(text: str | None) -> str:
    return EMPTY_CELL if text is None else visible(text, keep_newlines=False)


def keys_of(followed: str, width: int) -> str:
    """The keys that lead on, as many as fit; the help has all."""
    keys = "[ ] step"
    for more in (f"{{ }} of {followed}", "w who", "= when", "m made") if followed else ():
        keys += f"  {more}" if len(keys) + len(more) + 2 <= width else ""
    return keys


class Track:
    """The whole recording in one line: each change as the letter of its cell.

    Where several lie in one column, the cell that is followed comes first.
    """

    def __init__(self, timeline: Timeline, width: int) -> None:
        self.timeline = timeline
        self.width = max(1, width)
        self.last = max(1, len(timeline))
        self.letters: dict[int, str] = {}
        """By column."""
        for cell in timeline.recording.cells:
            for step in timeline.changes_of(cell.label):
                self.letters.setdefault(self.column(step), cell.label)

    def column(self, step: int) -> int:
        """Where a step is."""
        return step * (self.width - 1) // self.last

    def at(self, step: int, followed: str) -> Content:
        """The track, with a mark where the learner is."""
        here = self.column(step)
        parts = []
        done = 0
        for column in sorted({*self.letters, here}):
            parts.append((MARKS.line * (column - done), "$rule"))
            parts.append(self._mark(column, column == here, followed))
            done = column + 1
        return Content.assemble(*parts, (MARKS.line * (self.width - done), "$rule"))

    def _mark(self, column: int, here: bool, followed: str) -> tuple[str, str]:
        if here:
            return MARKS.passed, "bold $accent"
        before = self.timeline.change_of(followed, self._first(column + 1), -1)
        is_followed = before is not None and before >= self._first(column)
        label = followed if is_followed else self.letters[column]
        letter = label if len(label) == 1 else MARKS.bullet
        return letter, in_its_colour(label) if is_followed else "$muted"

    def _first(self, column: int) -> int:
        """The first step of a column, or of those after it."""
        if column >= self.width:
            return self.last + 1
        return -(-column * self.last // max(1, self.width - 1))
