"""Python source as coloured pieces, for the editor and for code in prose.

Pygments is a dependency of Textual; tree-sitter, which `TextArea.language` asks for, would be sixteen
compiled packages more.
"""

from __future__ import annotations

from functools import lru_cache

from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]
from pygments.token import (  # type: ignore[import-untyped]
    Comment,
    Keyword,
    Name,
    Number,
    Operator,
    String,
    _TokenType,
)
from textual.content import Content, Span

Piece = tuple[int, int, str]
"""First column, column after the last, and the name of a colour."""

COLOURS: dict[_TokenType, str] = {
    Keyword: "keyword",
    Keyword.Constant: "constant",
    Operator.Word: "keyword",
    Name.Builtin: "builtin",
    Name.Exception: "builtin",
    Name.Function: "definition",
    Name.Class: "definition",
    Name.Decorator: "decorator",
    String: "string",
    String.Interpol: "constant",
    Number: "constant",
    Comment: "comment",
}
"""What a kind of token is coloured as; one that is not here takes after its parent."""

_LEXER = PythonLexer(stripnl=False, ensurenl=False)


@lru_cache(maxsize=8)
def pieces(code: str) -> tuple[tuple[Piece, ...], ...]:
    """The coloured pieces of each line; lines are those of `code.split("\\n")`."""
    lines: list[list[Piece]] = [[]]
    column = 0
    for kind, text in _LEXER.get_tokens(code):
        colour = _colour(kind)
        first, *others = text.split("\n")
        for number, part in enumerate((first, *others)):
            if number:
                lines.append([])
                column = 0
            if colour and part:
                lines[-1].append((column, column + len(part), colour))
            column += len(part)
    return tuple(map(tuple, lines))


def highlighted(code: str) -> list[Content]:
    """The lines of already visible code, in the colours of the theme."""
    return [
        Content(line, [Span(start, end, f"$code-{colour}") for start, end, colour in spans])
        for line, spans in zip(code.split("\n"), pieces(code), strict=False)
    ]


def _colour(kind: _TokenType | None) -> str | None:
    while kind is not None and kind not in COLOURS:
        kind = kind.parent
    return COLOURS[kind] if kind is not None else None
