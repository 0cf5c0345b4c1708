"""A look disturbs nothing of the program, and nothing of the program disturbs a look."""

from __future__ import annotations

import gc
import os
import threading
import weakref
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.harness.programs import Program, view_of
from tutor.protocol.reports import Status
from tutor.worker.cpython.objects import first

if TYPE_CHECKING:
    from tests.harness.runs import Run


MODULES = (
    "dataclasses functools gc inspect json operator types weakref",
    "atexit os posix resource select signal sys threading time",
)
REPLACE = """
def make(n):
    def f(): return n
    return f
class Loud:
    def __repr__(self): return "Loud"
kept = [make(1), make([2]), make(Loud())]
import builtins, importlib
def evil(*_, **__): raise RuntimeError("replaced")
modules = [*map(importlib.import_module, {})]
# All first: since 3.15 what a module imports may come when it is asked for (PEP 810).
found = [(module, name, getattr(module, name)) for module in modules for name in list(vars(module))]
for module, name, value in found:
    if not name.startswith("__") and callable(value): setattr(module, name, evil)
for name in ("len", "isinstance", "type", "id", "repr", "sorted", "zip", "dict", "tuple", "str"):
    setattr(builtins, name, evil)
"""


def test_an_object_dies_when_the_learner_lets_go_of_it() -> None:
    program = Program(
        """
        class Heavy:
            def __repr__(self): return "heavy"
        def make(data):
            return lambda: data
        f = make(Heavy())
        """
    )
    data = weakref.ref(program["f()"])
    function = weakref.ref(program["f"])
    assert program.cell("f", "data").value == "heavy"
    gc.disable()
    try:
        program.run("del f")
        assert function() is None
        assert data() is None
        program.look()
    finally:
        gc.enable()


def test_a_look_collects_nothing() -> None:
    program = Program(
        """
        gone = []
        class Node:
            def __del__(self): gone.append(1)
        def cycle():
            node = Node(); node.me = node
            return lambda: node
        """
    )
    threshold = gc.get_threshold()
    gc.set_threshold(1)
    try:
        gc.disable()
        program.run("cycle()")
        gc.enable()
        program.inspector.look()
        assert gc.isenabled()
    finally:
        gc.disable()
        gc.set_threshold(*threshold)
        found = list(program["gone"])
        gc.enable()
    assert found == []


def test_no_code_of_the_learners_runs() -> None:
    program = Program(
        """
        import os
        ran = []
        def note(name):
            def method(self, *arguments):
                ran.append((name, os.getpid()))
                raise RuntimeError(name)
            return method
        names = '''__eq__ __ne__ __hash__ __bool__ __len__ __iter__ __getattribute__ __getattr__
                   __call__ __get__ __getitem__ __contains__ __str__ __format__ __index__ __int__
                   __lt__ __sizeof__ __dir__ __instancecheck__ __subclasscheck__ __mro_entries__
                   __missing__ items keys values append __reduce__ __next__ __float__'''.split()
        body = {name: note(name) for name in names}
        loud = dict(body, __class__=property(note("__class__")), __dict__=property(note("dict")),
                    __module__=property(note("module")), __name__=property(note("name")))
        class Loud: pass
        Loud = type("Loud", (), loud)
        Meta = type("Meta", (type,), dict(body, mro=lambda self: type.mro(self),
                    __name__=property(note("name")), __mro__=property(note("mro"))))
        OfMeta = Meta("OfMeta", (), {})
        bases = list, dict, tuple, set, frozenset, str, int, float, bytes
        kinds = [type("L" + base.__name__, (base,), dict(body)) for base in bases]
        def make(value):
            def held(default=value): return value
            return held
        made = [make(object.__new__(kind)) for kind in (Loud, OfMeta)]
        made += [make(base.__new__(kind)) for kind, base in zip(kinds, bases)]
        made += [make(OfMeta), make([object.__new__(Loud)]), make(Meta), make(kinds)]
        made[0].attribute = object.__new__(Loud)
        globals()[object.__new__(type("Key", (), {"__repr__": note("repr")}))] = make(1)
        """
    )
    program["ran"].clear()
    cells = program.look()
    assert [run for run in program["ran"] if run[1] == os.getpid()] == []
    assert len(cells.cells) > 15
    assert view_of(cells, "made[0]", "value").value == "<Loud object>"
    assert view_of(cells, "made[1]", "value").type == "OfMeta"
    assert view_of(cells, "made[2]", "value").value == "Llist([])"


def test_threads_may_go_on_meanwhile() -> None:
    program = Program(
        """
        import threading
        def make(n): return lambda: n
        stop = threading.Event()
        ops = {}
        def churn():
            while not stop.is_set():
                for n in range(200): ops[n] = make({n: ops})
                ops.clear()
        """
    )
    churning = threading.Thread(target=program["churn"])
    churning.start()
    try:
        for _ in range(30):
            assert program.look(run_learners_code=False).functions
    finally:
        program["stop"].set()
        churning.join()


def test_a_container_is_read_again_if_a_thread_changed_it_before_it_was_read() -> None:
    numbers = {1: 1, 2: 2}
    turns = iter([3, 4])

    def late(container: dict[int, int]) -> Iterator[tuple[int, int]]:
        items = iter(container.items())
        if turn := next(turns, 0):
            numbers[turn] = turn
        return items

    assert first(3, late, numbers) == [(1, 1), (2, 2), (3, 3)]
    assert numbers.keys() == {1, 2, 3, 4}


async def test_whatever_the_learner_replaces(run: Run) -> None:
    for modules in MODULES:
        outcome = await run(REPLACE.format(modules.split()))
        assert outcome.finished.status is Status.FINISHED
        assert outcome.cells is not None
        assert [cell.value for cell in outcome.cells.cells][:3] == ["1", "[2]", "Loud"]
