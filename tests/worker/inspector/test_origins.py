"""What the source tells: kinds, lines, owners of cells, and why a function has no cells."""

from __future__ import annotations

import sys

from tests.harness.programs import Program
from tutor.protocol.views import FunctionKind
from tutor.worker.inspector.reasons import AT_MODULE_LEVEL, IN_A_MODULES_CLASS, USES_NONE

SINCE_3_12 = sys.version_info >= (3, 12)


def why(source: str, function: str = "f") -> str | None:
    return Program(source).function(function).why_no_cells


def owner(source: str, function: str, name: str) -> str | None:
    return Program(source).cell(function, name).owner


def test_kinds() -> None:
    program = Program(
        """
        def f(): pass
        def g(): yield
        async def c(): pass
        async def a(): yield
        l = lambda: 1
        """
    )
    assert [program.function(name).kind for name in "fgcal"] == [
        FunctionKind.FUNCTION,
        FunctionKind.GENERATOR,
        FunctionKind.COROUTINE,
        FunctionKind.ASYNC_GENERATOR,
        FunctionKind.LAMBDA,
    ]


def test_names_are_those_of_the_code() -> None:
    program = Program("def f(): pass\nf.__name__ = 'liar'; f.__qualname__ = 'no.such'")
    assert (program.function("f").name, program.function("f").qualname) == ("f", "f")


def test_line_is_that_of_the_def() -> None:
    program = Program(
        """\
        def same(*_): return lambda f: f
        @same(
          1)
        @same(2)
        def f(a,
              b): pass
        g = (
            lambda:
            1)
        class K:
            @property
            def p(self): pass
        def outer():
            @same()
            async def inner(): pass
            return inner
        inner = outer()
        """
    )
    lines = {each.reached_by: each.line for each in program.look().functions}
    assert (lines["f"], lines["g"], lines["K.p.fget"], lines["inner"]) == (5, 8, 12, 15)


def test_owner_is_the_function_whose_local_it_is() -> None:
    source = "def a():\n x = 1\n def b():\n  return lambda: x\n return b()\nf = a()"
    assert owner(source, "f", "x") == "a"


def test_owner_may_be_a_class_body() -> None:
    assert owner("class K:\n  def m(self): return __class__", "K.m", "__class__") == "K"


def test_owner_may_be_a_comprehension_at_module_level() -> None:
    source = "fs = [lambda: i for i in range(2)]"
    assert owner(source, "fs[0]", "i") == ("<module>" if SINCE_3_12 else "<listcomp>")


def test_owner_may_be_a_generator_expression() -> None:
    source = "g = (lambda: i for i in range(2)); f = next(g)"
    assert owner(source, "f", "i") == "<genexpr>"


def test_a_comprehension_and_its_function_own_two_cells_of_one_name() -> None:
    program = Program(
        """
        def g():
            fs = [lambda: k for k in range(2)]
            k = "after"
            def read(): return k
            return fs, read
        fs, read = g()
        """
    )
    assert program.cell("read", "k").label != program.cell("fs[0]", "k").label
    assert program.cell("read", "k").owner == "g"
    assert program.cell("fs[0]", "k").owner == ("g" if SINCE_3_12 else "g.<locals>.<listcomp>")


def test_owner_of_a_type_parameter() -> None:
    if SINCE_3_12:
        assert owner("def g[T](x): return T", "g", "T") == "<generic parameters of g>"


def test_no_owner_for_code_without_a_source() -> None:
    program = Program("def make(n):\n  return lambda: n\nf = make(1)")
    program.run("f.__code__ = f.__code__.replace(co_name='other')")
    assert (program.function("f").name, program.cell("f", "n").owner) == ("other", None)


def test_code_that_nobody_could_run() -> None:
    program = Program("def f(): return len(g)")
    program.run("f.__code__ = f.__code__.replace(co_names=(), co_consts=())")
    assert program.function("f").why_no_cells == USES_NONE


def test_at_module_level() -> None:
    assert why("x = 1\ndef f(): return x") == AT_MODULE_LEVEL
    assert why("f = lambda: 1") == AT_MODULE_LEVEL
    assert why("[f] = [lambda: 1 for _ in range(1)]") == AT_MODULE_LEVEL
    assert why("class K:\n  def m(self): pass", "K.m") == IN_A_MODULES_CLASS


def test_uses_no_name_of_an_enclosing_function() -> None:
    source = "y = 2\ndef outer():\n  x = 1\n  def f(): z = 3; return y, z\n  return f\nf = outer()"
    assert why(source) == USES_NONE


def test_assigned_here() -> None:
    source = "def outer():\n  x = 1\n  def f(): x = 2\n  return f\nf = outer()"
    assert (
        why(source) == "`x` is assigned here, so it is a local; `nonlocal x` would share the cell"
    )


def test_a_comprehension_assigns_nothing_of_the_functions() -> None:
    source = "def outer():\n  x = 1\n  def f(): return [x for x in 'ab']\n  return f\nf = outer()"
    assert why(source) == USES_NONE


def test_a_name_that_the_encloser_only_passes_through() -> None:
    source = (
        "def a(x):\n def b():\n  def f(): x = 1\n  return f, lambda: x\n return b()\nf, g = a(0)"
    )
    assert (
        why(source) == "`x` is assigned here, so it is a local; `nonlocal x` would share the cell"
    )


def test_parameter() -> None:
    source = "def outer(x):\n  def f(x): return x\n  return f\nf = outer(1)"
    assert why(source) == "`x` is a parameter here, so it is a local"


def test_default_argument() -> None:
    source = "def outer(i):\n  def f(a, i=i): return i\n  return f\nf = outer(1)"
    assert why(source) == "`i` is a default argument: its value was taken when the def ran"
    source = "def outer(i):\n  return lambda *, i=i: i\nf = outer(1)"
    assert why(source) == "`i` is a default argument: its value was taken when the lambda was made"


def test_default_argument_in_a_comprehension() -> None:
    source = "def outer():\n  return [lambda i=i: i for i in range(2)]\nfs = outer()"
    taken = "`i` is a default argument: its value was taken when the lambda was made"
    assert why(source, "fs[0]") == taken
    assert why("fs = [lambda i=i: i for i in range(2)]", "fs[0]") == taken


def test_declared_global() -> None:
    source = (
        "x = 0\ndef outer():\n  x = 1\n  def f():\n    global x\n    x = 2\n  return f\nf = outer()"
    )
    assert why(source) == "`x` is declared global, so it is looked up in the module"


def test_attribute_of_that_name_is_no_use_of_it() -> None:
    source = "def outer():\n  count = 1\n  def f(s): return s.count\n  return f\nf = outer()"
    assert why(source) == USES_NONE


def test_name_of_the_class_body() -> None:
    source = "class K:\n  rate = 2\n  def m(self): return rate"
    assert (
        why(source, "K.m")
        == "`rate` is bound in the class body, whose names its functions do not see"
    )


def test_a_function_with_cells_needs_no_reason() -> None:
    assert why("def outer(x):\n  return lambda: x\nf = outer(1)") is None


def test_many_codes_of_exec_are_forgotten_again() -> None:
    program = Program("")
    for number in range(3_000):
        program.run(f"x = {number}")
    assert len(program.inspector._origins._known) < 1_500
