"""A verdict as lines of text: what differs, which checks do not hold, what that may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual.content import Content

from tutor.course.model import CheckSpec
from tutor.grading.verdict import LineOutcome, Verdict, lacking
from tutor.protocol.reports import CheckResult, Status
from tutor.text import one_line, visible
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.sentences import mark, spoken
from tutor.ui.kit.text_view import cut, edged, hang

IN_FULL = 3
"""Lines that differ, and checks that do not hold, that are shown; the others are counted."""
ROWS = 6
"""What is shown of a line that differs; the rest is counted."""
_SENTENCE = re.compile(r".*?[.?!:](?= |$)")
TO_BE_PRINTED = "Nothing has run. To be printed:"


def verdict_lines(verdict: Verdict, width: int) -> list[Content]:
    """Why an attempt is not right: the first difference, what that may mean, then the rest."""
    finished = verdict.status is Status.FINISHED
    wrong = [line for line in verdict.lines if not line.same] if finished else []
    failed = [check for check in verdict.checks if not check.passed] if finished else []
    shown: list[Content] = []
    for line in wrong[:1]:
        shown += edged(difference(line, width), width, "$error")
    if verdict.feedback:
        shown += reason(verdict.feedback, width)
    for line in wrong[1:IN_FULL]:
        shown += difference(line, width, numbered=True)
    if len(wrong) > IN_FULL:
        shown += _more(f"and {len(wrong) - IN_FULL:,} more of {len(verdict.lines):,} lines", width)
    shown += all_check_lines(failed[:IN_FULL], width, looked_at=not wrong)
    if len(failed) > IN_FULL:
        shown += _more(f"and {len(failed) - IN_FULL} more, under Checks", width)
    return shown


def _more(text: str, width: int) -> list[Content]:
    return hang(Content.styled(f"… {text}", "$muted"), width)


def headline(verdict: Verdict) -> str:
    """The summary, without the two lines that stand below it in full."""
    if lacking(verdict.checks):
        return verdict.summary
    wrong = next((line for line in verdict.lines if not line.same), None)
    told_below = wrong and wrong.given is not None and wrong.expected is not None
    if wrong and told_below and verdict.status is Status.FINISHED:
        return f"Line {wrong.number} differs."
    return verdict.summary


def difference(line: LineOutcome, width: int, *, numbered: bool = False) -> list[Content]:
    """A line of output over the line that was expected, never beside it."""
    place = f"line {line.number:,}" if numbered else "printed"
    pairs = ((place, line.given, "$text-error"), ("expected", line.expected, "$text-success"))
    lead = max(len("expected"), len(place)) + 2
    alike = line.given is not None and line.given.split() == (line.expected or "").split()
    shown: list[Content] = []
    for word, text, style in pairs:
        said = "nothing more" if text is None else repr(text) if alike else text
        fitting = one_line(said, ROWS * (width - lead))
        content = Content.styled(fitting, "italic" if text is None else "")
        name = Content.styled(word.ljust(lead), style)
        for number, part in enumerate(cut(content, max(8, width - lead))):
            shown.append((Content(" " * lead) if number else name) + part)
    return shown


def reason(feedback: str, width: int, indent: str = "") -> list[Content]:
    """What a mistake may mean, its first sentence before all: never red, for nobody is blamed."""
    said = spoken(feedback)
    first = _SENTENCE.match(said.plain)
    lines = hang(said.stylize("bold", 0, first.end() if first else None), width, indent, indent)
    return edged(lines, width, "$accent")


def all_check_lines(
    checks: Iterable[CheckResult], width: int, *, looked_at: bool = True
) -> list[Content]:
    """Each check; the first that does not hold is what to look at, unless something else is."""
    shown: list[Content] = []
    for check in checks:
        lines = check_lines(check, width)
        if looked_at and not check.passed:
            looked_at = False
            lines = edged(lines, width, "$error")
        shown += lines
    return shown


def check_lines(check: CheckResult, width: int) -> list[Content]:
    """A check's name with its mark, and below it what does not hold."""
    shown = hang(spoken(check.name), width, mark(check.passed), "  ")
    if check.message:
        shown += hang(spoken(check.message), width, "  ", "  ")
    return shown


def open_check_lines(check: CheckSpec, width: int) -> list[Content]:
    """A check that was not tried yet: its name, and below it what must hold."""
    mark = Content.styled(f"{MARKS.not_begun} ", "$muted")
    shown = hang(spoken(check.name), width, mark, "  ")
    if check.sentence:
        shown += hang(spoken(check.sentence).stylize("$muted"), width, "  ", "  ")
    return shown


def to_be_printed(expected: str, width: int) -> list[Content]:
    """The lines that a right program prints, behind a bar: nothing has printed them."""
    lead = Content.styled(f"{MARKS.bar} ", "$muted")
    shown = hang(Content.styled(TO_BE_PRINTED, "$muted"), width)
    for line in expected.removesuffix("\n").split("\n"):
        text = Content.styled(visible(line, keep_newlines=False), "$muted")
        shown += [lead + part for part in cut(text, max(8, width - 2))]
    return shown
