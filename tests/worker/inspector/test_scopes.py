"""Names of a function: local, cell, free, global or builtin, each with its evidence."""

from __future__ import annotations

from tests.harness.programs import Program
from tutor.protocol.views import NameScope, Scope
from tutor.worker.inspector.scopes import ScopeReader

SOURCE = """\
z = 3
def outer(p):
    x = 1
    def middle():
        def inner(a, *rest):
            nonlocal x
            global made
            y = len(rest)
            x = made = z + p
            missing
            a.attribute
            for each in rest: pass
            return y
        return inner
    return middle()
fn = outer(1)
"""


def scopes(qualname: str, source: str = SOURCE) -> dict[str, tuple[Scope, str]]:
    return {each.name: (each.scope, each.evidence) for each in names(qualname, source)}


def names(qualname: str, source: str = SOURCE) -> tuple[NameScope, ...]:
    program = Program(source)
    program.names["__builtins__"] = {"len": len, "print": print}
    program.look()
    labels = ScopeReader(program.code, qualname).labels(program.names, program.inspector)
    assert labels.function == qualname
    return labels.names


def test_inner() -> None:
    assert scopes("outer.<locals>.middle.<locals>.inner") == {
        "a": (Scope.LOCAL, "a parameter"),
        "rest": (Scope.LOCAL, "a parameter"),
        "y": (Scope.LOCAL, "assigned on line 8, so STORE_FAST"),
        "each": (Scope.LOCAL, "assigned on line 12, so STORE_FAST"),
        "p": (Scope.FREE, "captured from outer, so LOAD_DEREF"),
        "x": (Scope.FREE, "captured from outer, assigned on line 9, so STORE_DEREF"),
        "len": (Scope.BUILTIN, "found in builtins"),
        "z": (Scope.GLOBAL, "found in the module when it runs"),
        "made": (Scope.GLOBAL, "declared global, so STORE_GLOBAL"),
        "missing": (Scope.GLOBAL, "found neither in the module nor in builtins"),
    }


def test_middle_hands_on() -> None:
    hands_on = (Scope.FREE, "captured from outer, to hand on to an inner function")
    assert scopes("outer.<locals>.middle") == {
        "inner": (Scope.LOCAL, "assigned on line 5, so STORE_FAST"),
        "p": hands_on,
        "x": hands_on,
    }


def test_outer_owns() -> None:
    assert scopes("outer") == {
        "p": (Scope.CELL, "a parameter, captured by middle, so MAKE_CELL"),
        "x": (Scope.CELL, "assigned on line 3, captured by middle, so STORE_DEREF"),
        "middle": (Scope.LOCAL, "assigned on line 4, so STORE_FAST"),
    }


def test_free_names_have_the_label_of_the_cell_of_a_live_function() -> None:
    program = Program(SOURCE)
    inner = "outer.<locals>.middle.<locals>.inner"
    reader = ScopeReader(program.code, inner)
    assert {each.cell for each in reader.labels(program.names, program.inspector).names} == {None}
    program.look()
    labels = {
        each.name: each.cell for each in reader.labels(program.names, program.inspector).names
    }
    by_hand = dict(zip(program["fn.__code__.co_freevars"], program["fn.__closure__"], strict=True))
    for name, cell in by_hand.items():
        assert labels[name] == program.inspector.label_of(cell)
    assert labels["y"] is None


def test_a_module_may_shadow_a_builtin() -> None:
    source = "def f(): return len\nlen = 1"
    assert scopes("f", source)["len"] == (Scope.GLOBAL, "found in the module when it runs")


def test_two_instructions_in_one() -> None:
    source = "def f(a, b):\n  c = a\n  d = b; return a, b, c, d"
    assert scopes("f", source)["d"] == (Scope.LOCAL, "assigned on line 3, so STORE_FAST")


def test_class_body_and_method() -> None:
    source = "class K:\n  rate = 1\n  def m(self): return __class__, rate"
    assert scopes("K", source)["rate"] == (Scope.LOCAL, "assigned on line 2, so STORE_NAME")
    assert scopes("K.m", source) == {
        "self": (Scope.LOCAL, "a parameter"),
        "__class__": (Scope.FREE, "captured from K, so LOAD_DEREF"),
        "rate": (Scope.GLOBAL, "found neither in the module nor in builtins"),
    }


def test_of_two_functions_of_one_name_the_one_with_known_cells() -> None:
    source = (
        "def make(x):\n  def f(): return x\n  return f\n"
        "kept = make(1)\n"
        "def make(y):\n  def f(): return y\n  return f\n"
    )
    assert list(scopes("make.<locals>.f", source)) == ["x"]
    assert list(scopes("make", source)) == ["y", "f"]


def test_no_such_function() -> None:
    assert names("nobody") == ()


def test_keys_that_are_no_names_are_not_compared() -> None:
    class Key:
        def __hash__(self) -> int:
            return hash("len")

        def __eq__(self, other: object) -> bool:
            raise RuntimeError

    namespace = {Key(): 1, "__builtins__": {"len": len}}
    code = compile("def f(): return len", "program.py", "exec")
    [name] = ScopeReader(code, "f").labels(namespace).names  # type: ignore[arg-type]
    assert name.scope is Scope.BUILTIN
