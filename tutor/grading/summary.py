"""What an attempt came to, in one plain sentence."""

from __future__ import annotations

from itertools import takewhile

from tutor.grading.kind import ExerciseKind, LineWords
from tutor.grading.verdict import LineOutcome, Outcomes, Transcript, lacking
from tutor.protocol.reports import Status
from tutor.text import one_line, visible

QUOTE_COLUMNS = 60
"""What is quoted of a line: the longest line of the first unit has as many."""
ERROR_COLUMNS = 200
"""What is quoted of an exception: the longest messages of Python's own have half as many."""


def summary(kind: ExerciseKind, passed: bool, transcript: Transcript, outcomes: Outcomes) -> str:
    """The verdict in one sentence; all that it quotes is visible text."""
    if transcript.fault:
        fault = one_line(transcript.fault, ERROR_COLUMNS)
        return f"The course is at fault here, not you: {fault}. Please tell its author."
    if passed:
        return f"Passed: {kind.praise(outcomes)}."
    was_cut_short = transcript.status not in (Status.FINISHED, Status.FAILED)
    if not was_cut_short and (lack := lacking(outcomes.checks)):
        return one_line(lack.message, ERROR_COLUMNS)
    if transcript.status is not Status.FINISHED:
        return _stopped(transcript)
    if outcomes.wrong_lines:
        return _differs(kind.words, outcomes.wrong_lines[0], outcomes.lines)
    return kind.objection(outcomes)


def _stopped(transcript: Transcript) -> str:
    if transcript.error and transcript.status is Status.FAILED:
        return f"The program stopped with {_quoted(transcript.error, ERROR_COLUMNS)}."
    return visible(transcript.sentence, keep_newlines=False) or "The program did not finish."


def _differs(words: LineWords, line: LineOutcome, lines: tuple[LineOutcome, ...]) -> str:
    place = f"Line {line.number}"
    rest = lines[lines.index(line) :]
    if line.given is None:
        missing = sum(1 for _ in takewhile(lambda each: each.given is None, rest))
        if missing > 1:
            return f"Lines {line.number} to {line.number + missing - 1} are missing."
        right = f": expected {_quoted(line.expected or '')}" if words.tells_missing else ""
        return f"{place} is missing{right}."
    if line.expected is None:
        if any(each.expected is not None for each in rest):
            return f"{place} is too much: {_quoted(line.given)}."
        end = f"ends with line {line.number - 1}" if line.number > 1 else "is empty"
        return f"{place} is too much: {words.output} {end}."
    given, right = line.given, line.expected
    if given.split() == right.split():
        return f"{place} differs in its spaces only: {_quoted(right)} is right."
    return f"{place} differs: {words.differs.format(given=_quoted(given), right=_quoted(right))}."


def _quoted(line: str, most: int = QUOTE_COLUMNS) -> str:
    if not line:
        return "an empty line"
    return f"`{one_line(line, most)}`"
