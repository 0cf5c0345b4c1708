"""What was expected + what a run gave -> Verdict."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from tutor.course.model import Kind
from tutor.grading.alignment import aligned
from tutor.grading.feedback import feedback
from tutor.grading.literals import same_line
from tutor.grading.summary import summary
from tutor.grading.verdict import LabelOutcome, LineOutcome, Transcript, Verdict
from tutor.protocol.messages import Cause, CheckResult, Labels, Scope, Status

if TYPE_CHECKING:
    from tutor.course.model import Exercise

SURPLUS_LINES = 20
"""Lines beyond the right ones that a Verdict lists; an endless loop prints half a million."""


def grade(exercise: Exercise, answer: str, transcript: Transcript) -> Verdict:
    """Hold an answer, and what its run gave, against what is right.

    A prediction is held against what the run printed, labels against what it reported: neither is
    ever held against the text of the exercise.
    """
    lines: tuple[LineOutcome, ...] = ()
    labels: tuple[LabelOutcome, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    match exercise.kind:
        case _ if transcript.fault:
            checks = _checked(transcript)
        case Kind.PREDICT:
            lines = _predicted(answer, transcript.stdout)
        case Kind.CLASSIFY:
            labels = _labelled(exercise, answer, transcript.labels)
        case Kind.BUILD | Kind.REPAIR:
            lines = _printed(transcript.stdout, exercise.expected)
            checks = _checked(transcript)
    passed = (
        transcript.status is Status.FINISHED
        and bool(lines or labels)
        and all(line.same for line in lines)
        and all(label.same for label in labels)
        and all(check.passed for check in checks)
    )
    return Verdict(
        exercise=exercise.id,
        passed=passed,
        status=transcript.status,
        summary=summary(exercise.kind, passed, transcript, lines, labels, checks),
        lines=lines,
        labels=labels,
        checks=checks,
        feedback=None
        if passed or transcript.fault
        else feedback(exercise, transcript, lines, labels),
        output=transcript.stdout,
        fault=transcript.fault,
    )


def _lines(text: str) -> list[str]:
    """Only a newline ends a line; `splitlines` knows ten more ends."""
    return text.removesuffix("\n").split("\n") if text else []


def _printed(stdout: str, expected: str) -> tuple[LineOutcome, ...]:
    """Output against the text of the exercise, to the letter."""
    right = _lines(expected)
    given = _lines(stdout)[: len(right) + SURPLUS_LINES]
    return tuple(
        LineOutcome(number, mine, its, mine == its)
        for number, (mine, its) in enumerate(zip_longest(given, right), start=1)
    )


def _predicted(answer: str, stdout: str) -> tuple[LineOutcome, ...]:
    """A prediction against the output: spaces at the end of a line or of all do not count."""
    right = [line.rstrip() for line in _lines(stdout.rstrip())]
    given = [line.rstrip() for line in _lines(answer.rstrip())][: len(right) + SURPLUS_LINES]
    outcomes = []
    predicted = printed = 0
    for mine, its in aligned(given, right):
        predicted += mine is not None
        printed += its is not None
        same = mine is not None and its is not None and same_line(mine, its)
        outcomes.append(LineOutcome(predicted if its is None else printed, mine, its, same))
    return tuple(outcomes)


def _labelled(exercise: Exercise, answer: str, reported: Labels | None) -> tuple[LabelOutcome, ...]:
    """The labels of the answer, `x free` a line; none if the run did not report every name."""
    right = {label.name: label for label in reported.names} if reported else {}
    asked = exercise.classify.names if exercise.classify else ()
    if not right.keys() >= set(asked):
        return ()
    given: dict[str, Scope] = {}
    for words in map(str.split, answer.splitlines()):
        if len(words) == 2 and words[1] in set(Scope):
            given[words[0]] = Scope(words[1])
    return tuple(
        LabelOutcome(given.get(name), right[name], given.get(name) is right[name].scope)
        for name in asked
    )


def _checked(transcript: Transcript) -> tuple[CheckResult, ...]:
    """One result for each check that there is; without exactly one from the run, it failed."""
    results = []
    for name in transcript.check_names:
        given = [result for result in transcript.checks if result.name == name]
        if len(given) == 1:
            results.append(given[0])
            continue
        if given:
            said = "This check gave more than one result."
        elif transcript.fault:
            said = "Not tried: the course is at fault."
        elif transcript.status is Status.FINISHED:
            said = "This check gave no result."
        else:
            said = "Not tried: the program did not finish."
        results.append(CheckResult(name, False, said, Cause.UNTRIED))
    return tuple(results)
