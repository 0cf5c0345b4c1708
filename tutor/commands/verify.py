"""`verify`: holds the content of a course to its own rules."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.attempt import believed_lines
from tutor.beliefs.belief import Belief
from tutor.beliefs.rewriting import RESERVED
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
from tutor.commands.verify_after import untrue_after
from tutor.course.rules import written_faults
from tutor.grading.kinds import kind_of
from tutor.grading.mistakes.signs import signs_of
from tutor.protocol.reports import Failure, Output, Status
from tutor.protocol.requests import Limits, RunRequest
from tutor.session import PythonUnusable, Session
from tutor.text import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import AsyncIterator, Iterator, Sequence

    from tutor.course.model import Exercise, WrongAnswer
    from tutor.course.tables import ContentError
    from tutor.grading.verdict import Verdict

NOT_PYTHON = ("SyntaxError", "IndentationError", "TabError")


@dataclass(frozen=True)
class Outcome:
    """One exercise, held to its rules on one interpreter."""

    exercise: str
    python: str
    """The interpreter's version."""
    faults: tuple[str, ...]


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "folder",
        metavar="DIR",
        type=Path,
        nargs="?",
        help="a course, or a unit or an exercise of one; without it, the course that comes along",
    )
    content_option(parser)
    python_option(parser, repeatable=True)
    config_option(parser)
    json_option(parser)


def run(args: Namespace) -> int:
    """Check that every solution passes and every starter does not; 0 if no exercise has a fault."""
    exercises, faults = _exercises_at(args.folder or args.content)
    written = [*faults, *(str(fault) for each in exercises for fault in _written_faults(each))]
    for line in [] if args.json else written:
        say(f"{mark('✗', 'x')} {line}")
    limits = settings_at(args.config).limits
    try:
        held = asyncio.run(_hold_all(exercises, args.python or [None], limits, quiet=args.json))
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


def _written_faults(exercise: Exercise) -> Iterator[ContentError]:
    """What shows without a run: first what holds for every kind."""
    yield from written_faults(exercise)
    yield from kind_of(exercise).written_faults(exercise)


def _exercises_at(place: Path | None) -> tuple[list[Exercise], list[str]]:
    """The exercises of a course, a unit or one exercise, and the faults that were told of them."""
    folder = place
    for table, up in (("unit.toml", 0), ("exercise.toml", 1)):
        if place and (place / table).is_file():
            place = place.resolve()
            folder = place.parents[up]
    course, faults = course_at(folder)
    if place is None or place is folder:
        return list(course.exercises), list(faults)
    inside = [each for each in course.exercises if each.folder.is_relative_to(place)]
    return inside, [fault for fault in faults if fault.startswith(f"{place}")]


def _summary(written: Sequence[str], held: Sequence[Outcome]) -> str:
    pythons = ", ".join(dict.fromkeys(each.python for each in held))
    faulty = sum(1 for each in held if each.faults)
    told = f"{len(held) - faulty} of {len(held)} hold on Python {pythons}" if held else "None ran"
    return f"{told}; faults in the files: {len(written)}."


async def _hold_all(
    exercises: Sequence[Exercise], pythons: Sequence[Path | None], limits: Limits, *, quiet: bool
) -> list[Outcome]:
    held = []
    for python in pythons:
        async with Session(python) as session:
            version = await _version(session)
            for exercise in [each.on(await session.version()) for each in exercises]:
                faults = tuple([fault async for fault in _broken_rules(session, exercise, limits)])
                held.append(Outcome(exercise.id, version, faults))
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
    kind = kind_of(exercise)
    verdict, failure = await graded(session, exercise, exercise.solution, limits)
    verdict_of_solution = verdict
    if verdict.fault:
        yield one_line(verdict.fault)
        return  # no answer can be judged
    if not verdict.passed:
        yield f"the solution does not pass. {_placed('solution.py', verdict, failure)}"
        for check in verdict.checks:
            if not check.passed and verdict.status is Status.FINISHED:
                yield f"{check.name}: {check.message}"
    told = kind.is_program and any(not line.same for line in verdict.lines)
    if verdict.output != exercise.expected and not told:
        yield f"`expected` is not what is printed, from line {_first_difference(exercise, verdict)} on"
    verdict, failure = await graded(session, exercise, kind.fresh(exercise), limits)
    if kind.starter_is_python and failure and failure.summary.startswith(NOT_PYTHON):
        yield f"the starter is not Python. {_placed('starter.py', verdict, failure)}"
    if verdict.passed:
        yield f"{'the starter' if kind.is_program else 'an empty answer'} passes"
    for wrong in exercise.wrong_answers:
        verdict, failure = await graded(session, exercise, wrong.text, limits)
        fault = _missed(wrong, verdict)
        if fault:
            yield f"{wrong.path.parent.name}/{wrong.path.name} {fault}"
        if fault and not verdict.passed:
            for sign in signs_of(verdict, failure.summary if failure else None):
                yield f"    a sign that was there: {sign}"
    async for fault in _broken_beliefs(session, exercise, verdict_of_solution):
        yield fault
    async for fault in untrue_after(session, exercise, limits):
        yield fault
    for what, blank in kind.blanks(exercise):
        verdict, _ = await graded(session, exercise, blank, limits)
        if spoke := verdict.spoke:
            yield f"{what} gets the feedback of `{spoke}`; {kind.mend_blanks}"


async def _broken_beliefs(
    session: Session, exercise: Exercise, solved: Verdict
) -> AsyncIterator[str]:
    """What is wrong with the beliefs: each must say something, and another thing than all others."""
    printed = [line.expected for line in solved.lines]
    said = {each.belief: each.lines for each in await believed_lines(session, exercise)}
    firsts: dict[tuple[int, str], Belief] = {}
    for each in exercise.refutations:
        lines = said.get(each.belief)
        if lines is None:
            yield f"the belief `{each.belief}` says nothing about the program; take it out"
            continue
        part = next((n for n, (a, b) in enumerate(zip(lines, printed)) if a != b), None)  # noqa: B905
        if part is None:
            yield f"the belief `{each.belief}` prints what Python prints; take it out"
        elif RESERVED in lines[part] or " at 0x" in lines[part]:
            yield f"the belief `{each.belief}` prints `{one_line(lines[part], 60)}`; take it out"
        elif firsts.setdefault((part, lines[part]), each.belief) is not each.belief:
            other = firsts[part, lines[part]]
            yield f"`{other}` and `{each.belief}` print the same line {part + 1}; keep one"


def _placed(file: str, verdict: Verdict, failure: Failure | None) -> str:
    """What came of an author's program, and the line where it failed."""
    place = f"{file}, line {failure.line}: " if failure and failure.line else ""
    return f"{place}{verdict.summary}"


def _missed(wrong: WrongAnswer, verdict: Verdict) -> str | None:
    """What is wrong with the verdict on a known wrong answer."""
    if verdict.passed:
        return "passes"
    spoke = verdict.spoke
    if spoke == wrong.misconception:
        return None
    got = f"the feedback of `{spoke}`" if spoke else "no feedback"
    return f"gets {got}, not that of `{wrong.misconception}`. {verdict.summary}"


def _first_difference(exercise: Exercise, verdict: Verdict) -> int:
    printed, expected = verdict.output.split("\n"), exercise.expected.split("\n")
    same = takewhile(lambda pair: pair[0] == pair[1], zip(printed, expected, strict=False))
    return len(list(same)) + 1


def _print(held: Outcome) -> None:
    sign = mark("✗", "x") if held.faults else mark("✓", "+")
    say(f"{sign} {held.python}  {held.exercise}")
    for fault in held.faults:
        say(f"    {fault}")
