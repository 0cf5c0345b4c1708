"""Two spellings of one value are one prediction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.literals import same_line


@pytest.mark.parametrize(
    ("given_line", "printed", "same"),
    [
        ("['a','b']", "['a', 'b']", True),
        ('("factor",)', "('factor',)", True),
        ('names: ("factor",)', "names: ('factor',)", True),
        ("d: {'a':1}", "d: {'a': 1}", True),
        ("('factor')", "('factor',)", False),
        ("names: 'x'", "names: x", False),
        ("1", "1.0", False),
        ("1", "True", False),
        ("[1]", "[True]", False),
        ("0.0", "-0.0", False),
        ("name: [1,2]", "names: [1, 2]", False),
        ("Hello", "hello", False),
        ('"\\d"', "'\\\\d'", True),
        ("(" * 1500, ")" * 1500, False),
        ("-" * 1900 + "1", "1", False),
        ("\0", "\ud800", False),
        ("[" + "1," * 2000 + "]", "[1]", False),
    ],
)
@pytest.mark.filterwarnings("error")
def test_any_spelling_of_a_literal(given_line: str, printed: str, same: bool) -> None:
    assert same_line(given_line, printed) is same


@given(st.text(), st.text())
def test_comparing_lines_never_raises(one: str, other: str) -> None:
    assert same_line(one, one)
    assert same_line(one, other) == same_line(other, one)
