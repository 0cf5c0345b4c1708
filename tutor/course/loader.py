"""A folder of content -> Course, and the faults that were found on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.course.checks_file import checks_of
from tutor.course.model import (
    WRITTEN,
    CheckSpec,
    Course,
    Equivalent,
    Exercise,
    Misconception,
    Refutation,
    Unit,
    WrongAnswer,
)
from tutor.course.signs import when_of
from tutor.course.tables import (
    ContentError,
    ExerciseTable,
    MisconceptionTable,
    UnitTable,
    read_table,
    read_text,
    table_faults,
)
from tutor.course.versions import Edition, Span, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ContentError", "content_folder", "load", "without_feedback_line"]

_FOLDER = re.compile(r"(\d+)-([a-z0-9]+(?:-[a-z0-9]+)*)")
_FEEDBACK = re.compile(
    r"# feedback: *(\S+)(?: +since (?P<since>3\.\d+))?(?: +until (?P<until>3\.\d+))? *(?:\n|\Z)"
)

WRONG_ANSWERS_AT_LEAST = 2


def content_folder() -> Path:
    """Where the course lies: inside the package when installed, beside it in a source tree."""
    package = Path(__file__).parent.parent
    inside = package / "content"
    return inside if inside.is_dir() else package.parent / "content"


def load(folder: Path) -> tuple[Course, tuple[ContentError, ...]]:
    """The course in that folder; what is at fault is left out and told, the rest loads."""
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        mend = "name a folder that holds a course"
        return Course(()), (ContentError(folder, None, f"cannot be read ({error.strerror})", mend),)
    for mark, what, up in (("unit.toml", "a unit", 1), ("exercise.toml", "an exercise", 2)):
        if (folder / mark).is_file():
            mend = f"name {folder.resolve().parents[up - 1]}"
            return Course(()), (ContentError(folder, None, f"is {what}, not a course", mend),)
    faults: list[ContentError] = []
    ids: dict[str, Path] = {}
    units = [_unit(place, ids, faults) for place in _places(folder, set(), faults)]
    if not units and not faults:
        mend = "make a folder for it, such as 01-first-steps"
        faults.append(ContentError(folder, None, "there is no unit", mend))
    return Course(tuple(unit for unit in units if unit.exercises)), tuple(faults)


def without_feedback_line(text: str) -> str:
    """A wrong answer of text without its first line, which names the feedback."""
    match = _FEEDBACK.match(text)
    return text[match.end() :] if match else text


@dataclass(frozen=True)
class _Place:
    """A numbered folder: a unit's or an exercise's."""

    number: int
    id: str
    folder: Path


def _places(folder: Path, files: set[str], faults: list[ContentError]) -> list[_Place]:
    """The numbered folders in a folder, in order; all but these and `files` is stray."""
    places: dict[int, _Place] = {}
    for path in _entries(folder):
        match = _FOLDER.fullmatch(path.name)
        if path.name in files:
            continue
        if not match or not path.is_dir():
            mend = "name a folder like 01-first-steps, or take it away"
            faults.append(ContentError(path, None, "a stray file or folder", mend))
            continue
        number = int(match[1])
        if number in places:
            what = f"has the number of {places[number].folder.name}"
            faults.append(ContentError(path, None, what, "give each folder a number of its own"))
            continue
        places[number] = _Place(number, match[2], path)
    return [places[number] for number in sorted(places)]


def _entries(folder: Path) -> list[Path]:
    """What lies in a folder, but for hidden and compiled files; nothing if it cannot be read."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []  # reading the files that must be there tells why
    return [path for path in found if not path.name.startswith((".", "__pycache__"))]


def _unit(place: _Place, ids: dict[str, Path], faults: list[ContentError]) -> Unit:
    """A unit: what is wrong with its own two files takes none of its exercises away."""
    table = read_table(place.folder / "unit.toml", UnitTable, faults)
    lesson = _text(place.folder / "lesson.md", faults)
    exercises = []
    for inner in _places(place.folder, {"unit.toml", "lesson.md"}, faults):
        if inner.id in ids:
            what = f"has the name of {ids[inner.id]}"
            faults.append(ContentError(inner.folder, None, what, "give it a name of its own"))
            continue
        ids[inner.id] = inner.folder
        exercise = _exercise(inner, place.id, faults)
        if exercise:
            exercises.append(exercise)
    return Unit(
        id=place.id,
        number=place.number,
        title=table.title if table else place.id,
        summary=table.summary if table else "",
        lesson=lesson,
        exercises=tuple(exercises),
    )


def _exercise(place: _Place, unit_id: str, faults: list[ContentError]) -> Exercise | None:
    """The exercise, or None if a fault was found that is more than a stray file."""
    own: list[ContentError] = []
    folder = place.folder
    table = read_table(folder / "exercise.toml", ExerciseTable, own)
    if table is None:
        faults += own
        return None
    written = WRITTEN[table.kind]
    ending = written.ending
    files = {"exercise.toml", "starter.py", "explanation.md", "wrong"}
    editions = _editions(table)
    expected = editions[-1].text if editions else _ended(str(table.expected))
    solution = expected  # on each CPython it is what is printed there
    if not (editions and written.solved_by_output):
        files.add(f"solution.{ending}")
        solution = _text(folder / f"solution.{ending}", own)
    checks: str | None = None
    specs: tuple[CheckSpec, ...] = ()
    if written.checks:
        files.add("checks.py")
        checks = _text(folder / "checks.py", own)
        specs = checks_of(folder / "checks.py", checks, own)
    # What holds no check is a fault already; that its misconceptions ask for some is none.
    known = tuple(spec.name for spec in specs) if specs or checks is None else None
    own += table_faults(folder / "exercise.toml", table, known)
    exercise = Exercise(
        id=place.id,
        unit_id=unit_id,
        number=place.number,
        title=table.title,
        kind=table.kind,
        difficulty=table.difficulty,
        prompt=table.prompt,
        hints=table.hints,
        learned=table.learned.strip(),
        expected=expected,
        starter=_text(folder / "starter.py", own),
        solution=solution,
        checks=checks,
        check_specs=specs,
        explanation=_text(folder / "explanation.md", own),
        misconceptions=tuple(map(_misconception, table.misconceptions)),
        refutations=tuple(Refutation(each.belief, each.because.strip()) for each in table.beliefs),
        equivalents=tuple(Equivalent(each.mutant, each.reason) for each in table.equivalents),
        wrong_answers=tuple(_wrong_answers(folder / "wrong", ending, table, own)),
        classify=table.classify,
        questions=table.questions,
        folder=folder,
        looks=table.look,
        tries=table.tries,
        editions=editions,
    )
    faults += own
    faults += _strays(folder, files, ending)
    return None if own else exercise


def _misconception(table: MisconceptionTable) -> Misconception:
    span = Span(table.since, table.until)
    return Misconception(table.id, when_of(table.when), table.feedback.strip(), span)


def _editions(table: ExerciseTable) -> tuple[Edition, ...]:
    """What is printed from which CPython on; none where it is the same on all."""
    if isinstance(table.expected, str):
        return ()
    return in_order(Edition(since, _ended(text)) for since, text in table.expected.items())


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _wrong_answers(
    folder: Path, ending: str, table: ExerciseTable, faults: list[ContentError]
) -> Iterator[WrongAnswer]:
    known = {misconception.id for misconception in table.misconceptions}
    known |= {str(each.belief) for each in table.beliefs}
    count = 0
    for path in _entries(folder):
        if path.suffix != f".{ending}":
            continue  # told as stray
        count += 1
        text = _text(path, faults)
        match = _FEEDBACK.match(text)
        if text and not match:
            mend = "begin with `# feedback: ` and the id of a misconception, or a belief"
            faults.append(ContentError(path, None, "the first line names no feedback", mend))
        elif match and match[1] not in known:
            mend = f"name one of exercise.toml: {', '.join(sorted(known)) or 'there are none'}"
            faults.append(
                ContentError(path, None, f"no misconception or belief `{match[1]}`", mend)
            )
        elif match:
            answer = text if ending == "py" else without_feedback_line(text)
            yield WrongAnswer(path, answer, match[1], Span(match["since"], match["until"]))
    if count < WRONG_ANSWERS_AT_LEAST:
        mend = f"write at least {WRONG_ANSWERS_AT_LEAST}, each ending in .{ending}"
        faults.append(ContentError(folder, None, f"wrong answers: {count}", mend))


def _strays(folder: Path, files: set[str], ending: str) -> Iterator[ContentError]:
    """What lies in an exercise's folder and is no part of it."""
    for path in _entries(folder):
        if path.name not in files:
            mend = f"take it away: the files here are {', '.join(sorted(files))}"
            yield ContentError(path, None, "a stray file", mend)
    for path in _entries(folder / "wrong"):
        if path.suffix != f".{ending}":
            mend = f"take it away: a wrong answer ends in .{ending} here"
            yield ContentError(path, None, "a stray file", mend)


def _text(file: Path, faults: list[ContentError]) -> str:
    """The text of a file; a missing or empty one is a fault."""
    try:
        text = read_text(file)
    except ContentError as fault:
        faults.append(fault)
        return ""
    if not text.strip():
        faults.append(ContentError(file, None, "the file is empty", "write it"))
    return text
