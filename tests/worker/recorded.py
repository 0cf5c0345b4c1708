"""A learner's program recorded in this very interpreter, and its timeline in a few words a step."""

from __future__ import annotations

from itertools import count
from textwrap import dedent
from typing import Any

from tutor.worker.cells import Inspector
from tutor.worker.messages import (
    Cells,
    CellView,
    Change,
    LabelHint,
    RecordedCell,
    RecordedFunction,
    Recording,
    Step,
)
from tutor.worker.recorder import Recorder
from tutor.worker.tape import Tape

_numbers = count(1)


class Recorded:
    """A program that has run under the recorder, and what was recorded."""

    def __init__(self, source: str, hints: tuple[LabelHint, ...] = ()) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.code = compile(dedent(source).lstrip("\n"), f"recorded{next(_numbers)}.py", "exec")
        self.tape = Tape()
        self.error: BaseException | None = None
        inspector = Inspector(self.names, self.code, hints)
        recorder = Recorder(self.tape)
        self.names["note_code"] = recorder.note_code
        recorder.start(self.code)
        try:
            exec(self.code, self.names)
        except Exception as error:
            error.__traceback__ = None
            self.error = error
        recorder.stop()
        self.cells: Cells = inspector.look(run_learners_code=False)
        self.recording = joined(list(recorder.reports(inspector.book)))
        self.steps = self.recording.steps

    @property
    def story(self) -> list[str]:
        """Every step in a few words: `7 n rebound 0 -> 1`, `5 made make.<locals>.inc`."""
        return story(self.recording)


def joined(pieces: list[Recording]) -> Recording:
    return Recording(
        tuple(step for piece in pieces for step in piece.steps),
        tuple(function for piece in pieces for function in piece.functions),
        tuple(cell for piece in pieces for cell in piece.cells),
        pieces[0].stopped,
        pieces[0].unavailable,
    )


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
        assert values.get(view.label) == short(view)
        assert cells[view.label] == RecordedCell(view.label, view.name, view.owner)
    assert sorted((f.qualname, f.line, f.free) for f in map(functions.__getitem__, living)) == (
        sorted((view.qualname, view.line, view.free) for view in seen.functions)
    )


def short(view: CellView) -> str | None:
    if view.value is None or len(view.value) <= 40:
        return view.value
    return view.value[:39] + "…"
