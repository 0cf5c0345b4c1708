"""A program, a check that it passes, and how the source of a check is written."""

from __future__ import annotations

ADDER = "def make_adder(n):\n    def add(x):\n        return x + n\n    return add\n"


def asks(*lines: str) -> str:
    """The source of a checks.py with one check of these lines."""
    return "def check_it(learner):\n" + "".join(f"    {line}\n" for line in lines)


ADDS = asks(
    "add = learner.call(learner.function('make_adder'), 7)",
    "assert learner.same(learner.call(add, 2), 9), 'add should give 9'",
)
