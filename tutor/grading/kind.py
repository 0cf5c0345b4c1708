"""What the tutor knows of one kind of exercise: all that differs from kind to kind, in one object."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tutor.course.model import WRITTEN, Exercise, Kind
from tutor.course.tables import ContentError
from tutor.grading.verdict import LineOutcome, Outcomes, Transcript
from tutor.protocol.requests import RunRequest


@dataclass(frozen=True)
class LineWords:
    """How lines are told that are held against the right ones."""

    given: str = "printed"
    """What was done with the learner's line, for a column of `check`."""
    right: str = "expected"
    """The same of the right line."""
    differs: str = "printed {given}, expected {right}"
    output: str = "the expected output"
    """Where the right lines stand."""
    tells_missing: bool = True
    """Whether a right line is told that the learner has not given yet."""


def _none(_: Exercise) -> tuple[()]:
    return ()


def _no_lack(_: Exercise, __: str) -> str:
    return ""


def _all_at_once(wrong: list[LineOutcome]) -> list[list[LineOutcome]]:
    return [wrong]


@dataclass(frozen=True)
class ExerciseKind:
    """A kind of exercise, from the run that its answer asks for to the words of the verdict."""

    name: Kind
    call: str
    """What to do before a run: `Write a program`."""
    compare: Callable[[Exercise, str, Transcript], Outcomes]
    """The answer, or what its run gave, held against what is right; checks are added to that."""
    praise: Callable[[Outcomes], str]
    """What was right, behind `Passed: `."""
    objection: Callable[[Outcomes], str]
    """What is wrong after a run to the end, where no line is: a sentence."""
    words: LineWords = LineWords()
    signs: Callable[[list[LineOutcome]], list[list[LineOutcome]]] = _all_at_once
    """The wrong lines that a misconception may speak of, in rounds: the first round comes first."""
    written_faults: Callable[[Exercise], Iterable[ContentError]] = _none
    """What the files of an exercise show to be wrong without a run."""
    blanks: Callable[[Exercise], Iterable[tuple[str, str]]] = _none
    """Answers that lack what is asked for, each after what it lacks: no misconception may speak."""
    mend_blanks: str = "ask for each name by `learner.function` or `learner.class_` before any call"
    """What an author does about one that speaks nevertheless."""
    lacks: Callable[[Exercise, str], str] = _no_lack
    """What an answer lacks before it can be run, though some of it is there: a sentence, or empty."""
    starter_is_python: bool = False
    """Whether `verify` asks that a starter which the learner works on compiles."""

    @property
    def is_program(self) -> bool:
        """Whether the answer is the program that runs; else the exercise's own runs."""
        return WRITTEN[self.name].ending == "py"

    @property
    def asks(self) -> bool:
        """Whether there is something to pass: else no verdict comes, and nothing is counted."""
        return WRITTEN[self.name].asks

    def fresh(self, exercise: Exercise) -> str:
        """The answer before anything was typed."""
        return exercise.starter if self.is_program else ""

    def before_a_run(self, exercise: Exercise, answer: str) -> str:
        """What is still to be done before an answer is run, in a sentence; empty if it can be."""
        if lack := self.lacks(exercise, answer):
            return lack
        return "" if answer.strip() else f"{self.call} first, then run it."

    def source(self, exercise: Exercise, answer: str) -> str:
        """The program that runs."""
        return answer if self.is_program else exercise.starter

    def request(self, exercise: Exercise, answer: str) -> RunRequest:
        """The run that an answer is judged by."""
        return RunRequest(
            source=self.source(exercise, answer),
            file_name=exercise.file_name,
            checks=exercise.checks,
            classify=tuple(each.function for each in exercise.classify.groups)
            if exercise.classify
            else (),
            record=any(each.has_moment for each in exercise.questions),
        )
