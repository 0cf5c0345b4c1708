"""Programs that the scenes run, beside the solutions of the course."""

from __future__ import annotations

FAILS = """\
def divide(x):
    return 1 / x


print(divide(2))
print(divide(0))
"""

EMPTY_CELL = """\
def make(flag):
    if flag:
        value = 1

    def read():
        return value

    return read


full = make(True)
empty = make(False)
print(full())
"""

WHY_NOT = """\
rate = 2


def make_counter(step):
    count = 0

    def increment():
        count = 1
        return count

    def by(step=step):
        return step

    def total():
        return count * rate

    return increment, by, total


def plain():
    return rate


increment, by, total = make_counter(5)
print(increment(), by(), total(), plain())
"""
