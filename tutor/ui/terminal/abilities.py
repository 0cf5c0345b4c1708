"""What a terminal can do beyond drawing, told by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Abilities(NamedTuple):
    """What saves bytes where a terminal can do it."""

    erases: bool
    """What it erases gets the ground that is set (`bce`), and it erases a count of cells (`ech`)."""
    shifts: bool
    """It inserts and deletes cells of a row (`ich`, `dch`)."""


ABLE = Abilities(erases=True, shifts=True)

# The entries of ncurses 6.4 and those that these terminals bring themselves. To read them through
# `curses` would cost each seat 0.8 MB. That of tmux leaves `bce` out; tmux 2.4 and later does it.
_NAMES = (
    *("alacritty", "contour", "foot", "ghostty", "konsole", "kitty", "linux", "mlterm", "putty"),
    *("rxvt", "st-", "tmux", "vte", "wezterm", "xterm"),
)
_SHIFTING = ("screen", "vt220", "vt320", "vt420", "vt520")


def abilities(environment: Mapping[str, str]) -> Abilities:
    """What the terminal that an environment names can do; of one that is not known, nothing."""
    name = environment.get("TERM", "")
    if name.startswith(_NAMES) or "TMUX" in environment:
        return ABLE
    return Abilities(erases=False, shifts=name.startswith(_SHIFTING))
