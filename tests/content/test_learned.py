"""What a learner is told to have learned holds: each sentence of the course, as plain Python."""

from __future__ import annotations

import gc
from types import FunctionType
from typing import Any
from weakref import ref

import pytest

from tutor.course.loader import content_folder, load
from tutor.grading.kinds import kind_of

EXERCISES = {each.id: each for each in load(content_folder())[0].exercises}


@pytest.fixture
def names(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What the finished program of an exercise has left."""
    exercise = EXERCISES[request.param]
    program = exercise.solution if kind_of(exercise).is_program else exercise.starter
    left: dict[str, Any] = {}
    exec(program, left)
    return left


def of(id: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("names", [id], indirect=True)


def test_every_exercise_has_its_sentence_here() -> None:
    tested = [mark.args[1][0] for mark in map(_mark, globals().values()) if mark]
    assert sorted(tested) == sorted(EXERCISES)


def _mark(found: object) -> pytest.Mark | None:
    marks: list[pytest.Mark] = getattr(found, "pytestmark", [])
    return next((mark for mark in marks if mark.name == "parametrize"), None)


@of("two-adders")
def test_a_variable_of_a_call_that_is_over_is_read(names: dict[str, Any]) -> None:
    assert (names["add5"](3), names["add10"](3), names["n"]) == (8, 13, 100)


@of("independent-captures")
def test_each_call_makes_a_new_cell(names: dict[str, Any]) -> None:
    (five,), (ten,) = names["add5"].__closure__, names["add10"].__closure__
    assert five is not ten
    assert names["add5"].__code__.co_freevars == ("n",)


@of("local-free-global")
def test_three_names_in_three_places(names: dict[str, Any]) -> None:
    code = names["fn"].__code__
    assert (code.co_varnames, code.co_freevars, code.co_names) == (("y",), ("x",), ("z",))


@of("cells-and-names")
def test_a_cell_for_what_the_body_uses(names: dict[str, Any]) -> None:
    assert names["triple"].__code__.co_freevars == ("factor",)
    assert names["make_describer"](3, "x").__code__.co_freevars == ("factor", "label")


@of("closure-or-not")
def test_nesting_alone_makes_no_closure(names: dict[str, Any]) -> None:
    assert names["fn2"].__closure__ is None
    assert names["fn2"].__code__.co_names == ("message",)


@of("late-binding")
def test_five_functions_and_one_cell(names: dict[str, Any]) -> None:
    cell, *others = (each.__closure__[0] for each in names["make_funcs"]())
    assert cell.cell_contents == 4
    assert len(others) == 4
    assert all(each is cell for each in others)


@of("three-fixes")
def test_three_ways_to_keep_a_value(names: dict[str, Any]) -> None:
    assert [f.__defaults__ for f in names["fix1"]] == [(i,) for i in range(5)]
    assert len({id(f.__closure__[0]) for f in names["fix2"]}) == 5
    assert [f.args for f in names["fix3"]] == [(i,) for i in range(5)]


@of("nonlocal-counter")
def test_an_assignment_with_nonlocal_and_without(names: dict[str, Any]) -> None:
    increment, reset = names["make_counter"]()
    assert increment.__closure__[0] is reset.__closure__[0]
    increment(), reset()
    assert increment.__closure__[0].cell_contents == 0
    (inner,) = (each for each in _codes(names["without_nonlocal"]) if each.co_name == "inner")
    assert inner.co_varnames == ("x",)


def _codes(function: FunctionType) -> list[Any]:
    return [each for each in function.__code__.co_consts if hasattr(each, "co_name")]


@of("range-validator")
def test_free_variables_are_sorted(names: dict[str, Any]) -> None:
    assert names["validate_age"].__code__.co_freevars == ("max_val", "min_val")


@of("closure-bank-account")
def test_rebinding_needs_nonlocal_and_changing_does_not(names: dict[str, Any]) -> None:
    assert "nonlocal balance" in EXERCISES["closure-bank-account"].solution
    assert "nonlocal history" not in EXERCISES["closure-bank-account"].solution
    without = EXERCISES["closure-bank-account"].solution.replace("nonlocal balance", "pass")
    exec(without.partition("account = make_account")[0], names)
    with pytest.raises(UnboundLocalError):
        names["make_account"]()("deposit", 1)


@of("memoize")
def test_results_are_found_in_a_cell_without_nonlocal(names: dict[str, Any]) -> None:
    wrapper = names["fib"]
    place = wrapper.__code__.co_freevars.index("cache")
    assert wrapper.__closure__[place].cell_contents[(10,)] == 55
    assert "nonlocal" not in EXERCISES["memoize"].solution


@of("lifetimes")
def test_one_holder_is_enough(names: dict[str, Any]) -> None:
    data = names["HeavyData"](1)
    seen = ref(data)
    get_item, get_length = names["make_dual_accessor"](data)
    del data, get_item
    gc.collect()
    assert seen() is not None
    del get_length
    gc.collect()
    assert seen() is None
