"""What can be asked of a recording about one cell, and the answers: exact, by the cell's label.

Who wrote it last, when did it become a value and when was it that last, where was it made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from tutor.protocol.views import Change
from tutor.text import NAME_COLUMNS, one_line
from tutor.views.asked_value import Literal, Same
from tutor.views.timeline import Timeline, ending
from tutor.views.writers import UNKNOWN, spoken

VALUE_COLUMNS = 60
MOST_NAMED = 20
"""Labels that are named where another was asked for."""
IN_PLACE = "What is changed in place is looked at once a line."
WITHIN = "What changes inside the items of a container is not recorded."


class UnknownCell(ValueError):
    """There is no such cell in the recording; str() is one sentence."""


@dataclass(frozen=True)
class Answer:
    """What was found: one or more sentences, and the step to look at."""

    sentence: str
    step: int | None = None
    """From 1; None if there is none."""


class Stretch(NamedTuple):
    """Steps over which a cell held a value."""

    first: int
    """The step by which it became that; 0 if it was so before any step."""
    until: int | None
    """The step by which it became something else; None if it stayed."""


def cell_named(timeline: Timeline, label: str) -> str:
    """How a cell is called: `A (count)`. Raises UnknownCell."""
    cell = timeline.cell(label)
    if cell is None:
        labels = [each.label for each in timeline.recording.cells]
        more = f" and {len(labels) - MOST_NAMED:,} more" if len(labels) > MOST_NAMED else ""
        there = f"has {', '.join(labels[:MOST_NAMED])}{more}" if labels else "has no cells"
        name = one_line(label, NAME_COLUMNS)
        raise UnknownCell(
            f"There is no cell {name} in the recording, which {there}.{_ending(timeline)}"
        )
    return f"{label} ({one_line(cell.name, NAME_COLUMNS)})"


def who_wrote(timeline: Timeline, label: str, step: int) -> Answer:
    """Who wrote a cell last, up to a step and with it. Raises UnknownCell."""
    called = cell_named(timeline, label)
    found = timeline.change_of(label, step + 1, -1)
    if found is None:
        first = timeline.change_of(label, 0, 1)
        if first is None:
            return Answer(f"Nothing wrote {called} in what was recorded.{_ending(timeline)}")
        begins = f"the first to do so is {_place(timeline, first)}"
        return Answer(f"Nothing wrote {called} up to step {step:,}; {begins}.")
    is_last = timeline.change_of(label, found, 1) is None
    more = _ending(timeline) if is_last else ""
    return Answer(f"{_did(timeline, found, called)}.{more}", found)


def where_made(timeline: Timeline, label: str) -> Answer:
    """Where a cell was made: where it was first filled, or first held. Raises UnknownCell."""
    called = cell_named(timeline, label)
    cell = timeline.cell(label)
    of = (
        f"is a variable of {spoken(cell.owner)}"
        if cell and cell.owner
        else "belongs to no function"
    )
    first, holder = timeline.change_of(label, 0, 1), timeline.first_holder(label)
    step = timeline.recording.steps[first - 1] if first else None
    if first and step and step.what is not Change.FILLED:
        return Answer(
            f"{called} {of}; what it held before step {first:,} is not in what was recorded.", first
        )
    if first and step and (holder is None or first <= holder):
        value = _value(step.after)
        return Answer(
            f"{called} {of}; it got its first value, {value}, {_by(timeline, first)}.", first
        )
    if holder:
        made = one_line(timeline.subject(timeline.recording.steps[holder - 1]), NAME_COLUMNS)
        empty = ", empty," if first else ""
        at = _at(timeline, holder)
        return Answer(f"{called} {of}; it was first held{empty} by {made}, made {at}.", holder)
    return Answer(f"{called} {of}; where it was made is not in what was recorded.")


def times_of(timeline: Timeline, label: str, asked: Literal) -> tuple[list[Stretch], int]:
    """The steps over which a cell held a value; and after how many steps that cannot be told."""
    found: list[Stretch] = []
    known: dict[str, Same] = {}
    since: int | None = None
    untold = 0
    for number, told in timeline.values_of(label):
        same = Same.NO
        if told is not None:
            same = known.get(told) or known.setdefault(told, asked.compare(told))
        untold += same is Same.UNTOLD
        if same is Same.YES:
            since = number if since is None else since
        elif since is not None:
            found.append(Stretch(since, number))
            since = None
    return found + ([Stretch(since, None)] if since is not None else []), untold


def when_was(timeline: Timeline, label: str, asked: Literal, step: int) -> Answer:
    """When a cell became a value: last up to a step and with it, else first after it.

    Raises UnknownCell.
    """
    called = cell_named(timeline, label)
    value = one_line(asked.text, VALUE_COLUMNS)
    times, untold = times_of(timeline, label, asked)
    remarks = _remarks(asked, untold)
    if not times:
        return Answer(f"At no step was {called} {value}.{_ending(timeline)}{remarks}")
    upto = [each for each in times if each.first <= step]
    if not upto:
        first = times[0].first
        becomes = f"it became that {_by(timeline, first)}"
        return Answer(f"Up to step {step:,} {called} was not {value}; {becomes}.{remarks}", first)
    began, until = upto[-1]
    became = (
        f"became {value} {_by(timeline, began)}" if began else f"was {value} from the beginning"
    )
    if until is None:
        return Answer(f"{called} {became}, and stayed that.{_ending(timeline)}{remarks}", began)
    return Answer(
        f"{called} {became}, and was that until {_place(timeline, until)}.{remarks}", began
    )


def _remarks(asked: Literal, untold: int) -> str:
    """What the answer does not tell."""
    remarks = []
    if untold:
        values = "one of its values" if untold == 1 else f"{untold:,} of its values"
        remarks.append(f"Of {values} it cannot be told: cut short, or of a class of its own.")
    if asked.changes:
        remarks.append(IN_PLACE)
    if asked.changes_within:
        remarks.append(WITHIN)
    return "".join(f" {remark}" for remark in remarks)


def _ending(timeline: Timeline) -> str:
    """Why there may have been more than was recorded."""
    why = ending(timeline.recording)
    return f" {why}" if why else ""


def _did(timeline: Timeline, number: int, called: str) -> str:
    """What a step did: `A (count) was written by increment, at step 22, line 24: from 1 to 2`."""
    step = timeline.recording.steps[number - 1]
    by, at = timeline.writer(step) or UNKNOWN, _at(timeline, number)
    before, after = _value(step.before), _value(step.after)
    match step.what:
        case Change.FILLED:
            return f"{called} was given {after} by {by}, {at}"
        case Change.EMPTIED:
            return f"{called} was emptied by {by}, {at}: it held {before}"
    how = "changed in place" if step.what is Change.MUTATED else "written"
    return f"{called} was {how} by {by}, {at}: from {before} to {after}"


def _place(timeline: Timeline, number: int) -> str:
    """`step 12, line 5`."""
    line = timeline.recording.steps[number - 1].line
    return f"step {number:,}, " + (f"line {line:,}" if line else "by a line that is not known")


def _at(timeline: Timeline, number: int) -> str:
    return f"at {_place(timeline, number)}"


def _by(timeline: Timeline, number: int) -> str:
    """`at step 12, line 5, by increment`."""
    step = timeline.recording.steps[number - 1]
    by = timeline.writer(step)
    return _at(timeline, number) + (f", by {by}" if by else "")


def _value(text: str | None) -> str:
    return "what was not recorded" if text is None else one_line(text, VALUE_COLUMNS)


def who_as_json(timeline: Timeline, label: str) -> dict[str, Any]:
    """What the JSON of `inspect` has as `who`. Raises UnknownCell."""
    answer = who_wrote(timeline, label, len(timeline))
    return {"cell": label, **_step_as_json(timeline, answer.step), "sentence": answer.sentence}


def when_as_json(timeline: Timeline, label: str, asked: Literal) -> dict[str, Any]:
    """What the JSON of `inspect` has as `when`. Raises UnknownCell."""
    answer = when_was(timeline, label, asked, len(timeline))
    times, untold = times_of(timeline, label, asked)
    return {
        "cell": label,
        "value": asked.text,
        "times": [
            {**_step_as_json(timeline, each.first or None), "until": each.until} for each in times
        ],
        "untold": untold,
        "sentence": answer.sentence,
    }


def _step_as_json(timeline: Timeline, number: int | None) -> dict[str, Any]:
    step = timeline.step(number or 0)
    code = step and timeline.code(step)
    return {
        "step": number,
        "line": step.line if step else None,
        "what": step.what if step else None,
        "by": code.qualname if code else None,
    }
