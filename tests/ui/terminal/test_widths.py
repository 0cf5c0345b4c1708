"""Terminals disagree with Textual about widths: what that spoils stays where it is, and is mended."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.harness.emulator import Emulator, Widths, as_adding_terminal, as_old_terminal, as_textual
from tutor.ui.terminal.frame_writer import Frames

COLUMNS = 8
BEGIN = "\x1b[?1049h\x1b[?7l"  # a character that is too wide for its row must not scroll

PLAIN = ["a", "b", " ", "─", "漢", "🙂", "e\u0301", "⚠\ufe0f", "👩\u200d💻"]
STYLED = [f"\x1b[41m{text}\x1b[0m" for text in ("c", " ", "漢", "👩\u200d💻")]

pieces = st.sampled_from([*PLAIN, *STYLED])
rows = st.lists(pieces, max_size=COLUMNS).map("".join)
every_width = pytest.mark.parametrize("widths", [as_textual, as_old_terminal, as_adding_terminal])


def frame(row: str) -> str:
    """A row painted over whatever was there."""
    return f"\x1b[1;1H{' ' * COLUMNS}\x1b[1;1H{row}\x1b[1;1H"


def drawn(widths: Widths, *frames: str) -> Emulator:
    """A terminal that was sent each of these frames."""
    through = Frames()
    through.write(BEGIN)
    terminal = Emulator(COLUMNS, 1, widths)
    for each in frames:
        through.write(each)
        terminal.feed(through.take(COLUMNS, 1))
    return terminal


@every_width
@given(first=rows, second=rows)
@example(first="ab", second="漢")  # the half that a narrow terminal leaves uncovered
@example(first="ae\u0301漢e\u0301", second="aa漢e\u0301")  # what was shifted but does not change
def test_what_was_shown_before_leaves_no_trace(widths: Widths, first: str, second: str) -> None:
    after = drawn(widths, frame(first), frame(second))
    assert after.look() == drawn(widths, frame(second)).look()


@every_width
@given(row=rows)
def test_characters_of_one_column_stand_in_their_own(widths: Widths, row: str) -> None:
    (right,), _ = drawn(as_textual, frame(row)).look()
    (shown,), _ = drawn(widths, frame(row)).look()
    for column, cell in enumerate(right):
        after = right[column + 1 : column + 2]
        if len(cell.data) == 1 and all(following.data for following in after):
            assert shown[column] == cell
