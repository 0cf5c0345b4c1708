"""The line of the timeline's step in the editor: a mark beside its number, at its end what it did."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from tutor.ui.kit.marks import MARKS

SPACE = 2
"""Columns at least between the code and the note."""


def marked(
    widget: Widget, strip: Strip, ground: Style, gutter: int, used: int, note: Content
) -> Strip:
    """The painted row with its mark, its ground and the note, if that fits.

    `gutter` and `used` are columns: of the number and the space after it, and of that with the code.
    """
    width = widget.scrollable_content_region.width
    used = max(gutter, min(used, width))
    mark = Strip([Segment(MARKS.closed, ground + Style(bold=True))], 1)
    number, space = strip.crop(0, gutter - 2), strip.crop(gutter - 1, gutter)
    parts = [_on(ground, number), mark, _on(ground, space), strip.crop(gutter, used)]
    room = width - used
    if 0 < note.cell_length <= room - SPACE:
        blank = Strip.blank(room - note.cell_length - 1, ground)
        said = Visual.to_strips(widget, note, note.cell_length, 1, widget.visual_style)[0]
        parts += [blank, _on(ground, said), Strip.blank(1, ground)]
    else:
        parts.append(Strip.blank(room, ground))
    return Strip.join(parts)


def _on(ground: Style, strip: Strip) -> Strip:
    return Strip([Segment(each.text, (each.style or Style()) + ground) for each in strip])
