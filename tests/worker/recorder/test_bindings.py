"""Every way to bind a name, in functions, comprehensions and classes."""

from __future__ import annotations

import sys

from tests.harness.recorded import tells


def test_every_way_to_bind_a_name() -> None:
    tells(
        """
        class Context:
            def __enter__(self): return 1
            def __exit__(self, *error): pass
        def f(p, *args, k=3, **kw):
            def show(): return p, args, k, kw, a, b, c, d, e, g, h, C, j, m, w, x, y, z, s, t
            a = b = 1
            a += 1
            c, *d = 1, 2, 3
            (e, (g, h)) = 1, (2, 3)
            class C: pass
            import sys as j
            for m in (1, 2): pass
            with Context() as w: pass
            if (x := 5): pass
            match [1, {"q": 2}]:
                case [y, {"q": z}]: pass
            from sys import maxsize as s
            s: int = 7
            def t(): pass
            p = 9
            del a
            return show
        show = f(0, 1, q=2)
        """,
        """
        4 p filled 0
        4 k filled 3
        4 args filled (1,)
        4 kw filled {'q': 2}
        5 made show
        6 a filled 1
        6 b filled 1
        7 a rebound 1 -> 2
        8 c filled 1
        8 d filled [2, 3]
        9 e filled 1
        9 g filled 2
        9 h filled 3
        10 C filled class C
        11 j filled module sys
        12 m filled 1
        12 m rebound 1 -> 2
        13 w filled 1
        14 x filled 5
        16 y filled 1
        16 z filled 2
        17 s filled 9223372036854775807
        18 s rebound 9223372036854775807 -> 7
        19 made t
        19 t filled function t
        20 p rebound 0 -> 9
        21 a emptied, was 2
        """,
        after="4 made f",
    )


def test_a_walrus_in_a_comprehension_binds_outside() -> None:
    tells(
        """
        def f():
            pairs = [(y := i, lambda: y) for i in range(2)]
            return pairs
        pairs = f()
        """,
        """
        2 y filled 0
        2 made <lambda>
        2 y rebound 0 -> 1
        2 made <lambda>
        """,
        after="1 made f",
    )


def test_comprehensions_within_comprehensions() -> None:
    tells(
        """
        def f():
            return [[(lambda: (i, j)) for j in range(i)] for i in range(3)]
        made = f()
        """,
        """
        2 i filled 0
        2 i rebound 0 -> 1
        2 j filled 0
        2 made <lambda>
        2 i rebound 1 -> 2
        2 j filled 0
        2 made <lambda>
        2 j rebound 0 -> 1
        2 made <lambda>
        """,
        after="1 made f",
    )


def test_a_comprehension_that_fails_leaves_the_cell_of_its_function() -> None:
    tells(
        """
        def f():
            i = "outer"
            def g(): return i
            try:
                fs = [1 / (i - 1) for i in range(3) if (lambda: i)]
            except ZeroDivisionError: pass
            i = "end"
            return g
        g = f()
        """,
        """
        2 i filled 'outer'
        3 made g
        5 i filled 0
        5 made <lambda>
        5 gone <lambda>
        5 i rebound 0 -> 1
        5 made <lambda>
        5 gone <lambda>
        7 i rebound 'outer' -> 'end'
        """,
        after="1 made f",
    )


# Since 3.14 the namespace of a class holds itself, through the cell `__classdict__`: what is in it
# goes with the next collection, here after the end.
NAMESPACE_GONE = "" if sys.version_info >= (3, 14) else "13 gone m"


def test_classes() -> None:
    tells(
        """
        def f():
            x = 1
            class A:
                nonlocal x
                x = 2
                made = [lambda: (x, q) for q in (1, 2)]
                def m(self): return __class__, x
                class B:
                    def k(self): return super().k
            return A
        A = f()
        try:
            class E(1):
                def m(self): return super().m
        except TypeError: pass
        class Meta(type):
            def __new__(meta, name, bases, members):
                made = super().__new__(meta, name, bases, members)
                made.twice = lambda: made
                return made
        class F(metaclass=Meta):
            def m(self): return __class__
        """,
        f"""
        2 x filled 1
        5 x rebound 1 -> 2
        6 q filled 1
        6 made <lambda>
        6 q rebound 1 -> 2
        6 made <lambda>
        7 made m
        9 made k
        8 __class__ filled class B
        3 __class__ filled class A
        14 made m
        {NAMESPACE_GONE}
        17 made __new__
        16 __class__ filled class Meta
        22 made m
        18 __class__ filled class F
        18 made filled class F
        19 made <lambda>
        """,
        after="1 made f",
    )


def test_type_parameters_live_in_cells() -> None:
    if sys.version_info < (3, 12):
        return
    tells(
        """
        def f[T](x: T):
            def g[U](z: U = None): return x, T
            return g
        g = f(1)
        class A[T]:
            def m(self): return super().m, T
        type L[T] = list[T]
        """,
        """
        1 T filled <TypeVar object>
        1 made f
        1 x filled 1
        2 made g
        5 T filled <TypeVar object>
        6 made m
        5 __class__ filled class A
        """,
    )
