"""The colour of a cell: the letter tells which cell it is, the colour helps to find it."""

from __future__ import annotations

HUES = "abcdefgh"
"""Names of the eight colours, as themes have them: `cell-a` to `cell-h`."""


def hue(label: str) -> str:
    """Which of the colours a cell has: A to H have one each, then they begin again."""
    number = 0
    for letter in label.lower():
        number = 26 * number + ord(letter) - ord("a") + 1
    return HUES[(number - 1) % len(HUES)]
