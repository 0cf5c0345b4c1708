"""The Markdown that prompts, lessons and explanations use, as lines of text.

Headings, paragraphs, lists, fenced code, and inside them `code`, **strong** and *emphasis*. Textual's
own Markdown mounts a hundred widgets for a page; this mounts none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from textwrap import dedent
from typing import NamedTuple

from textual.content import Content

from tutor.text import shorten, visible
from tutor.ui.kit.highlighting import highlighted
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.text_view import cut, hang

_INLINE = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*|\*(?P<emphasis>[^*\s][^*]*)\*")
_STYLES = {"strong": "bold", "emphasis": "italic"}
_HEADING = re.compile(r"#{1,6} +(.*)")
_ITEM = re.compile(r"( *)([-*+]|\d+[.)]) +(.*)")
_FENCE = re.compile(r" *(```|~~~) *(\w*)")


def prose(text: str) -> Content:
    """One paragraph, its inline marks turned into styles."""
    parts: list[Content] = []
    end = 0
    for match in _INLINE.finditer(text):
        kind = match.lastgroup or ""
        inner = match[kind]
        parts.append(Content(text[end : match.start()]))
        parts.append(
            Content.styled(inner, "$code-inline")
            if kind == "code"
            else prose(inner).stylize_before(_STYLES[kind])
        )
        end = match.end()
    return Content.assemble(*parts, Content(text[end:]))


class Program(NamedTuple):
    """A fenced block of the page that says that it is Python."""

    lines: range
    """Of the page, from 0."""
    code: str


class _Block(NamedTuple):
    lines: list[Content]
    is_item: bool = False
    code: str = ""


def render(markdown: str, width: int) -> list[Content]:
    """The lines of a page of Markdown, `width` columns wide."""
    return page(markdown, width)[0]


def page(markdown: str, width: int) -> tuple[list[Content], list[Program]]:
    """The same, and the programs on it in their order."""
    shown: list[Content] = []
    programs: list[Program] = []
    after_item = False
    for lines, is_item, code in _blocks(markdown, width):
        if shown and not (is_item and after_item):
            shown.append(Content())
        if code:
            programs.append(Program(range(len(shown), len(shown) + len(lines)), code))
        shown += lines
        after_item = is_item
    return shown, programs


def _blocks(markdown: str, width: int) -> Iterator[_Block]:
    text: list[str] = []
    lines = iter(visible(markdown).splitlines())
    for line in lines:
        heading, fence = _HEADING.match(line), _FENCE.match(line)
        if text and (heading or fence or not line.strip() or _ITEM.match(line)):
            yield _text_block(text, width)
            text = []
        if heading:
            yield _Block(hang(prose(heading[1]).stylize("bold $text-primary"), width))
        elif fence:
            yield _code_block(lines, fence[1], fence[2], width)
        elif line.strip():
            text.append(line)
    if text:
        yield _text_block(text, width)


def _text_block(lines: list[str], width: int) -> _Block:
    item = _ITEM.match(lines[0])
    if not item:
        return _Block(hang(prose(" ".join(map(str.strip, lines))), width))
    indent, mark, first = item.groups()
    lead = f"{indent}{MARKS.bullet if mark in '-*+' else mark} "
    text = prose(" ".join([first, *map(str.strip, lines[1:])]))
    return _Block(hang(text, width, lead, " " * len(lead)), is_item=True)


def _code_block(lines: Iterator[str], fence: str, language: str, width: int) -> _Block:
    code = dedent("\n".join(takewhile(lambda line: line.strip() != fence, lines)))
    if language == "text":  # what is entered and printed is not to be cut
        rows = (cut(Content(line), width - 2) for line in code.split("\n"))
        return _Block([Content("  ") + line for row in rows for line in row])
    fitting = [shorten(line, width - 2) for line in code.split("\n")]
    says_so = language in ("python", "py")
    shown = highlighted("\n".join(fitting)) if says_so or not language else map(Content, fitting)
    return _Block([Content("  ") + line for line in shown], code=code if says_so else "")
