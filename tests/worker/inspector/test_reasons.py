"""Why a name is not among a function's cells: one sentence for each name one may look for."""

from __future__ import annotations

from textwrap import dedent

from tests.harness.programs import Program
from tutor.worker.inspector.reasons import FEW, NEVER_USED


def reasons(source: str, function: str = "f") -> dict[str, str]:
    return {each.name: each.why for each in Program(source).function(function).not_captured}


def nested(body: str, head: str = "x = 1", parameters: str = "") -> str:
    """A program whose `f` stands in a function that binds what `head` does."""
    inner = "".join(f"    {line}\n" for line in dedent(body).splitlines())
    return f"def outer({parameters}):\n  {head}\n  def f():\n{inner}  return f\nf = outer()\n"


def test_a_local_is_assigned_here() -> None:
    told = {
        "count": "`count` is assigned here, so it is a local; `nonlocal count` would share the cell"
    }
    assert reasons(nested("count = 1", "count = 0")) == told
    assert reasons(nested("for count in 'ab': pass", "count = 0")) == told
    assert reasons(nested("import count", "count = 0")) == told
    assert reasons(nested("with open('x') as count: pass", "count = 0")) == told
    assert reasons(nested("count += 1", "count = 0")) == told


def test_nonlocal_leaves_nothing_to_say() -> None:
    assert reasons(nested("nonlocal count\ncount += 1", "count = 0")) == {}


def test_a_local_captured_again_by_an_inner_function() -> None:
    source = nested("x = 2\nreturn lambda: x")
    assert reasons(source) == {
        "x": "`x` is assigned here, so it is a local; `nonlocal x` would share the cell"
    }


def test_a_parameter() -> None:
    source = "def outer(x):\n  def f(x, *rest): return x\n  return f\nf = outer(1)"
    assert reasons(source) == {"x": "`x` is a parameter here, so it is a local"}


def test_a_default_argument_is_a_copy() -> None:
    made = "`i` is a default argument: its value was taken when the {}"
    source = "def outer(i, n):\n  def f(i=i): return i, n\n  return f\nf = outer(1, 2)"
    assert reasons(source) == {"i": made.format("def ran")}
    assert reasons("fs = [lambda i=i: i for i in range(2)]", "fs[0]") == {
        "i": made.format("lambda was made")
    }


def test_a_default_that_is_gone_is_no_reason_any_more() -> None:
    program = Program("def outer(i):\n  def f(i=i): return i\n  return f\nf = outer(1)")
    program.run("f.__defaults__ = None")
    [only] = program.function("f").not_captured
    assert only.why == "`i` is a parameter here, so it is a local"


def test_declared_global() -> None:
    source = "x = 0\n" + nested("global x\nx = 2")
    assert reasons(source) == {"x": "`x` is declared global, so it is looked up in the module"}


def test_a_global() -> None:
    told = "`rate` is a global: it is looked up in the module each time"
    assert reasons("rate = 2\n" + nested("return rate, x")) == {"rate": told}
    assert reasons("rate = 2\n" + nested("return [rate for _ in 'ab'], x")) == {"rate": told}
    assert reasons(nested("global rate\nrate = x")) == {"rate": told}


def test_functions_and_modules_are_not_looked_for_in_cells() -> None:
    source = "import math\ndef helper(): pass\nclass K: pass\n"
    assert reasons(source + nested("return helper, math, K, len, x")) == {}


def test_a_global_at_module_level_is_told_by_why_no_cells() -> None:
    assert reasons("rate = 2\ndef f(): return rate") == {}


def test_the_body_never_uses_it() -> None:
    assert reasons(nested("return x", "x = y = 1", "z=2")) == {"z": NEVER_USED, "y": NEVER_USED}


def test_only_of_the_function_directly_around_it() -> None:
    source = (
        "def a(far):\n  def b(near):\n    def f(): return 1\n    return f\n  return b\nf = a(1)(2)"
    )
    assert reasons(source) == {"near": NEVER_USED}


def test_never_used_is_told_of_few_and_not_of_functions() -> None:
    head = "a = b = c = d = e = 1; import math\n  def g(): pass\n  class K: pass"
    assert list(reasons(nested("pass", head))) == ["a", "b", "c"]
    assert FEW == 3


def test_what_an_inner_function_uses_is_captured_on_the_way() -> None:
    assert reasons(nested("return lambda: x")) == {}


def test_a_name_used_only_by_a_comprehension_of_its_own() -> None:
    assert "x" not in reasons(nested("return [x for x in 'ab']"))


def test_names_of_the_class_body() -> None:
    source = "class K:\n  rate = 2\n  def m(self): return rate"
    told = {"rate": "`rate` is bound in the class body, whose names its functions do not see"}
    assert reasons(source, "K.m") == told


def test_a_method_of_a_class_in_a_function() -> None:
    source = "def outer(x, y):\n  class K:\n    z = 1\n    def m(self): return z, x\n  return K\nK = outer(1, 2)"
    told = {"z": "`z` is bound in the class body, whose names its functions do not see"}
    assert reasons(source, "K.m") == told


def test_a_partial_and_code_without_a_source_have_none() -> None:
    assert reasons("from functools import partial\n" + nested("pass") + "p = partial(f)", "p") == {}
    program = Program(nested("pass"))
    program.inspector.note_code(program["f.__code__"])  # as if FunctionType had been called with it
    assert program.function("f").not_captured == ()
