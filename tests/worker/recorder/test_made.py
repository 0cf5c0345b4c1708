"""Code and functions that a program makes: by exec, by FunctionType, and code that no compiler made."""

from __future__ import annotations

from random import Random
from types import CodeType

from tests.harness.recorded import COUNTER, Recorded, ends_as_seen, tells
from tutor.protocol.views import RecordedCell
from tutor.worker.cpython.plan import plans_of


def test_code_that_the_program_makes() -> None:
    recorded = Recorded(
        r"""
        code = compile('def f():\n n = 1\n return lambda: n\ng = f()', '<string>', 'exec')
        note_code(code)
        exec(code)
        """
    )
    assert recorded.story == ["3 made f", "3 n filled 1", "3 made <lambda>"]


def test_very_many_variables() -> None:
    many = " = ".join(f"x{number}" for number in range(300))
    tells(
        f"""
        def f(c):
            {many} = 0
            n = 1
            if c: n = 2
            return lambda: n
        g = f(1); h = f(0)
        """,
        """
        3 n filled 1
        4 n rebound 1 -> 2
        5 made <lambda>
        3 n filled 1
        5 made <lambda>
        """,
        after="1 made f",
    )


def test_what_is_not_the_learners_is_no_step() -> None:
    tells(
        """
        import functools
        def f(x): return x
        g = functools.singledispatch(f)
        h = functools.lru_cache(f)
        h(1)
        """,
        "2 made f",
    )


FUNCTION_TYPE = """
import types
def make(x):
    def f():
        nonlocal x
        x += 1
        return x
    return f
f = make(1)
make(7)()
note_code(f.__code__)
"""
"""The last line is what `audit` does."""


def test_a_function_made_by_hand_of_a_cell_made_by_hand() -> None:
    """The cell lies where one was that is gone, and is another."""
    recorded = tells(
        FUNCTION_TYPE
        + "g = types.FunctionType(f.__code__, globals(), closure=(types.CellType(40),))\n"
        + "g()\ng.__closure__[0].cell_contents = 50\n",
        """
        9 gone f
        11 made f
        0 x filled 40
        5 x rebound 40 -> 41
        13 x rebound 41 -> 50
        """,
        after="5 x rebound 7 -> 8",
    )
    assert recorded.recording.cells[2:] == (RecordedCell("B", "x", None),)


def test_a_function_made_by_hand_shares_a_cell() -> None:
    recorded = tells(
        FUNCTION_TYPE
        + "g = type(f)(f.__code__, globals(), closure=f.__closure__)\ng()\ndel f\ng()",
        """
        11 made f
        5 x rebound 1 -> 2
        13 gone f
        5 x rebound 2 -> 3
        """,
        after="9 gone f",
    )
    assert [step.cell for step in recorded.steps[-3:]] == ["A", None, "A"]


def test_a_function_made_by_hand_in_the_frame_that_has_the_cell() -> None:
    recorded = Recorded(
        """
        import types
        def make():
            x = 1
            def f(): return x
            code = f.__code__
            cell = f.__closure__[0]
            del f
            g = types.FunctionType(code, globals(), closure=(cell,))
            x = 2
            return g
        g = make()
        """
    )
    assert recorded.story == [
        *("2 made make", "3 x filled 1", "4 made f", "7 gone f", "8 made f", "9 x rebound 1 -> 2"),
    ]
    assert len(recorded.recording.cells) == 1


def test_a_function_made_by_hand_with_an_empty_cell() -> None:
    recorded = Recorded(
        FUNCTION_TYPE
        + "g = types.FunctionType(f.__code__, globals(), closure=(types.CellType(),))\n"
        + "g.__closure__[0].cell_contents = 1\n"
    )
    assert recorded.story[-2:] == ["11 made f", "12 x filled 1"]
    ends_as_seen(recorded.recording, recorded.cells)


def test_what_a_call_gives_is_mostly_no_new_function() -> None:
    recorded = Recorded(FUNCTION_TYPE + "g = make(3)\nh = [f].pop()\nh = type(g)")
    assert recorded.story[-3:] == ["9 gone f", "2 x filled 3", "3 made f"]
    ends_as_seen(recorded.recording, recorded.cells)


class Damaged:
    """A code object with other bytecode. A real one, by `code.replace`, can crash CPython 3.11."""

    def __init__(self, code: CodeType, bytecode: bytes) -> None:
        self.co_code = bytecode
        self._code = code

    def __getattr__(self, name: str) -> object:
        return getattr(self._code, name)


def test_code_that_no_compiler_made_is_left_alone() -> None:
    names = Recorded("def f(x, y):\n for y in x:\n  def g(): return x, y\n  y = x = g").names
    code: CodeType = names["f"].__code__
    [inner] = [each for each in code.co_consts if type(each) is CodeType]
    random = Random(1)
    followed = []
    for _ in range(3_000):
        bytecode = bytearray(code.co_code)
        for _ in range(random.randrange(1, 6)):
            bytecode[random.randrange(len(bytecode))] = random.randrange(256)
        damaged = Damaged(code, bytes(bytecode))
        plans = plans_of(damaged)  # type: ignore[arg-type]
        assert all(id(each) in (id(damaged), id(inner)) for each, _ in plans)
        followed.append(len(plans))
    assert {0, 1, 2} <= {*followed}
    assert len(plans_of(code.replace(co_consts=()))) == 0
    assert len(plans_of(code.replace(co_linetable=b""))) == 0


def test_code_that_no_compiler_made_stops_no_recording() -> None:
    recorded = Recorded(
        COUNTER
        + "note_code(make.__code__.replace(co_consts=()))\n"
        + "note_code(make.__code__.replace(co_linetable=b''))\nmake(1)()\n"
    )
    assert "5 n rebound 1 -> 2" in recorded.story
    assert not recorded.recording.unavailable


def test_names_with_line_ends() -> None:
    recorded = Recorded(
        COUNTER
        + "code = make.__code__.replace(co_name='two\\nlines', co_qualname='three\\n\\nlines')\n"
        + "note_code(code)\nmake.__code__ = code\nf = make(0)\nf()"
    )
    assert recorded.story[-1] == "5 n rebound 0 -> 1"
    assert [cell.owner for cell in recorded.recording.cells] == ["three  lines"]
