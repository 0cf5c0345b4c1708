"""A program, and what is typed at its prompt: how they are compiled, and how a value is shown."""

from __future__ import annotations

import sys
from types import CodeType

PROMPT = "<prompt>"
"""The file name of code that is typed at the prompt."""


def compile_program(source: str, path: str) -> CodeType:
    """A whole program, as Python compiles the file at that path."""
    return compile(source, path, "exec", dont_inherit=True)


def compile_at_prompt(text: str) -> CodeType:
    """One statement shows its value, as at Python's own prompt; several are a small program."""
    try:
        return compile(text + "\n", PROMPT, "single", dont_inherit=True)
    except SyntaxError as error:
        if "multiple statements" not in str(error.msg):
            raise
        return compile(text, PROMPT, "exec", dont_inherit=True)


def compile_expression(text: str) -> CodeType:
    """An expression, for its value."""
    return compile(text.strip(), PROMPT, "eval", dont_inherit=True)


def show_values() -> None:
    """Have the prompt show values, unless the program has a display hook of its own."""
    if vars(sys).get("displayhook") is sys.__displayhook__:
        sys.displayhook = display


def display(value: object) -> None:
    """Show an expression's value; unlike Python's hook it binds no `_`, which would keep it alive."""
    if value is not None:
        sys.stdout.write(repr(value) + "\n")
