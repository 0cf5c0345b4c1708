"""Places that few think of, what the collector alone knows, and the limits of the search."""

from __future__ import annotations

from unittest.mock import patch

from tests.harness.programs import MAKE, Program, lies_in, reaches
from tutor.protocol.views import NOT_BY_NAME, TOO_MUCH_TO_SEARCH
from tutor.worker.inspector import frontier
from tutor.worker.inspector.frontier import MOST_OF_ONE


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


def test_of_two_ways_as_short_the_one_in_pythons_notation_wins() -> None:
    source = "def use(f): return lambda: f\nuses = use(make()); box = [uses()]"
    reaches(source, "box[0]")


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


def test_more_objects_than_can_be_searched() -> None:
    source = """
    class Node: __slots__ = "next"
    first = node = Node()
    for _ in range(100): node.next = Node(); node = node.next
    node.next = make()
    del node
    """
    program = Program(MAKE)
    program.run(source)
    with patch.object(frontier, "MOST_OF_ALL", 40):
        assert program.cell(TOO_MUCH_TO_SEARCH, "n").value == "41"
