"""Every kind of change, each at the line that did it, on every Python that is here."""

from __future__ import annotations

from tests.harness.recorded import COUNTER, Recorded, tells


def test_counters_have_a_cell_each() -> None:
    recorded = tells(
        COUNTER + "a = make(0)\na(); a()\nb = make(7)\nb()\n",
        """
        1 made make
        2 n filled 0
        3 made inc
        5 n rebound 0 -> 1
        5 n rebound 1 -> 2
        2 n filled 7
        3 made inc
        5 n rebound 7 -> 8
        """,
    )
    labels = [step.cell for step in recorded.steps if step.cell]
    assert labels == ["A", "A", "A", "B", "B"]


def test_captured_parameters_are_filled_by_the_call() -> None:
    tells(
        """
        def add(x, /, *rest, y=2, z=3):
            return lambda: (x, y, rest)
        f = add(1)
        """,
        """
        1 x filled 1
        1 y filled 2
        1 rest filled ()
        2 made <lambda>
        """,
        after="1 made add",
    )


def test_several_changes_on_one_line() -> None:
    tells(
        """
        def f():
            n = 0
            def g(): nonlocal n; n += 1; n += 1; n = n
            g()
            return g
        g = f()
        """,
        """
        2 n filled 0
        3 made g
        3 n rebound 0 -> 1
        3 n rebound 1 -> 2
        3 n rebound 2 -> 2
        """,
        after="1 made f",
    )


def test_two_cells_in_one_statement() -> None:
    tells(
        """
        def f():
            a, b = 1, 2
            a, b = b, a
            return lambda: (a, b)
        g = f()
        """,
        """
        2 a filled 1
        2 b filled 2
        3 a rebound 1 -> 2
        3 b rebound 2 -> 1
        4 made <lambda>
        """,
        after="1 made f",
    )


JUMPS = """
def f(c):
    x = 0
    if c:
        x = 1
    def g(): return x
    for _ in range(2):
        if not c: continue
        x += 1
    while True:
        if c: break
        x = 5; break
    try:
        x = 6
        if c: 1 / 0
    except ZeroDivisionError:
        pass
    k = c and (x := 7) or (lambda: x)
    return g
"""


def test_a_jump_past_a_binding_is_no_step() -> None:
    tells(
        JUMPS + "g = f(True)",
        """
        2 x filled 0
        4 x rebound 0 -> 1
        5 made g
        8 x rebound 1 -> 2
        8 x rebound 2 -> 3
        13 x rebound 3 -> 6
        17 x rebound 6 -> 7
        """,
        after="1 made f",
    )
    tells(
        JUMPS + "g = f(False)",
        """
        2 x filled 0
        5 made g
        11 x rebound 0 -> 5
        13 x rebound 5 -> 6
        17 made <lambda>
        19 gone <lambda>
        """,
        after="1 made f",
    )


def test_del_and_except_empty_a_cell() -> None:
    tells(
        """
        def f():
            n = 1
            del n
            try: 1 / 0
            except Exception as e: pass
            e = None; del e
            return lambda: (n, e)
        g = f()
        """,
        """
        2 n filled 1
        3 n emptied, was 1
        5 e filled ZeroDivisionError('division by zero')
        5 e emptied, was ZeroDivisionError('division by zero')
        6 e filled None
        6 e emptied, was None
        7 made <lambda>
        """,
        after="1 made f",
    )


def test_a_loop_makes_functions_of_one_cell() -> None:
    recorded = tells(
        """
        def f():
            for i in range(2): yield lambda: i
        fs = [*f()]
        """,
        """
        2 i filled 0
        2 made <lambda>
        2 i rebound 0 -> 1
        2 made <lambda>
        """,
        after="1 made f",
    )
    assert len(recorded.recording.cells) == 1


def test_a_comprehension_has_a_new_cell_each_time() -> None:
    once = "1 i filled 1\n1 made <lambda>\n1 i rebound 1 -> 2\n1 made <lambda>\n"
    recorded = tells(
        "def f(): return [lambda: i for i in (1, 2)]\na = f(); b = f()", once * 2, after="1 made f"
    )
    assert len(recorded.recording.cells) == 2
    tells("fs = [lambda: i for i in (1, 2)]", once)


def test_a_comprehension_hides_the_cell_of_its_function() -> None:
    tells(
        """
        def f():
            k = 1
            def g(): return k
            fs = [lambda: k for k in (2, 3)]
            ks = [k for k in (4, 5)]
            k += 10
            return g, fs
        both = f()
        """,
        """
        2 k filled 1
        3 made g
        4 k filled 2
        4 made <lambda>
        4 k rebound 2 -> 3
        4 made <lambda>
        6 k rebound 1 -> 11
        """,
        after="1 made f",
    )


def test_generators() -> None:
    tells(
        """
        def count():
            n = 0
            while True:
                yield lambda: n
                n += 1
        g = count()
        a = next(g); b = next(g)
        del a
        """,
        """
        2 n filled 0
        4 made <lambda>
        5 n rebound 0 -> 1
        4 made <lambda>
        8 gone <lambda>
        """,
        after="1 made count",
    )


def test_coroutines() -> None:
    tells(
        """
        import asyncio
        async def main():
            n = await asyncio.sleep(0, 1)
            def f(): return n
            n += await asyncio.sleep(0, 2)
            return f
        f = asyncio.run(main())
        """,
        """
        3 n filled 1
        4 made f
        5 n rebound 1 -> 3
        """,
        after="2 made main",
    )


def test_the_class_cell_is_filled_by_the_class_statement() -> None:
    recorded = tells(
        """
        class A:
            def f(self): return super().f()
        class B(A):
            def f(self): return __class__
        """,
        """
        2 made f
        1 __class__ filled class A
        4 made f
        3 __class__ filled class B
        """,
    )
    assert [cell.owner for cell in recorded.recording.cells] == ["A", "B"]


def test_cell_contents_may_be_assigned_from_locals() -> None:
    """Since 3.14 the stack may borrow such values: to count a reference there would keep them alive."""
    recorded = Recorded(
        COUNTER
        + """
a = make(0)
def put(cell, value):
    cell.cell_contents = value
    del cell.cell_contents
    cell.cell_contents = 7
    cell.cell_contents = None
    for cell.cell_contents in range(2, 4): pass
    for _ in [value]: cell.cell_contents = "end"
put(a.__closure__[0], {5})
import weakref
class Box: pass
def lives():
    box = Box()
    put(a.__closure__[0], box)
    return weakref.ref(box)
box = lives()
"""
    )
    assert recorded.names["box"]() is None
    assert recorded.story[4:11] == [
        "11 n rebound 0 -> {5}",
        "12 n emptied, was {5}",
        "13 n filled 7",
        "14 n rebound 7 -> None",
        "15 n rebound None -> 2",
        "15 n rebound 2 -> 3",
        "16 n rebound 3 -> 'end'",
    ]


def test_cell_contents_may_be_assigned() -> None:
    tells(
        COUNTER + "a = make(0)\nc = a.__closure__[0]\nc.cell_contents = [5]\ndel c.cell_contents\n",
        """
        10 n rebound 0 -> [5]
        11 n emptied, was [5]
        """,
        after="3 made inc",
    )


def test_a_function_goes_with_its_last_name() -> None:
    tells(COUNTER + "a = make(0)\nb = a\ndel a\nb = None\n", "11 gone inc", after="3 made inc")
    tells("def f(): pass\ndef f(): return 1\n", "2 made f\n2 gone f", after="1 made f")
