"""The picture of a program's closures: functions left, cells as boxes right, wires between them.

`routes` puts what shares a cell together and leads the wires, `layout` says what is shown, `places`
where, for a width. The terminal, SVG and Graphviz draw the same.
"""

from .dot import as_dot
from .drawing import ASCII, LINES, Drawing, Ink, Span, as_text
from .layout import Picture, picture
from .svg import as_svg

__all__ = (
    "ASCII",
    "LINES",
    "Drawing",
    "Ink",
    "Picture",
    "Span",
    "as_dot",
    "as_svg",
    "as_text",
    "picture",
)
