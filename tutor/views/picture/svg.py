"""A picture as SVG."""

from __future__ import annotations

from html import escape

from ...protocol.views import Cells
from ...text import columns
from ..pieces import NO_CELLS
from .layout import CaptureRow, end_of, picture

FUNCTION_COLUMNS = 40
ROW_HEIGHT, CHARACTER = 32, 8.4
"""Pixels, for a monospaced font of 14 pixels."""
STYLE = (
    "<style>text{fill:#24292f}.line{fill:none;stroke:#57606a;stroke-width:1.5}"
    ".cell{fill:#ddf4ff;stroke:#0969da}.none{fill:#57606a;font-style:italic}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.line{stroke:#8b949e}"
    ".cell{fill:#0c2d6b;stroke:#58a6ff}.none{fill:#8b949e}}</style>"
)


def as_svg(cells: Cells) -> str:
    """The picture as an SVG document that stands alone."""
    rows = picture(cells).rows
    ways = [end_of(row.function, FUNCTION_COLUMNS) for row in rows]
    left = 24 + CHARACTER * max(map(columns, ways), default=4)
    middle = left + 40 + CHARACTER * max((columns(row.name) for row in rows), default=1)
    cell_x = middle + 60
    right = [row.label + (row.contents or "") for row in rows]
    width = round(cell_x + 40 + CHARACTER * (2 + max(map(columns, right), default=10)))
    height = 24 + ROW_HEIGHT * max(1, len(rows))
    goals = {row.label: _middle(n) for n, row in enumerate(rows) if row.contents is not None}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="monospace" font-size="14">',
        STYLE,
    ]
    for number, (row, way) in enumerate(zip(rows, ways, strict=True)):
        y = _middle(number)
        parts.append(_text(12, y, way))
        if not row.label:
            parts.append(_text(left + 16, y, NO_CELLS, "none"))
            continue
        parts.append(_text(left + 16, y, row.name))
        start = left + 24 + CHARACTER * columns(row.name)
        goal = goals[row.label]
        bend = (start + cell_x) / 2
        parts.append(
            f'<path class="line" d="M{start:.0f} {y} C{bend:.0f} {y} {bend:.0f} {goal} '
            f'{cell_x:.0f} {goal}"/>'
        )
        parts += _cell(row, cell_x, y)
    return "\n".join([*parts, "</svg>", ""])


def _cell(row: CaptureRow, x: float, y: int) -> list[str]:
    """The box of a cell and what it holds, where it is drawn."""
    if row.contents is None:
        return []
    columns_of_label = CHARACTER * len(row.label)
    return [
        f'<rect class="cell" x="{x:.0f}" y="{y - 11}" rx="4" '
        f'width="{16 + columns_of_label:.0f}" height="22"/>',
        _text(x + 8, y, row.label),
        _text(x + 28 + columns_of_label, y, row.contents),
    ]


def _middle(number: int) -> int:
    return 12 + ROW_HEIGHT // 2 + ROW_HEIGHT * number


def _text(x: float, y: int, text: str, kind: str = "") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text{style} x="{x:.0f}" y="{y + 5}" xml:space="preserve">{escape(text)}</text>'
