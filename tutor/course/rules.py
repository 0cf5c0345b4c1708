"""What an exercise of any kind must keep to beyond loading, as far as it shows without a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.course.tables import ContentError
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
    gotten = {wrong.misconception for wrong in exercise.wrong_answers}
    spoken = [("misconceptions", each.id) for each in exercise.misconceptions]
    spoken += [("beliefs", str(each.belief)) for each in exercise.refutations]
    for key, id in spoken:
        if id not in gotten:
            what, mend = f"no wrong answer gets `{id}`", "write one, or take it out"
            yield ContentError(file, key, what, mend)


def _too_wide(file: Path, key: str | None, lines: list[str], most: int) -> Iterator[ContentError]:
    for number, line in enumerate(lines, start=1):
        if columns(line) > most:
            what = f"line {number} takes {columns(line)} columns"
            yield ContentError(file, key, what, f"break it at {most}")
