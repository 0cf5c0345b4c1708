"""A picture as SVG: places and words of the drawing in text, its strokes as shapes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ...protocol.views import Cells
from ...text import columns
from ..labels import hue
from .drawing import Drawing, Ink
from .layout import picture
from .places import Placed
from .routes import Routes

LINE, CHARACTER = 20, 8.4
"""Pixels, for a monospaced font of 14 pixels."""
BEND, GAP = 6, 7
"""Pixels: the radius of a corner; how wide the ground is that a wire has around it."""
LIGHT = {
    "a": "#7d5300",
    "b": "#0b6091",
    "c": "#a3256f",
    "d": "#4c6400",
    "e": "#5f45b8",
    "f": "#6a4f38",
    "g": "#4a5460",
    "h": "#9a4a00",
}
DARK = {
    "a": "#f2c14e",
    "b": "#6cc6f5",
    "c": "#f29bd0",
    "d": "#b4d468",
    "e": "#b8a4ff",
    "f": "#d0b894",
    "g": "#a3b4cc",
    "h": "#f0a860",
}
"""The colours of cells, as in the themes of those names: nothing of the screen is known here."""
CLASSES = {
    Ink.WAY: "b",
    Ink.NAME: "t",
    Ink.FACT: "m",
    Ink.LETTER: "l",
    Ink.TITLE: "t",
    Ink.TYPE: "m",
    Ink.OLD: "t",
    Ink.VALUE: "b",
    Ink.EMPTY: "m",
}
"""Of text: bold, plain, muted, the letter of a cell; what has none here is drawn as a shape."""


def as_svg(cells: Cells, before: Cells | None = None) -> str:
    """The picture as an SVG document that stands alone, dark where its reader prefers that."""
    drawing = Drawing(picture(cells, before))
    width = round(24 + CHARACTER * max(drawing.width, 10))
    height = 24 + LINE * max(len(drawing), 1)
    parts = list(zip(drawing.drawn.parts, drawing.places, drawing.starts, strict=False))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="monospace" font-size="14">',
            _style(),
            f'<rect class="g" width="{width}" height="{height}"/>',
            *(shape for part in parts for shape in _wires(drawing, *part)),
            *(shape for _, place, start in parts for shape in _boxes(drawing, place, start)),
            *_words(drawing),
            "</svg>",
            "",
        ]
    )


def _style() -> str:
    """What the classes look like."""
    light = _colours("#fffefb", "#20242a", "#5c584f", "#ffffff", LIGHT)
    dark = _colours("#1d2026", "#dbe0e8", "#9da8b9", "#0f1319", DARK)
    shapes = f".w,.h{{fill:none;stroke-width:1.5}}.h{{stroke-width:{GAP}}}.r{{fill-opacity:.14}}"
    words = ".b,.l{font-weight:bold}"
    return f"<style>{shapes}{words}{light}@media(prefers-color-scheme:dark){{{dark}}}</style>"


def _colours(ground: str, text: str, muted: str, badge: str, cells: dict[str, str]) -> str:
    named = f".g{{fill:{ground}}}.h{{stroke:{ground}}}.t,.b{{fill:{text}}}.m{{fill:{muted}}}"
    hues = (
        f".w{each},.r{each}{{stroke:{c}}}.r{each},.f{each}{{fill:{c}}}" for each, c in cells.items()
    )
    return f"{named}.l{{fill:{badge}}}{''.join(hues)}"


def _wires(drawing: Drawing, part: Routes, place: Placed, start: int) -> Iterator[str]:
    """Tracks first: a wire that passes one lies over it, on a piece of the ground."""
    fit = drawing.fit
    middles = [_middle(start + line) for line in place.rows]
    for cell, track in part.tracks.items():
        x = _across(fit.track(track.column))
        from_, to = middles[track.first] + BEND, middles[track.last] - BEND
        yield f'<path class="w w{hue(cell)}" d="M{x:.1f} {from_}V{to}"/>'
    for number, (row, y) in enumerate(zip(part.rows, middles, strict=True)):
        track_of_it = part.tracks.get(row.cell)
        begin, end = (
            _across(fit.name_at + columns(drawing.name(row)) + 0.6),
            _across(fit.box_at - 0.5),
        )
        bend = ""
        if track_of_it:
            turn = _across(fit.track(track_of_it.column))
            if row.name is None:
                begin = turn
            else:
                end = turn - BEND
                down = BEND if number == track_of_it.first else -BEND
                bend = f"Q{turn:.1f} {y} {turn:.1f} {y + down}"
        path = f"M{begin:.1f} {y}H{end:.1f}"
        yield f'<path class="h" d="M{begin + BEND:.1f} {y}H{end:.1f}"/>'
        yield f'<path class="w w{hue(row.cell)}" d="{path}{bend}"/>'
        if row.enters:
            yield f'<path class="f{hue(row.cell)}" d="M{end:.1f} {y}l-8 -4v8z"/>'


def _boxes(drawing: Drawing, place: Placed, start: int) -> Iterator[str]:
    """The frame of each cell, and the fill of its letter."""
    x, width = _across(drawing.fit.box_at), CHARACTER * (drawing.fit.box - 1)
    for label, top in zip(place.boxes, place.tops, strict=True):
        y, height = _middle(start + top), LINE * (drawing.heights[label] - 1)
        colour = hue(label)
        yield (
            f'<rect class="w r r{colour}" x="{x:.1f}" y="{y}" rx="5" '
            f'width="{width:.1f}" height="{height}"/>'
        )
        title = drawing.title(drawing.drawn.boxes[label])
        letter_x, letter_width = x + 1.5 * CHARACTER, CHARACTER * (len(label) + 2)
        if title:
            yield (
                f'<rect class="g" x="{letter_x:.1f}" y="{y - 2}" height="4" '
                f'width="{letter_width + CHARACTER * columns(title):.1f}"/>'
            )
        yield (
            f'<rect class="f{colour}" x="{letter_x:.1f}" y="{y - 9}" '
            f'width="{letter_width:.1f}" height="18"/>'
        )


def _words(drawing: Drawing) -> Iterator[str]:
    """Every piece of text where the drawing in text has it."""
    for number in range(len(drawing)):
        at = 0
        for text, ink, _ in drawing.line(number):
            if ink in CLASSES and (said := text.strip()):
                x = 12 + CHARACTER * (at + columns(text) - columns(text.lstrip()))
                yield _text(x, _middle(number), said, CLASSES[ink])
            at += columns(text)


def _across(column: float) -> float:
    """The middle of a column."""
    return 12 + CHARACTER * (column + 0.5)


def _middle(line: int) -> int:
    return 12 + LINE // 2 + LINE * line


def _text(x: float, y: int, text: str, kind: str) -> str:
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y + 5}" xml:space="preserve">{escape(text)}</text>'
    )
