"""Whether the signs of a misconception are there in an attempt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.course.questions import answers_in
from tutor.course.signs import tokens
from tutor.grading.given_answers import reading
from tutor.grading.literals import same_line
from tutor.protocol.reports import WITHOUT_END, Cause
from tutor.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.course.model import When
    from tutor.course.questions import CellQuestion
    from tutor.grading.verdict import AnswerOutcome, LabelOutcome, LineOutcome, Verdict
    from tutor.protocol.reports import CheckResult

TOO_DEEP = "RecursionError: maximum recursion depth exceeded"

WRITTEN_COLUMNS = 160
"""What is shown of a sign."""


@dataclass(frozen=True)
class Shown:
    """All in which a mistake can show."""

    lines: list[LineOutcome]
    """The wrong ones that may be spoken of."""
    labels: tuple[LabelOutcome, ...]
    answers: tuple[AnswerOutcome, ...]
    questions: tuple[CellQuestion, ...]
    """What the answers are to."""
    checks: tuple[CheckResult, ...]
    error: str
    """The line that names the exception which ended the program; empty if none did."""
    finished: bool
    program: str
    """Of the learner; empty where an answer is none."""

    @property
    def shifted(self) -> bool:
        """Whether a program printed too many lines or too few: then those after the first wrong one
        may stand at other numbers than their own."""
        uneven = any(line.given is None or line.expected is None for line in self.lines)
        return bool(self.program) and uneven


def fitting_signs(when: When, shown: Shown) -> When | None:
    """The signs, or the first of the alternatives, that fit.

    A program that did not come to its end is told by its error, or not at all: wrong lines and
    failed checks may be what came of that.
    """
    for signs in when.any_of or (when,):
        if (shown.finished or signs.error is not None) and _fit(signs, shown):
            return signs
    return None


def line_of(signs: When, shown: Shown) -> int | None:
    """The number of the wrong line that signs are about, if they are about one."""
    return next((line.number for line in shown.lines if _is_line(signs, line, shown)), None)


def signs_of(verdict: Verdict, error: str | None) -> Iterator[str]:
    """What a misconception could be known by, each as an author would write it."""
    if error:
        yield f"error = {_written(error)}"
    for line in verdict.lines:
        if not line.same and line.given is not None:
            yield f"line = {_written(line.given)}, at = {line.number}"
    for label in verdict.labels:
        if not label.same and label.given:
            yield f"label = {_written(f'{label.key} {label.given}')}"
    for answer in verdict.answers:
        if not answer.same and answer.given is not None:
            yield f"answer = {_written(f'{answer.number}: {answer.given}')}"
    for check in verdict.checks:
        if not check.passed and check.cause in (Cause.CLAIM, Cause.RAISED):
            yield f"check = {_written(check.name)}, says = {_written(check.message)}"


def _written(text: str) -> str:
    mark = "'" if '"' in text and "'" not in text else '"'
    return f"{mark}{one_line(text, WRITTEN_COLUMNS)}{mark}"


def _fit(signs: When, shown: Shown) -> bool:
    about_line = signs.line is not None or signs.at is not None
    return (
        (not about_line or line_of(signs, shown) is not None)
        and (signs.check is None or any(_fails(signs, each) for each in shown.checks))
        and (signs.error is None or signs.error in _all_said(shown.error))
        and (signs.label is None or any(_is_label(signs.label, each) for each in shown.labels))
        and (signs.answer is None or _answered(signs.answer, shown))
        and (signs.code is None or _holds(signs.code, signs.within, shown.program))
        and not any(_fit(other, shown) for other in signs.unless)
    )


def _is_line(signs: When, line: LineOutcome, shown: Shown) -> bool:
    """Whether this wrong line is the one that is asked for."""
    if signs.line is None:
        return line is shown.lines[0] and line.number == signs.at
    given = line.given is not None and same_line(line.given, signs.line)
    counted = line is shown.lines[0] or not shown.shifted
    return given and (signs.at is None or (counted and signs.at == line.number))


def _fails(signs: When, result: CheckResult) -> bool:
    if result.name != signs.check or result.passed:
        return False
    if signs.says is None:
        return result.cause is Cause.CLAIM
    return signs.says in result.message and result.cause in (Cause.CLAIM, Cause.RAISED)


def _all_said(error: str) -> str:
    """An error; of calls without end, in whatever words it is told, also what Python mostly says."""
    endless = WITHOUT_END in error or error.startswith("RecursionError: Stack overflow")  # 3.14
    return f"{error}\n{TOO_DEEP}" if endless else error


def _is_label(sign: str, label: LabelOutcome) -> bool:
    return not label.same and sign == f"{label.key} {label.given}"


def _answered(sign: str, shown: Shown) -> bool:
    """Whether a question got the wrong answer of a sign, in any spelling."""
    return any(
        not each.same
        and each.number == number
        and each.given is not None
        and reading(shown.questions[number - 1], each.given)
        == reading(shown.questions[number - 1], text)
        for number, text in answers_in(sign).items()
        for each in shown.answers
    )


def _holds(code: str, within: str | None, program: str) -> bool:
    """Whether a piece of code stands in a program, or in a function of it."""
    asked = tokens(code)
    for text in [program] if within is None else _functions(program, within):
        there = tokens(text)
        starts = range(len(there) - len(asked) + 1)
        if any(there[start : start + len(asked)] == asked for start in starts):
            return True
    return False


def _functions(program: str, name: str) -> Iterator[str]:
    """The bodies of the functions of a name: what stands deeper than their `def`."""
    for found in re.finditer(rf"^([ \t]*)def {re.escape(name)}\b.*\n", program, re.MULTILINE):
        body = re.compile(rf"(?:[ \t]*(?:#.*)?\n|{found[1]}[ \t]+.*(?:\n|\Z))*")
        inner = body.match(program, found.end())
        yield found[0] + (inner[0] if inner else "")
