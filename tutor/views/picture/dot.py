"""A picture in the language of Graphviz."""

from __future__ import annotations

from ...protocol.views import Cells
from ...text import visible
from ..labels import hue
from .layout import Picture, picture, way_in
from .svg import LIGHT

WAY_COLUMNS = 120


def as_dot(cells: Cells) -> str:
    """The picture as a graph: functions and cells, an edge a capture, back to a function that is held."""
    drawn = picture(cells)
    lines = ["digraph closures {", "  rankdir=LR;", '  node [fontname="monospace"];']
    held = [row.function for part in drawn.parts for row in part.rows if row.function]
    for function in held:
        lines.append(_function(function.id, drawn))
    for each in drawn.unheld:
        lines.append(_function(each.id, drawn, each.remark))
    for label, box in drawn.boxes.items():
        text = (
            f"{label}  {' '.join(filter(None, (box.now.type, '' if box.back else box.now.value)))}"
        )
        colour = LIGHT[hue(label)]
        lines.append(
            f'  cell_{label} [shape=box, style="rounded,filled", color="{colour}", '
            f'fillcolor="{colour}22", label={_quoted(text)}];'
        )
    for function in held:
        for free in function.free:
            edge = f'label={_quoted(free.name)}, color="{LIGHT[hue(free.cell)]}"'
            lines.append(f"  {function.id} -> cell_{free.cell} [{edge}];")
    for cell in cells.cells:
        if drawn.boxes[cell.label].back:
            lines.append(f"  cell_{cell.label} -> {cell.holds} [style=dashed, constraint=false];")
    return "\n".join([*lines, "}", ""])


def _function(id: str, drawn: Picture, remark: str = "") -> str:
    said = way_in(drawn.called[id], WAY_COLUMNS) + (f" ({remark})" if remark else "")
    return f"  {id} [shape=plaintext, label={_quoted(said)}];"


def _quoted(text: str) -> str:
    """A quoted string of the dot language, in which the backslash has a meaning of its own."""
    shown = visible(text, keep_newlines=False).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown}"'
