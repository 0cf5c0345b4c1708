"""What an author's checks.py holds, read without running it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tutor.course.model import CheckSpec
from tutor.course.tables import ContentError

if TYPE_CHECKING:
    from pathlib import Path

NO_CHECK = "write def check_some_words(learner): ..."


def checks_of(file: Path, source: str, faults: list[ContentError]) -> tuple[CheckSpec, ...]:
    """The checks in their order; none, with a fault, if the file cannot be read.

    Only the loader parses: a parse costs 1 ms, and two threads that parse at once end in SystemError
    on 3.11 (cpython gh-106905).
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        faults.append(not_python(file, error))
        return ()
    specs = tuple(
        CheckSpec(
            node.name.removeprefix("check_").replace("_", " "),
            " ".join((ast.get_docstring(node) or "").split()),
        )
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("check_")
    )
    if source.strip() and not specs:
        faults.append(ContentError(file, None, "holds no check", NO_CHECK))
    return specs


def not_python(file: Path, error: BaseException) -> ContentError:
    """The fault of a file that does not compile."""
    if isinstance(error, SyntaxError):
        what = f"line {error.lineno}: {error.msg}" if error.lineno else error.msg
    else:
        what = str(error) or "nested too deep for the parser"
    return ContentError(file, None, f"not Python ({what})", "mend that place")
