# feedback: partial-without-its-number
import functools


def with_default(count):
    """Fix 1: a default argument keeps i."""
    funcs = []
    for i in range(count):

        def f(i=i):
            return i

        funcs.append(f)
    return funcs


def with_factory(count):
    """Fix 2: a factory makes a cell for each f."""

    def make_f(i):
        def f():
            return i

        return f

    funcs = []
    for i in range(count):
        funcs.append(make_f(i))
    return funcs


def identity(value):
    return value


def with_partial(count):
    """Fix 3: a partial keeps i."""
    funcs = []
    for i in range(count):
        funcs.append(functools.partial(identity))
    return funcs


fix1 = with_default(5)
fix2 = with_factory(5)
fix3 = with_partial(5)

print("--- Fix 1: default argument ---")
print(*[f() for f in fix1])
print("--- Fix 2: factory function ---")
print(*[f() for f in fix2])
print("--- Fix 3: functools.partial ---")
print(*[f() for f in fix3])
