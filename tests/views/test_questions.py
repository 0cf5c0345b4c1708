"""Questions to a recording: their answers are those of a naive replay, and their sentences are true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.harness.replays import Replay, replays
from tutor.protocol.views import (
    Change,
    FreeName,
    RecordedCell,
    RecordedCode,
    RecordedFunction,
    Recording,
    Step,
)
from tutor.views.asked_value import literal
from tutor.views.questions import (
    IN_PLACE,
    WITHIN,
    Stretch,
    UnknownCell,
    times_of,
    when_was,
    where_made,
    who_wrote,
)
from tutor.views.timeline import FULL, Timeline

Case = tuple[Replay, list[tuple[int, tuple[object, object]]]]


def values_after(recording: Recording, label: str) -> list[str | None]:
    """What a cell holds after each number of steps, replayed one by one."""
    held: list[str | None] = [None]
    for step in recording.steps:
        held.append(step.after if step.cell == label else held[-1])
    return held


@given(replays(), st.integers(0, 45))
def test_who_wrote_last_is_the_last_change_of_a_replay(case: Case, step: int) -> None:
    recording = case[0].recording
    timeline = Timeline(recording)
    step = min(step, len(recording.steps))
    for cell in recording.cells:
        changes = [n for n, each in enumerate(recording.steps[:step], 1) if each.cell == cell.label]
        assert who_wrote(timeline, cell.label, step).step == (changes[-1] if changes else None)


@given(replays(), st.sampled_from(["0", "1", "[]", "2"]), st.integers(0, 45))
def test_when_it_was_a_value_is_as_in_a_replay(case: Case, text: str, step: int) -> None:
    recording = case[0].recording
    timeline = Timeline(recording)
    asked = literal(text)
    for cell in recording.cells:
        held = values_after(recording, cell.label)
        began = [
            n for n, value in enumerate(held) if value == text and (not n or held[n - 1] != text)
        ]
        ended = [n for n, value in enumerate(held) if value != text and n and held[n - 1] == text]
        times, untold = times_of(timeline, cell.label, asked)
        assert untold == 0
        assert times == [
            Stretch(first, ended[place] if place < len(ended) else None)
            for place, first in enumerate(began)
        ]
        upto = [n for n in began if n <= step]
        answer = when_was(timeline, cell.label, asked, step)
        assert answer.step == (upto[-1] if upto else began[0] if began else None)


@given(replays())
def test_where_it_was_made_is_the_first_that_is_heard_of_it(case: Case) -> None:
    recording = case[0].recording
    timeline = Timeline(recording)
    holds = {each.id: {free.cell for free in each.free} for each in recording.functions}
    for cell in recording.cells:
        heard = [
            number
            for number, step in enumerate(recording.steps, 1)
            if step.cell == cell.label
            or (step.what is Change.FUNCTION_MADE and cell.label in holds[str(step.function)])
        ]
        assert where_made(timeline, cell.label).step == (heard[0] if heard else None)


MAKE = RecordedCode("make", "make", 1)
INC = RecordedCode("inc", "make.<locals>.inc", 3)
OTHER = RecordedCode("inc", "other.<locals>.inc", 20)
MODULE = RecordedCode("<module>", "<module>", 1)
LISTED = RecordedCode("<listcomp>", "make.<locals>.inc.<locals>.<listcomp>", 5)
LAMBDA = RecordedCode("<lambda>", "make.<locals>.<lambda>", 6)
CODES = (MAKE, INC, MODULE, LISTED, LAMBDA)
NEVER_WRITTEN = RecordedCell("C", "later", "make")
RECORDING = Recording(
    (
        Step(2, Change.FILLED, "A", None, None, "0", by=0),
        Step(3, Change.FUNCTION_MADE, function="f1", by=0),
        Step(5, Change.REBOUND, "A", None, "0", "1", by=1),
        Step(2, Change.FILLED, "B", None, None, "[]", by=0),
        Step(6, Change.MUTATED, "B", None, "[]", "[1]", by=4),
        Step(0, Change.MUTATED, "B", None, "[1]", "[1, 2]"),
        Step(7, Change.REBOUND, "A", None, "1", "True", by=3),
        Step(9, Change.EMPTIED, "A", None, "True", None, by=2),
        Step(5, Change.FILLED, "A", None, None, "0", by=1),
        Step(9, Change.REBOUND, "D", None, None, "<Money at=1>", by=2),
    ),
    (
        RecordedFunction("f1", "inc", "make.<locals>.inc", 3, (FreeName("n", "A"),)),
        RecordedFunction("f2", "get", "make.<locals>.get", 8, (FreeName("later", "C"),)),
    ),
    (
        RecordedCell("A", "n", "make"),
        RecordedCell("B", "seen", "make"),
        NEVER_WRITTEN,
        RecordedCell("D", "x", None),
    ),
    codes=CODES,
)
TIMELINE = Timeline(RECORDING)


@pytest.mark.parametrize(
    ("label", "step", "sentence", "found"),
    [
        ("A", 10, "A (n) was given 0 by inc, at step 9, line 5.", 9),
        ("A", 8, "A (n) was emptied by the module, at step 8, line 9: it held True.", 8),
        ("A", 7, "A (n) was written by inc, at step 7, line 7: from 1 to True.", 7),
        ("A", 2, "A (n) was given 0 by make, at step 1, line 2.", 1),
        (
            "B",
            5,
            "B (seen) was changed in place by a lambda, at step 5, line 6: from [] to [1].",
            5,
        ),
        (
            "B",
            10,
            "B (seen) was changed in place by code that is not known, at step 6, "
            "by a line that is not known: from [1] to [1, 2].",
            6,
        ),
        (
            "B",
            3,
            "Nothing wrote B (seen) up to step 3; the first to do so is step 4, line 2.",
            None,
        ),
        ("C", 10, "Nothing wrote C (later) in what was recorded.", None),
        (
            "D",
            10,
            "D (x) was written by the module, at step 10, line 9: "
            "from what was not recorded to <Money at=1>.",
            10,
        ),
    ],
)
def test_who_wrote_it(label: str, step: int, sentence: str, found: int | None) -> None:
    answer = who_wrote(TIMELINE, label, step)
    assert (answer.sentence, answer.step) == (sentence, found)


@pytest.mark.parametrize(
    ("label", "value", "step", "sentence", "found"),
    [
        ("A", "0", 10, "A (n) became 0 at step 9, line 5, by inc, and stayed that.", 9),
        (
            "A",
            "0",
            8,
            "A (n) became 0 at step 1, line 2, by make, and was that until step 3, line 5.",
            1,
        ),
        (
            "A",
            "True",
            10,
            "A (n) became True at step 7, line 7, by inc, and was that until step 8, line 9.",
            7,
        ),
        (
            "A",
            "1",
            10,
            "A (n) became 1 at step 3, line 5, by inc, and was that until step 7, line 7.",
            3,
        ),
        ("A", "1", 2, "Up to step 2 A (n) was not 1; it became that at step 3, line 5, by inc.", 3),
        ("A", "2", 10, "At no step was A (n) 2.", None),
        ("A", "1.0", 10, "At no step was A (n) 1.0.", None),
        ("A", "'1'", 10, "At no step was A (n) '1'.", None),
        ("C", "None", 10, "At no step was C (later) None.", None),
        (
            "B",
            "[1]",
            10,
            "B (seen) became [1] at step 5, line 6, by a lambda, and was that until step 6, "
            f"by a line that is not known. {IN_PLACE}",
            5,
        ),
        ("B", "[[]]", 10, f"At no step was B (seen) [[]]. {IN_PLACE} {WITHIN}", None),
        (
            "D",
            "3",
            10,
            "At no step was D (x) 3. Of 2 of its values it cannot be told: "
            "cut short, or of a class of its own.",
            None,
        ),
    ],
)
def test_when_it_was(label: str, value: str, step: int, sentence: str, found: int | None) -> None:
    answer = when_was(TIMELINE, label, literal(value), step)
    assert (answer.sentence, answer.step) == (sentence, found)


@pytest.mark.parametrize(
    ("label", "sentence", "found"),
    [
        (
            "A",
            "A (n) is a variable of make; it got its first value, 0, at step 1, line 2, by make.",
            1,
        ),
        (
            "C",
            "C (later) is a variable of make; where it was made is not in what was recorded.",
            None,
        ),
        (
            "D",
            "D (x) belongs to no function; what it held before step 10 is not in what was recorded.",
            10,
        ),
    ],
)
def test_where_it_was_made(label: str, sentence: str, found: int | None) -> None:
    answer = where_made(TIMELINE, label)
    assert (answer.sentence, answer.step) == (sentence, found)


def test_a_cell_that_was_held_before_it_was_filled() -> None:
    steps = (
        Step(2, Change.FUNCTION_MADE, function="f1", by=0),
        Step(4, Change.FILLED, "A", None, None, "1", by=0),
    )
    functions = (RecordedFunction("f1", "get", "make.<locals>.get", 2, (FreeName("n", "A"),)),)
    timeline = Timeline(Recording(steps, functions, RECORDING.cells[:1], codes=CODES))
    answer = where_made(timeline, "A")
    assert answer.sentence == (
        "A (n) is a variable of make; it was first held, empty, by get, made at step 1, line 2."
    )
    assert answer.step == 1


def test_functions_of_one_name_are_told_apart_by_their_line() -> None:
    steps = (Step(21, Change.FILLED, "A", None, None, "1", by=0),)
    timeline = Timeline(Recording(steps, (), RECORDING.cells[:1], codes=(OTHER, INC, LISTED)))
    assert who_wrote(timeline, "A", 1).sentence == (
        "A (n) was given 1 by inc (line 20), at step 1, line 21."
    )


@pytest.mark.parametrize(
    ("ended", "why"),
    [
        ({"stopped": True}, FULL),
        ({"unavailable": "It traces itself."}, "It traces itself."),
    ],
)
def test_what_was_stopped_early_is_not_all(ended: dict[str, object], why: str) -> None:
    recording = Recording(
        RECORDING.steps[:3],
        RECORDING.functions,
        RECORDING.cells,
        codes=CODES,
        **ended,  # type: ignore[arg-type]
    )
    timeline = Timeline(recording)
    last = who_wrote(timeline, "A", 3)
    assert last.sentence.endswith(f"line 5: from 0 to 1. {why}")
    assert who_wrote(timeline, "A", 2).sentence.endswith("line 2.")  # that is not of the end
    assert who_wrote(timeline, "C", 3).sentence.endswith(f"in what was recorded. {why}")
    assert when_was(timeline, "A", literal("1"), 3).sentence.endswith(f"stayed that. {why}")
    assert when_was(timeline, "A", literal("7"), 3).sentence.endswith(f"A (n) 7. {why}")
    with pytest.raises(
        UnknownCell, match="There is no cell Z in the recording, which has A, B, C, D"
    ):
        who_wrote(timeline, "Z", 3)


def test_code_that_a_damaged_recording_lost_is_not_known() -> None:
    steps = (Step(21, Change.FILLED, "A", None, None, "1", by=7),)
    timeline = Timeline(Recording(steps, (), RECORDING.cells[:1], codes=CODES))
    assert "by code that is not known" in who_wrote(timeline, "A", 1).sentence
