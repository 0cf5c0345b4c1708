"""Places in which a program keeps a function: found, and reached as Python would."""

from __future__ import annotations

import sys

from tests.harness.programs import lies_in, reaches


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


def test_frozendict() -> None:
    if sys.version_info >= (3, 15):
        reaches("view = frozendict({1: make()})", "view[1]")
        lies_in("view = frozendict({make(): 1})", "inside view")


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


def test_class_attribute_that_the_metaclass_hides() -> None:
    reaches("class K: __class__ = property(make())", "K.__dict__['__class__'].fget")


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
    lies_in(source, "inside p")


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
