"""Texts that would do harm if a terminal or Textual obeyed them."""

from __future__ import annotations

HOSTILE = [
    "[/b]",
    "[red]red",
    "[@click=app.quit]x[/]",
    "[Bold]x",
    "[type=x, v={'a[0]'}]",
    "dict[str, list[int]]",
    "\x1b[2J\x1b[H",
    "\x1b]0;title\x07",
    "\x9b2J",
    "\x00nul",
    "\ud800",
    "\u202eright to left",
    "\r\x08\x0b\x0c",
    "\U000e0001tag",
    "e\u0301 combining, 漢字 wide",
    "$text ${x} %s {0}",
]
