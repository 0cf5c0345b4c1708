"""The TOML files of a course as typed tables, each fault in them as one clear line."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec
from msgspec.structs import fields

from tutor.beliefs.belief import Belief
from tutor.course.look_and_try import Look, Try
from tutor.course.model import WRITTEN, Classify, Difficulty, Kind
from tutor.course.questions import CellQuestion, answers_in
from tutor.course.signs import WhenTable, WhenTables, all_tables, faults_of_signs
from tutor.course.versions import VersionText
from tutor.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ID = re.compile(r"[\w-]+")

HINTS_AT_LEAST = 2


class ContentError(Exception):
    """One fault in the content: where, what is wrong, how to mend it."""

    def __init__(self, file: Path, key: str | None, what: str, mend: str) -> None:
        self.file = file
        self.key = key
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        place = f"{self.file}, {self.key}" if self.key else f"{self.file}"
        return visible(f"{place}: {self.what}; {self.mend}.", keep_newlines=False)


class MisconceptionTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[misconception]]`: a wrong idea, by what it shows, and what is said to it."""

    id: str
    feedback: str
    when: WhenTables
    since: VersionText | None = None
    until: VersionText | None = None


class RefutationTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[beliefs]]`: a false idea that the program shows to be false, and why it is."""

    belief: Belief
    because: str


class EquivalentTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[equivalents]]`: a small change of the solution that is right as well, and why it is."""

    mutant: str
    reason: str


class ExerciseTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`exercise.toml`."""

    title: str
    kind: Kind
    difficulty: Difficulty
    prompt: str
    hints: tuple[str, ...]
    learned: str
    expected: str | Annotated[dict[VersionText, str], msgspec.Meta(min_length=1)]
    misconceptions: tuple[MisconceptionTable, ...] = ()
    beliefs: tuple[RefutationTable, ...] = ()
    classify: Classify | None = None
    equivalents: tuple[EquivalentTable, ...] = ()
    questions: tuple[CellQuestion, ...] = ()
    look: tuple[Look, ...] = ()
    tries: tuple[Try, ...] = msgspec.field(default=(), name="try")


class UnitTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`unit.toml`."""

    title: str
    summary: str


_FORMS = {
    "title": 'title = "..."',
    "summary": 'summary = "..."',
    "kind": f"kind = one of {', '.join(repr(str(kind)) for kind in Kind if WRITTEN[kind].asks)}",
    "difficulty": f"difficulty = one of {', '.join(map(repr, map(str, Difficulty)))}",
    "prompt": 'prompt = """..."""',
    "hints": 'hints = ["a nudge", "nearly the answer"]',
    "learned": 'learned = "what it teaches, in a sentence"',
    "expected": 'expected = """what the finished program prints""", or [expected] with "3.11" = ...',
    "misconceptions": "[[misconceptions]] with id, feedback and when = { a sign }",
    "beliefs": f"[[beliefs]] with because = '...' and belief = one of {', '.join(Belief)}",
    "equivalents": "[[equivalents]] with mutant = 'f: old -> new' and reason = '...'",
    "classify": "[classify] with function = the qualified name, names = [...]; "
    "or functions = [{ function = ..., names = [...] }, ...]",
    "questions": "[[questions]] with ask = 'how-many' and function; 'same-cell' and cells = "
    "[{ function = ..., name = ... }, { ... }]; or 'contents', function and name; "
    "and, but for the end of the run, line (and time) or step",
    "look": "[[look]] with say = '...', at = one of 'cells', 'diagram', 'timeline', 'names', and what "
    "must be true there",
    "try": "[[try]] with code = '...' and prints = '...' or error = '...'",
}
"""How each key is written, for the part of a fault that says how to mend it."""

_PLAIN = {
    "str": "text",
    "int": "a number",
    "float": "a number",
    "array": "a list",
    "object": "a table",
}
"""msgspec's words for what stands in a file, and ours."""

T = TypeVar("T", bound=msgspec.Struct)


def read_text(file: Path) -> str:
    """The text of a file of the course, its lines ended by `\\n`; raises ContentError."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ContentError(file, None, "the file is missing", "write it") from None
    except UnicodeDecodeError as error:
        what = f"not UTF-8 (byte {error.start + 1})"
        raise ContentError(file, None, what, "save it as UTF-8") from None
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise ContentError(file, None, what, "make it a file that you can read") from None


def read_table(file: Path, table: type[T], faults: list[ContentError]) -> T | None:
    """The file as that table, or None; every key that is wrong is one fault."""
    try:
        raw = tomllib.loads(read_text(file))
    except ContentError as fault:
        faults.append(fault)
        return None
    except (ValueError, RecursionError) as error:
        faults.append(ContentError(file, None, f"not TOML ({error})", "mend that place"))
        return None
    wrong = list(_faults(file, table, raw))
    faults += wrong
    return None if wrong else msgspec.convert(raw, table)


def _faults(file: Path, table: type[msgspec.Struct], raw: dict[str, Any]) -> list[ContentError]:
    """What is wrong, key by key: msgspec itself stops at the first."""
    known = {field.encode_name: field for field in fields(table)}
    faults = [
        ContentError(file, key, "an unknown key", _nearest(key, list(known)))
        for key in raw
        if key not in known
    ]
    for name, field in known.items():
        if name not in raw:
            if field.required:
                faults.append(ContentError(file, name, "missing", f"add {_FORMS[name]}"))
            continue
        try:
            value = msgspec.convert(raw[name], field.type)
        except msgspec.ValidationError as error:
            what, _, place = str(error).partition(" - at `$")
            faults.append(
                ContentError(file, name + place.rstrip("`"), _plain(what), f"write {_FORMS[name]}")
            )
            continue
        if isinstance(value, str) and not value.strip():
            faults.append(ContentError(file, name, "empty", f"write {_FORMS[name]}"))
    return faults


def table_faults(
    file: Path, table: ExerciseTable, checks: tuple[str, ...] | None
) -> Iterator[ContentError]:
    """What the types of the table cannot say; `checks` are the names of those that there are, if known."""
    hints = sum(1 for hint in table.hints if hint.strip())
    if hints < HINTS_AT_LEAST or hints < len(table.hints):
        what = "a hint is empty" if hints < len(table.hints) else f"only {hints}"
        yield ContentError(file, "hints", what, f"write at least {HINTS_AT_LEAST}")
    yield from _faults_of_question(file, table)
    seen: set[str] = set()
    for index, misconception in enumerate(table.misconceptions):
        key = f"misconceptions[{index}]"
        if not _ID.fullmatch(misconception.id):
            what = f"`{misconception.id}` is no id"
            yield ContentError(file, f"{key}.id", what, "write words joined by hyphens")
        elif misconception.id in seen:
            what = f"a second `{misconception.id}`"
            yield ContentError(file, f"{key}.id", what, "give each an id of its own")
        if not misconception.feedback.strip():
            yield ContentError(file, f"{key}.feedback", "empty", "say what to think about")
        seen.add(misconception.id)
        signs = faults_of_signs(f"{key}.when", misconception.when, table.kind, checks)
        yield from (ContentError(file, *fault) for fault in signs)
        for each in all_tables(misconception.when):
            yield from _faults_of_answer(file, f"{key}.when.answer", each, table)
    yield from _faults_of_beliefs(file, table, seen)
    yield from _faults_of_equivalents(file, table)


def _faults_of_equivalents(file: Path, table: ExerciseTable) -> Iterator[ContentError]:
    if table.equivalents and not WRITTEN[table.kind].checks:
        mend = "take them out: only a program that is checked has mutants"
        yield ContentError(file, "equivalents", f"are not for kind {str(table.kind)!r}", mend)
    for index, each in enumerate(table.equivalents):
        for name in ("mutant", "reason"):
            if not getattr(each, name).strip():
                key = f"equivalents[{index}].{name}"
                mend = (
                    "say which change it is" if name == "mutant" else "say why it is right as well"
                )
                yield ContentError(file, key, "empty", mend)


def _faults_of_beliefs(
    file: Path, table: ExerciseTable, misconceptions: set[str]
) -> Iterator[ContentError]:
    if table.beliefs and not WRITTEN[table.kind].beliefs:
        mend = "take them out: what somebody would print is asked in kind = 'predict' only"
        yield ContentError(file, "beliefs", f"are not for kind {str(table.kind)!r}", mend)
    seen = set(misconceptions)
    for index, each in enumerate(table.beliefs):
        if each.belief in seen:
            mend = "name each once, and call no misconception like a belief"
            yield ContentError(file, f"beliefs[{index}]", f"a second `{each.belief}`", mend)
        if not each.because.strip():
            mend = "say why Python printed something else, and what to look at"
            yield ContentError(file, f"beliefs[{index}].because", "empty", mend)
        seen.add(each.belief)


def _faults_of_question(file: Path, table: ExerciseTable) -> Iterator[ContentError]:
    """The table that says what is asked: there is the one of this kind, and no other."""
    if not WRITTEN[table.kind].asks:
        yield ContentError(file, "kind", "asks nothing", f"write {_FORMS['kind']}")
    own = WRITTEN[table.kind].question
    if own and not getattr(table, own):
        yield ContentError(file, own, "missing", f"add {_FORMS[own]}")
    for kind, written in WRITTEN.items():
        if written.question not in ("", own) and getattr(table, written.question):
            mend = f"take it out, or write kind = {str(kind)!r}"
            what = f"is not for kind {str(table.kind)!r}"
            yield ContentError(file, written.question, what, mend)


def _faults_of_answer(
    file: Path, key: str, when: WhenTable, table: ExerciseTable
) -> Iterator[ContentError]:
    if when.answer is None:
        return
    numbers = list(answers_in(when.answer))
    if len(numbers) != 1 or not 1 <= numbers[0] <= len(table.questions):
        last = len(table.questions)
        mend = f"write `N: ` and what was answered, N from 1 to {last}" if last else "take it out"
        yield ContentError(file, key, f"`{when.answer}` is no answer to a question", mend)


def _nearest(key: str, known: list[str]) -> str:
    from difflib import get_close_matches  # for a fault only

    near = get_close_matches(key, known, n=1)
    return f"did you mean `{near[0]}`" if near else f"the keys are {', '.join(known)}"


def _plain_kinds(found: re.Match[str]) -> str:
    kinds = [kind for kind in found[1].split(" | ") if kind != "null"]
    return " or ".join(_PLAIN.get(kind, f"`{kind}`") for kind in kinds)


def _plain(what: str) -> str:
    words = re.sub(r"`(\w+(?: \| \w+)*)`", _plain_kinds, what)
    return words[:1].lower() + words[1:]
