"""What was expected + what a run gave -> Verdict."""

from __future__ import annotations

from dataclasses import replace

from tutor.course.model import Exercise
from tutor.grading.kinds import kind_of
from tutor.grading.mistakes.feedback import feedback
from tutor.grading.summary import summary
from tutor.grading.verdict import Outcomes, Transcript, Verdict
from tutor.protocol.reports import Cause, CheckResult, Status


def grade(exercise: Exercise, answer: str, transcript: Transcript) -> Verdict:
    """Hold an answer, and what its run gave, against what is right.

    A prediction is held against what the run printed, labels against what it reported: neither is
    ever held against the text of the exercise.
    """
    kind = kind_of(exercise)
    compared = Outcomes() if transcript.fault else kind.compare(exercise, answer, transcript)
    transcript = replace(transcript, fault=transcript.fault or compared.fault)
    outcomes = replace(compared, checks=_checked(transcript))
    passed = transcript.status is Status.FINISHED and outcomes.right
    spoken = not passed and not transcript.fault
    said = feedback(exercise, answer, transcript, outcomes) if spoken else None
    return Verdict(
        exercise=exercise.id,
        passed=passed,
        status=transcript.status,
        summary=summary(kind, passed, transcript, outcomes),
        lines=outcomes.lines,
        labels=outcomes.labels,
        checks=outcomes.checks,
        feedback=said.text if said else None,
        output=transcript.stdout,
        fault=transcript.fault,
        spoke=said.of if said else None,
        feedback_at=said.at if said else None,
        answers=outcomes.answers,
        pictures=outcomes.pictures,
    )


def _checked(transcript: Transcript) -> tuple[CheckResult, ...]:
    """One result for each check that there is; without exactly one from the run, it failed."""
    results = []
    for name in transcript.check_names:
        given = [result for result in transcript.checks if result.name == name]
        if len(given) == 1:
            results.append(given[0])
            continue
        if given:
            said = "This check gave more than one result."
        elif transcript.fault:
            said = "Not tried: the course is at fault."
        elif transcript.status is Status.FINISHED:
            said = "This check gave no result."
        else:
            said = "Not tried: the program did not finish."
        results.append(CheckResult(name, False, said, Cause.UNTRIED))
    return tuple(results)
