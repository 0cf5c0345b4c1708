"""The steps of a recording, as lines of text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tutor.protocol.views import Change
from tutor.text import NAME_COLUMNS, one_line
from tutor.views.timeline import Timeline, code_of, ending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.protocol.views import Recording, Step

AT_EACH_END = 100
"""Steps that are printed at the beginning and at the end; what is between, `--json` has."""


def steps_as_text(recording: Recording) -> Iterator[str]:
    """A line a step: where, what, and the value before and after."""
    steps, timeline = recording.steps, Timeline(recording)
    between = len(steps) - 2 * AT_EACH_END
    first, last = (steps, ()) if between <= 0 else (steps[:AT_EACH_END], steps[-AT_EACH_END:])
    digits = len(str(max((step.line for step in steps), default=0)))
    yield "steps" if steps else "no steps: no function was made, and no cell changed"
    yield from (_line(step, timeline, digits) for step in first)
    if last:
        yield f"  … {between:,} more; --json has them all"
    yield from (_line(step, timeline, digits) for step in last)
    if why := ending(recording):
        yield f"  {why}"


def steps_as_json(recording: Recording) -> dict[str, Any]:
    """What the JSON of `inspect` has with `--record`."""
    return {
        "steps": [
            {
                "line": step.line,
                "what": step.what,
                "cell": step.cell,
                "function": step.function,
                "before": step.before,
                "after": step.after,
                "by": code.qualname if (code := code_of(recording, step)) else None,
            }
            for step in recording.steps
        ],
        "steps_stopped": ending(recording) != "",
        "steps_stopped_why": ending(recording) or None,
        "recorded_functions": [
            {
                "id": each.id,
                "name": each.name,
                "qualname": each.qualname,
                "line": each.line,
                "free": [{"name": free.name, "cell": free.cell} for free in each.free],
            }
            for each in recording.functions
        ],
        "recorded_cells": [
            {"label": each.label, "name": each.name, "owner": each.owner}
            for each in recording.cells
        ],
    }


def _line(step: Step, timeline: Timeline, digits: int) -> str:
    where = f"line {step.line:>{digits}}" if step.line else " " * (5 + digits)
    return f"  {where}  {one_line(timeline.subject(step), NAME_COLUMNS)} {_did(step)}"


def _did(step: Step) -> str:
    match step.what:
        case Change.FUNCTION_MADE:
            return "made"
        case Change.FUNCTION_GONE:
            return "gone"
        case Change.FILLED:
            return f"filled: {step.after}"
        case Change.EMPTIED:
            return f"emptied: was {step.before}"
        case Change.REBOUND:
            return f"rebound: {step.before or '?'} -> {step.after}"
        case Change.MUTATED:
            return f"mutated in place: {step.before} -> {step.after}"
