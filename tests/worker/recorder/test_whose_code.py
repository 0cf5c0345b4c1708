"""Each step tells whose code it was, alike on every Python: programs with known answers."""

from __future__ import annotations

from textwrap import dedent

from tests.harness.recorded import COUNTER, Recorded
from tutor.views.asked_value import literal
from tutor.views.questions import when_was, where_made, who_wrote
from tutor.views.timeline import Timeline
from tutor.views.writers import around


def writers(source: str, name: str = "n") -> list[str]:
    """Who did what to the cells of that name: `inc 5 rebound 1`."""
    recorded = Recorded(source)
    timeline = Timeline(recorded.recording)
    labels = {cell.label for cell in recorded.recording.cells if cell.name == name}
    return [
        f"{timeline.writer(step)} {step.line} {step.what} {step.after}"
        for step in recorded.steps
        if step.cell in labels
    ]


def test_functions_and_the_module() -> None:
    source = COUNTER + dedent("""
        f = make(0)
        f()
        f.__closure__[0].cell_contents = 44
    """)
    assert writers(source) == [
        "make 2 filled 0",
        "inc 5 rebound 1",
        "the module 11 rebound 44",
    ]


def test_parameters_are_given_by_the_call() -> None:
    assert writers("def make(n):\n    return lambda: n\nmake(3)\n") == ["make 1 filled 3"]


LAMBDAS = """\
def make():
    n = []
    add = lambda x: n.append(x)
    return add, lambda: n.clear()
add, clear = make()
add(1)
clear()
"""


def test_lambdas() -> None:
    assert writers(LAMBDAS) == [
        "make 2 filled []",
        "a lambda (line 3) 3 mutated [1]",
        "a lambda (line 4) 4 mutated []",
    ]


COMPREHENSIONS = """\
def make():
    n = 0
    def listed():
        nonlocal n
        return [n := x for x in (7, 8)]
    def summed():
        nonlocal n
        return sum((n := x) for x in (1, 2))
    def nested():
        nonlocal n
        return [[n := x + y for y in (0,)] for x in (5,)]
    return listed, summed, nested
for f in make(): f()
"""


def test_a_comprehension_is_of_its_function() -> None:
    assert [each.rpartition(" rebound ")[::2] for each in writers(COMPREHENSIONS)[1:]] == [
        ("listed 5", "7"),
        ("listed 5", "8"),
        ("summed 8", "1"),
        ("summed 8", "2"),
        ("nested 11", "5"),
    ]


GENERATORS = """\
def make():
    n = 0
    def count():
        nonlocal n
        while True:
            n += 1
            yield n
    return count
def drive(it):
    next(it)
    next(it)
drive(make()())
"""


def test_a_generator_writes_whoever_drives_it() -> None:
    assert writers(GENERATORS) == [
        "make 2 filled 0",
        "count 6 rebound 1",
        "count 6 rebound 2",
    ]


ASYNC = """\
import asyncio
def make():
    n = 0
    async def bump():
        nonlocal n
        n += 1
        await asyncio.sleep(0)
        n += 1
    return bump
asyncio.run(make()())
"""


def test_a_coroutine() -> None:
    assert writers(ASYNC)[1:] == ["bump 6 rebound 1", "bump 8 rebound 2"]


THREADS = """\
from threading import Thread
def make():
    n = 0
    def one():
        nonlocal n
        n += 1
    def ten():
        nonlocal n
        n += 10
    return one, ten
one, ten = make()
for f in (one, ten, one):
    thread = Thread(target=f)
    thread.start()
    thread.join()
"""


def test_threads() -> None:
    assert writers(THREADS)[1:] == ["one 6 rebound 1", "ten 9 rebound 11", "one 6 rebound 12"]


IN_PLACE = """\
def make():
    n = []
    def outer(x):
        n.append(x)
        inner(x)
    def inner(x):
        n.append(-x)
    return outer
def through(things):
    things.append(9)
    return things
f = make()
f(1)
through(f.__closure__[1].cell_contents)
end = 1
"""


def test_in_place_it_is_whose_line_it_was() -> None:
    assert writers(IN_PLACE)[1:] == [
        "outer 4 mutated [1]",
        "inner 7 mutated [1, -1]",
        "through 10 mutated [1, -1, 9]",
    ]


def test_code_from_exec_is_of_its_caller() -> None:
    source = COUNTER + dedent("""
        f = make(0)
        def run():
            exec(note("def g(): nonlocal_is_not_for_me = 1\\nf.__closure__[0].cell_contents = 5"))
        def note(text):
            code = compile(text, "<string>", "exec")
            note_code(code)
            return code
        run()
    """)
    assert writers(source)[-1] == "run 11 rebound 5"


def test_a_class_of_a_function() -> None:
    source = (
        "def make():\n    class K:\n        def me(self): return __class__\n    return K\nmake()\n"
    )
    assert writers(source, "__class__") == ["make 2 filled class K"]


def test_a_cell_that_is_emptied() -> None:
    source = """
        def make():
            n = 1
            def drop():
                nonlocal n
                del n
            return drop
        make()()
    """
    assert writers(source) == ["make 2 filled 1", "drop 5 emptied None"]


TWO = COUNTER + "a, b = make(0), make(0)\na()\nb()\nb()\na()\n"


def test_cells_of_one_name_are_asked_about_by_their_label() -> None:
    recorded = Recorded(TWO)
    timeline = Timeline(recorded.recording)
    first, second = (cell.label for cell in recorded.recording.cells)
    end = len(timeline)
    assert [who_wrote(timeline, label, end).step for label in (first, second)] == [end, end - 1]
    assert when_was(timeline, first, literal("1"), end).sentence.startswith(
        f"{first} (n) became 1 at step {end - 3}, line 5, by inc, and was that until step {end}"
    )
    assert where_made(timeline, second).sentence.startswith(
        f"{second} (n) is a variable of make; it got its first value, 0, at step 4, line 2"
    )


def test_the_function_around_a_comprehension() -> None:
    for name, function in (
        ("make.<locals>.inc.<locals>.<listcomp>", "make.<locals>.inc"),
        ("make.<locals>.inc.<locals>.<listcomp>.<setcomp>", "make.<locals>.inc"),
        ("K.<dictcomp>", "K"),
        ("<genexpr>", "<module>"),
        ("make.<locals>.<lambda>", "make.<locals>.<lambda>"),
    ):
        assert around(name) == function
