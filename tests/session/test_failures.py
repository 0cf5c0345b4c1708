"""What ended a program is told shortly, however long the text is that it is about."""

from __future__ import annotations

import pytest

from tests.harness.runs import Run
from tutor.protocol.reports import Failure, Status
from tutor.session import Session
from tutor.worker.process.compiling import TOO_DEEP
from tutor.worker.program.failures import LONGEST_LINE, MOST_LINES

DEEP = {
    "minus": f"x = {'-' * 50_000}1",
    "not": f"x = {'not ' * 20_000}1",
    "lambda": f"x = {'lambda: ' * 3_000}1",
}


async def failure_of(run: Run, source: str) -> Failure:
    finished = (await run(source)).finished
    assert finished.status is Status.FAILED
    assert finished.failure
    return finished.failure


@pytest.mark.parametrize("deep", DEEP)
async def test_the_limit_of_the_parser_is_told_as_such(
    run: Run, session: Session, deep: str
) -> None:
    failure = await failure_of(run, DEEP[deep])
    assert failure.summary == f"RecursionError: {TOO_DEEP}"
    assert failure.text == f"{failure.summary}\n"
    found = await session.scopes(DEEP[deep])
    assert found
    assert found.fault == failure.summary


async def test_the_limit_of_the_parser_at_the_prompt(run: Run, session: Session) -> None:
    await run("x = 1")
    *_, finished = [report async for report in session.evaluate(DEEP["minus"])]
    assert getattr(finished, "status", None) is Status.FAILED
    assert TOO_DEEP in getattr(finished, "sentence", "")


@pytest.mark.parametrize(
    ("source", "says", "shows"),
    [
        (f"x = {'(' * 100_000}", "SyntaxError: too many nested parentheses", "… (((("),
        (f"x = [{'1, ' * 500}1 2, {'3, ' * 500}]", "SyntaxError: ", "1 2, 3,"),
        (f"x = [{'1, ' * 500}1 / 0, {'3, ' * 500}]", "ZeroDivisionError: ", "1 / 0, 3,"),
        (f"{'x' * 5_000}", "NameError: name 'xxx", "xxx… +"),
        ("raise ValueError('x' * 100_000)", "ValueError: xxx", "x… +99712"),
        ("e = KeyError('y')\ne.add_note('z' * 9_000)\nraise e", "KeyError: 'y'", "zzz… +8700"),
        ("raise ValueError('first\\n' * 9_000)", "ValueError: first", "more lines"),
        ("def f(): g()\ndef g(): f()\nf()", "RecursionError: ", "more lines"),
        (
            "raise ExceptionGroup('g', [ValueError('x' * 9_000) for _ in range(20)])",
            "ExceptionGroup: g (20",
            "xxx… +",
        ),
    ],
    ids=["nesting", "marks", "frame", "name", "message", "note", "lines", "frames", "group"],
)
async def test_what_is_quoted_is_shortened(run: Run, source: str, says: str, shows: str) -> None:
    failure = await failure_of(run, source)
    lines = failure.text.split("\n")
    assert failure.summary.startswith(says)
    assert shows in failure.text
    assert max(map(len, lines)) < LONGEST_LINE + 20
    assert len(lines) <= MOST_LINES + 1


async def test_the_marks_stay_under_what_they_mark(run: Run) -> None:
    failure = await failure_of(run, f"x = {'1 + ' * 500} $ {'1 + ' * 500}")
    line, marks = failure.text.split("\n")[1:3]
    assert line[marks.index("^")] == "$"


async def test_a_note_does_not_name_the_exception(run: Run) -> None:
    failure = await failure_of(run, "e = ValueError('a\\nb')\ne.add_note('c')\nraise e")
    assert failure.summary == "ValueError: a"
    assert failure.text.endswith("ValueError: a\nb\nc\n")
