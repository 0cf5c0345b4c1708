"""A course as data: Course, Unit, Exercise and what belongs to them.

More than 300 lines: each field says in a sentence what an author writes there, on one page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import msgspec

from tutor.beliefs.belief import Belief
from tutor.course.look_and_try import Look, Try, elsewhere, looks_and_tries
from tutor.course.questions import CellQuestion
from tutor.course.versions import EVERYWHERE, Edition, Span, Version, edition_for


class Kind(StrEnum):
    """What the learner does in an exercise."""

    PREDICT = "predict"
    """Types the lines that finished code will print, before any run."""
    CLASSIFY = "classify"
    """Labels each name of a function: local, cell, free, global or builtin."""
    CELLS = "cells"
    """Says of finished code which cells there will be, and what is in them."""
    BUILD = "build"
    """Completes a starter with gaps."""
    REPAIR = "repair"
    """Changes code that has a bug."""
    SCRATCH = "scratch"
    """Writes any program: nothing is asked. Not for authors: these are the learner's own pads."""


@dataclass(frozen=True)
class Written:
    """What an author writes for an exercise of one kind."""

    ending: str
    """Of the solution and the wrong answers: `py`, or `txt` where an answer is no program."""
    checks: bool = False
    """Whether there is a checks.py."""
    beliefs: bool = False
    """Whether it is asked what a program prints, so that false ideas can be refuted by it."""
    question: str = ""
    """The table of exercise.toml that says what is asked, where it takes one."""
    asks: bool = True
    """Whether anything is asked, and can be passed."""

    @property
    def solved_by_output(self) -> bool:
        """Whether the right answer is what the program prints."""
        return self.beliefs


WRITTEN = {
    Kind.PREDICT: Written("txt", beliefs=True),
    Kind.CLASSIFY: Written("txt", question="classify"),
    Kind.CELLS: Written("txt", question="questions"),
    Kind.BUILD: Written("py", checks=True),
    Kind.REPAIR: Written("py", checks=True),
    Kind.SCRATCH: Written("py", asks=False),
}


class Difficulty(StrEnum):
    """How hard an exercise is."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True)
class When:
    """The signs of a misconception; every sign that is given must be there."""

    check: str | None = None
    """Name of a check whose claim does not hold, as CheckResult.name has it."""
    says: str | None = None
    """A part of what that check says; then it may also have failed by what a call of it raised."""
    line: str | None = None
    """A wrong line of the answer (predict) or of the output (build, repair), to the letter."""
    at: int | None = None
    """The number of that line, from 1, or, without `line`, of the first wrong line."""
    label: str | None = None
    """`name scope`: a label that the learner gave (classify)."""
    error: str | None = None
    """A part of the line that names the exception which ended the program."""
    answer: str | None = None
    """`2: n`: the number of a question and the wrong answer that it got (cells)."""
    code: str | None = None
    """A piece of the program, whatever the spaces and comments in it (build, repair)."""
    within: str | None = None
    """The name of the function in which that piece stands."""
    unless: tuple[When, ...] = ()
    """Signs of something else: none of these may fit."""
    any_of: tuple[When, ...] = ()
    """Alternatives: then one of these fits, and no sign is given beside them."""


@dataclass(frozen=True)
class Misconception:
    """A mistake that is known to be made, and what to say to it."""

    id: str
    when: When
    feedback: str
    span: Span = EVERYWHERE
    """The CPythons on which it may speak."""


@dataclass(frozen=True)
class Refutation:
    """A false idea that the lines of a wrong prediction may fit, and why it is false."""

    belief: Belief
    because: str
    """Goes on after `Python printed ...: `, and says what to look at."""


@dataclass(frozen=True)
class WrongAnswer:
    """A known wrong answer, and the misconception or belief whose feedback it must get."""

    path: Path
    text: str
    misconception: str
    span: Span = EVERYWHERE
    """The CPythons on which it is wrong."""


@dataclass(frozen=True)
class Equivalent:
    """A small change of the solution that is right as well, so that no check need find it."""

    mutant: str
    """Where, and what becomes of it: `add: return x + n -> return n + x`."""
    reason: str


@dataclass(frozen=True)
class CheckSpec:
    """A check, as far as it is known before any run."""

    name: str
    """As CheckResult.name has it."""
    sentence: str
    """What must hold: the docstring of the check, on one line; empty if it has none."""


class FunctionNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names that are asked for as one function sees them."""

    function: str
    """Qualified name: `outer.<locals>.inner`."""
    names: tuple[str, ...]


@dataclass(frozen=True)
class AskedName:
    """A name that is to be labelled, as one function sees it."""

    name: str
    function: str
    """Qualified name."""
    called: str
    """What the function is called beside the others that are asked about: `inner`."""
    key: str
    """What stands for the name in an answer: the name; of several functions, `inner/name`."""


class Classify(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a `classify` exercise asks, as its table says it: the names of one function, or several."""

    function: str = ""
    names: tuple[str, ...] = ()
    """As in FunctionNames, for one function."""
    functions: tuple[FunctionNames, ...] = ()
    """Several functions, in the place of one."""

    def __post_init__(self) -> None:
        if self.functions and (self.function or self.names):
            raise ValueError("Has `functions` beside `function` or `names`")
        if not (self.functions or self.function):
            raise ValueError("Names no function")
        if not all(each.names for each in self.groups):
            raise ValueError("Names no names")
        if len({each.key for each in self.asked}) < len(self.asked):
            raise ValueError("Asks twice for one name")

    @property
    def groups(self) -> tuple[FunctionNames, ...]:
        """Each function with its names."""
        return self.functions or (FunctionNames(self.function, self.names),)

    @property
    def asked(self) -> tuple[AskedName, ...]:
        """Every name that is to be labelled, in order."""
        ends = [each.function.rpartition(".")[2] for each in self.groups]
        found = []
        for group, end in zip(self.groups, ends, strict=True):
            called = end if ends.count(end) == 1 else group.function
            lead = f"{called}/" if self.functions else ""
            found += [
                AskedName(name, group.function, called, f"{lead}{name}") for name in group.names
            ]
        return tuple(found)


@dataclass(frozen=True)
class Exercise:
    """One exercise, complete."""

    id: str
    """The folder's name without its number: `independent-captures`."""
    unit_id: str
    number: int
    """Within its unit: from 1, or from 0 for what comes before the first."""
    title: str
    kind: Kind
    difficulty: Difficulty
    prompt: str
    """Markdown, at most eight lines of 57 columns or so."""
    hints: tuple[str, ...]
    learned: str
    """What it teaches, in a sentence; told when it is passed."""
    expected: str
    """What the finished program prints, lines ended by newlines; as loaded, on the newest CPython."""
    starter: str
    """The program as the learner first sees it."""
    solution: str
    """A right answer: a program, or for predict and classify the lines of a right answer."""
    checks: str | None
    """Source of checks.py; None where the kind needs none."""
    check_specs: tuple[CheckSpec, ...]
    """What the checks in it are called and ask for, in their order."""
    explanation: str
    """Markdown, shown once it is passed."""
    misconceptions: tuple[Misconception, ...]
    wrong_answers: tuple[WrongAnswer, ...]
    classify: Classify | None
    folder: Path
    refutations: tuple[Refutation, ...] = ()
    """Of the beliefs that the program tells apart (predict)."""
    equivalents: tuple[Equivalent, ...] = ()
    """Mutants of the solution that may pass (build, repair)."""
    questions: tuple[CellQuestion, ...] = ()
    """What is asked about its cells (cells)."""
    looks: tuple[Look, ...] = ()
    """What to look at once it is passed."""
    tries: tuple[Try, ...] = ()
    """What to enter at the prompt then."""
    editions: tuple[Edition, ...] = ()
    """What it prints from which CPython on, where that differs."""

    @property
    def file_name(self) -> str:
        """What the learner's file is called in tracebacks."""
        return self.id.replace("-", "_") + ".py"

    @property
    def page_after(self) -> str:
        """The page that opens once it is passed, as Markdown: why it works, what to look at and try."""
        own = WRITTEN[self.kind].ending != "py"
        after = looks_and_tries(self.looks, self.tries, own_program=own)
        others = elsewhere(self.editions, self.expected)
        return "\n\n".join((self.explanation.strip("\n"), *after, *others)) + "\n"

    def on(self, version: Version) -> Exercise:
        """The exercise as it is where that CPython runs the programs."""
        if not (self.editions or any(not each.span.is_whole for each in self._spanned)):
            return self
        expected, solution = self.expected, self.solution
        if self.editions:
            expected = edition_for(self.editions, version).text
            solution = expected if WRITTEN[self.kind].solved_by_output else solution
        return replace(
            self,
            expected=expected,
            solution=solution,
            misconceptions=tuple(m for m in self.misconceptions if m.span.has(version)),
            wrong_answers=tuple(w for w in self.wrong_answers if w.span.has(version)),
            looks=tuple(look for look in self.looks if look.span.has(version)),
            tries=tuple(each for each in self.tries if each.span.has(version)),
        )

    @property
    def _spanned(self) -> tuple[Misconception | WrongAnswer | Look | Try, ...]:
        return (*self.misconceptions, *self.wrong_answers, *self.looks, *self.tries)


@dataclass(frozen=True)
class Unit:
    """Exercises that belong together, and the lesson before them."""

    id: str
    """The folder's name without its number: `first-contact`."""
    number: int
    title: str
    summary: str
    lesson: str
    """Markdown."""
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True)
class Course:
    """All units, in order."""

    units: tuple[Unit, ...]

    def on(self, version: Version) -> Course:
        """The course as it is where that CPython runs the programs."""
        units = (
            replace(unit, exercises=tuple(each.on(version) for each in unit.exercises))
            for unit in self.units
        )
        return Course(tuple(units))

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises, in order."""
        return tuple(exercise for unit in self.units for exercise in unit.exercises)

    def exercise(self, id: str) -> Exercise | None:
        """The exercise of that id, or None."""
        return next((e for e in self.exercises if e.id == id), None)

    def unit_of(self, exercise: Exercise) -> Unit:
        """The unit that an exercise belongs to."""
        return next(u for u in self.units if u.id == exercise.unit_id)
