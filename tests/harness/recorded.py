"""A learner's program recorded in this very interpreter, and its timeline in a few words a step."""

from __future__ import annotations

import gc
from collections import Counter
from itertools import count
from textwrap import dedent
from types import CodeType
from typing import Any

from tutor.protocol.requests import LabelHint
from tutor.protocol.views import (
    Cells,
    Change,
    FunctionKind,
    RecordedCell,
    RecordedFunction,
    Recording,
    Step,
)
from tutor.views.timeline import joined
from tutor.worker.inspector.inspector import Inspector
from tutor.worker.recorder.recorder import Recorder
from tutor.worker.recorder.short import LONGEST_SHORT
from tutor.worker.recorder.tape import Tape

COUNTER = """\
def make(start):
    n = start
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
"""

WRAPPERS = {FunctionKind.PARTIAL, FunctionKind.CACHED}

_numbers = count(1)


class Recorded:
    """A program that has run under the recorder, and what was recorded.

    `leaves` are the exceptions that it may leave with.
    """

    def __init__(
        self,
        source: str,
        hints: tuple[LabelHint, ...] = (),
        leaves: type[BaseException] | tuple[()] = (),
    ) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.source = dedent(source).lstrip("\n")
        file = f"recorded{next(_numbers)}.py"
        self.code = compile(self.source, file, "exec", dont_inherit=True)
        self.tape = Tape()
        inspector = Inspector(self.names, self.code, hints)
        recorder = Recorder(self.tape)

        def note_code(code: CodeType) -> None:
            inspector.note_code(code)
            recorder.note_code(code)

        self.names.update(note_code=note_code, give_way=recorder.give_way)
        recorder.start(self.code)
        try:
            exec(self.code, self.names)
        except leaves as error:
            error.__traceback__ = None  # its frames keep what they hold alive
        finally:
            gc.disable()  # as the program does: what the one still has the other must not have lost
            recorder.stop()
        self.cells: Cells = inspector.look(run_learners_code=False)
        recorder.note_report(inspector.book, inspector.ids)
        gc.enable()
        self.recording = joined(recorder.reports(inspector.book))
        self.steps = self.recording.steps

    @property
    def story(self) -> list[str]:
        """Every step in a few words: `7 n rebound 0 -> 1`, `5 made make.<locals>.inc`."""
        return story(self.recording)


def tells(source: str, story: str, after: str = "") -> Recorded:
    """The steps of `source` are these, beside those up to the one that is given as `after`."""
    recorded = Recorded(source)
    told = recorded.story
    if after:
        told = told[told.index(after) + 1 :]
    assert told == [line for line in dedent(story).strip().split("\n") if line]
    ends_as_seen(recorded.recording, recorded.cells)
    return recorded


def story(recording: Recording) -> list[str]:
    functions, cells = by_name(recording)
    return [_words(step, functions, cells) for step in recording.steps]


def by_name(
    recording: Recording,
) -> tuple[dict[str, RecordedFunction], dict[str, RecordedCell]]:
    return (
        {function.id: function for function in recording.functions},
        {cell.label: cell for cell in recording.cells},
    )


def _words(
    step: Step, functions: dict[str, RecordedFunction], cells: dict[str, RecordedCell]
) -> str:
    if step.function is not None:
        return f"{step.line} {step.what.removeprefix('function_')} {functions[step.function].name}"
    assert step.cell is not None
    name = cells[step.cell].name
    match step.what:
        case Change.FILLED:
            assert step.before is None
            return f"{step.line} {name} filled {step.after}"
        case Change.EMPTIED:
            assert step.after is None
            return f"{step.line} {name} emptied, was {step.before}"
    return f"{step.line} {name} {step.what} {step.before} -> {step.after}"


def replayed(recording: Recording) -> tuple[dict[str, str | None], set[str]]:
    """How the cells, and which functions, are after the last step. Each step must fit the last."""
    cells: dict[str, str | None] = {}
    living: set[str] = set()
    for step in recording.steps:
        if step.cell is not None:
            assert cells.get(step.cell) == step.before
            cells[step.cell] = step.after
        elif step.what is Change.FUNCTION_MADE:
            assert step.function is not None
            living.add(step.function)
        else:
            assert step.function is not None
            living.remove(step.function)
    return cells, living


def ends_as_seen(recording: Recording, seen: Cells) -> None:
    """The recording, replayed, ends in what the inspector sees."""
    values, living = replayed(recording)
    functions, cells = by_name(recording)
    for view in seen.cells:
        told = values.get(view.label)
        if told and view.value and view.value.endswith(" object>"):  # its attributes are told
            assert told.startswith(view.value.removesuffix(" object>"))
        elif view.value is None or len(view.value) <= LONGEST_SHORT:
            # A step has no type beside its value, so it says `function add` where a look says `add`.
            assert told in (view.value, f"{view.type} {view.value}", f"builtin {view.value}")
        # The inspector knows no owner where functions were made by hand; the recorder was there.
        cell = cells[view.label]
        assert cell == RecordedCell(view.label, view.name, view.owner or cell.owner)
    made = [functions[number] for number in living]
    assert Counter((f.qualname, f.line, f.free) for f in made) == (
        Counter((f.qualname, f.line, f.free) for f in seen.functions if f.kind not in WRAPPERS)
    )
