"""What an exercise must keep to beyond loading, as far as it shows without a run."""

from __future__ import annotations

from types import CodeType
from typing import TYPE_CHECKING

from tutor.course.model import Kind
from tutor.course.tables import ContentError, is_label
from tutor.protocol.messages import Scope
from tutor.text import columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tutor.course.model import Exercise

PROMPT_LINES = 8
PROMPT_COLUMNS = 57
"""What the task pane shows at 80x24 without scrolling."""
CODE_COLUMNS = 55
"""What the editor shows at 120x40 beside numbers of two digits."""


def written_faults(exercise: Exercise) -> Iterator[ContentError]:
    """Each rule that the files of an exercise break."""
    file = exercise.folder / "exercise.toml"
    lines = exercise.prompt.strip("\n").split("\n")
    if len(lines) > PROMPT_LINES:
        what, mend = f"has {len(lines)} lines", f"say it in {PROMPT_LINES}"
        yield ContentError(file, "prompt", what, mend)
    yield from _too_wide(file, "prompt", lines, PROMPT_COLUMNS)
    starter = exercise.starter.split("\n")
    yield from _too_wide(exercise.folder / "starter.py", None, starter, CODE_COLUMNS)
    for check in exercise.check_specs:
        if not check.sentence:
            mend = "say in its docstring what must hold, in a sentence for the learner"
            what = f"the check `{check.name}` has no docstring"
            yield ContentError(exercise.folder / "checks.py", None, what, mend)
    if exercise.kind is Kind.CLASSIFY:
        yield from _faults_of_classify(exercise)
    gotten = {wrong.misconception for wrong in exercise.wrong_answers}
    for misconception in exercise.misconceptions:
        if misconception.id not in gotten:
            what, mend = f"no wrong answer gets `{misconception.id}`", "write one, or take it out"
            yield ContentError(file, "misconceptions", what, mend)


def _too_wide(file: Path, key: str | None, lines: list[str], most: int) -> Iterator[ContentError]:
    for number, line in enumerate(lines, start=1):
        if columns(line) > most:
            what = f"line {number} takes {columns(line)} columns"
            yield ContentError(file, key, what, f"break it at {most}")


def _faults_of_classify(exercise: Exercise) -> Iterator[ContentError]:
    """What the run would not report: a function or a name that is not there, or no label."""
    assert exercise.classify is not None  # the loader saw to it
    file, asked = exercise.folder / "exercise.toml", exercise.classify
    try:
        functions = dict(_functions(compile(exercise.starter, "starter.py", "exec")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # which the run tells
    if asked.function not in functions:
        mend = f"the functions of starter.py are {', '.join(functions) or 'none'}"
        yield ContentError(file, "classify.function", f"no function `{asked.function}`", mend)
    else:
        code = functions[asked.function]
        names = {*code.co_varnames, *code.co_cellvars, *code.co_freevars, *code.co_names}
        for name in asked.names:
            if name not in names:
                mend = f"its names are {', '.join(sorted(names)) or 'none'}"
                what = f"`{asked.function}` has no name `{name}`"
                yield ContentError(file, "classify.names", what, mend)
    answers = [(exercise.folder / "solution.txt", exercise.solution)]
    answers += [(wrong.path, wrong.text) for wrong in exercise.wrong_answers]
    for path, text in answers:
        for line in filter(str.strip, text.split("\n")):
            if not is_label(" ".join(line.split())):
                mend = f"write a name and one of {', '.join(Scope)}"
                yield ContentError(path, None, f"`{line.strip()}` is no label", mend)


def _functions(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Every function of a program by its qualified name."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner.co_qualname, inner
            yield from _functions(inner)
