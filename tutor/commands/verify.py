"""`verify`: holds the content of a course to its own rules."""

from __future__ import annotations

import ast
import asyncio
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.commands.check import graded
from tutor.commands.console import (
    Refused,
    config_option,
    content_option,
    course_at,
    json_option,
    mark,
    python_option,
    say,
    say_json,
    settings_at,
)
from tutor.course.loader import ContentError
from tutor.session import PythonUnusable, Session
from tutor.text import columns
from tutor.worker.messages import Limits, Output, RunRequest

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import AsyncIterator, Iterator, Sequence

    from tutor.course.model import Exercise, WrongAnswer
    from tutor.course.outcome import Verdict

PROMPT_LINES = 8
PROMPT_COLUMNS = 57
"""What the task pane shows at 80x24 without scrolling."""


@dataclass(frozen=True)
class Held:
    """One exercise, held to its rules on one interpreter."""

    exercise: str
    python: str
    """The interpreter's version."""
    faults: tuple[str, ...]


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        metavar="DIR",
        type=Path,
        nargs="?",
        help="a course; without it, the one that comes along",
    )
    content_option(parser)
    python_option(parser, repeatable=True)
    config_option(parser)
    json_option(parser)


def run(args: Namespace) -> int:
    course, faults = course_at(args.folder or args.content)
    sound = [exercise for exercise in course.exercises if _broken_checks(exercise) is None]
    written = [*faults, *(str(f) for each in course.exercises for f in _written_faults(each))]
    for line in [] if args.json else written:
        say(f"{mark('✗', 'x')} {line}")
    limits = settings_at(args.config).limits
    try:
        held = asyncio.run(_hold_all(sound, args.python or [None], limits, quiet=args.json))
    except PythonUnusable as error:
        raise Refused(str(error)) from None
    holds = not written and not any(each.faults for each in held)
    if args.json:
        say_json(
            {
                "passed": holds,
                "faults": written,
                "exercises": [
                    {"exercise": each.exercise, "python": each.python, "faults": each.faults}
                    for each in held
                ],
            }
        )
    else:
        say(_summary(written, held))
    return 0 if holds else 1


def _summary(written: Sequence[str], held: Sequence[Held]) -> str:
    pythons = ", ".join(dict.fromkeys(each.python for each in held))
    faulty = sum(1 for each in held if each.faults)
    told = f"{len(held) - faulty} of {len(held)} hold on Python {pythons}" if held else "None ran"
    return f"{told}; faults in the files: {len(written)}."


def _written_faults(exercise: Exercise) -> Iterator[ContentError]:
    """What shows without a run, and does not keep the exercise from loading."""
    file = exercise.folder / "exercise.toml"
    lines = exercise.prompt.strip("\n").split("\n")
    if len(lines) > PROMPT_LINES:
        what, mend = f"has {len(lines)} lines", f"say it in {PROMPT_LINES}"
        yield ContentError(file, "prompt", what, mend)
    for number, line in enumerate(lines, start=1):
        if columns(line) > PROMPT_COLUMNS:
            what = f"line {number} takes {columns(line)} columns"
            yield ContentError(file, "prompt", what, f"break it at {PROMPT_COLUMNS}")
    if broken := _broken_checks(exercise):
        yield broken


def _broken_checks(exercise: Exercise) -> ContentError | None:
    """Whether checks.py is Python. The loader leaves this out: it would double a start's time."""
    try:
        ast.parse(exercise.checks or "")
    except (SyntaxError, ValueError) as error:
        file = exercise.folder / "checks.py"
        return ContentError(file, None, f"not Python ({error})", "mend that place")
    return None


async def _hold_all(
    exercises: Sequence[Exercise], pythons: Sequence[Path | None], limits: Limits, *, quiet: bool
) -> list[Held]:
    held = []
    for python in pythons:
        async with Session(python) as session:
            version = await _version(session)
            for exercise in exercises:
                faults = tuple([fault async for fault in _broken_rules(session, exercise, limits)])
                held.append(Held(exercise.id, version, faults))
                if not quiet:
                    _print(held[-1])
    return held


async def _version(session: Session) -> str:
    """The version of the session's interpreter, from that interpreter."""
    request = RunRequest("import sys; print(*sys.version_info[:3], sep='.')")
    output = [report.text async for report in session.run(request) if isinstance(report, Output)]
    return "".join(output).strip()


async def _broken_rules(session: Session, exercise: Exercise, limits: Limits) -> AsyncIterator[str]:
    """Each rule that the exercise breaks on this interpreter."""
    verdict, _ = await graded(session, exercise, exercise.solution, limits)
    if not verdict.passed:
        yield f"the solution does not pass. {verdict.summary}"
    if verdict.output != exercise.expected:
        yield f"`expected` is not what is printed, from line {_first_difference(exercise, verdict)} on"
    answers_in_code = exercise.kind.answers_in_code
    verdict, _ = await graded(
        session, exercise, exercise.starter if answers_in_code else "", limits
    )
    if verdict.passed:
        yield f"{'the starter' if answers_in_code else 'an empty answer'} passes"
    for wrong in exercise.wrong_answers:
        verdict, _ = await graded(session, exercise, wrong.text, limits)
        fault = _missed(exercise, wrong, verdict)
        if fault:
            yield f"{wrong.path.parent.name}/{wrong.path.name} {fault}"


def _missed(exercise: Exercise, wrong: WrongAnswer, verdict: Verdict) -> str | None:
    """What is wrong with the verdict on a known wrong answer."""
    if verdict.passed:
        return "passes"
    spoke = next((m.id for m in exercise.misconceptions if m.feedback == verdict.feedback), None)
    if spoke == wrong.misconception:
        return None
    got = f"the feedback of `{spoke}`" if spoke else "no feedback"
    return f"gets {got}, not that of `{wrong.misconception}`. {verdict.summary}"


def _first_difference(exercise: Exercise, verdict: Verdict) -> int:
    printed, expected = verdict.output.split("\n"), exercise.expected.split("\n")
    same = takewhile(lambda pair: pair[0] == pair[1], zip(printed, expected, strict=False))
    return len(list(same)) + 1


def _print(held: Held) -> None:
    sign = mark("✗", "x") if held.faults else mark("✓", "+")
    say(f"{sign} {held.python}  {held.exercise}")
    for fault in held.faults:
        say(f"    {fault}")
