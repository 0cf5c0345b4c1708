"""Random recordings, made by a program of cells and functions that is replayed as it goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from tutor.protocol.views import (
    Change,
    FreeName,
    RecordedCell,
    RecordedFunction,
    Recording,
    Step,
)


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
