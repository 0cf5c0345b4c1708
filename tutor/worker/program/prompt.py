"""A program, and what is typed at its prompt: how they are compiled, and how a value is shown."""

from __future__ import annotations

import sys
from _ast import Interactive, PyCF_ONLY_AST
from types import CodeType
from typing import Any

from ..process.silence import without_warnings

PROMPT = "<prompt>"
"""The file name of code that is typed at the prompt."""
INCOMPLETE_IS_TOLD = 0x200 | 0x4000
"""PyCF_DONT_IMPLY_DEDENT and PyCF_ALLOW_INCOMPLETE_INPUT (Include/cpython/compile.h), which `codeop`
compiles with; a test holds them against it."""


def compile_program(source: str, path: str) -> CodeType:
    """A whole program, as Python compiles the file at that path."""
    return compile(source, path, "exec", dont_inherit=True)


def compile_at_prompt(text: str) -> CodeType:
    """What was typed: each expression among its statements shows its value, as in Python's own."""
    if _says_nothing(text):
        text = "pass"
    try:
        return compile(text + "\n", PROMPT, "single", dont_inherit=True)
    except SyntaxError:
        pass  # or it is several statements
    program: Any = compile(text, PROMPT, "exec", PyCF_ONLY_AST, dont_inherit=True)
    return compile(Interactive(program.body), PROMPT, "single", dont_inherit=True)


def is_whole(text: str) -> bool:
    """Whether Python's own prompt would take these lines, be it to say that they are wrong.

    By the rules of `codeop`; of several statements, which it refuses, the last ends as one alone
    would: a block at an empty line.
    """
    *lines, last = text.split("\n")
    last = last if last.strip() else ""
    text = "\n".join((*lines, last))
    if _says_nothing(text):
        return True
    with without_warnings():  # the evaluation gives them
        try:
            try:
                return _is_whole(text, "single")
            except SyntaxError:
                pass  # or it is several statements
            return _is_whole(text, "exec") and not last[:1].isspace()
        except Exception:  # whatever is wrong, the evaluation tells it
            return True


def _is_whole(text: str, mode: str) -> bool:
    """The same of one statement (single) or of several (exec); raises SyntaxError for neither."""
    for lines in (text, text + "\n"):
        try:
            compile(lines, PROMPT, mode, INCOMPLETE_IS_TOLD, dont_inherit=True)
        except SyntaxError as error:
            told = error
        else:
            return lines is text
    if told.msg == "incomplete input":
        return False
    raise told


def _says_nothing(text: str) -> bool:
    """Whether there are only blank lines and comments."""
    return all(line.strip()[:1] in ("", "#") for line in text.split("\n"))


def compile_expression(text: str) -> CodeType:
    """An expression, for its value."""
    return compile(text.strip(), PROMPT, "eval", dont_inherit=True)


def compile_for_cell(text: str, name: str) -> CodeType:
    """The same, for a cell of that name: an expression that uses the name has it as a free variable.

    So it is that very cell, in a comprehension or a lambda of the expression too.
    """
    code = compile_expression(text)
    try:
        if name.isidentifier():
            with without_warnings():  # they were given
                outer = compile(
                    f"lambda {name}: lambda: ({text.strip()}\n)", PROMPT, "eval", dont_inherit=True
                )
            within = _function_in(_function_in(outer))
            if within.co_freevars:
                return within.replace(co_name=code.co_name, co_qualname=code.co_name)
    except SyntaxError:
        pass  # what is no variable here cannot be meant: `None`, say
    return code


def _function_in(code: CodeType) -> CodeType:
    return next(each for each in code.co_consts if type(each) is CodeType)


def show_values() -> None:
    """Have the prompt show values, unless the program has a display hook of its own."""
    if vars(sys).get("displayhook") is sys.__displayhook__:
        sys.displayhook = display


def display(value: object) -> None:
    """Show an expression's value; unlike Python's hook it binds no `_`, which would keep it alive."""
    if value is not None:
        sys.stdout.write(repr(value) + "\n")
