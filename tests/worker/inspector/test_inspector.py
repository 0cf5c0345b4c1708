"""The inspector as a whole: whose functions, which cells, and nothing of the program disturbed."""

from __future__ import annotations

from types import UnionType
from typing import get_args, get_origin, get_type_hints

from tests.harness.programs import Program, closures_by_hand
from tutor.protocol.requests import LabelHint
from tutor.protocol.views import CellView, FreeName, FunctionKind, FunctionView

COUNTERS = """
def make_counter():
    count = 0
    def increment():
        nonlocal count
        count += 1
        return count
    def read():
        return count
    return increment, read
inc, get = make_counter()
other, _ = make_counter()
"""


def test_cells_are_those_of_the_closures() -> None:
    program = Program(COUNTERS)
    names = ["inc", "get", "other"]
    by_hand = closures_by_hand(program.names, names)
    cells = program.look()
    views = {each.reached_by: each for each in cells.functions}
    for one in names:
        for two in names:
            labelled_alike = views[one].free == views[two].free
            assert labelled_alike == (by_hand[one] == by_hand[two])
    assert views["inc"].free == (FreeName("count", "A"),)


def test_sharers_values_and_owners() -> None:
    program = Program(COUNTERS)
    program["[inc(), inc()]"]
    cells = program.look()
    ids = {each.reached_by: each.id for each in cells.functions}
    first, second = cells.cells
    assert (first.label, first.name, first.owner) == ("A", "count", "make_counter")
    assert (first.type, first.value, first.empty) == ("int", "2", False)
    assert first.shared_by == (ids["inc"], ids["get"])
    assert (second.label, second.value) == ("B", "0")
    assert second.shared_by == (ids["other"], ids["_"])


def test_order_is_that_of_binding() -> None:
    cells = Program(COUNTERS).look()
    reached = [each.reached_by for each in cells.functions]
    assert reached == ["make_counter", "inc", "get", "other", "_"]
    assert [each.id for each in cells.functions] == ["f1", "f2", "f3", "f4", "f5"]
    assert cells.functions[0].cell_names == ("count",)


def test_letters_follow_co_freevars() -> None:
    program = Program("def make(b, a):\n  return lambda: (b, a)\nf = make(1, 2)")
    assert program.function("f").free == (FreeName("a", "A"), FreeName("b", "B"))


def test_empty_cell() -> None:
    program = Program(
        """
        def make():
            def early(): return later
            if False: later = 1
            return early
        early = make()
        """
    )
    cell = program.cell("early", "later")
    assert (cell.empty, cell.type, cell.value) == (True, None, None)


def test_none_is_a_value() -> None:
    program = Program("def make(x):\n  return lambda: x\nf = make(None)")
    cell = program.cell("f", "x")
    assert (cell.empty, cell.type, cell.value) == (False, "NoneType", "None")


def test_cell_that_holds_itself() -> None:
    program = Program(
        "import types\nc = types.CellType(); c.cell_contents = c\n"
        "def make(x):\n  return lambda: x\nf = make(c)"
    )
    assert program.cell("f", "x").value == "cell holding cell holding …"


def test_one_cell_under_two_names() -> None:
    program = Program(COUNTERS + "def zs(z=0):\n  def g(): return z\n  return g\n")
    program.run("get.__code__ = zs().__code__")
    cells = program.look()
    get = next(each for each in cells.functions if each.reached_by == "get")
    assert get.free == (FreeName("z", "A"),)
    cell = next(each for each in cells.cells if each.label == "A")
    assert (cell.name, cell.owner) == ("count", None)  # two sources say two things: nobody knows


def test_cells_made_by_hand_have_no_owner() -> None:
    program = Program(COUNTERS + "import types\n")
    code = program["get.__code__"]
    program.inspector.note_code(code)  # as the audit hook does
    program.run("hand = types.FunctionType(get.__code__, {}, closure=(types.CellType(5),))")
    cell = program.cell("hand", "count")
    assert (cell.value, cell.owner) == ("5", None)
    assert program.cell("inc", "count").owner == "make_counter"  # its own code was not used


def test_what_the_library_generates_is_not_the_learners() -> None:
    program = Program(
        """
        import dataclasses, collections, functools, contextlib, enum, typing
        @dataclasses.dataclass(order=True)
        class P:
            x: int = 0
            y: list = dataclasses.field(default_factory=list)
        N = collections.namedtuple("N", "a b")
        class T(typing.NamedTuple): a: int = 1
        class E(enum.Enum): A = 1
        @contextlib.contextmanager
        def cm(): yield
        @functools.singledispatch
        def sd(x): return x
        """
    )
    reached = [each.reached_by for each in program.look().functions]
    assert reached == ["cm.__wrapped__", "sd.__wrapped__"]


def test_code_of_exec_is_the_learners_once_it_is_noted() -> None:
    program = Program("space = {}")
    code = compile("def make(x):\n  return lambda: x\nf = make(1)", "<string>", "exec")
    exec(code, program["space"])
    assert program.look().functions == ()
    program.inspector.note_code(code)
    assert [each.name for each in program.look().functions] == ["make", "<lambda>"]
    assert program.cell("space['f']", "x").owner == "make"


def test_partial_and_cached() -> None:
    program = Program(
        """
        from functools import lru_cache, partial
        @lru_cache
        def fib(n): return n
        p = partial(fib, 1)
        pp = [partial(p)]
        no = partial(print), lru_cache(len)
        """
    )
    cells = program.look()
    views = {each.reached_by: each for each in cells.functions}
    assert list(views) == ["fib", "p", "fib.__wrapped__", "pp[0]"]
    assert views["fib"].kind is FunctionKind.CACHED
    assert views["fib"].wraps == views["fib.__wrapped__"].id
    assert views["p"].kind is views["pp[0]"].kind is FunctionKind.PARTIAL
    assert views["p"].wraps == views["pp[0]"].wraps == views["fib"].id
    assert views["p"].name == "fib"
    assert views["p"].why_no_cells == (
        "a partial keeps its function and arguments in attributes, not in cells"
    )


def test_wraps_goes_past_a_bound_method() -> None:
    program = Program(
        """
        import functools
        class K:
            def m(self): pass
        @functools.wraps(K().m)
        def f(): pass
        """
    )
    assert program.function("f").wraps == program.function("K.m").id


def test_limit_counts_the_rest() -> None:
    program = Program("def make(n):\n  return lambda: n\nfs = [make(i) for i in range(9)]", limit=4)
    cells = program.look()
    assert [each.reached_by for each in cells.functions] == ["make", "fs[0]", "fs[1]", "fs[2]"]
    assert cells.more == 6
    assert [cell.shared_by for cell in cells.cells] == [("f2",), ("f3",), ("f4",)]


def test_hints_keep_letters_from_run_to_run() -> None:
    hints = (LabelHint("make_counter", "count", ("D", "A")), LabelHint("gone", "x", ("B",)))
    program = Program(COUNTERS + "third, _ = make_counter()", hints)
    letters = [program.function(name).free[0].cell for name in ("inc", "other", "third")]
    assert letters == ["D", "A", "C"]


def test_views_are_whole() -> None:
    cells = Program(
        "from functools import partial\n"
        + COUNTERS
        + "p = partial(inc)\ne = [lambda n=n: n for n in 'a']"
    ).look()
    views: list[FunctionView | CellView | FreeName]
    views = [*cells.functions, *cells.cells, *cells.functions[1].free]
    for view in views:
        assert type(view)(*view) == view
        for name, wanted in get_type_hints(type(view)).items():
            kinds = (
                get_args(wanted) if isinstance(wanted, UnionType) else get_origin(wanted) or wanted
            )
            assert isinstance(getattr(view, name), kinds), name
