"""The looks: four of our own, and two for terminals of sixteen colours.

A theme is a table of values; Textual's own names are made of ours. tests/ui/kit/test_contrast.py
measures what the tables promise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tutor.state.settings import THEMES

if TYPE_CHECKING:
    from textual.app import App

LETTERS = "abcdefgh"
"""A cell has the colour of its letter; after H it begins again at A."""


def _table(text: str) -> dict[str, str]:
    """Names, each followed by its colour."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_DARK_GROUNDS = _table("""
    background #131519  surface #1d2026  panel #292e37  raised #343a45
    foreground #dbe0e8  muted #9da8b9  rule #465063  badge #0f1319
    cursor-line #20242b
""")
"""Where one works, beside it, a header, the first and the last row; text, and lines of no text.

A ground's saturation is under 0.15: of a palette of 256 a terminal has for it a grey, else navy.
"""
_DARK_CODE = _table("""
    code-keyword #c8a2e0  code-builtin #84c3ba  code-definition #8cb8f0  code-decorator #e6b450
    code-string #a5c88f  code-constant #e0ad88  code-comment #99a3b4
""")
_DARK_CELLS = "#f2c14e #6cc6f5 #f29bd0 #b4d468 #b8a4ff #d0b894 #a3b4cc #f0a860"


def _theme(
    name: str, colours: dict[str, str], cells: str, tints: str, *, dark: bool = True
) -> Theme:
    """A theme of colours by name; those of the cells, and the grounds of their boxes, in order."""
    own = {
        **colours,
        **{f"cell-{letter}": colour for letter, colour in zip(LETTERS, cells.split(), strict=True)},
        **{f"tint-{letter}": colour for letter, colour in zip(LETTERS, tints.split(), strict=True)},
    }
    accent, foreground, surface = own["accent"], own["foreground"], own["surface"]
    few = surface == "ansi_default"
    under = surface if few else "transparent"  # a scroll bar stands on the ground of its widget
    return Theme(
        name=name,
        dark=dark,
        ansi=few,
        primary=accent,
        secondary=accent,
        accent=accent,
        foreground=foreground,
        background=own["background"],
        surface=surface,
        panel=own["panel"],
        boost="ansi_default" if few else None,
        success=own["success"],
        warning=own["warning"],
        error=own["error"],
        variables={
            **(BUILTIN_THEMES[name].variables if few else {}),
            **({} if few else {"input-selection-background": own["first"]}),
            **({} if few else {"input-selection-foreground": own["on-first"]}),
            **own,
            "text-primary": accent,
            "text-accent": accent,
            "text-success": own["success"],
            "text-warning": own["warning"],
            "text-error": own["error"],
            "block-cursor-background": accent,
            "block-cursor-foreground": own["on-focus"],
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": own["panel"],
            "block-cursor-blurred-foreground": foreground,
            "scrollbar": own["rule"],
            "scrollbar-hover": own["muted"],
            "scrollbar-active": accent,
            "scrollbar-background": under,
            "scrollbar-background-hover": under,
            "scrollbar-background-active": under,
            "scrollbar-corner-color": surface,
            "footer-key-foreground": accent,
            # Older names of ours.
            "cell": own["cell-a"],
            "changed": own["cell-a"],
            "code-inline": own["code-definition"],
        },
    )


def _tints(cells: str, surface: str, share: float) -> str:
    """The ground of each cell's box: this much of its colour over what is around it."""
    ground = Color.parse(surface)
    return " ".join(ground.blend(Color.parse(cell), share).hex for cell in cells.split())


DARK = _theme(
    "dark",
    _DARK_GROUNDS
    | _DARK_CODE
    | _table("""
        accent #82b6f5  on-focus #0d1420  first #475c78  on-first #dbe0e8
        success #5ad9be  passed #12362f  error #f8775c  failed #45221f
        warning #e6b450  step-line #2e3a26
    """),
    _DARK_CELLS,
    _tints(_DARK_CELLS, _DARK_GROUNDS["surface"], 0.13),
)

COLOUR_BLIND = _theme(
    "colour-blind",
    _DARK_GROUNDS
    | _DARK_CODE
    | _table("""
        accent #d5dbe6  on-focus #10141b  first #4a5363  on-first #dbe0e8
        success #63b3ff  passed #10324f  error #ffa53d  failed #4a2f0b
        warning #e6dca0  step-line #33363d
    """),
    _DARK_CELLS,
    _tints(_DARK_CELLS, _DARK_GROUNDS["surface"], 0.13),
)
"""Blue for passed and orange for failed: no common kind of colour blindness takes one for the other."""

_CONTRAST_CELLS = "#ffd75f #7fd7ff #ffafe0 #d0f080 #cfc0ff #ead6b8 #c8d8ec #ffc080"
CONTRAST = _theme(
    "contrast",
    _table("""
        background #000000  surface #000000  panel #2a2a2a  raised #333333
        foreground #ffffff  muted #d6d6d6  rule #d6d6d6  accent #ffe14d
        on-focus #000000  first #4a4a4a  on-first #ffffff  success #5cffd8
        passed #003a30  error #ff9560  failed #4a0a04  warning #ffd75f
        badge #000000  cursor-line #262626  step-line #303000  code-keyword #e0b8ff
        code-builtin #9ae8dc  code-definition #a8d0ff  code-decorator #ffd75f  code-string #c2eba8
        code-constant #ffc8a0  code-comment #d0d0d0
    """),
    _CONTRAST_CELLS,
    _tints(_CONTRAST_CELLS, "#000000", 0.20),
)

LIGHT = _theme(
    "light",
    _table("""
        background #fffefb  surface #f3f2ef  panel #e8e3d6  raised #e0dbcc
        foreground #20242a  muted #5c584f  rule #b9b2a0  accent #1f5fa8
        on-focus #ffffff  first #aab8c2  on-first #20242a  success #00675c
        passed #cfeae4  error #a83200  failed #fbddd0  warning #7d5300
        badge #ffffff  cursor-line #f3f2ef  step-line #e4ecc8  code-keyword #7a3396
        code-builtin #1f6a60  code-definition #1f5fa8  code-decorator #7d5300  code-string #3c6b1f
        code-constant #9a4a12  code-comment #66625a
    """),
    "#7d5300 #0b6091 #a3256f #4c6400 #5f45b8 #6a4f38 #4a5460 #9a4a00",
    _tints(_DARK_CELLS, "#f3f2ef", 0.28),  # on paper a tint of so dark a colour is mud
    dark=False,
)

_SIXTEEN_ON_DARK = {
    # Bright black, the one grey of sixteen, is the background of some terminals: all is plain.
    **dict.fromkeys(_DARK_GROUNDS, "ansi_default"),
    **dict.fromkeys(("first", "on-first", "passed", "failed", "step-line"), "ansi_default"),
    "accent": "ansi_bright_cyan",
    "on-focus": "ansi_black",
    "success": "ansi_bright_green",
    "error": "ansi_bright_red",
    "warning": "ansi_bright_yellow",
    "badge": "ansi_black",
    "code-keyword": "ansi_bright_magenta",
    "code-builtin": "ansi_bright_cyan",
    "code-definition": "ansi_bright_blue",
    "code-decorator": "ansi_bright_yellow",
    "code-string": "ansi_bright_green",
    "code-constant": "ansi_bright_red",
    "code-comment": "ansi_cyan",
}
_SIXTEEN_CELLS = "ansi_bright_yellow ansi_bright_cyan ansi_bright_magenta ansi_bright_blue " * 2


def _on_white(colour: str) -> str:
    """The plain one of sixteen colours: the bright ones, and yellow, cannot be read on white."""
    return colour.replace("bright_", "").replace("yellow", "red")


_PLAIN = "ansi_default " * len(LETTERS)
ANSI_DARK = _theme("ansi-dark", _SIXTEEN_ON_DARK, _SIXTEEN_CELLS, _PLAIN)
ANSI_LIGHT = _theme(
    "ansi-light",
    {
        **{name: _on_white(colour) for name, colour in _SIXTEEN_ON_DARK.items()},
        "accent": "ansi_blue",
        "on-focus": "ansi_bright_white",
        "badge": "ansi_bright_white",
    },
    _on_white(_SIXTEEN_CELLS),
    _PLAIN,
    dark=False,
)

OWN = (DARK, LIGHT, CONTRAST, COLOUR_BLIND, ANSI_DARK, ANSI_LIGHT)
CHOICES = THEMES
SIXTEEN_ON_DARK = ANSI_DARK.variables
"""All our names, for an app that has not yet a theme that knows them."""


def needs_rules(app: App[Any]) -> bool:
    """Whether the grounds cannot tell the panes apart, or the reader wants to see more than that."""
    return app.native_ansi_color or app.theme == CONTRAST.name


def theme_for(asked: str | None, kept: str | None, colour_system: str | None) -> str:
    """The theme that was asked for, else the one that was chosen before, else the terminal's.

    A terminal of sixteen colours makes mud of a theme of many: it gets the nearest of its own,
    unless the learner asked.
    """
    if asked in CHOICES:
        return asked
    chosen = kept if kept in CHOICES else DARK.name
    if colour_system != "standard" or chosen.startswith("ansi-"):
        return chosen
    return ANSI_LIGHT.name if chosen == LIGHT.name else ANSI_DARK.name
