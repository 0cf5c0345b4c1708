"""What lesson and explanations claim of Python holds: each claim that can be run is run."""

from __future__ import annotations

import dis
import functools
import gc
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from types import FunctionType
from typing import Any
from weakref import ref

import pytest

from tutor.course.loader import content_folder, load
from tutor.grading.kinds import kind_of
from tutor.protocol.requests import RunRequest
from tutor.protocol.views import Cells
from tutor.session import Session
from tutor.views.lines import functions_and_cells

UNIT = load(content_folder())[0].units[0]
EXERCISES = {each.id: each for each in UNIT.exercises}
PROGRAMS = re.findall(r"```python\n(.*?)```", UNIT.lesson, re.S)
PICTURES = re.findall(r"\n\n```\n(.*?)```", UNIT.lesson, re.S)


def left_by(source: str) -> dict[str, Any]:
    """The names of a program's module once it has run."""
    names: dict[str, Any] = {"__name__": "__main__"}
    with redirect_stdout(StringIO()):
        exec(source, names)
    return names


def of(id: str) -> dict[str, Any]:
    """The same of the finished program of an exercise."""
    exercise = EXERCISES[id]
    return left_by(exercise.solution if kind_of(exercise).is_program else exercise.starter)


def inner(source: str) -> FunctionType:
    """What the `outer` of a few lines returns."""
    made: FunctionType = left_by(source)["outer"]()
    return made


def opcodes(function: Callable[..., object], name: str) -> list[str]:
    return [each.opname for each in dis.Bytecode(function) if each.argval == name]


# The lesson.


def test_the_program_of_the_lesson_prints_8() -> None:
    printed = StringIO()
    with redirect_stdout(printed):
        exec(PROGRAMS[0], {})
    assert printed.getvalue() == "8\n"
    assert "The last line prints 8." in UNIT.lesson


def test_what_is_written_behind_each_line_of_the_lesson() -> None:
    names = left_by(PROGRAMS[0])
    told = [line.partition("#") for line in PROGRAMS[1].splitlines()]
    values = {said.strip(): eval(code, names) for code, _, said in told}
    assert values.pop("a tuple of one cell") == names["add5"].__closure__
    assert len(names["add5"].__closure__) == 1
    assert {said: repr(value) for said, value in values.items()} == {"('n',)": "('n',)", "5": "5"}


async def test_the_cells_of_the_lesson_are_shown_like_that() -> None:
    source = PROGRAMS[0] + "add10 = make_adder(10)\n"
    async with Session() as session:
        reports = [report async for report in session.run(RunRequest(source))]
    cells = next(each for each in reports if isinstance(each, Cells))
    shown = [line.split() for line in functions_and_cells(cells)]
    assert all(line.split() in shown for line in PICTURES[0].splitlines())


def test_a_function_without_cells_has_no_closure() -> None:
    assert left_by(PROGRAMS[0])["make_adder"].__closure__ is None


# 1.1


def test_equal_cells_are_two() -> None:
    names = of("independent-captures")
    one, other = (names["make_adder"](5).__closure__[0] for _ in range(2))
    assert one == other
    assert one is not other


# 1.2


def test_only_globals_are_searched_when_the_line_runs() -> None:
    names = of("local-free-global")
    assert names["outer"].__code__.co_cellvars == ("x",)
    assert opcodes(names["fn"], "x") == ["LOAD_DEREF"]
    assert opcodes(names["fn"], "z") == ["LOAD_GLOBAL"]
    read = "LOAD_FAST_BORROW" if sys.version_info >= (3, 14) else "LOAD_FAST"
    assert opcodes(names["fn"], "y") == ["STORE_FAST", read]
    names["x"] = names["y"] = 1_000
    assert names["fn"]() == 60
    del names["z"]
    names["__builtins__"] = {"z": 1}
    builtin = FunctionType(names["fn"].__code__, names, closure=names["fn"].__closure__)
    assert builtin() == 31


def test_an_attribute_of_a_class_gets_no_cell() -> None:
    method = left_by("class C:\n    n = 1\n    def f(self):\n        return n\n")["C"].f
    assert method.__closure__ is None


# 1.3


@pytest.mark.parametrize(
    ("body", "captured"),
    [
        ("return 1\n        n", True),
        ("return 'n'", False),
        ("return '{n}'", False),
        ("return f'{n}'", True),
        ("return 1", False),
    ],
)
def test_a_use_in_the_body_counts(body: str, captured: bool) -> None:
    function = inner(
        f"def outer():\n    n = 1\n    def f():\n        {body}\n    f.n = n\n    return f"
    )
    assert (function.__closure__ is not None) is captured


# 1.4


def test_full_names_and_what_a_binding_alone_does() -> None:
    names = of("closure-or-not")
    assert names["fn1"].__qualname__ == "make_closure.<locals>.fn"
    assert names["fn2"].__qualname__ == "make_non_closure.<locals>.fn"
    assert names["message"] == "global"
    function = inner("def outer():\n    n = 1\n    def f(): return 1\n    return f")
    assert function.__closure__ is None


# 1.5


def test_a_call_while_the_loop_runs_finds_the_number_of_then() -> None:
    names = left_by(
        "def outer():\n    seen = []\n    for i in range(3):\n"
        "        def f(): return i\n        seen.append(f())\n    return seen\nseen = outer()"
    )
    assert names["seen"] == [0, 1, 2]


# 1.6


def test_where_each_fix_keeps_the_number() -> None:
    names = of("three-fixes")
    fix1, fix2, fix3 = names["fix1"][2], names["fix2"][2], names["fix3"][2]
    assert (fix1.__defaults__, fix1.__closure__) == ((2,), None)
    assert fix1.__code__.co_argcount == 1
    assert fix2.__closure__[0].cell_contents == 2
    assert fix2.__code__.co_argcount == 0
    assert (fix3.func, fix3.args, hasattr(fix3, "__closure__")) == (names["identity"], (2,), False)


# 1.7


def test_what_happens_without_nonlocal() -> None:
    function = inner("def outer():\n    n = 0\n    def f():\n        n += 1\n    return f")
    with pytest.raises(UnboundLocalError):
        function()
    function = inner("def outer():\n    n = 1\n    def f():\n        n = 0\n    return f")
    assert function() is None
    assert opcodes(function, "n") == ["STORE_FAST"]
    declared = "def outer():\n    n = 1\n    def f():\n        nonlocal n\n        n = 0\n    return f"
    assert opcodes(inner(declared), "n") == ["STORE_DEREF"]


# 1.8


def test_free_variables_are_sorted_whatever_the_order_of_use() -> None:
    for body in ("b + a", "a + b"):
        source = f"def outer(b=2, a=1):\n    def f():\n        return {body}\n    return f"
        function = inner(source)
        assert function.__code__.co_freevars == ("a", "b")
        assert [cell.cell_contents for cell in function.__closure__ or ()] == [1, 2]
        assert left_by(source)["outer"].__code__.co_cellvars == ("b", "a")


# 1.9


@pytest.mark.parametrize(("change", "stops"), [("items += [1]", True), ("items[0] = 1", False)])
def test_the_name_on_the_left_decides(change: str, stops: bool) -> None:
    function = inner(f"def outer():\n    items = [0]\n    def f():\n        {change}\n    return f")
    if stops:
        with pytest.raises(UnboundLocalError):
            function()
    else:
        function()


# 1.10


def test_the_wrapper_and_its_limits() -> None:
    names = of("memoize")
    wrapper = names["fib"]
    cells = dict(zip(wrapper.__code__.co_freevars, wrapper.__closure__, strict=True))
    assert cells["call_count"].cell_contents is wrapper.call_count
    assert (names["fib"].__name__, cells["func"].cell_contents.__name__) == ("wrapper", "fib")
    with pytest.raises(TypeError):
        wrapper([1])
    assert {(1,): "x"} == {(1.0,): "x"} == {(True,): "x"}


def test_what_the_library_has() -> None:
    @functools.lru_cache(maxsize=2)
    def double(n: int) -> int:
        return n * 2

    double(1), double(2), double(n=3), double(2)
    assert double.cache_info()[:3] == (1, 3, 2)
    double(1)
    assert double.cache_info().misses == 4
    assert not hasattr(double, "__closure__")
    assert functools.cache(len).cache_info().maxsize is None


# 1.11


def test_the_object_goes_at_the_del() -> None:
    names = of("lifetimes")
    data = names["HeavyData"](3)
    seen, size = ref(data), names["make_accessor"](data)
    gc.disable()
    try:
        del data
        assert seen() is not None
        del size
        assert seen() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("captured", ["items", "name"])
def test_a_field_that_is_captured_keeps_the_field_only(captured: str) -> None:
    names = left_by(
        "class Data:\n    def __init__(self):\n        self.items, self.name = [1], 'x'\n"
        f"def make(data):\n    {captured} = data.{captured}\n"
        f"    def f():\n        return {captured}\n    return f\n"
    )
    data = names["Data"]()
    kept, seen, function = getattr(data, captured), ref(data), names["make"](data)
    del data
    gc.collect()
    assert seen() is None
    assert function() is kept
