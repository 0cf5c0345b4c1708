"""The picture of a program's closures: functions left, cells in the middle, values right.

One layout serves the terminal, SVG and Graphviz: a row a capture, each cell drawn once, on the row
of its first capture; a cell that several functions hold has a vertical track from its first capture
to its last, and no two tracks that overlap share a column.
"""

from .dot import as_dot
from .drawing import ASCII, LINES, Line, as_lines, as_text
from .layout import CaptureRow, Picture, Track, picture
from .svg import as_svg

__all__ = (
    "ASCII",
    "LINES",
    "CaptureRow",
    "Line",
    "Picture",
    "Track",
    "as_dot",
    "as_lines",
    "as_svg",
    "as_text",
    "picture",
)
