"""A recording as states: every state equals what a plain replay of the steps comes to."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

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


@dataclass
class Replay:
    """A program of cells and functions, recorded while it goes on."""

    steps: list[Step] = field(default_factory=list)
    functions: list[RecordedFunction] = field(default_factory=list)
    values: dict[str, str | None] = field(default_factory=dict)
    """What each cell holds; None if it is empty."""
    alive: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The labels of the cells that each living function holds."""

    def cell(self) -> None:
        self.values[f"C{len(self.values)}"] = None

    def change(self, label: str, value: str | None, in_place: bool) -> None:
        before = self.values[label]
        if value is None and before is None:
            return
        what = (
            Change.EMPTIED
            if value is None
            else Change.FILLED
            if before is None
            else Change.MUTATED
            if in_place
            else Change.REBOUND
        )
        self.values[label] = value
        self.steps.append(Step(len(self.steps) + 1, what, label, None, before, value))

    def make(self, labels: tuple[str, ...]) -> None:
        id = f"r{len(self.functions) + 1}"
        free = tuple(FreeName(f"name_{label}", label) for label in labels)
        self.functions.append(RecordedFunction(id, "inner", "outer.<locals>.inner", 1, free))
        self.alive[id] = labels
        self.steps.append(Step(len(self.steps) + 1, Change.FUNCTION_MADE, function=id))

    def lose(self, id: str) -> None:
        del self.alive[id]
        self.steps.append(Step(len(self.steps) + 1, Change.FUNCTION_GONE, function=id))

    @property
    def recording(self) -> Recording:
        cells = tuple(RecordedCell(label, f"name_{label}", "outer") for label in self.values)
        return Recording(tuple(self.steps), tuple(self.functions), cells)

    @property
    def state(self) -> tuple[object, object]:
        held = {label for labels in self.alive.values() for label in labels}
        return dict(self.alive), {label: self.values[label] for label in held}


def state(cells: Cells) -> tuple[object, object]:
    """What a replay knows of a state: the functions with their cells, and what held cells hold."""
    functions = {each.id: tuple(free.cell for free in each.free) for each in cells.functions}
    return functions, {cell.label: cell.value for cell in cells.cells if cell.shared_by}


@st.composite
def replays(draw: st.DrawFn) -> tuple[Replay, list[tuple[int, tuple[object, object]]]]:
    """A program, and its state after each of its steps."""
    replay = Replay()
    states = [(0, replay.state)]
    for _ in range(draw(st.integers(0, 40))):
        match draw(st.sampled_from(["cell", "change", "change", "make", "lose"])):
            case "change" if replay.values:
                label = draw(st.sampled_from([*replay.values]))
                value = draw(st.none() | st.sampled_from(["0", "1", "[]"]))
                replay.change(label, value, draw(st.booleans()))
            case "make" if replay.values:
                labels = draw(st.lists(st.sampled_from([*replay.values]), unique=True))
                replay.make(tuple(labels))
            case "lose" if replay.alive:
                replay.lose(draw(st.sampled_from([*replay.alive])))
            case _:
                replay.cell()
        states.append((len(replay.steps), replay.state))
    return replay, states


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
