"""One attempt at an exercise: run, checks, verdict. The app, `check` and `verify` all go through it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

from tutor.beliefs.believed import believed, is_open
from tutor.course.model import Exercise
from tutor.grading.grade import grade
from tutor.grading.kinds import kind_of
from tutor.grading.verdict import Believed, Transcript, Verdict
from tutor.protocol.reports import (
    CheckResult,
    CourseFault,
    Finished,
    Labels,
    Output,
    Report,
    Status,
    Stream,
)
from tutor.protocol.requests import Limits, RunRequest
from tutor.protocol.views import Cells, Recording
from tutor.session import Session

BELIEF_LIMITS = Limits(wall_seconds=3.0, cpu_seconds=2, output_bytes=100_000)
"""Of the run of a belief: a program of the course, which ends at once."""


async def attempt(
    session: Session,
    exercise: Exercise,
    answer: str,
    *,
    limits: Limits | None = None,
    record: bool = False,
) -> AsyncIterator[Report | Verdict]:
    """Run and grade an answer; yields every report of the run, then one Verdict if anything is asked.

    An answer that is no program is held against a run of the exercise's own.
    """
    exercise = exercise.on(await session.version())
    request = kind_of(exercise).request(exercise, answer)
    request = replace(request, limits=limits or Limits(), record=record or request.record)
    stdout: list[str] = []
    checks: list[CheckResult] = []
    labels: list[Labels] = []
    cells: Cells | None = None
    recording: Recording | None = None
    fault: str | None = None
    async for report in session.run(request):
        yield report
        match report:
            case Output(Stream.STDOUT, text):
                stdout.append(text)
            case CheckResult():
                checks.append(report)
            case CourseFault(what):
                fault = what
            case Labels():
                labels.append(report)
            case Cells():
                cells = report
            case Recording():
                recording = report
            case Finished() if kind_of(exercise).asks:
                transcript = Transcript(
                    stdout="".join(stdout),
                    status=report.status,
                    sentence=report.sentence,
                    error=report.failure.summary if report.failure else None,
                    labels=tuple(labels),
                    check_names=tuple(spec.name for spec in exercise.check_specs),
                    checks=tuple(checks),
                    fault=fault or _fault_of_starter(exercise, report),
                    cells=cells,
                    recording=recording,
                )
                verdict = grade(exercise, answer, transcript)
                if exercise.refutations and not verdict.passed and not transcript.fault:
                    said = await believed_lines(session, exercise)
                    verdict = grade(exercise, answer, replace(transcript, believed=said))
                yield verdict


async def believed_lines(session: Session, exercise: Exercise) -> tuple[Believed, ...]:
    """What the program of an exercise prints where each of its beliefs is true in it.

    A belief that is silent about it, or fails with a fault of the rewriting, says nothing.
    """
    found = []
    for each in exercise.refutations:
        source = believed(exercise.starter, each.belief)
        lines = source and await _lines(session, RunRequest(source, limits=BELIEF_LIMITS))
        if lines:
            found.append(Believed(each.belief, tuple(lines), is_open(source or "", each.belief)))
    return tuple(found)


async def _lines(session: Session, request: RunRequest) -> list[str]:
    """The lines that a program prints, without the spaces at their ends; none if it was cut short."""
    printed: list[str] = []
    async for report in session.run_beside(request):
        match report:
            case Output(Stream.STDOUT, text):
                printed.append(text)
            case Finished(status=Status.FINISHED | Status.FAILED):
                return [line.rstrip() for line in "".join(printed).rstrip().split("\n")]
    return []


def _fault_of_starter(exercise: Exercise, finished: Finished) -> str | None:
    """Why the exercise's own program failed, where that is what runs."""
    failure = finished.failure
    if kind_of(exercise).is_program or finished.status is not Status.FAILED or not failure:
        return None
    return f"starter.py{f', line {failure.line}' if failure.line else ''}: {failure.summary}"
