"""Which functions and cells of a report a question is about, and what the report says of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tutor.course.questions import CellName, CellQuestion, Contents, HowMany, SameCell
from tutor.protocol.views import Cells, CellView, FunctionView, Recording, Step
from tutor.text import NAME_COLUMNS, one_line
from tutor.views.called import listed
from tutor.views.pieces import EMPTY_CELL, NO_CELLS, contents, names, no_cells, owns, shared_with
from tutor.views.timeline import Timeline, ending

MOST_NAMED = 8
"""Functions that are named where another was asked for."""
VALUE_COLUMNS = 60
SHARERS = 3
"""Functions that are named as sharers of a cell."""
YES, NO = "y", "n"
WITHIN = " ▸ "
"""Between the parts of a way that leads through a cell."""


class NotThere(Exception):
    """A question asks for what is not in the report: which key, what, and how to mend it."""

    def __init__(self, key: str, what: str, mend: str) -> None:
        super().__init__(f"{'.' * bool(key)}{key}: {what}; {mend}")


class Found(NamedTuple):
    """What the report says to a question."""

    text: str
    """The answer, as a learner would write it."""
    evidence: str


class Report:
    """The cells of a run at its end and, where it was recorded, at any step before."""

    def __init__(self, end: Cells, recording: Recording | None) -> None:
        self.end = end
        self.timeline = Timeline(recording) if recording else None
        self._ways = {each.id: each.reached_by for each in end.functions}

    def at(self, question: CellQuestion) -> Cells:
        """The moment that a question is about; raises NotThere."""
        if not question.has_moment:
            return self.end
        timeline = self.timeline
        if timeline is None or timeline.recording.unavailable:
            why = ending(timeline.recording) if timeline is not None else "the run was not recorded"
            raise NotThere("", why.rstrip("."), "ask about the end of the run")
        found = timeline.at(_step(question, timeline.recording))
        # Their ids are those of the report, but a recording does not know how they are reached.
        reached = (
            each._replace(reached_by=self._ways.get(each.id, each.reached_by))
            for each in found.functions
        )
        return Cells(tuple(reached), found.cells, found.more)


def _step(question: CellQuestion, recording: Recording) -> int:
    """The number of the step after which a question is asked; raises NotThere."""
    if question.line is None:
        step, last = question.step or 0, len(recording.steps)
        if step > last:
            raise NotThere("step", f"there is no step {step}", f"the last one is {last}")
        return step
    times = list(times_of(question.line, recording))
    if not times:
        lines = ", ".join(map(str, sorted({each.line for each in recording.steps}))) or "none"
        what = f"line {question.line} changes nothing"
        raise NotThere("line", what, f"the lines that do are {lines}")
    time = question.time or 1
    if time > len(times):
        raise NotThere("time", f"there is no time {time}", f"the last one is {len(times)}")
    return times[time - 1]


def times_of(line: int, recording: Recording) -> Iterator[int]:
    """The number of the last step of each time that a line changed something.

    What one time does are steps in a row, of one code, that change different things: `def add`
    makes a function and fills a cell with it.
    """
    qualnames = {each.id: each.qualname for each in recording.functions}
    variables = {each.label: (each.owner, each.name) for each in recording.cells}
    done: set[object] = set()
    before: Step | None = None
    for number, step in enumerate(recording.steps, start=1):
        change = (step.what, qualnames.get(step.function or ""), variables.get(step.cell or ""))
        goes_on = before is not None and (before.line, before.by) == (step.line, step.by)
        if before is not None and before.line == line and not (goes_on and change not in done):
            yield number - 1
        if not goes_on or change in done:
            done = set()
        done.add(change)
        before = step
    if before is not None and before.line == line:
        yield len(recording.steps)


def function_in(cells: Cells, called: str) -> FunctionView:
    """The function that is reached so, or has that qualified name; raises NotThere."""
    asked = called.strip().removesuffix("()")
    functions = cells.functions
    for found in (
        [each for each in functions if each.reached_by == asked],
        [each for each in functions if each.reached_by.endswith(WITHIN + asked)],
        [each for each in functions if asked in (each.qualname, each.qualname + "()")],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            ways = listed(names(found).values())
            what = f"{len(found)} functions are called `{asked}`"
            raise NotThere("function", what, f"name one by how it is reached: {ways}")
    there = [*names(functions).values()]
    more = f" and {len(there) - MOST_NAMED} more" if len(there) > MOST_NAMED else ""
    what = f"the run has no function `{asked}`"
    raise NotThere("function", what, f"its functions are {listed(there[:MOST_NAMED])}{more}")


def cell_in(cells: Cells, asked: CellName) -> CellView:
    """The cell that a function holds for a name; raises NotThere."""
    function = function_in(cells, asked.function)
    label = next((free.cell for free in function.free if free.name == asked.name), None)
    found = next((each for each in cells.cells if each.label == label), None)
    if found is None:
        held = ", ".join(free.name for free in function.free) or "none"
        what = f"`{asked.function}` holds no cell for `{asked.name}`"
        raise NotThere("name", what, f"those that it holds are for {held}")
    return found


def labels_of(function: FunctionView) -> list[str]:
    """The cells that a function holds, each once."""
    return [*dict.fromkeys(free.cell for free in function.free)]


def answer_of(question: CellQuestion, cells: Cells) -> Found:
    """What the report says to a question; raises NotThere."""
    match question:
        case HowMany():
            return _how_many(function_in(cells, question.function))
        case SameCell():
            one, other = (cell_in(cells, each).label for each in question.cells)
            if one == other:
                return Found(YES, f"one cell, {one}")
            return Found(NO, f"cells {one} and {other}")
        case Contents():
            cell, function = cell_in(cells, question.parts[0]), question.function
            return _contents(cell, cells, function_in(cells, function))


def _how_many(function: FunctionView) -> Found:
    labels = labels_of(function)
    if not labels:
        return Found("0", owns(function) or no_cells(function) or NO_CELLS)
    noun = "cell" if len(labels) == 1 else "cells"
    held = (f"{each.cell} ({one_line(each.name, NAME_COLUMNS)})" for each in function.free)
    return Found(str(len(labels)), f"{noun} {', '.join(held)}")


def _contents(cell: CellView, cells: Cells, function: FunctionView) -> Found:
    pieces = contents(cell, VALUE_COLUMNS)
    said = [f"cell {cell.label}", " ".join(piece.text for piece in pieces)]
    called = names(cells.functions)
    others = [called[id] for id in cell.shared_by if id != function.id and id in called]
    if others:
        said.append(shared_with(others[:SHARERS], len(others) - SHARERS))
    return Found(EMPTY_CELL if cell.empty else cell.value or "", ", ".join(said))
