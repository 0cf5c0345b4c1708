"""The words of the course: nothing is used before it is taught, panes have the names on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tutor.course.loader import content_folder, load
from tutor.course.model import Exercise
from tutor.text import columns

UNITS = load(content_folder())[0].units
FIRST = UNITS[0]
EXERCISES = [each for unit in UNITS for each in unit.exercises]

TAUGHT_IN = {
    r"\bdefault\b": "three-fixes",
    r"\bfactory\b": "three-fixes",
    r"\bpartial": "three-fixes",
    r"\bnonlocal\b": "nonlocal-counter",
    r"\brebind": "nonlocal-counter",
    r"\bmutation\b": "closure-bank-account",
    r"\*args\b": "closure-bank-account",
    r"\bdecorat": "memoize",
    r"@memoize": "memoize",
    r"\bhashable\b": "memoize",
    r"\bweak": "lifetimes",
    r"\bgc\b": "lifetimes",
}
"""What a newcomer cannot be expected to know, and the exercise that says what it is."""
NEVER = {
    r"\bframes?\b": "variables and cells are what a call makes, as far as this unit goes",
    r"\bdrivers?\b": "what the program does with the learner's functions has no name of its own",
    r"\binspector\b": "the screen calls it Cells",
    r"\banew\b": "again, or new",
    r"\bturns? of (the|its) loop\b": "no English",
    r"\bshall do\b|\bis to know\b|\bhangs? behind\b|\bbrought too few\b|in its own way": "stilted",
    r"!(?=\s|$)": "no exclamation marks",
}
OPCODE = re.compile(r"\b(LOAD|STORE|MAKE|COPY)_[A-Z_]+\b")
CURIOUS = "## For the curious"


def before_a_pass(exercise: Exercise) -> str:
    return "\n".join((exercise.prompt, *exercise.hints))


def all_said(exercise: Exercise) -> str:
    return "\n".join((before_a_pass(exercise), exercise.learned, exercise.page_after))


def pages() -> Iterator[tuple[str, str]]:
    yield from ((f"lesson of {unit.id}", unit.lesson) for unit in UNITS)
    yield from ((each.id, all_said(each)) for each in EXERCISES)


@pytest.mark.parametrize(("word", "id"), TAUGHT_IN.items())
def test_nothing_is_used_before_it_is_taught(word: str, id: str) -> None:
    order = [each.id for each in FIRST.exercises]
    place = order.index(id)
    earlier = [FIRST.lesson, *map(all_said, FIRST.exercises[:place])]
    assert [text for text in earlier if re.search(word, text, re.IGNORECASE)] == []
    assert re.search(word, all_said(FIRST.exercises[place]), re.IGNORECASE)


@pytest.mark.parametrize("word", NEVER)
def test_words_that_the_course_does_without(word: str) -> None:
    prose = {where: re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S) for where, text in pages()}
    assert [where for where, text in prose.items() if re.search(word, text)] == [], NEVER[word]


@pytest.mark.parametrize("exercise", FIRST.exercises, ids=lambda each: each.id)
def test_opcodes_are_for_the_curious(exercise: Exercise) -> None:
    plain = f"{before_a_pass(exercise)}\n{exercise.learned}\n"
    plain += exercise.explanation.partition(CURIOUS)[0]
    plain += "".join(each.say for each in (*exercise.looks, *exercise.tries))
    assert OPCODE.findall(plain) == []
    assert OPCODE.findall(FIRST.lesson) == []


def test_no_hint_is_the_answer() -> None:
    """A line of two words or more that only the solution has is given by no hint but the last."""
    for exercise in EXERCISES:
        own = {line.strip() for line in exercise.solution.split("\n")}
        own -= {line.strip() for line in exercise.starter.split("\n")}
        for hint in exercise.hints[:-1]:
            given = [line for line in own if len(line.split()) > 2 and f"`{line}`" in hint]
            assert given == [], exercise.id


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
def test_a_prompt_is_shown_as_it_is_counted(exercise: Exercise) -> None:
    """An item ends only at another or at an empty line, and begins after one: as it is rendered."""
    lines = exercise.prompt.strip("\n").split("\n")
    for line, following in zip(lines, lines[1:], strict=False):
        ends_item = bool(line) and not following.startswith(("- ", "  ")) and following != ""
        assert not (ends_item and line.startswith(("- ", "  "))), line
        assert line == "" or not following.startswith("- ") or line.startswith(("- ", "  ")), line


def test_a_program_in_a_lesson_fits_the_page() -> None:
    for unit in UNITS:
        for block in re.findall(r"```.*?\n(.*?)```", unit.lesson, re.S):
            assert max(map(columns, block.split("\n"))) <= 57
