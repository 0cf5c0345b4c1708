"""What the compiler makes of annotations, type parameters and aliases is told apart from what is written."""

from __future__ import annotations

import sys
from textwrap import dedent

from tests.harness.programs import Program
from tutor.protocol.views import Cells, CompiledFunction, Role
from tutor.worker.inspector.scopes import scope_map

HAS_TYPE_PARAMETERS = sys.version_info >= (3, 12)
HAS_DEFAULTS = sys.version_info >= (3, 13)
TELLS_ANNOTATIONS = sys.version_info >= (3, 14)
ANNOTATED = """
count: int = 0
def outer(kind):
    Local = kind
    def g(y: Local) -> str: return y
    class C:
        a: Local = 1
        if a:
            b: int = 2
        def m(self) -> Local: return __class__
    return g, C
g, C = outer(int)
h, D = outer(str)
def plain(n: int): pass
def keep(x):
    def show(y: x = x) -> x: return x
    return show
show = keep(1)
"""
GENERIC = """
def first[T: int](x: list[T]) -> T: return T
class Box[T: (int, str)](list):
    v: T
    w = 1
    def put[U: T](self, u: U) -> T: return T, w
type Pair[A] = tuple[A, A]
def make():
    B = 3
    type Loc = list[B]
    class Inner[Q]: pass
    def f[T: B](x): return x
    def generic[T](): pass
    def read(): return Loc, Inner, generic
    return f, Loc, Inner, generic, lambda: 1, read
f, Loc, Inner, generic, one, read = make()
"""


def titles(cells: Cells) -> list[str]:
    return sorted(f"{each.purpose.title}, {each.purpose.owner}" for each in cells.compiled)


def of(cells: Cells, title: str, function: str | None = None) -> CompiledFunction:
    """The one with this title that is a part of the function which is reached so."""
    [found] = [
        each
        for each in cells.compiled
        if each.purpose.title == title
        and (function is None or each.function == id_of(cells, function))
    ]
    return found


def id_of(cells: Cells, reached_by: str) -> str:
    return next(view.id for view in cells.functions if view.reached_by == reached_by)


def test_the_learners_functions_and_letters_are_the_same_on_every_python() -> None:
    cells = Program(ANNOTATED).look()
    reached = ["outer", "g", "h", "plain", "keep", "show", "C.m", "D.m"]
    assert [view.reached_by for view in cells.functions] == reached
    told = [(cell.label, cell.name, cell.owner, len(cell.shared_by)) for cell in cells.cells]
    in_class = "outer.<locals>.C"
    assert told == [
        ("A", "x", "keep", 1),
        ("B", "__class__", in_class, 1),
        ("C", "__class__", in_class, 1),
    ]


def test_annotations_and_what_they_capture() -> None:
    cells = Program(ANNOTATED).look()
    if not TELLS_ANNOTATIONS:
        assert (cells.compiled, cells.compiled_cells) == ((), ())
        return
    assert titles(cells) == [
        "annotations of C, outer.<locals>.C",
        "annotations of C, outer.<locals>.C",
        "annotations of g, outer.<locals>.g",
        "annotations of g, outer.<locals>.g",
        "annotations of m, outer.<locals>.C.m",
        "annotations of m, outer.<locals>.C.m",
        "annotations of plain, plain",
        "annotations of show, keep.<locals>.show",
        "annotations of the module, <module>",
    ]
    mine, theirs = of(cells, "annotations of g", "g"), of(cells, "annotations of g", "h")
    assert (mine.reached_by, theirs.reached_by) == ("g.__annotate__", "h.__annotate__")
    values = {cell.label: cell.value for cell in cells.compiled_cells}
    assert [(name, values[label]) for name, label in (*mine.free, *theirs.free)] == [
        ("Local", "class int"),
        ("Local", "class str"),
    ]
    shared = of(cells, "annotations of show")
    assert [tuple(free) for free in shared.free] == [("x", "A")]  # the cell that `show` holds too
    of_classes = [each for each in cells.compiled if each.purpose.of == "C"]
    assert [each.reached_by[-17:] for each in of_classes] == [".__annotate_func__"[-17:]] * 2
    names = {cell.name for cell in cells.compiled_cells}
    assert names == {"Local", "__classdict__", "__conditional_annotations__"}
    assert all(cell.label.islower() for cell in cells.compiled_cells)
    ids = {each.id for each in cells.compiled}
    assert all(ids.issuperset(cell.shared_by) for cell in cells.compiled_cells)


def test_an_annotate_that_is_written_is_listed() -> None:
    program = Program(
        """
        def __annotate__(format, /):
            if format > 2: raise NotImplementedError
            return {}
        class K:
            def __annotate__(format, /):
                if format > 2: raise NotImplementedError
                return {}
            def __annotate_func__(format, /):
                if format > 2:
                    raise NotImplementedError
                return {}
        def make(T, Alias):
            def f(x: T): pass
            def __annotate__(format, /):
                if format > 2: raise NotImplementedError
                return T, Alias
            f.__annotate__ = __annotate__
            return f
        f = make(1, 2)
        """
    )
    lines = {view.line: view.reached_by for view in program.look().functions}
    assert lines.keys() == {2, 6, 9, 13, 14, 15}
    assert lines[15] == "f.__annotate__"
    free = [view.free for view in program.look().functions if view.line == 15]
    assert [[each.name for each in names] for names in free] == [["Alias", "T"]]


def test_a_class_and_a_function_of_one_line_each_have_theirs() -> None:
    cells = Program("def f(x: int): pass\nclass K: x: f\nk = lambda: K.x").look()
    assert [view.reached_by for view in cells.functions] == ["f", "k"]


def test_bounds_defaults_and_values() -> None:
    if not HAS_TYPE_PARAMETERS:
        return
    cells = Program(GENERIC).look()
    reached = [view.reached_by for view in cells.functions]
    assert reached == ["first", "make", "f", "generic", "one", "read", "Box.put"]
    expected = {
        "bound of T, first",
        "constraints of T, Box",
        "bound of U, Box.put",
        "value of alias Pair, Pair",
        "value of alias Loc, make.<locals>.Loc",
        "bound of T, make.<locals>.f",
    }
    without = {title for title in titles(cells) if not title.startswith("annotations")}
    assert without == expected
    bound = of(cells, "bound of T", "f")
    assert (bound.purpose.role, [free.name for free in bound.free]) == (Role.BOUND, ["B"])
    assert bound.free[0].cell in {cell.label for cell in cells.compiled_cells}
    assert of(cells, "bound of U").function == id_of(cells, "Box.put")
    # What a function captures of its type parameters is its own.
    owners = [cell.owner for cell in cells.cells if cell.name == "T"]
    assert owners == ["<generic parameters of first>", "<generic parameters of Box>"]


def test_defaults_of_type_parameters() -> None:
    if not HAS_DEFAULTS:
        return
    cells = Program("def f[T = int, *U = int, **P = [int]](): pass\ntype A[T: int = f] = T").look()
    assert [view.reached_by for view in cells.functions] == ["f"]
    assert titles(cells) == [
        "bound of T, A",
        "default of P, f",
        "default of T, A",
        "default of T, f",
        "default of U, f",
        "value of alias A, A",
    ]


def test_type_parameters_while_their_scope_runs() -> None:
    if not HAS_TYPE_PARAMETERS:
        return
    program = Program("seen = []\ndef base():\n  seen.append(look())\n  return list")
    program.names["look"] = program.look
    program.run("class Box[T](base()): pass")
    [cells] = program["seen"]
    assert [view.reached_by for view in cells.functions] == ["base"]
    assert titles(cells) == ["type parameters of Box, Box"]


def test_a_generic_function_or_class_is_no_variable_that_is_left() -> None:
    if not HAS_TYPE_PARAMETERS:
        return
    for name in ("f", "generic", "one"):
        view = Program(GENERIC).function(name)
        assert [tuple(each) for each in view.not_captured] == [("B", "the body never uses it")]
    source = "def f[T](): pass\nclass Box[T]: pass\ntype A = int\ndef make():\n  def g(): return f, Box, A\n  return g\ng = make()"
    assert Program(source).function("g").not_captured == ()


def test_a_generic_method_does_not_see_the_names_of_its_class() -> None:
    if not HAS_TYPE_PARAMETERS:
        return
    [reason] = Program(GENERIC).function("Box.put").not_captured
    assert reason.why == "`w` is bound in the class body, whose names its functions do not see"


def test_a_copy_by_hand_of_what_the_compiler_made() -> None:
    if not TELLS_ANNOTATIONS:
        return
    program = Program(ANNOTATED + "import types\n")
    program.inspector.note_code(program["g.__annotate__.__code__"])  # as the audit hook does
    program.run(
        "copy = types.FunctionType(g.__annotate__.__code__, {}, closure=g.__annotate__.__closure__)"
    )
    cells = program.look()
    assert "copy" not in {view.reached_by for view in cells.functions}
    copied = next(each for each in cells.compiled if each.reached_by == "copy")
    assert (copied.purpose.title, copied.function) == ("annotations of g", None)


def test_a_lambda_in_an_annotation_is_written() -> None:
    source = "def outer(n):\n  def g(y: (lambda: n)): pass\n  return g, g.__annotations__['y']\ng, f = outer(4)"
    cells = Program(source).look()
    assert [view.reached_by for view in cells.functions] == ["outer", "g", "f"]
    assert [(cell.label, cell.name, cell.owner) for cell in cells.cells] == [("A", "n", "outer")]


def test_what_is_typed_at_the_prompt() -> None:
    program = Program("")
    program.run("x: int = 1\ndef f(y: int): pass\nclass K:\n  z: f")
    program.run("x: str = ''")
    assert [view.reached_by for view in program.look().functions] == ["f"]


def test_names_before_a_run() -> None:
    found = scope_map(dedent(ANNOTATED))
    assert [view.qualname for view in found.functions] == [
        "outer",
        "outer.<locals>.g",
        "outer.<locals>.C.m",
        "plain",
        "keep",
        "keep.<locals>.show",
    ]
    source = "def outer(kind):\n  def g(y: kind): pass\n  return g"
    [kind, _] = scope_map(source).functions[0].names
    captured = "captured by the annotations of g" if TELLS_ANNOTATIONS else "a parameter"
    assert captured in kind.evidence


def test_names_of_generics_before_a_run() -> None:
    if not HAS_TYPE_PARAMETERS:
        return
    functions = {view.qualname: view for view in scope_map(GENERIC).functions}
    assert [*functions] == [
        "first",
        "Box.put",
        "make",
        "make.<locals>.f",
        "make.<locals>.generic",
        "make.<locals>.read",
        "make.<locals>.<lambda>",
    ]
    assert [view.depth for view in functions.values()] == [0, 1, 0, 1, 1, 1, 1]
    told = {each.name: each.evidence for view in functions.values() for each in view.names}
    assert told["T"] == "captured from the type parameters of Box, so LOAD_DEREF"
    assert told["B"] == "assigned on line 9, captured by the value of alias Loc, so STORE_DEREF"
