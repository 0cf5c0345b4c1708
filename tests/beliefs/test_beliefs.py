"""Each belief prints what somebody would write who holds it, on whatever Python runs the tests."""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.harness.believed_programs import PLAIN, PROGRAMS, Told
from tutor.beliefs.belief import Belief
from tutor.beliefs.believed import REWRITINGS, believed, is_open

OF_CLOSURES = frozenset(Belief) - {
    Belief.GLOBAL_NOT_NEEDED,
    Belief.UNBOUND_IS_NONE,
    Belief.SEARCHED_WHEN_IT_RUNS,
    Belief.DEFAULT_EACH_CALL,
    Belief.ONE_VARIABLE_A_NAME,
    Belief.CALLERS_SCOPE,
    Belief.ITERABLE_LATE,
    Belief.DECORATORS_TOP_DOWN,
    Belief.CLASS_ENCLOSES,
}
"""What is believed of captured variables only."""


def printed(source: str) -> tuple[str, ...]:
    """What a program prints until it ends, well or not."""
    done = subprocess.run([sys.executable, "-I", "-c", source], capture_output=True, text=True)
    return tuple(done.stdout.splitlines())


@pytest.mark.parametrize("told", PROGRAMS, ids=lambda told: told.name)
def test_python_prints(told: Told) -> None:
    assert printed(told.source) == told.prints


@pytest.mark.parametrize("belief", Belief)
@pytest.mark.parametrize("told", PROGRAMS, ids=lambda told: told.name)
def test_a_belief_prints_what_who_holds_it_would_write(told: Told, belief: Belief) -> None:
    source = believed(told.source, belief)
    says = printed(source) if source else told.prints
    assert says == told.believed.get(belief, told.prints)


def test_every_belief_is_tried() -> None:
    assert {belief for told in PROGRAMS for belief in told.believed} == set(Belief)
    assert REWRITINGS.keys() == set(Belief)


@pytest.mark.parametrize("source", PLAIN)
@pytest.mark.parametrize("belief", Belief)
def test_a_program_without_closures_prints_the_same(source: str, belief: Belief) -> None:
    changed = believed(source, belief)
    assert changed is None or printed(changed) == printed(source)


def test_beliefs_about_closures_are_silent_where_there_is_none() -> None:
    """The files of the library that have no function in a function, and no generator expression."""
    library = Path(sysconfig.get_paths()["stdlib"])
    tried = 0
    for file in sorted(library.glob("[a-m]*.py")):
        source = file.read_text(encoding="utf-8")
        if _has_closures(ast.parse(source)):
            continue
        tried += 1
        said = [belief for belief in OF_CLOSURES if believed(source, belief) is not None]
        assert not said, file
    assert tried > 20


def _has_closures(tree: ast.Module) -> bool:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return any(
        isinstance(inner, (*functions, ast.GeneratorExp)) and inner is not outer
        for outer in ast.walk(tree)
        if isinstance(outer, functions)
        for inner in ast.walk(outer)
    ) or any(
        isinstance(each, ast.GeneratorExp | ast.Lambda | ast.FunctionDef)
        for loop in tree.body
        if isinstance(loop, ast.For)
        for each in ast.walk(loop)
    )


def test_helpers_are_not_mixed_with_a_program_that_has_such_names() -> None:
    assert believed("_b_copy = 1\ndef f(x): return lambda: x\n", Belief.BY_VALUE) is None


def test_what_a_belief_cannot_answer_is_not_asked() -> None:
    asks = "def f(x, y):\n    def g(): return x\n    return g\nprint(f(1, 2).__closure__[0])\n"
    assert believed(asks, Belief.ALL_CAPTURED) is None
    assert is_open(asks, Belief.ONE_VARIABLE_A_NAME)
    assert not is_open(asks, Belief.BY_VALUE)


def test_what_comes_first_stays_first() -> None:
    source = '"""A docstring."""\nfrom __future__ import annotations\ndef f(x): return lambda: x\n'
    changed = believed(source, Belief.BY_VALUE)
    assert changed is not None
    assert changed.startswith('"""A docstring."""\nfrom __future__ import annotations\n')


def test_what_is_no_program_is_refused() -> None:
    with pytest.raises(SyntaxError):
        believed("def", Belief.BY_VALUE)
