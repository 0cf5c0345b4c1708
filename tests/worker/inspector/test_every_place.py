"""A program for each place in which closures are, held against `__closure__` read directly."""

from __future__ import annotations

import gc
import warnings

from tests.harness.oracle import faults_of_places
from tests.harness.programs import Program

PLACES = {
    "module names": "f = make(1); g = f; h = make(1)",
    "lists, tuples, sets": "x = [make(1), (make(2), [make(3)]), {make(4)}, frozenset({make(5)})]",
    "dicts": "x = {'a': make(1), 2: {make(2): make(3)}, ('b', 1): make(4)}",
    "attributes": "x = Box(); x.f = make(1); x.inner = Box(); x.inner.g = make(2)\nBox.h = make(3)",
    "default arguments": "def f(a, b=make(1), *, c=make(2)): return a",
    "other cells": "f = make(make(make(make([{'k': make(1)}]))))",
    "a partial": "from functools import partial\np = partial(make(1), make(2), k=make(3))\nq = partial(p)",
    "a bound method": "class K:\n  def m(self): return __class__\nm = K().m\nn = make(1).__get__(3)",
    "staticmethod, classmethod, property": (
        "def two(x): return (lambda *a: x), (lambda *a: x)\n"
        "class K:\n  s = staticmethod(make(1)); c = classmethod(make(2)); p = property(*two(3))"
    ),
    "a chain of wraps": (
        "import functools\n"
        "def log(f):\n  @functools.wraps(f)\n  def w(*a): return f(*a)\n  return w\n"
        "f = log(log(log(make(1))))"
    ),
    "an lru_cache": "from functools import lru_cache\nf = lru_cache(make(1)); f()\ng = lru_cache(make); g(2)",
    "a generator in flight": (
        "def owner(k):\n  def count():\n    l = k\n    yield lambda: (k, l)\n    yield\n  return count\n"
        "c = owner(3); g = c(); next(g); h = c(); f = next(h)"
    ),
    "a coroutine in flight": (
        "def owner(k):\n"
        "  async def job(f):\n    own = f\n    class Wait:\n      def __await__(self): yield own\n"
        "    await Wait()\n    return k\n"
        "  return job\n"
        "j = owner(3)(make(1)); f = j.send(None)"
    ),
    "an async generator in flight": (
        "def owner(k):\n  async def count():\n    yield lambda: k\n  return count()\n"
        "a = owner(3)\ntry: a.asend(None).send(None)\nexcept StopIteration as e: f = e.value"
    ),
    "made by FunctionType": (
        "import types\n"
        "f = make(1); code = f.__code__\n"
        "g = types.FunctionType(code, {}, closure=f.__closure__)\n"
        "h = types.FunctionType(code, {}, closure=(types.CellType(),))"
    ),
    "made by exec": (
        "made = compile('def o(x):\\n  return lambda: x\\nf = o(1)', '<made>', 'exec')\n"
        "space = {}\nexec(made, space)"
    ),
    "__class__ of super()": (
        "class A:\n  def hello(self): return 1\n"
        "class B(A):\n"
        "  def hello(self): return super().hello()\n"
        "  def other(self): return __class__\n"
        "class C(B):\n  def hello(self): return super().hello()"
    ),
    "a cell that holds its own function": "def make2():\n  def f(n): return f\n  return f\nf = make2(); g = make2()",
    "a cell under two names": (
        "def o(z):\n  return lambda: z\nf, g = make(1), make(2)\ng.__code__ = o(0).__code__\n"
        "import types\nh = types.FunctionType(g.__code__, {}, closure=f.__closure__)"
    ),
    "one cell twice in one closure": (
        "import types\ndef o(x, y):\n  return lambda: (x, y)\n"
        "c = types.CellType(7)\nf = types.FunctionType(o(1, 2).__code__, {}, closure=(c, c))"
    ),
    "empty and emptied cells": (
        "def o():\n  def early(): return later\n  def gone(): return x\n  x = 1\n  del x\n"
        "  fs.append((early, gone))\n  later = 1\n"
        "fs = []; o()\n"
        "def p():\n  def f(): return never\n  return f\n  never = 1\nf = p()"
    ),
    "reached by nothing that has a name": "import threading; t = threading.local(); t.f = make(1)\n"
    "m = map(make(2), [1]); e = ValueError(make(3))",
}


def test_every_place_against_the_direct_reading() -> None:
    for place, source in PLACES.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the coroutine that nobody goes on to await
            assert faults_of_places(source) == [], place
            gc.collect()


def test_a_cell_that_holds_its_own_function() -> None:
    program = Program("def make():\n  def f(): return f\n  return f\nf = make()")
    cell = program.cell("f", "f")
    assert (cell.type, cell.value, cell.owner) == ("function", "f", "make")
    assert cell.shared_by == (program.function("f").id,)
    assert cell.holds == program.function("f").id


def test_a_cell_says_the_type_of_its_value_once() -> None:
    program = Program(
        """
        import math
        class Box:
            def get(self): return 1
        def parse(): return 1
        def make(a, b, c, d, e):
            def f(): return a, b, c, d, e
            return f
        f = make(parse, Box().get, math, len, [parse])
        """
    )
    told = {name: program.cell("f", name) for name in "abcde"}
    assert {name: f"{cell.type} {cell.value}" for name, cell in told.items()} == {
        "a": "function parse",
        "b": "method Box.get",
        "c": "module math",
        "d": "builtin_function_or_method len",
        "e": "list [function parse]",
    }
    assert [told[name].holds for name in "abc"] == [program.function("parse").id, None, None]


def test_the_class_cell_of_super() -> None:
    program = Program(
        """
        class A:
            def __init__(self): super().__init__()
            def name(self): return __class__
            def plain(self): return A
        class B(A):
            def __init__(self): super().__init__()
        """
    )
    ours, theirs = program.cell("A.__init__", "__class__"), program.cell("B.__init__", "__class__")
    assert (ours.name, ours.owner, ours.type, ours.value) == ("__class__", "A", "type", "class A")
    assert ours.shared_by == (program.function("A.__init__").id, program.function("A.name").id)
    assert (theirs.owner, theirs.value) == ("B", "class B")
    assert program.function("A.plain").free == ()


def test_one_cell_twice_in_one_closure() -> None:
    program = Program(PLACES["one cell twice in one closure"])
    view = program.function("f")
    assert [free.name for free in view.free] == ["x", "y"]
    assert view.free[0].cell == view.free[1].cell
    assert program.cell("f", "x").shared_by == (view.id,)
