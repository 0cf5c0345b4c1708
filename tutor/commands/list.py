"""`list`: units and exercises, with the learner's state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.commands.console import (
    complain,
    content_option,
    course_at,
    json_option,
    mark,
    say,
    say_json,
    state_option,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from tutor.course.model import Course
    from tutor.state.progress import Progress

_MARKS = {
    "not_begun": ("○", "."),
    "begun": ("◐", "-"),
    "passed": ("●", "*"),
    "solution_shown": ("◌", "s"),
}


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    content_option(parser)
    state_option(parser)
    json_option(parser)


def run(args: Namespace) -> int:
    """Print the exercises of the course; the exit status."""
    from tutor.state.progress import Progress

    course, faults = course_at(args.content)
    progress = Progress.open(args.state)
    for line in (*faults, *filter(None, [progress.notice])):
        complain(line)
    if args.json:
        say_json(_as_json(course, progress))
    else:
        _print(course, progress)
    return 0


def _print(course: Course, progress: Progress) -> None:
    width = max((len(exercise.id) for exercise in course.exercises), default=0)
    for unit in course.units:
        records = [progress.record(exercise.id) for exercise in unit.exercises]
        passed = sum(1 for record in records if record.state == "passed")
        say(f"{unit.number} {unit.title}  {passed}/{len(records)}")
        for exercise, record in zip(unit.exercises, records, strict=True):
            number = f"{unit.number}.{exercise.number}"
            say(
                f"  {mark(*_MARKS[record.state])} {number:<5} {exercise.id:<{width}}"
                f"  {exercise.difficulty:<6}  {exercise.title}"
            )
    meanings = {"not_begun": "not begun", "solution_shown": "solution shown"}
    say("   ".join(f"{mark(*_MARKS[s])} {meanings.get(s, s)}" for s in _MARKS))


def _as_json(course: Course, progress: Progress) -> dict[str, object]:
    return {
        "units": [
            {
                "id": unit.id,
                "title": unit.title,
                "exercises": [
                    {
                        "id": exercise.id,
                        "title": exercise.title,
                        "kind": exercise.kind,
                        "difficulty": exercise.difficulty,
                        "state": progress.record(exercise.id).state,
                    }
                    for exercise in unit.exercises
                ],
            }
            for unit in course.units
        ]
    }
