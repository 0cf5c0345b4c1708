"""Every place in which a program can keep a function: found, and reached as Python would."""

from __future__ import annotations

from types import FunctionType

from tutor.worker.cells import NOT_BY_NAME, TOO_MUCH_TO_SEARCH
from tutor.worker.reach import MOST_OF_ONE

from .looking import Program, elsewhere, view_of

MAKE = """
def make(n=41):
    def held(*_): return n
    return held
class Box: pass
"""


def reaches(source: str, path: str) -> None:
    """The function made in `source` is reached by `path`, which is Python for that function."""
    program = Program(MAKE + source)
    cells = program.look()
    [held] = [each for each in cells.functions if each.name == "held" and each.free]
    assert held.reached_by == path
    function = program[path]
    assert type(function) is FunctionType
    [cell] = function.__closure__ or ()
    assert program.inspector.label_of(cell) == held.free[0].cell
    assert view_of(cells, path, "n").value == repr(cell.cell_contents) == "41"


def lies_in(source: str, path: str) -> Program:
    """The function made in `source` is found, at a place for which Python has no notation."""
    program = Program(MAKE + source)
    cells = program.look()
    assert [each.reached_by for each in cells.functions if each.name == "held"] == [path]
    assert view_of(cells, path, "n").value == "41"
    return program


def test_module_name() -> None:
    reaches("add5 = make()", "add5")


def test_name_that_is_no_identifier() -> None:
    reaches("globals()['add 5'] = make()", "globals()['add 5']")


def test_list() -> None:
    reaches("funcs = [1, 'x', make()]", "funcs[2]")


def test_list_in_a_tuple() -> None:
    reaches("funcs = 1, [make()]", "funcs[1][0]")


def test_dict() -> None:
    reaches("ops = {'deposit': make()}", "ops['deposit']")


def test_dict_by_number_and_by_tuple() -> None:
    reaches("ops = {7: make()}", "ops[7]")
    reaches("ops = {(1, 'a'): make()}", "ops[(1, 'a')]")
    reaches("ops = {(True,): make()}", "ops[(True,)]")


def test_dict_by_a_key_without_a_notation() -> None:
    lies_in("ops = {Box(): make()}", "inside ops")


def test_key_of_a_dict() -> None:
    lies_in("names = {make(): 'held'}", "inside names")


def test_set_and_frozenset() -> None:
    lies_in("handlers = {make()}", "inside handlers")
    lies_in("handlers = frozenset({make()})", "inside handlers")


def test_inside_stays_inside() -> None:
    lies_in("handlers = {(1, make())}", "inside handlers")


def test_deque() -> None:
    reaches("from collections import deque; todo = deque([make()])", "todo[0]")


def test_mappingproxy() -> None:
    reaches("from types import MappingProxyType; view = MappingProxyType({1: make()})", "view[1]")


def test_subclasses_of_containers() -> None:
    reaches("class D(dict): pass\nd = D(a=make())", "d['a']")
    reaches("class L(list): pass\nl = L([make()])", "l[0]")
    reaches("class L(list): pass\nl = L(); l.hook = make()", "l.hook")
    reaches("from collections import OrderedDict; d = OrderedDict(a=make())", "d['a']")


def test_instance_attribute() -> None:
    reaches("box = Box(); box.callback = make()", "box.callback")


def test_attribute_of_an_attribute() -> None:
    reaches("box = Box(); box.inner = Box(); box.inner.f = make()", "box.inner.f")


def test_attribute_that_is_no_identifier() -> None:
    reaches("box = Box(); setattr(box, 'a b', make())", "box.__dict__['a b']")


def test_slot() -> None:
    reaches("class S: __slots__ = 'f', 'empty'\ns = S(); s.f = make()", "s.f")


def test_class_attribute_and_methods() -> None:
    reaches("Box.hook = make()", "Box.hook")
    reaches("Box.still = staticmethod(make())", "Box.still")
    reaches("Box.of = classmethod(make())", "Box.of.__func__")
    reaches("Box.size = property(make())", "Box.size.fget")


def test_class_held_by_an_instance_only() -> None:
    reaches("class K: pass\nK.hook = make()\nk = K()\ndel K", "type(k).hook")


def test_class_held_by_a_subclass_only() -> None:
    reaches("class K: hook = make()\nclass L(K): pass\ndel K", "L.__bases__[0].hook")


def test_metaclass() -> None:
    reaches(
        "class M(type): pass\nM.hook = make()\nclass K(metaclass=M): pass\ndel M", "type(K).hook"
    )


def test_descriptor_of_the_learners() -> None:
    reaches(
        "class D:\n  def __init__(self, f): self.f = f\n  def __get__(self, *_): 1 / 0\n"
        "Box.d = D(make())",
        "Box.__dict__['d'].f",
    )


def test_default_argument() -> None:
    reaches("def outer(a, f=make()): pass", "outer.__defaults__[0]")


def test_keyword_only_default() -> None:
    reaches("def outer(*, f=make()): pass", "outer.__kwdefaults__['f']")


def test_another_cell() -> None:
    lies_in("def use(f):\n  return lambda: f\nuses = use(make())", "uses ▸ f")


def test_dict_in_a_cell() -> None:
    lies_in(
        "def use(ops):\n  return lambda: ops\naccount = use({'a': make()})", "account ▸ ops['a']"
    )


def test_cell_object() -> None:
    reaches("import types; c = types.CellType(make())", "c.cell_contents")


def test_function_attribute() -> None:
    reaches("def outer(): pass\nouter.helper = make()", "outer.helper")


def test_partial() -> None:
    reaches("from functools import partial; p = partial(make())", "p.func")
    reaches("from functools import partial; p = partial(print, make())", "p.args[0]")
    reaches("from functools import partial; p = partial(print, end=make())", "p.keywords['end']")


def test_partial_whose_attribute_is_overridden() -> None:
    source = "from functools import partial\nclass P(partial): func = property()\np = P(make())"
    lies_in(source, "p.func")


def test_lru_cache() -> None:
    reaches("from functools import lru_cache; c = lru_cache(make())", "c.__wrapped__")


def test_result_in_an_lru_cache() -> None:
    lies_in("from functools import lru_cache\nc = lru_cache(make); c(41)", "inside c")


def test_chain_of_wraps() -> None:
    reaches(
        "import functools\n"
        "def log(f):\n"
        "  @functools.wraps(f)\n"
        "  def wrapper(): return f()\n"
        "  return wrapper\n"
        "job = log(log(make()))",
        "job.__wrapped__.__wrapped__",
    )


def test_behind_a_wrapper_of_the_library() -> None:
    reaches("from contextlib import contextmanager; cm = contextmanager(make())", "cm.__wrapped__")


def test_bound_method() -> None:
    reaches("import types; m = types.MethodType(make(), 1)", "m.__func__")
    reaches("box = Box(); box.f = make(); m = box.__repr__; del box", "m.__self__.f")


def test_method_of_a_builtin_object() -> None:
    reaches(
        "handlers = [make()]; subscribe = handlers.append; del handlers", "subscribe.__self__[0]"
    )


def test_generator_in_flight() -> None:
    lies_in("def count(f):\n  yield f\ng = count(make()); next(g)", "inside g")


def test_function_of_a_generator_in_flight() -> None:
    program = Program("def owner(k):\n  def count(): yield k\n  return count()\ng = owner(3)")
    assert program.function("inside g").name == "count"
    assert program.cell("inside g", "k").value == "3"


def test_coroutine_and_async_generator_in_flight() -> None:
    program = lies_in("async def job(f): pass\nj = job(make())", "inside j")
    program.run("j.close()")  # else Python warns that nobody awaited it
    lies_in("async def job(f): yield f\nj = job(make())", "inside j")


def test_iterators() -> None:
    lies_in("i = iter(make(), 5)", "inside i")
    lies_in("m = map(make(), [1])", "inside m")


def test_exception() -> None:
    lies_in("e = ValueError(make())", "inside e")
    reaches("e = ValueError(); e.hook = make()", "e.hook")


def test_frame_of_a_kept_traceback() -> None:
    lies_in("def fail(f): 1 / 0\ntry: fail(make())\nexcept Exception as e: kept = e", "inside kept")


def test_callback_of_a_weak_reference() -> None:
    reaches("import weakref; box = Box(); r = weakref.ref(box, make())", "r.__callback__")


def test_context_variable_and_thread_local() -> None:
    lies_in("import threading; t = threading.local(); t.f = make()", "inside t")
    lies_in("from contextvars import ContextVar\nv = ContextVar('v'); v.set(make())", NOT_BY_NAME)


def test_held_by_the_interpreter_only() -> None:
    source = "import atexit; f = make(); atexit.register(f); del f"
    program = Program(MAKE + source)
    try:
        assert NOT_BY_NAME in [each.reached_by for each in program.look().functions]
    finally:
        program.run("atexit._clear()")


def test_hidden_from_the_collector() -> None:
    program = Program(MAKE + "ops = {'a': [make()]}")
    program.run("import gc; gc.freeze()")
    try:
        assert program.cell("ops['a'][0]", "n").value == "41"
    finally:
        program.run("gc.unfreeze()")


def test_functions_of_library_classes_are_not_searched() -> None:
    program = Program(
        "import argparse, logging\nclass Parser(argparse.ArgumentParser): pass\np = Parser()"
    )
    assert program.look().functions == ()


def test_first_and_shortest_reach_wins() -> None:
    program = Program(MAKE + "deep = [[make()]]\nshort = deep[0][0]\nagain = short")
    assert [each.reached_by for each in program.look().functions if each.name == "held"] == [
        "short"
    ]


def test_a_long_chain_is_cut_to_its_beginning() -> None:
    source = """
    node = Box(); first = node
    for _ in range(60): node.next = Box(); node = node.next
    node.f = make()
    del node
    """
    program = Program(MAKE)
    program.run(source)
    [held] = [each for each in program.look().functions if each.name == "held"]
    assert held.reached_by.startswith("inside first.next.next")
    assert len(held.reached_by) < 100


def test_more_than_can_be_searched() -> None:
    program = Program(MAKE + f"many = [0] * {MOST_OF_ONE + 1}; many.append(make())")
    assert program.cell(TOO_MUCH_TO_SEARCH, "n").value == "41"


def test_same_on_other_pythons() -> None:
    elsewhere(__name__)
