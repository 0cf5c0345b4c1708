"""One attempt at an exercise: run, checks, verdict. The app, `check` and `verify` all go through it."""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator

from tutor.course.grading import grade
from tutor.course.model import Exercise
from tutor.course.outcome import Transcript, Verdict
from tutor.session import Session
from tutor.worker.messages import (
    CheckResult,
    Finished,
    Labels,
    Limits,
    Output,
    Report,
    RunRequest,
    Stream,
)


async def attempt(
    session: Session,
    exercise: Exercise,
    answer: str,
    *,
    limits: Limits | None = None,
    record: bool = False,
) -> AsyncIterator[Report | Verdict]:
    """Run and grade an answer; yields every report of the run, then one Verdict.

    A `predict` or `classify` answer is held against a run of the exercise's own program.
    """
    request = RunRequest(
        source=answer if exercise.kind.answers_in_code else exercise.starter,
        file_name=exercise.file_name,
        checks=exercise.checks,
        classify=exercise.classify.function if exercise.classify else None,
        limits=limits or Limits(),
        record=record,
    )
    stdout: list[str] = []
    checks: list[CheckResult] = []
    labels: Labels | None = None
    async for report in session.run(request):
        yield report
        match report:
            case Output(Stream.STDOUT, text):
                stdout.append(text)
            case CheckResult():
                checks.append(report)
            case Labels():
                labels = report
            case Finished():
                transcript = Transcript(
                    stdout="".join(stdout),
                    status=report.status,
                    sentence=report.sentence,
                    error=report.failure.summary if report.failure else None,
                    labels=labels,
                    check_names=check_names(exercise.checks),
                    checks=tuple(checks),
                )
                yield grade(exercise, answer, transcript)


def check_names(source: str | None) -> tuple[str, ...]:
    """The names of the checks in a checks.py, as CheckResult has them."""
    return tuple(
        node.name.removeprefix("check_").replace("_", " ")
        for node in ast.parse(source or "").body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("check_")
    )
