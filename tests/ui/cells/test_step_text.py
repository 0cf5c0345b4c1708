"""A recording as a track: each change as the letter of its cell, in the columns that there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tutor.protocol.views import Change, RecordedCell, Recording, Step
from tutor.ui.cells.step_text import Track, keys_of, note, said
from tutor.ui.kit.marks import MARKS
from tutor.views.timeline import Timeline

CELLS = (RecordedCell("A", "a", None), RecordedCell("B", "b", None), RecordedCell("AA", "c", None))


@given(
    st.lists(st.sampled_from(["A", "B", "AA"]), min_size=1, max_size=90),
    st.integers(1, 80),
    st.integers(0, 90),
    st.sampled_from(["A", "B", "AA", ""]),
)
def test_each_change_is_in_its_column(
    changed: list[str], width: int, step: int, followed: str
) -> None:
    step = min(step, len(changed))
    steps = tuple(Step(1, Change.REBOUND, label, None, "1", "2") for label in changed)
    track = Track(Timeline(Recording(steps, (), CELLS)), width)
    painted = track.at(step, followed).plain
    assert len(painted) == width
    for column, char in enumerate(painted):
        inside = [changed[n - 1] for n in range(1, len(steps) + 1) if track.column(n) == column]
        if column == track.column(step):
            assert char == MARKS.passed
        elif not inside:
            assert char == MARKS.line
        else:
            label = followed if followed in inside else char
            assert char == (label if len(label) == 1 else MARKS.bullet)
            assert char == MARKS.bullet or char in inside


def test_what_a_step_did_is_as_long_as_there_is_room() -> None:
    step = Step(1, Change.REBOUND, "A", None, "1" * 60, "2" * 60)
    timeline = Timeline(Recording((step,), (), CELLS))
    assert said(timeline, step, 36).cell_length <= 36
    assert note(timeline, step).cell_length <= 40
    made = Step(1, Change.FUNCTION_MADE, function="r1")
    assert note(Timeline(Recording((made,))), made).plain == "a function is made"
    assert note(timeline, None).plain == ""


def test_the_keys_that_fit() -> None:
    assert keys_of("A", 34) == "[ ] step  { } of A  w who  = when"
    assert keys_of("A", 80) == "[ ] step  { } of A  w who  = when  m made"
    assert keys_of("", 80) == "[ ] step"
