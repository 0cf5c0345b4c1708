"""The looks: dark and light of our own, and two for terminals of sixteen colours."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="dark",
    dark=True,
    primary="#82aadc",
    secondary="#7fb8ad",
    accent="#82aadc",
    foreground="#d3d7de",
    background="#16191f",
    surface="#1e2126",
    panel="#282c33",
    success="#8fc28a",
    warning="#d9b46c",
    error="#e58383",
    variables={
        "block-cursor-background": "#3a5273",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#2d3138",
        "input-cursor-background": "#d3d7de",
        "input-cursor-foreground": "#16191f",
        "muted": "#8b94a3",
        "scrollbar": "#434b58",
        "scrollbar-hover": "#5a6475",
        "scrollbar-active": "#82aadc",
        "scrollbar-background": "#1e2126",
        "scrollbar-background-hover": "#1e2126",
        "scrollbar-background-active": "#1e2126",
        "scrollbar-corner-color": "#16191f",
        "footer-key-foreground": "#82aadc",
        "pane-rule": "#434b58",
        "cursor-line": "#20242a",
        "error-line": "#47292d",
        "cell": "#d9b46c",
        "changed": "#e9c987",
        "code-inline": "#a8c7ea",
        "code-keyword": "#c49ad8",
        "code-builtin": "#7fb8ad",
        "code-definition": "#82aadc",
        "code-decorator": "#d9b46c",
        "code-string": "#9bbf85",
        "code-constant": "#d8a27a",
        "code-comment": "#7c8594",
    },
)

LIGHT = Theme(
    name="light",
    dark=False,
    primary="#2a5f9e",
    secondary="#2f7268",
    accent="#2a5f9e",
    foreground="#22262c",
    background="#fbfaf7",
    surface="#f0efeb",
    panel="#e4e1d8",
    success="#33712f",
    warning="#8a5a00",
    error="#a92f2f",
    variables={
        "block-cursor-background": "#2a5f9e",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#d8d4c8",
        "input-cursor-background": "#22262c",
        "input-cursor-foreground": "#fbfaf7",
        "footer-key-foreground": "#2a5f9e",
        "muted": "#66625a",
        "scrollbar": "#b9b4a6",
        "scrollbar-hover": "#99937f",
        "scrollbar-active": "#2a5f9e",
        "scrollbar-background": "#f0efeb",
        "scrollbar-background-hover": "#f0efeb",
        "scrollbar-background-active": "#f0efeb",
        "scrollbar-corner-color": "#fbfaf7",
        "pane-rule": "#b9b4a6",
        "cursor-line": "#f0efeb",
        "error-line": "#f4d6d2",
        "cell": "#8a5a00",
        "changed": "#8a3d00",
        "code-inline": "#234f85",
        "code-keyword": "#7a3396",
        "code-builtin": "#1f6a60",
        "code-definition": "#2a5f9e",
        "code-decorator": "#8a5a00",
        "code-string": "#3c6b1f",
        "code-constant": "#9a4a12",
        "code-comment": "#716c60",
    },
)

OWN = (DARK, LIGHT)
CHOICES = (DARK.name, LIGHT.name, "ansi-dark", "ansi-light")

SIXTEEN_ON_DARK = {
    "muted": "ansi_default",  # bright black is the background of some terminals
    "pane-rule": "ansi_default",
    "cursor-line": "ansi_default",
    "error-line": "ansi_default",
    "cell": "ansi_bright_yellow",
    "changed": "ansi_bright_yellow",
    "code-inline": "ansi_bright_cyan",
    "code-keyword": "ansi_bright_magenta",
    "code-builtin": "ansi_bright_cyan",
    "code-definition": "ansi_bright_blue",
    "code-decorator": "ansi_bright_yellow",
    "code-string": "ansi_bright_green",
    "code-constant": "ansi_bright_red",
    "code-comment": "ansi_cyan",
}
SIXTEEN_ON_LIGHT = {
    name: colour.replace("bright_", "").replace("yellow", "red")
    for name, colour in SIXTEEN_ON_DARK.items()
}
"""Our own names in a theme that does not know them: yellow on white cannot be read."""


def theme_for(asked: str | None, kept: str | None, colour_system: str | None) -> str:
    """The theme that was asked for, else the one that was chosen before, else the terminal's.

    A terminal of sixteen colours makes mud of a theme of many: it gets the nearest of its own,
    unless the learner asked.
    """
    if asked in CHOICES:
        return asked
    chosen = kept if kept in CHOICES else DARK.name
    few = colour_system == "standard" and not chosen.startswith("ansi-")
    return f"ansi-{chosen}" if few else chosen
