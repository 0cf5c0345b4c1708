"""A literal against what a recording tells of a value: of one type and one value, or it cannot be told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.views.asked_value import LONGEST_LITERAL, NotALiteral, Same, equation, literal
from tutor.worker.recorder.short import told


class Money:
    """A class whose objects call themselves equal to anything, and write themselves as a number."""

    def __init__(self) -> None:
        self.amount = 3

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return "3"


class Level(int):
    """An int of a class of its own."""


NAMELESS = type("", (int,), {})
LIKE_A_LITERAL = type("3 #", (int,), {})

scalars: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False)
    | st.sampled_from([0.0, -0.0, 1.0])
    | st.text(max_size=50)
    | st.sampled_from(["", "1", "True", "'", '"', "…", "[1]"])
    | st.binary(max_size=5)
    | st.complex_numbers(allow_nan=False, allow_infinity=False)
)
hashable = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=4)
values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=8)
        | st.lists(inner, max_size=3).map(tuple)
        | st.sets(hashable, max_size=4)
        | st.dictionaries(hashable, inner, max_size=4)
    ),
    max_leaves=8,
)


def same(one: Any, other: Any) -> bool:
    """Whether two values have one type and one value, all through; written apart from what is tested."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        if len(one) != len(other):
            return False
        rest = list(other.items())
        for key, value in one.items():
            at = [n for n, (k, v) in enumerate(rest) if same(key, k) and same(value, v)]
            if not at:
                return False
            del rest[at[0]]
        return True
    if isinstance(one, set):
        return len(one) == len(other) and all(any(same(a, b) for b in other) for a in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)


@given(values, values)
def test_no_answer_is_a_guess(asked: Any, held: Any) -> None:
    if "inf" in repr(asked):
        return
    found = literal(repr(asked)).compare(told(held))
    if found is not Same.UNTOLD:
        assert found is (Same.YES if same(asked, held) else Same.NO)


@given(values)
def test_what_is_asked_for_is_found_unless_it_is_long(value: Any) -> None:
    if "inf" in repr(value):
        return
    asked = literal(repr(value))
    found = asked.compare(told(value))
    assert found is (Same.YES if asked.told_whole else found)
    assert found is not Same.NO


@pytest.mark.parametrize(
    ("asked", "held", "found"),
    [
        ("1", 1, Same.YES),
        ("1", True, Same.NO),
        ("True", 1, Same.NO),
        ("1", 1.0, Same.NO),
        ("1.0", 1, Same.NO),
        ("3", "3", Same.NO),
        ("'3'", "3", Same.YES),
        ('"3"', "3", Same.YES),
        ("0.0", -0.0, Same.NO),
        ("1e999", float("inf"), Same.YES),
        ("[1e999]", [float("inf")], Same.YES),
        ("1", float("nan"), Same.NO),
        ("...", ..., Same.YES),
        ("None", None, Same.YES),
        ("[1, True]", [1, 1], Same.NO),
        ("{2, 1}", {1, 2}, Same.YES),
        ("{'b': 1, 'a': 2}", {"a": 2, "b": 1}, Same.YES),
        ("(1,)", [1], Same.NO),
        ("{1}", frozenset({1}), Same.NO),
        ("b'a'", bytearray(b"a"), Same.NO),
        ("3", list(range(100)), Same.NO),
        ("[1, 2, 3]", list(range(100)), Same.NO),
        ("[1, 2, 3, 4, 5, 6, 7]", list(range(100)), Same.UNTOLD),
        ("'short'", "long " * 20, Same.NO),
        (repr("long " * 20), "long " * 20, Same.UNTOLD),
        ("3", 10**90, Same.NO),
        (str(10**90), 10**90, Same.UNTOLD),
        ("3", test_no_answer_is_a_guess, Same.NO),
        ("3", len, Same.NO),
        ("3", Money, Same.NO),
        ("3", Money(), Same.UNTOLD),
        ("3", Level(3), Same.UNTOLD),
        ("[3]", [Level(3)], Same.UNTOLD),
        ("[3]", [Money()], Same.UNTOLD),
        ("3", NAMELESS(3), Same.NO),
        ("3", LIKE_A_LITERAL(3), Same.NO),
    ],
)
def test_of_one_type_and_one_value(asked: str, held: object, found: Same) -> None:
    assert literal(asked).compare(told(held)) is found


def test_what_was_too_deep_to_tell_may_be_anything() -> None:
    assert literal("3").compare("…") is Same.UNTOLD


@pytest.mark.parametrize(
    "text", ["", "x", "3 +", "f()", "[x]", "1" * LONGEST_LITERAL + "1", "(" * 1000, "\0"]
)
def test_what_is_no_literal_is_refused(text: str) -> None:
    with pytest.raises(NotALiteral, match="What is asked for"):
        literal(text)


def test_an_equation_is_a_label_and_a_literal() -> None:
    label, value = equation(" A== [1,2] ")
    assert (label, value.text) == ("A", "[1, 2]")
    assert equation("AB == '=='")[1].text == "'=='"


@pytest.mark.parametrize("text", ["A", "A = 3", "a == 3", "count == 3", "== 3", "A == 3 == 3", "3"])
def test_other_questions_are_refused(text: str) -> None:
    with pytest.raises(NotALiteral):
        equation(text)


@pytest.mark.filterwarnings("error")
def test_a_literal_warns_of_nothing() -> None:
    assert literal(r"'\d'").text == r"'\\d'"
