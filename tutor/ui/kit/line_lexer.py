"""Pygments' lexer for Python, a line at a time, with its state where each line starts.

Its rules are kept but for those that look ahead over any number of lines: a change would then reach
back as far. So a docstring is a string like others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pygments  # type: ignore[import-untyped]
from pygments.token import (  # type: ignore[import-untyped]
    Comment,
    Keyword,
    Name,
    Number,
    Operator,
    String,
    Whitespace,
    _TokenType,
)


def _python_lexer() -> Any:
    """Pygments' own. By its file, for its package loads a register of all lexers: 1.3 MB a seat."""
    file = Path(pygments.__file__).parent / "lexers" / "python.py"
    loader = SourceFileLoader("pygments_python", str(file))
    module = ModuleType(loader.name)
    loader.exec_module(module)
    return module.PythonLexer


if TYPE_CHECKING:
    from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]
else:
    PythonLexer = _python_lexer()

Piece = tuple[int, int, str]
"""First column, column after the last, and the name of a colour."""
Stack = tuple[str, ...]
"""The lexer's state."""
Block = tuple[list[list[Piece]], Stack]
"""The pieces of a line, or of several where a token lies across their ends; the state after them."""

ROOT: Stack = ("root",)

LONGEST_LINE = 1_000
"""Columns of a line that are looked at; ten thousand would take 0.1 s at each key."""

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


NAME = r"[^\W\d]\w*"
"""Pygments spells out every letter there is: which takes 20 ms to compile."""


def _near(rules: list[Any]) -> list[Any]:
    """The rules without those that look ahead over lines, and with a shorter word for a name."""
    return [
        (
            rule[0].replace(r"[^\]]+", r"[^\]\n]+").replace(PythonLexer.uni_name, NAME),
            *rule[1:],
        )
        if type(rule) is tuple
        else rule
        for rule in rules
        if type(rule) is not tuple or r"[\s\S]" not in rule[0]
    ]


class LineLexer(PythonLexer):  # type: ignore[misc]
    """Pygments' lexer for Python, able to begin at any line."""

    tokens = {  # noqa: RUF012  as Pygments declares it
        state: _near(PythonLexer.tokens[state])
        for state in (
            *("root", "strings-single", "strings-double"),
            *("name", "funcname", "classname", "import", "fromimport"),
        )
    }

    def blocks(self, code: Iterable[str], start: Stack) -> Iterator[Block]:
        """The lines of code that starts in this state; as `RegexLexer.get_tokens_unprocessed`."""
        text = "\n".join([line[:LONGEST_LINE] for line in code])
        # Pygments 2.x: the rules with their patterns compiled; no public name leads to them.
        rules = self._tokens
        stack = list(start)
        lines: list[list[Piece]] = [[]]
        column = position = 0
        while True:
            for match_at, action, change in rules[stack[-1]]:
                match = match_at(text, position)
                if match is None:
                    continue
                if type(action) is _TokenType:
                    column = _add(lines, column, action, match.group())
                elif action is not None:
                    for _, kind, part in action(self, match):
                        column = _add(lines, column, kind, part)
                position = match.end()
                _change(stack, change)
                break
            else:
                if position >= len(text):
                    yield lines, tuple(stack)
                    return
                if text[position] == "\n":
                    stack = [*ROOT]
                column = _add(lines, column, Whitespace, text[position])
                position += 1
            if not column and len(lines) > 1:
                yield lines[:-1], tuple(stack)
                lines = [[]]


def _add(lines: list[list[Piece]], column: int, kind: _TokenType, text: str) -> int:
    """Put a token's text on its lines; the column after it."""
    colour = _colour(kind)
    for number, part in enumerate(text.split("\n")):
        if number:
            lines.append([])
            column = 0
        if colour and part:
            lines[-1].append((column, column + len(part), colour))
        column += len(part)
    return column


def _change(stack: list[str], change: Any) -> None:
    """Go to another state as a rule says: names to push, a number to pop, or #push for once more."""
    if isinstance(change, int):
        del stack[max(1, len(stack) + change) :]
        return
    for state in (change,) if isinstance(change, str) else change or ():
        if state == "#push":
            stack.append(stack[-1])
        elif state != "#pop":
            stack.append(state)
        elif len(stack) > 1:
            stack.pop()


@cache
def _colour(kind: _TokenType | None) -> str | None:
    while kind is not None and kind not in COLOURS:
        kind = kind.parent
    return COLOURS[kind] if kind is not None else None
