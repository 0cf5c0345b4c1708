"""A recording as states: every state equals what a plain replay of the steps comes to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.harness.replays import Replay, replays
from tutor.protocol.views import (
    Cells,
    Change,
    FreeName,
    RecordedCell,
    RecordedFunction,
    Recording,
    Step,
)
from tutor.views.timeline import NOT_RECORDED, Timeline, joined, state_at


def state(cells: Cells) -> tuple[object, object]:
    """What a replay knows of a state: the functions with their cells, and what held cells hold."""
    functions = {each.id: tuple(free.cell for free in each.free) for each in cells.functions}
    return functions, {cell.label: cell.value for cell in cells.cells if cell.shared_by}


@given(replays())
def test_every_state_is_that_of_a_replay(
    case: tuple[Replay, list[tuple[int, tuple[object, object]]]],
) -> None:
    replay, states = case
    timeline = Timeline(replay.recording)
    # A cell that is made is no step: the state that counts is the last one with a number.
    for step, expected in dict(states).items():
        assert state(timeline.at(step)) == expected
    assert state(state_at(replay.recording, len(replay.steps))) == replay.state


@given(replays())
def test_a_report_is_consistent_in_itself(
    case: tuple[Replay, list[tuple[int, tuple[object, object]]]],
) -> None:
    recording = case[0].recording
    for step in range(len(recording.steps) + 1):
        cells = state_at(recording, step)
        by_label = {cell.label: cell for cell in cells.cells}
        for function in cells.functions:
            for free in function.free:
                assert function.id in by_label[free.cell].shared_by
        assert all(cell.empty == (cell.value is None) for cell in cells.cells)


@given(replays(), st.integers(0, 50))
def test_changes_of_a_cell_are_found_both_ways(
    case: tuple[Replay, list[tuple[int, tuple[object, object]]]], step: int
) -> None:
    recording = case[0].recording
    timeline = Timeline(recording)
    for cell in recording.cells:
        changes = [n for n, each in enumerate(recording.steps, 1) if each.cell == cell.label]
        after = [n for n in changes if n > step]
        before = [n for n in changes if n < step]
        assert timeline.change_of(cell.label, step, 1) == (after[0] if after else None)
        assert timeline.change_of(cell.label, step, -1) == (before[-1] if before else None)


@given(replays(), st.integers(1, 7))
def test_pieces_are_joined(
    case: tuple[Replay, list[tuple[int, tuple[object, object]]]], size: int
) -> None:
    whole = case[0].recording
    most = max(len(whole.steps), len(whole.functions), len(whole.cells))
    pieces = [
        Recording(
            whole.steps[n : n + size], whole.functions[n : n + size], whole.cells[n : n + size]
        )
        for n in range(0, most, size)
    ]
    assert joined(pieces) == whole


def test_a_value_that_waits_for_its_function_is_there() -> None:
    replay = Replay()
    replay.cell()
    replay.change("C0", "0", in_place=False)
    replay.make(("C0",))
    (cell,) = state_at(replay.recording, 1).cells
    assert (cell.value, cell.shared_by) == ("0", ())


def test_a_cell_made_by_hand_holds_what_was_not_recorded() -> None:
    function = RecordedFunction("r1", "f", "f", 1, (FreeName("x", "A"),))
    steps = (
        Step(1, Change.FUNCTION_MADE, function="r1"),
        Step(2, Change.REBOUND, "A", None, None, "2"),
    )
    recording = Recording(steps, (function,), (RecordedCell("A", "x", None),))
    assert [state_at(recording, n).cells[0].value for n in (1, 2)] == [NOT_RECORDED, "2"]


def test_functions_of_one_name_are_numbered() -> None:
    replay = Replay()
    replay.make(())
    replay.make(())
    reached = [each.reached_by for each in state_at(replay.recording, 2).functions]
    assert reached == ["inner #1", "inner #2"]


def test_functions_of_one_name_are_told_apart() -> None:
    names = [("f", "a.<locals>.f"), ("f", "b.<locals>.f"), ("g", "g"), ("h", "h"), ("h", "h")]
    functions = tuple(
        RecordedFunction(f"r{number}", name, qualname, number, ())
        for number, (name, qualname) in enumerate(names)
    )
    made = tuple(Step(1, Change.FUNCTION_MADE, function=each.id) for each in functions)
    timeline = Timeline(Recording(made, functions))
    assert [timeline.subject(step) for step in made] == ["f #1", "f #2", "g", "h #1", "h #2"]
