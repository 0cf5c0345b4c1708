"""Sentences of the tutor's own, and the mark before them."""

from __future__ import annotations

from textual.content import Content

from tutor.text import one_line
from tutor.ui.kit.markdown import prose
from tutor.ui.kit.marks import MARKS

SENTENCE_COLUMNS = 2000


def mark(right: bool) -> Content:
    """The mark before what is right or wrong."""
    if right:
        return Content.styled(f"{MARKS.right} ", "bold $text-success")
    return Content.styled(f"{MARKS.wrong} ", "bold $text-error")


def spoken(text: str) -> Content:
    """A sentence that may quote code or a learner's text, however long."""
    return prose(one_line(text, SENTENCE_COLUMNS))


def copied(text: str) -> str:
    """What is said of a text that was copied: how much it is."""
    lines = text.count("\n") + (not text.endswith("\n"))
    if "\n" in text:
        return f"Copied {lines} line{'s' * (lines != 1)}, for your terminal's clipboard too."
    return (
        f"Copied {len(text)} character{'s' * (len(text) != 1)}, for your terminal's clipboard too."
    )
