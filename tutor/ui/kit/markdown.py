"""The Markdown that prompts, lessons and explanations use, as lines of text.

Headings, paragraphs, lists, fenced code, and inside them `code`, **strong** and *emphasis*. Textual's
own Markdown mounts a hundred widgets for a page; this mounts none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from textwrap import dedent

from textual.content import Content

from tutor.text import shorten, visible
from tutor.ui.kit.highlighting import highlighted
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.text_view import hang

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


def render(markdown: str, width: int) -> list[Content]:
    """The lines of a page of Markdown, `width` columns wide."""
    page: list[Content] = []
    after_item = False
    for is_item, block in _blocks(markdown, width):
        if page and not (is_item and after_item):
            page.append(Content())
        page += block
        after_item = is_item
    return page


def _blocks(markdown: str, width: int) -> Iterator[tuple[bool, list[Content]]]:
    """Each block's lines, and whether it is an item of a list."""
    text: list[str] = []
    lines = iter(visible(markdown).splitlines())
    for line in lines:
        heading, fence = _HEADING.match(line), _FENCE.match(line)
        if text and (heading or fence or not line.strip() or _ITEM.match(line)):
            yield _text_block(text, width)
            text = []
        if heading:
            yield False, hang(prose(heading[1]).stylize("bold $text-primary"), width)
        elif fence:
            yield False, _code_block(lines, fence[1], fence[2], width)
        elif line.strip():
            text.append(line)
    if text:
        yield _text_block(text, width)


def _text_block(lines: list[str], width: int) -> tuple[bool, list[Content]]:
    item = _ITEM.match(lines[0])
    if not item:
        return False, hang(prose(" ".join(map(str.strip, lines))), width)
    indent, mark, first = item.groups()
    lead = f"{indent}{MARKS.bullet if mark in '-*+' else mark} "
    text = prose(" ".join([first, *map(str.strip, lines[1:])]))
    return True, hang(text, width, lead, " " * len(lead))


def _code_block(lines: Iterator[str], fence: str, language: str, width: int) -> list[Content]:
    code = dedent("\n".join(takewhile(lambda line: line.strip() != fence, lines)))
    fitting = [shorten(line, width - 2) for line in code.split("\n")]
    is_python = language in ("", "python", "py")
    shown = highlighted("\n".join(fitting)) if is_python else map(Content, fitting)
    return [Content("  ") + line for line in shown]
