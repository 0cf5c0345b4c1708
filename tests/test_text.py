"""Nothing that a learner prints can reach the terminal as anything but plain characters."""

from __future__ import annotations

import re
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text import columns, one_line, shorten, visible

ANYTHING = st.text(st.characters(exclude_categories=()) | st.sampled_from("\x1b\n\t\r\x9b\u202e"))
PLAIN = st.text(st.characters(exclude_categories=["C", "M", "Z"]) | st.just(" "))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("plain: ● ✗ é 漢", "plain: ● ✗ é 漢"),
        ("\x1b[2J", r"\x1b[2J"),
        ("\x9b31m", r"\x9b31m"),
        ("a\rb\x00\x7f", r"a\rb\x00\x7f"),
        ("safe\u202eelif", r"safe\u202eelif"),
        ("\u200bhidden\ufeff", r"\u200bhidden\ufeff"),
        ("\ud800", r"\ud800"),
        ("\ue000 \U000e0001", r"\ue000 \U000e0001"),
        ("a\u2028b\u2029c\xa0d", r"a\u2028b\u2029c\xa0d"),
        ("one\ntwo\n", "one\ntwo\n"),
        ("a\tb\n\tc", "a   b\n    c"),
        (r"\x1b", r"\x1b"),
        ("[/b] [bold]", "[/b] [bold]"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("e\u0301", "e\u0301"),
        ("e" + "\u0301" * 4 + "f", "e" + "\u0301" * 4 + "f"),
        ("e" + "\u0301" * 5 + "f", "e" + "\u0301" * 4 + "(+1 mark)f"),
        ("a漢" + "\u0301\u20dd" * 1000 + "b", "a漢" + "\u0301\u20dd" * 2 + "(+1,996 marks)b"),
        ("\u0301" * 20, "\u0301" * 4 + "(+16 marks)"),
        ("\x1b" + "\u0301" * 9, "\\x1b" + "\u0301" * 4 + "(+5 marks)"),
        ("漢字仮名交じり文", "漢字仮名交じり文"),
    ],
)
def test_of_a_flood_of_combining_marks_a_few_are_left(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert visible(shown) == shown


def test_a_text_as_one_line() -> None:
    assert one_line("array([[1],\n       [2]])", 40) == r"array([[1],\n       [2]])"
    assert one_line("x" * 1000, 20) == "xxxxxxxxxxxxx… +987"


def test_newlines_and_tabs_by_flag() -> None:
    assert visible("a\nb", keep_newlines=False) == r"a\nb"
    assert visible("a\tb", keep_tabs=True) == "a\tb"


@given(ANYTHING)
def test_only_newlines_are_left_of_what_a_terminal_obeys(text: str) -> None:
    shown = visible(text)
    assert all(char == "\n" or char.isprintable() for char in shown)
    assert not {category(char) for char in shown.replace("\n", "")} & {"Cc", "Cf", "Cs", "Co"}
    shown.encode()
    assert visible(shown) == shown


@given(PLAIN)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@given(st.text(st.sampled_from("e\u0301\u0302\u20dd漢\ufe0f\n"), max_size=60))
def test_no_character_has_more_than_a_few_marks(text: str) -> None:
    shown = visible(text)
    assert all(len(run) <= 4 for run in re.findall("[\u0301\u0302\u20dd\ufe0f]+", shown))
    assert shown == text or " mark" in shown


@given(ANYTHING, st.integers(0, 40))
def test_shortened_text_fits(text: str, width: int) -> None:
    line = visible(text, keep_newlines=False)
    short = shorten(line, width)
    assert columns(short) <= width
    assert (short == line) == (columns(line) <= width)


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("[0, 1, 2]", 9, "[0, 1, 2]"),
        ("[0, 1, 2, 3, 4, 5]", 12, "[0, 1, … +11"),
        ("漢字" * 20, 12, "漢字漢… +37"),
        ("x" * 100, 3, "xx…"),
        ("x" * 100, 0, ""),
    ],
)
def test_shorten_counts_what_it_cuts(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short


def test_columns_of_wide_and_combining_characters() -> None:
    assert columns("abc") == 3
    assert columns("漢é") == 3
    assert columns("e\u0301") == 1
