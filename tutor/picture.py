"""The picture of a program's closures: functions left, cells in the middle, values right.

One layout serves the terminal, SVG and Graphviz: a row a capture, each cell drawn once, on the row
of its first capture; a cell that several functions hold has a vertical track from its first capture
to its last, and no two tracks that overlap share a column.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tutor.text import columns, shorten, visible
from tutor.worker.messages import Cells, CellView, FunctionView

NAME_COLUMNS = 24
VALUE_COLUMNS = 60


@dataclass(frozen=True)
class Row:
    """One capture, or a function that captures nothing."""

    function: str
    """How the function is reached; empty on its second capture and later ones."""
    name: str
    """The free variable; empty for a function without cells."""
    cell: CellView | None
    begins: bool
    """Whether the cell is drawn on this row: it is the cell's first capture."""
    track: int | None
    """The column of the cell's track; None for a cell with one capture."""


@dataclass(frozen=True)
class Track:
    """The vertical line of a shared cell, from row `first` to row `last`."""

    column: int
    first: int
    last: int


@dataclass(frozen=True)
class Picture:
    """The layout."""

    rows: tuple[Row, ...]
    tracks: tuple[Track, ...]

    @property
    def track_columns(self) -> int:
        return max((track.column + 1 for track in self.tracks), default=0)


def picture(cells: Cells) -> Picture:
    """Lay out a report of the inspector; functions without cells come last."""
    by_label = {cell.label: cell for cell in cells.cells}
    captures = [
        (function, number, free)
        for function in cells.functions
        for number, free in enumerate(function.free)
    ]
    spans: dict[str, tuple[int, int]] = {}
    for row, (_, _, free) in enumerate(captures):
        first, _ = spans.get(free.cell, (row, row))
        spans[free.cell] = (first, row)
    tracks = _tracks(spans)
    rows = [
        Row(
            function=visible(function.reached_by, keep_newlines=False) if number == 0 else "",
            name=visible(free.name, keep_newlines=False),
            cell=by_label[free.cell],
            begins=spans[free.cell][0] == row,
            track=tracks[free.cell].column if free.cell in tracks else None,
        )
        for row, (function, number, free) in enumerate(captures)
    ]
    rows += [
        Row(visible(function.reached_by, keep_newlines=False), "", None, False, None)
        for function in cells.functions
        if not function.free
    ]
    return Picture(tuple(rows), tuple(tracks.values()))


def _tracks(spans: dict[str, tuple[int, int]]) -> dict[str, Track]:
    """A column for each shared cell: the first that is free over its whole span."""
    tracks: dict[str, Track] = {}
    ends: list[int] = []
    """The last row in use, by column."""
    for label, (first, last) in spans.items():
        if first == last:
            continue
        column = next((c for c, end in enumerate(ends) if end < first), len(ends))
        ends[column : column + 1] = [last]
        tracks[label] = Track(column, first, last)
    return tracks


@dataclass(frozen=True)
class _Strokes:
    """The characters that lines are drawn with."""

    across: str = "─"
    down: str = "│"
    cross: str = "┼"
    begin: str = "┬"
    join: str = "┤"
    end: str = "┘"


LINES = _Strokes()
ASCII = _Strokes("-", "|", "+", "+", "+", "+")


def as_text(drawn: Picture, strokes: _Strokes = LINES) -> list[str]:
    """The picture in lines of text, values cut to a fit length."""
    functions = [shorten(row.function, NAME_COLUMNS) for row in drawn.rows]
    left = max(map(columns, functions), default=0)
    names = max((columns(row.name) for row in drawn.rows), default=0)
    return [
        _line(number, functions[number], left, names, drawn, strokes).rstrip()
        for number in range(len(drawn.rows))
    ]


def _line(
    number: int, function: str, left: int, names: int, drawn: Picture, strokes: _Strokes
) -> str:
    row = drawn.rows[number]
    head = function + " " * (left - columns(function))
    if row.cell is None:
        return f" {head}  no cells"
    lead = strokes.across * (names - columns(row.name) + 2)
    middle = "".join(
        _stroke(number, column, row, drawn, strokes) for column in range(drawn.track_columns)
    )
    value = f"{strokes.across} {_cell_text(row.cell)}" if row.begins else ""
    return f" {head} {strokes.across * 2} {row.name} {lead}{middle}{value}"


def _stroke(number: int, column: int, row: Row, drawn: Picture, strokes: _Strokes) -> str:
    """What stands where a row meets a column of the tracks."""
    track = next(
        (t for t in drawn.tracks if t.column == column and t.first <= number <= t.last), None
    )
    if track and row.track == column:
        return (
            strokes.begin
            if number == track.first
            else strokes.end
            if number == track.last
            else strokes.join
        )
    passes = row.begins or (row.track is not None and column < row.track)
    if track:
        return strokes.cross if passes else strokes.down
    return strokes.across if passes else " "


def _cell_text(cell: CellView) -> str:
    if cell.empty:
        return f"{cell.label}  empty"
    value = shorten(visible(cell.value or "", keep_newlines=False), VALUE_COLUMNS)
    return f"{cell.label}  {visible(cell.type or '', keep_newlines=False)} {value}"


ROW_HEIGHT, CHARACTER = 32, 8.4
"""Pixels, for a monospaced font of 14 pixels."""


def as_svg(cells: Cells) -> str:
    """The picture as an SVG document that stands alone."""
    drawn = picture(cells)
    functions = [row.function for row in drawn.rows]
    left = 24 + CHARACTER * max((columns(shorten(f, NAME_COLUMNS)) for f in functions), default=4)
    middle = left + 40 + CHARACTER * max((columns(row.name) for row in drawn.rows), default=1)
    cell_x = middle + 60
    texts = [_cell_text(row.cell) for row in drawn.rows if row.cell and row.begins]
    width = round(cell_x + 40 + CHARACTER * max(map(columns, texts), default=12))
    height = 24 + ROW_HEIGHT * max(1, len(drawn.rows))
    places = {
        row.cell.label: _middle(number)
        for number, row in enumerate(drawn.rows)
        if row.cell and row.begins
    }
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="monospace" font-size="14">',
        "<style>text{fill:#24292f}.line{fill:none;stroke:#57606a;stroke-width:1.5}"
        ".cell{fill:#ddf4ff;stroke:#0969da}.none{fill:#57606a;font-style:italic}"
        "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.line{stroke:#8b949e}"
        ".cell{fill:#0c2d6b;stroke:#58a6ff}.none{fill:#8b949e}}</style>",
    ]
    for number, row in enumerate(drawn.rows):
        y = _middle(number)
        parts.append(_text(12, y, shorten(row.function, NAME_COLUMNS)))
        if row.cell is None:
            parts.append(_text(left + 16, y, "no cells", "none"))
            continue
        parts.append(_text(left + 16, y, row.name))
        start = left + 24 + CHARACTER * columns(row.name)
        goal = places[row.cell.label]
        bend = (start + cell_x) / 2
        parts.append(
            f'<path class="line" d="M{start:.0f} {y} C{bend:.0f} {y} {bend:.0f} {goal} '
            f'{cell_x:.0f} {goal}"/>'
        )
        if row.begins:
            parts.append(
                f'<rect class="cell" x="{cell_x:.0f}" y="{y - 11}" rx="4" '
                f'width="{16 + CHARACTER * len(row.cell.label):.0f}" height="22"/>'
            )
            label, _, value = _cell_text(row.cell).partition("  ")
            parts.append(_text(cell_x + 8, y, label))
            parts.append(_text(cell_x + 28 + CHARACTER * len(label), y, value))
    return "\n".join([*parts, "</svg>", ""])


def _middle(number: int) -> int:
    return 12 + ROW_HEIGHT // 2 + ROW_HEIGHT * number


def _text(x: float, y: int, text: str, kind: str = "") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text{style} x="{x:.0f}" y="{y + 5}" xml:space="preserve">{escape(text)}</text>'


def as_dot(cells: Cells) -> str:
    """The picture in the language of Graphviz."""
    lines = ["digraph closures {", "  rankdir=LR;", '  node [fontname="monospace"];']
    for function in cells.functions:
        label = _quoted(_dot_function(function))
        lines.append(f"  {function.id} [shape=plaintext, label={label}];")
    for cell in cells.cells:
        lines.append(f"  cell_{cell.label} [shape=box, label={_quoted(_cell_text(cell))}];")
    for function in cells.functions:
        for free in function.free:
            lines.append(f"  {function.id} -> cell_{free.cell} [label={_quoted(free.name)}];")
    return "\n".join([*lines, "}", ""])


def _dot_function(function: FunctionView) -> str:
    name = visible(function.reached_by, keep_newlines=False)
    return name if function.free else f"{name} (no cells)"


def _quoted(text: str) -> str:
    """A quoted string of the dot language, in which the backslash has a meaning of its own."""
    return '"' + visible(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
