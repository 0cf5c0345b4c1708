"""What a terminal shows, as an SVG document: drawn from the emulator, so from the bytes that were sent."""

from __future__ import annotations

from io import StringIO

import pyte
from pyte.screens import Char
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
HALF, FULL, LEAST = 170, 255, 85
CONSOLE = TerminalTheme(
    (0, 0, 0),
    (HALF, HALF, HALF),
    [
        (0, 0, 0),
        (HALF, 0, 0),
        (0, HALF, 0),
        (HALF, LEAST, 0),
        (0, 0, HALF),
        (HALF, 0, HALF),
        (0, HALF, HALF),
        (HALF, HALF, HALF),
    ],
    [
        (LEAST, LEAST, LEAST),
        (FULL, LEAST, LEAST),
        (LEAST, FULL, LEAST),
        (FULL, FULL, LEAST),
        (LEAST, LEAST, FULL),
        (FULL, LEAST, FULL),
        (LEAST, FULL, FULL),
        (FULL, FULL, FULL),
    ],
)
"""The sixteen colours of the Linux console."""


def svg(screen: pyte.Screen, title: str) -> str:
    """The screen as it would look on a Linux console."""
    console = Console(
        record=True, width=screen.columns, file=StringIO(), color_system="truecolor", markup=False
    )
    for number in range(screen.lines):
        row = screen.buffer[number]
        cells = [row[column] for column in range(screen.columns)]
        console.print(Text.assemble(*((cell.data, _style(cell)) for cell in cells)), no_wrap=True)
    return console.export_svg(title=title, theme=CONSOLE, unique_id="terminal")


def _style(cell: Char) -> Style:
    return Style(
        color=_color(cell.fg),
        bgcolor=_color(cell.bg),
        bold=cell.bold,
        italic=cell.italics,
        underline=cell.underscore,
        reverse=cell.reverse,
    )


def _color(name: str) -> Color | None:
    """From what pyte calls a colour."""
    if name == "default":
        return None
    plain = name.removeprefix("bright")
    if plain in NAMES:
        return Color.from_ansi(NAMES.index(plain) + 8 * (plain != name))
    return Color.parse(f"#{name}")
