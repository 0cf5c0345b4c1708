"""Finding a text: a line at the foot of the editor."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tutor.ui.editor.find import find

CODE = "count = 1\n\n\ndef count_up():\n    Count = count\n" + "x\n" * 40 + "last = count"
PLACES = [(0, 0), (3, 4), (4, 4), (4, 12), (45, 7)]


def selected(at: PlayedTutor) -> str:
    return at.main.code.editor.selected_text


def cursor(at: PlayedTutor) -> tuple[int, int]:
    return at.main.code.editor.cursor_location


async def test_the_first_place_is_found_while_one_types(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.write(CODE)
        await at.press("alt+w")
        assert any(row.strip().startswith("Find") for row in at.rows)
        await at.type("count_")
        assert selected(at) == "count_"
        assert cursor(at) == (3, 10)
        assert "1 of 1" in at.text
        await at.press("backspace")
        assert cursor(at) == (0, 5)
        assert "1 of 5" in at.text


@pytest.mark.parametrize("key", ["enter", "alt+n", "down"])
async def test_the_next_place_and_on_from_the_top(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        at.write(CODE)
        await at.press("alt+w")
        await at.type("count")
        seen = []
        for number in range(len(PLACES)):
            seen.append(min(at.main.code.editor.selection))
            assert f"{number + 1} of 5" in at.text
            assert selected(at).lower() == "count"
            await at.press(key)
        assert seen == PLACES
        assert cursor(at) == (0, 5)
        assert "1 of 5, from the top again" in at.text


async def test_capitals_count_where_one_is_typed(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.write(CODE)
        await at.press("alt+w")
        await at.type("Count")
        assert cursor(at) == (4, 9)
        assert "1 of 1" in at.text


async def test_where_there_is_none_it_says_so(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.write(CODE)
        at.main.code.editor.move_cursor((3, 0))
        await at.press("alt+w")
        await at.type("counted")
        assert "not in the program" in at.text
        await at.press("enter", "escape", "alt+n")
        (notice,) = at.app._notifications
        assert notice.message == "`counted` is not in the program."
        assert cursor(at) == (3, 4)


@pytest.mark.parametrize("key", ["escape", "f6"])
async def test_escape_closes_it_and_leaves_the_cursor(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        at.write(CODE)
        editor = at.main.code.editor
        rows = editor.size.height
        await at.press("alt+w")
        assert editor.size.height == rows - 1
        await at.type("count_")
        await at.press(key)
        assert editor.has_focus
        assert editor.size.height == rows
        assert editor.selection == ((3, 4), (3, 4))
        await at.type("x")
        assert editor.document.get_line(3) == "def xcount_up():"
        await at.press("escape")
        assert not at.main.code.has_focus_within


async def test_the_next_place_without_the_line(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.write(CODE)
        await at.press("alt+w")
        await at.type("count")
        await at.press("escape")
        for place in (*PLACES[1:], PLACES[0]):
            await at.press("alt+n")
            assert at.main.code.editor.selection == (place, place)


async def test_the_next_place_of_nothing_asks_for_a_text(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.write(CODE)
        await at.press("alt+n")
        await at.type("last")
        assert cursor(at) == (45, 4)


async def test_what_is_selected_is_looked_for(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.write(CODE)
        await at.press(*["shift+right"] * 5, "alt+w", "enter")
        assert min(at.main.code.editor.selection) == (3, 4)
        await at.type("last")
        assert selected(at) == "last"


async def test_keys_in_a_burst_find_too(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.write(CODE)
        at.burst("alt+w", *"count", "enter", "enter")
        await at.pilot.pause()
        assert min(at.main.code.editor.selection) == (4, 4)


async def test_a_program_to_read_can_be_searched(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.write(CODE)
        at.main.code.editor.read_only = True
        await at.press("alt+w")
        await at.type("last")
        assert cursor(at) == (45, 4)
        assert at.main.code.editor.text == CODE


@given(
    st.lists(st.text("abAB(*é", max_size=6), min_size=1, max_size=6), st.text("abAB(*é", max_size=3)
)
def test_every_place_is_found_in_turn(lines: list[str], text: str) -> None:
    def same(piece: str) -> bool:
        return piece == text or (text == text.lower() and piece.lower() == text)

    found = find(lines, text, (0, 0))
    if found is None:
        assert not text or not any(
            same(line[at : at + len(text)]) for line in lines for at in range(len(line))
        )
        return
    for number in range(1, found.count + 1):
        (row, start), (_, end) = found.start, found.end
        assert same(lines[row][start:end])
        assert found.number == number
        found = find(lines, text, (row, start + 1))
        assert found is not None
    assert found.wrapped
    assert found.number == 1
