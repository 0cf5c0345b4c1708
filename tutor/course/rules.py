"""What an exercise of any kind must keep to beyond loading, as far as it shows without a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.course.look_and_try import LookAtCells, LookAtTimeline
from tutor.course.tables import ContentError
from tutor.course.versions import version_of
from tutor.protocol.pythons import OLDEST
from tutor.text import columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tutor.course.model import Exercise

PROMPT_LINES = 8
PROMPT_COLUMNS = 57
"""What the task pane shows at 80x24 without scrolling."""
LEARNED_COLUMNS = 110
"""Two rows of 80 columns beside the verdict and what comes next."""
CODE_COLUMNS = 55
"""What the editor shows at 120x40 beside numbers of two digits, and a program within the task pane."""


def written_faults(exercise: Exercise) -> Iterator[ContentError]:
    """Each rule that the files of an exercise break."""
    file = exercise.folder / "exercise.toml"
    lines = exercise.prompt.strip("\n").split("\n")
    if len(lines) > PROMPT_LINES:
        what, mend = f"has {len(lines)} lines", f"say it in {PROMPT_LINES}"
        yield ContentError(file, "prompt", what, mend)
    yield from _too_wide(file, "prompt", lines, PROMPT_COLUMNS)
    yield from _too_long(file, exercise.learned)
    starter = exercise.starter.split("\n")
    yield from _too_wide(exercise.folder / "starter.py", None, starter, CODE_COLUMNS)
    for check in exercise.check_specs:
        if not check.sentence:
            mend = "say in its docstring what must hold, in a sentence for the learner"
            what = f"the check `{check.name}` has no docstring"
            yield ContentError(exercise.folder / "checks.py", None, what, mend)
    yield from _faults_after(exercise, file)
    yield from _faults_of_versions(exercise, file)
    gotten = {wrong.misconception for wrong in exercise.wrong_answers}
    spoken = [("misconceptions", each.id) for each in exercise.misconceptions]
    spoken += [("beliefs", str(each.belief)) for each in exercise.refutations]
    for key, id in spoken:
        if id not in gotten:
            what, mend = f"no wrong answer gets `{id}`", "write one, or take it out"
            yield ContentError(file, key, what, mend)


def _faults_after(exercise: Exercise, file: Path) -> Iterator[ContentError]:
    """What a learner is told to look at and to try: there is some of each, and it can be held."""
    for key, there in (("look", exercise.looks), ("try", exercise.tries)):
        if not there:
            what = "there is none"
            yield ContentError(file, key, what, f"say in [[{key}]] what is worth it, once passed")
    for index, look in enumerate(exercise.looks):
        key = f"look[{index}]"
        if not look.say.strip():
            yield ContentError(file, f"{key}.say", "empty", "say what is to be seen there")
        match look:
            case LookAtCells() if (look.cell is None) is not (look.holds is None):
                mend = "write both or neither"
                yield ContentError(file, key, "`cell` and `holds` go together", mend)
            case LookAtCells() if not (look.cell or look.one or look.apart or look.no_cells):
                mend = "write cell and holds, one = [...], apart = [...] or no_cells"
                yield ContentError(file, key, "claims nothing", mend)
            case LookAtTimeline() if (look.cell is None) is (look.function is None):
                mend = "write one of cell and function"
                yield ContentError(file, key, "is about one thing", mend)
    for index, each in enumerate(exercise.tries):
        if (each.prints is None) is (each.error is None):
            mend = "write one of prints and error"
            yield ContentError(file, f"try[{index}]", "one thing comes of it", mend)
        shown = [f">>> {line}" for line in each.lines]
        came = (each.prints or each.error or "").strip("\n").split("\n")
        yield from _too_wide(file, f"try[{index}]", shown + came, CODE_COLUMNS)


def _faults_of_versions(exercise: Exercise, file: Path) -> Iterator[ContentError]:
    """What is said per version begins with the oldest, and ends after it begins."""
    if exercise.editions and version_of(exercise.editions[0].since) != version_of(OLDEST):
        mend = f'begin with "{OLDEST}", the oldest that programs run on'
        what = f"begins with {exercise.editions[0].since}"
        yield ContentError(file, "expected", what, mend)
    spanned = [("misconceptions", each.span) for each in exercise.misconceptions]
    spanned += [("look", each.span) for each in exercise.looks]
    spanned += [("try", each.span) for each in exercise.tries]
    for key, span in spanned:
        if span.is_empty:
            what = f"until {span.until} ends before since {span.since}"
            yield ContentError(file, key, what, "`until` names the last CPython that it holds for")


def _too_long(file: Path, learned: str) -> Iterator[ContentError]:
    """What is learned is told in one breath, beside the verdict."""
    if "\n" in learned:
        yield ContentError(file, "learned", "has several lines", "say it in one sentence")
    elif columns(learned) > LEARNED_COLUMNS:
        what = f"takes {columns(learned)} columns"
        yield ContentError(file, "learned", what, f"say it in {LEARNED_COLUMNS}")


def _too_wide(file: Path, key: str | None, lines: list[str], most: int) -> Iterator[ContentError]:
    for number, line in enumerate(lines, start=1):
        if columns(line) > most:
            what = f"line {number} takes {columns(line)} columns"
            yield ContentError(file, key, what, f"break it at {most}")
