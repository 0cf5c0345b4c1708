"""What an attempt came to, in one plain sentence."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from tutor.course.model import Kind
from tutor.grading.verdict import lacking
from tutor.protocol.messages import CheckResult, Status
from tutor.text import one_line, visible

if TYPE_CHECKING:
    from tutor.grading.verdict import LabelOutcome, LineOutcome, Transcript

QUOTE_COLUMNS = 60
"""What is quoted of a line: the longest line of the first unit has as many."""
ERROR_COLUMNS = 200
"""What is quoted of an exception: the longest messages of Python's own have half as many."""


def summary(
    kind: Kind,
    passed: bool,
    transcript: Transcript,
    lines: tuple[LineOutcome, ...],
    labels: tuple[LabelOutcome, ...],
    checks: tuple[CheckResult, ...],
) -> str:
    """The verdict in one sentence; all that it quotes is visible text."""
    if transcript.fault:
        fault = one_line(transcript.fault, ERROR_COLUMNS)
        return f"The course is at fault here, not you: {fault}. Please tell its author."
    if passed:
        return f"Passed: {_praise(kind, labels, checks)}."
    if lack := lacking(checks):
        return one_line(lack.message, ERROR_COLUMNS)
    if transcript.status is not Status.FINISHED:
        return _stopped(transcript)
    wrong_line = next((line for line in lines if not line.same), None)
    if wrong_line:
        return _differs(kind, wrong_line, lines)
    if kind is Kind.CLASSIFY:
        return _mislabelled(labels)
    failed = [check for check in checks if not check.passed]
    if failed:
        return _unheld(failed, len(checks))
    return "The program printed nothing."


def _praise(kind: Kind, labels: tuple[LabelOutcome, ...], checks: tuple[CheckResult, ...]) -> str:
    if kind is Kind.PREDICT:
        return "every line is as you predicted"
    if kind is Kind.CLASSIFY:
        return "the label is right" if len(labels) == 1 else f"all {len(labels)} labels are right"
    held = {0: "", 1: " and the check holds"}.get(
        len(checks), f" and all {len(checks)} checks hold"
    )
    return f"the output matches{held}"


def _stopped(transcript: Transcript) -> str:
    if transcript.error and transcript.status is Status.FAILED:
        return f"The program stopped with {_quoted(transcript.error, ERROR_COLUMNS)}."
    return visible(transcript.sentence, keep_newlines=False) or "The program did not finish."


def _differs(kind: Kind, line: LineOutcome, lines: tuple[LineOutcome, ...]) -> str:
    place = f"Line {line.number}"
    predicted = kind is Kind.PREDICT
    rest = lines[lines.index(line) :]
    if line.given is None:
        missing = sum(1 for _ in takewhile(lambda each: each.given is None, rest))
        if missing > 1:
            return f"Lines {line.number} to {line.number + missing - 1} are missing."
        # A prediction that stops early is not told what comes: there is nothing to learn from it.
        right = "" if predicted else f": expected {_quoted(line.expected or '')}"
        return f"{place} is missing{right}."
    if line.expected is None:
        if any(each.expected is not None for each in rest):
            return f"{place} is too much: {_quoted(line.given)}."
        end = f"ends with line {line.number - 1}" if line.number > 1 else "is empty"
        return f"{place} is too much: the {'' if predicted else 'expected '}output {end}."
    given, right = line.given, line.expected
    if given.split() == right.split():
        return f"{place} differs in its spaces only: {_quoted(right)} is right."
    verbs = ("you predicted", "Python printed") if predicted else ("printed", "expected")
    return f"{place} differs: {verbs[0]} {_quoted(given)}, {verbs[1]} {_quoted(right)}."


def _mislabelled(labels: tuple[LabelOutcome, ...]) -> str:
    wrong = [label for label in labels if not label.same]
    if not wrong:
        return "The run did not report every name that the exercise asks about."
    names = ", ".join(f"`{label.right.name}`" for label in wrong)
    if all(label.given is None for label in wrong):
        return f"No label yet for {names}."
    right = len(labels) - len(wrong)
    are = "is" if right == 1 else "are"
    return f"{right} of {len(labels)} labels {are} right; look again at {names}."


def _unheld(failed: list[CheckResult], of: int) -> str:
    if of == 1:
        return f"The output matches, but the check does not hold: {failed[0].name}."
    if len(failed) == 1:
        return f"The output matches, but one of {of} checks does not hold: {failed[0].name}."
    return f"The output matches, but {len(failed)} of {of} checks do not hold."


def _quoted(line: str, most: int = QUOTE_COLUMNS) -> str:
    if not line:
        return "an empty line"
    return f"`{one_line(line, most)}`"
