"""Every kind of change, each at the line that did it, on every Python that is here."""

from __future__ import annotations

from .looking import elsewhere
from .recorded import Recorded, ends_as_seen

COUNTER = """
def make(start):
    n = start
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
"""


def tells(source: str, story: str, after: str = "") -> Recorded:
    """The steps of `source` are these, but for those that come before the one named `after`."""
    recorded = Recorded(source)
    assert recorded.error is None, recorded.error
    told = recorded.story
    if after:
        told = told[told.index(after) + 1 :]
    assert told == [line.strip() for line in story.strip().splitlines()], "\n".join(told)
    ends_as_seen(recorded.recording, recorded.cells)
    return recorded


def test_counters() -> None:
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


def test_parameters_are_filled_by_the_call() -> None:
    tells(
        "def add(x, /, *rest, y=2):\n  return lambda: (x, y, rest)\nf = add(1)\n",
        """
        1 made add
        1 x filled 1
        1 y filled 2
        1 rest filled ()
        2 made <lambda>
        """,
    )


def test_several_changes_on_one_line() -> None:
    tells(
        "def f():\n  n = 0\n  def g(): nonlocal n; n += 1; n += 1; n = n\n  g()\n  return g\nf = f()",
        """
        2 n filled 0
        3 made g
        3 n rebound 0 -> 1
        3 n rebound 1 -> 2
        3 n rebound 2 -> 2
        1 gone f
        """.replace("1 gone", "6 gone"),
        after="1 made f",
    )


def test_two_cells_in_one_statement() -> None:
    tells(
        "def f():\n  a, b = 1, 2\n  a, b = b, a\n  return lambda: (a, b)\ng = f()",
        """
        2 a filled 1
        2 b filled 2
        3 a rebound 1 -> 2
        3 b rebound 2 -> 1
        4 made <lambda>
        """,
        after="1 made f",
    )


def test_a_jump_past_a_binding_is_no_step() -> None:
    source = """
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
    g = f({})
    """
    tells(
        source.format("True"),
        """
        1 c filled True
        """
        if False
        else """
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
        source.format("False"),
        """
        2 x filled 0
        5 made g
        11 x rebound 0 -> 5
        13 x rebound 5 -> 6
        17 made <lambda>
        18 gone <lambda>
        """,
        after="1 made f",
    )


def test_del_and_except() -> None:
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


def test_loops_make_functions_of_one_cell() -> None:
    recorded = tells(
        "def f():\n  fs = []\n  for i in range(2): fs.append(lambda: i)\n  return fs\nfs = f()",
        """
        3 i filled 0
        3 made <lambda>
        3 i rebound 0 -> 1
        3 made <lambda>
        """,
        after="1 made f",
    )
    assert len(recorded.recording.cells) == 1


def test_comprehensions_have_a_cell_each_time() -> None:
    recorded = tells(
        "def f(): return [lambda: i for i in (1, 2)]\na, b = f(), f()",
        """
        1 i filled 1
        1 made <lambda>
        1 i rebound 1 -> 2
        1 made <lambda>
        1 i filled 1
        1 made <lambda>
        1 i rebound 1 -> 2
        1 made <lambda>
        """,
        after="1 made f",
    )
    assert len(recorded.recording.cells) == 2
    tells(
        "fs = [lambda: k for k in (1, 2)]",
        "1 k filled 1\n1 made <lambda>\n1 k rebound 1 -> 2\n1 made <lambda>",
    )


def test_a_comprehension_within_has_another_cell() -> None:
    recorded = Recorded(
        "def f():\n  k = 1\n  def g(): return k\n  fs = [lambda: k for k in (2, 3)]\n"
        "  k += 10\n  return g, fs\nboth = f()"
    )
    assert recorded.story[1:] == [
        "2 k filled 1",
        "3 made g",
        "4 k filled 2",
        "4 made <lambda>",
        "4 k rebound 2 -> 3",
        "4 made <lambda>",
        "5 k rebound 1 -> 11",
    ]
    ends_as_seen(recorded.recording, recorded.cells)


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
    tells("g = (lambda: i for i in (1, 2))\nf = next(g)", "1 made <genexpr>\n1 i filled 1\n1 made <lambda>".replace("1 i", "1 i"))


def test_the_class_cell_is_filled_by_the_class_statement() -> None:
    recorded = tells(
        "class A:\n  def f(self): return super().f()\nclass B(A):\n  def f(self): return __class__\n",
        "2 made f\n1 __class__ filled class A\n4 made f\n3 __class__ filled class B",
    )
    assert [cell.owner for cell in recorded.recording.cells] == ["A", "B"]


def test_cell_contents_may_be_assigned() -> None:
    tells(
        COUNTER + "a = make(0)\nc = a.__closure__[0]\nc.cell_contents = [5]\ndel c.cell_contents\n",
        "10 n rebound 0 -> [5]\n11 n emptied, was [5]".replace("10", "10"),
        after="3 made inc",
    )


def test_functions_go_when_the_last_name_does() -> None:
    tells(
        COUNTER + "a = make(0)\nb = a\ndel a\nb = None\n",
        "11 gone inc",
        after="3 made inc",
    )
    tells("def f(): pass\ndef f(): pass\n", "2 made f\n2 gone f", after="1 made f")


def test_code_that_the_program_makes() -> None:
    recorded = Recorded(
        "code = compile('def f():\\n n = 1\\n return lambda: n\\nf()', '<string>', 'exec')\n"
        "note_code(code)\nexec(code)\n"
    )
    assert "2 n filled 1" in recorded.story


def test_very_many_variables() -> None:
    many = " = ".join(f"x{number}" for number in range(300))
    tells(
        f"def f(c):\n  {many} = 0\n  n = 1\n  if c: n = 2\n  return lambda: n\ng = f(1); h = f(0)",
        """
        3 n filled 1
        4 n rebound 1 -> 2
        5 made <lambda>
        3 n filled 1
        5 made <lambda>
        """,
        after="1 made f",
    )


def test_the_same_on_other_pythons() -> None:
    elsewhere(__name__)
