"""A picture in the language of Graphviz."""

from __future__ import annotations

from ...protocol.views import Cells
from ...text import NAME_COLUMNS, one_line, visible
from ..pieces import NO_CELLS
from .layout import contents, name_of


def as_dot(cells: Cells) -> str:
    """The picture as a graph: every function, every cell, an edge a capture."""
    lines = ["digraph closures {", "  rankdir=LR;", '  node [fontname="monospace"];']
    for function in cells.functions:
        label = name_of(function) + ("" if function.free else f" ({NO_CELLS})")
        lines.append(f"  {function.id} [shape=plaintext, label={_quoted(label)}];")
    for cell in cells.cells:
        label = f"{cell.label}  {contents(cell)}"
        lines.append(f"  cell_{cell.label} [shape=box, label={_quoted(label)}];")
    for function in cells.functions:
        for free in function.free:
            name = one_line(free.name, NAME_COLUMNS)
            lines.append(f"  {function.id} -> cell_{free.cell} [label={_quoted(name)}];")
    return "\n".join([*lines, "}", ""])


def _quoted(text: str) -> str:
    """A quoted string of the dot language, in which the backslash has a meaning of its own."""
    return '"' + visible(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
