"""Code that waits, goes on, calls itself and fails: each change has the line that made it."""

from __future__ import annotations

from tests.harness.recorded import Recorded, tells

MAKE = """\
def make():
    items = []
    def get(): return items
    return get
get = make()
"""


def test_a_generator_is_sent_to_thrown_into_and_closed() -> None:
    tells(
        """
        def gen():
            n = 0
            items = []
            yield lambda: (n, items)
            while True:
                try:
                    n = yield
                    items.append(n)
                except ValueError as error:
                    n = -1
                    items.append(type(error))
                finally:
                    items.append("f")
        g = gen()
        show = next(g); next(g); g.send(5); g.throw(ValueError); g.close()
        end = 1
        """,
        """
        2 n filled 0
        3 items filled []
        4 made <lambda>
        7 n rebound 0 -> 5
        8 items mutated [] -> [5]
        13 items mutated [5] -> [5, 'f']
        10 n rebound 5 -> -1
        11 items mutated [5, 'f'] -> [5, 'f', class ValueError]
        13 items mutated [5, 'f', class ValueError] -> [5, 'f', class ValueError, 'f']
        13 items mutated [5, 'f', class ValueError, 'f'] -> [5, 'f', class ValueError, 'f', 'f']
        """,
        after="1 made gen",
    )


def test_yield_from_and_its_value() -> None:
    tells(
        """
        def outer():
            kept = []
            kept.append((yield from inner(kept)))
            yield lambda: kept
        def inner(kept):
            kept.append(1)
            yield
            kept.append(2)
            return 3
        _, f = outer()
        """,
        """
        2 kept filled []
        6 kept mutated [] -> [1]
        8 kept mutated [1] -> [1, 2]
        3 kept mutated [1, 2] -> [1, 2, 3]
        4 made <lambda>
        """,
        after="5 made inner",
    )


def test_coroutines_that_take_turns() -> None:
    tells(
        """
        import asyncio
        async def work(items, name):
            for turn in range(2):
                items.append((name, turn))
                await asyncio.sleep(0)
        async def pairs():
            for i in range(2): yield i, (lambda: i)
        async def main():
            items, total = [], 0
            def show(): return items, total
            await asyncio.gather(work(items, "a"), work(items, "b"))
            async for number, f in pairs(): total += number
            async with asyncio.Lock() as total: pass
            return show
        show = asyncio.run(main())
        """,
        """
        9 items filled []
        9 total filled 0
        10 made show
        4 items mutated [] -> [('a', 0)]
        4 items mutated [('a', 0)] -> [('a', 0), ('b', 0)]
        4 items mutated [('a', 0), ('b', 0)] -> [('a', 0), ('b', 0), ('a', 1)]
        4 items mutated [('a', 0), ('b', 0), ('a', 1)] -> [('a', 0), ('b', 0), ('a', 1), ('b', 1)]
        7 i filled 0
        7 made <lambda>
        12 total rebound 0 -> 0
        7 i rebound 0 -> 1
        7 made <lambda>
        12 gone <lambda>
        12 total rebound 0 -> 1
        13 total rebound 1 -> None
        15 gone <lambda>
        """,
        after="8 made main",
    )


def test_a_function_that_calls_itself_has_a_cell_a_call() -> None:
    recorded = tells(
        """
        def down(n, above=None):
            held = [n]
            def get(): return held, above
            if n: down(n - 1, get)
            held.append(-n)
            return get
        get = down(1)
        """,
        """
        1 above filled None
        2 held filled [1]
        3 made get
        1 above filled function get
        2 held filled [0]
        3 made get
        5 held mutated [0] -> [0, 0]
        4 gone get
        5 held mutated [1] -> [1, -1]
        """,
        after="1 made down",
    )
    assert len(recorded.recording.cells) == 4


def test_a_change_before_an_exception_is_of_its_line() -> None:
    tells(
        MAKE
        + """\
def bad():
    get().append(1); 1 / 0
try: bad()
except ZeroDivisionError: get().append(2)
end = 1
""",
        """
        6 made bad
        7 items mutated [] -> [1]
        9 items mutated [1] -> [1, 2]
        """,
        after="3 made get",
    )


def test_a_call_that_fails_within_a_line_gives_the_line_back() -> None:
    """C code takes the StopIteration: no line begins before the change is made."""
    tells(
        MAKE
        + """\
class Empty:
    def __next__(self):
        raise StopIteration
get().append(next(Empty(), 0))
end = 1
""",
        """
        7 made __next__
        9 items mutated [] -> [0]
        """,
        after="3 made get",
    )


def test_a_change_before_a_call_is_of_the_line_that_calls() -> None:
    tells(
        MAKE
        + """\
def other(held):
    return lambda: held
def count():
    for n in range(3):
        yield n
counted = count(); next(counted)
get().append(1); other(2)
get().append(2); next(counted)
end = 1
""",
        """
        6 made other
        8 made count
        12 items mutated [] -> [1]
        6 held filled 2
        7 made <lambda>
        12 gone <lambda>
        13 items mutated [1] -> [1, 2]
        """,
        after="3 made get",
    )


def test_the_last_change_is_told_however_the_program_ends() -> None:
    source = MAKE + "def leave():\n    get().append(1); raise SystemExit\n"
    recorded = Recorded(source + "try: leave()\nfinally: get().append(2)", leaves=SystemExit)
    assert recorded.story[-2:] == [
        "7 items mutated [] -> [1]",
        "9 items mutated [1] -> [1, 2]",
    ]
    recorded = Recorded(source + "leave()", leaves=SystemExit)
    assert recorded.story[-1] == "7 items mutated [] -> [1]"
