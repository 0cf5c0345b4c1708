"""`check`: grades a file as the answer to an exercise.

The checks withstand what a student would think of (printing the expected text, objects that equal
everything), not one who takes the harness itself apart: they could as well edit their state file.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.attempt import attempt
from tutor.commands.console import (
    Refused,
    complain,
    config_option,
    content_option,
    course_at,
    exercise_of,
    json_option,
    mark,
    python_option,
    read_file,
    say,
    say_json,
    say_prose,
    settings_at,
)
from tutor.course.loader import without_feedback_line
from tutor.faults import RunFault
from tutor.grading.kind import LineWords
from tutor.grading.kinds import kind_of
from tutor.grading.verdict import Verdict
from tutor.protocol.reports import Failure, Finished, InputWanted, Status
from tutor.protocol.requests import Limits
from tutor.session import PythonUnusable, Session
from tutor.text import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from tutor.course.model import Exercise

DIFFERENCES = 10
"""Lines that differ are printed up to this many."""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "exercise", metavar="EXERCISE", help="its id or number, as `list` shows them"
    )
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="a program, or the lines of a prediction or labels"
    )
    content_option(parser)
    python_option(parser)
    config_option(parser)
    json_option(parser)


def run(args: Namespace) -> int:
    """Run and grade the file as an answer to the exercise; 0 if it is right."""
    course, faults = course_at(args.content)
    exercise = exercise_of(course, faults, args.exercise)
    answer = read_file(args.file)
    if not kind_of(exercise).is_program:
        # So that an author can check a wrong answer as it stands in the course.
        answer = without_feedback_line(answer)
    try:
        limits = settings_at(args.config).limits
        exercise, verdict, failure = asyncio.run(_grade(args.python, exercise, answer, limits))
    except PythonUnusable as error:
        raise Refused(str(error)) from None
    if args.json:
        say_json(_as_json(exercise, verdict))
    else:
        _print(exercise, verdict, failure)
    return 0 if verdict.passed else 1


async def _grade(
    python: Path | None, exercise: Exercise, answer: str, limits: Limits
) -> tuple[Exercise, Verdict, Failure | None]:
    async with Session(python) as session:
        exercise = exercise.on(await session.version())
        return exercise, *await graded(session, exercise, answer, limits)


async def graded(
    session: Session, exercise: Exercise, answer: str, limits: Limits
) -> tuple[Verdict, Failure | None]:
    """The verdict on an answer, and the exception that its run ended with. It gets no input.

    Raises RunFault if the tutor itself failed.
    """
    verdict, failure = None, None
    async for report in attempt(session, exercise, answer, limits=limits):
        match report:
            case InputWanted():
                session.send_input(None)
            case Finished(fault=fault) if fault:
                raise RunFault(fault)
            case Finished():
                failure = report.failure
            case Verdict():
                verdict = report
    assert verdict is not None  # the promise of `attempt`: a Verdict comes last
    return verdict, failure


def _print(exercise: Exercise, verdict: Verdict, failure: Failure | None) -> None:
    if failure and failure.text:
        complain(failure.text.rstrip("\n"))
    say_prose(verdict.summary)
    if verdict.status is Status.FINISHED:
        _print_comparison(kind_of(exercise).words, verdict)
    if verdict.feedback:
        say()
        say_prose(verdict.feedback)


def _print_comparison(words: LineWords, verdict: Verdict) -> None:
    """Every line, label, answer and check against what is right."""
    _print_lines(words, verdict)
    for label in verdict.labels:
        sign = mark("✓", "+") if label.same else mark("✗", "x")
        evidence = f"  {label.right.evidence}" if label.same else ""
        say(f"{sign} {label.key}  {label.given or 'no label'}{evidence}")
    for answer in verdict.answers:
        sign = mark("✓", "+") if answer.same else mark("✗", "x")
        evidence = f"  {answer.evidence}" if answer.same else ""
        given = one_line(answer.given) if answer.given else "no answer"
        say(f"{sign} {answer.number} {answer.question}  {given}{evidence}")
    for check in verdict.checks:
        sign = mark("✓", "+") if check.passed else mark("✗", "x")
        say(f"{sign} {check.name}{'' if check.passed else f': {one_line(check.message)}'}")


def _print_lines(words: LineWords, verdict: Verdict) -> None:
    """Each line that differs, over the right one."""
    differing = [
        line
        for line in verdict.lines
        if not line.same and (line.given is not None or words.tells_missing)
    ]
    for line in differing[:DIFFERENCES]:
        say(f"line {line.number}")
        for word, text in ((words.given, line.given), (words.right, line.expected)):
            say(f"  {word:<9} {'(no line)' if text is None else one_line(text)}")
    more = len(differing) - DIFFERENCES
    if more > 0:
        say(f"{more} more {'line differs' if more == 1 else 'lines differ'}.")


def _as_json(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    sentences = {check.name: check.sentence for check in exercise.check_specs}
    return {
        "exercise": verdict.exercise,
        "passed": verdict.passed,
        "status": verdict.status,
        "output": verdict.output,
        "expected": exercise.expected,
        "checks": [
            {
                "name": check.name,
                "sentence": sentences.get(check.name, ""),
                "passed": check.passed,
                "message": check.message,
            }
            for check in verdict.checks
        ],
        "answers": [
            *(
                {"to": each.key, "given": each.given, "passed": each.same}
                for each in verdict.labels
            ),
            *(
                {"to": each.question, "given": each.given, "passed": each.same}
                for each in verdict.answers
            ),
        ],
        "feedback": verdict.feedback,
    }
