"""A course of three exercises, one of each sort, that holds all its rules; tests then break it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BUILD = "01-first/01-adders"
PREDICT = "01-first/02-late"
CLASSIFY = "02-second/01-scopes"

_FILES = {
    "01-first/unit.toml": 'title = "First"\nsummary = "Cells."\n',
    "01-first/lesson.md": "# First\n",
    f"{BUILD}/exercise.toml": '''\
title = "Adders"
kind = "build"
difficulty = "easy"
prompt = """
Let `make_adder(n)` return a function that adds `n`.
"""
hints = ["Return a function.", "Return `add`."]
learned = "Each call makes a cell."
expected = """
add5(3): 8
"""
[[look]]
at = "cells"
say = "one cell, with 5 in it."
cell = "add5.n"
holds = "5"
[[try]]
code = "add5(2)"
prints = "7"
[[misconceptions]]
id = "returns-nothing"
feedback = "The inner function must return."
when = { line = "add5(3): None", at = 1 }
[[misconceptions]]
id = "fixed-number"
feedback = "Every adder adds five."
when = { check = "two adders differ" }
''',
    f"{BUILD}/starter.py": "def make_adder(n):\n    ...\n\n\nadd5 = make_adder(5)\nprint('add5(3):', add5(3))\n",
    f"{BUILD}/solution.py": (
        "def make_adder(n):\n    def add(x):\n        return x + n\n    return add\n\n\n"
        "add5 = make_adder(5)\nprint('add5(3):', add5(3))\n"
    ),
    f"{BUILD}/checks.py": (
        "def check_two_adders_differ(learner):\n"
        "    'Each adder adds its own number.'\n"
        "    make_adder = learner.function('make_adder')\n"
        "    assert learner.same(learner.call(learner.call(make_adder, 7), 2), 9), 'Not the sum.'\n"
    ),
    f"{BUILD}/wrong/fixed.py": (
        "# feedback: fixed-number\ndef make_adder(n):\n    return lambda x: x + 5\n\n\n"
        "add5 = make_adder(5)\nprint('add5(3):', add5(3))\n"
    ),
    f"{BUILD}/wrong/nothing.py": (
        "# feedback: returns-nothing\ndef make_adder(n):\n    def add(x):\n        x + n\n    return add\n\n\n"
        "add5 = make_adder(5)\nprint('add5(3):', add5(3))\n"
    ),
    f"{BUILD}/explanation.md": "Each call makes a cell.\n",
    f"{PREDICT}/exercise.toml": '''\
title = "Late"
kind = "predict"
difficulty = "medium"
prompt = "Type what it prints."
hints = ["When is `i` read?", "After the loop."]
learned = "The variable is captured, not its value."
expected = """
calls: [1, 1]
done
"""
[[look]]
at = "timeline"
say = "`i` goes from 0 to 1."
line = 2
what = "rebound"
cell = "<lambda>.i"
before = "0"
after = "1"
[[try]]
code = "len(make())"
prints = "2"
[[misconceptions]]
id = "by-value"
feedback = "The variable is captured, not its value."
when = { line = "calls: [0, 1]", at = 1 }
[[misconceptions]]
id = "silent"
feedback = "The last line prints."
when = { at = 2 }
''',
    f"{PREDICT}/starter.py": (
        "def make():\n    return [lambda: i for i in range(2)]\n\n\n"
        "print('calls:', [f() for f in make()])\nprint('done')\n"
    ),
    f"{PREDICT}/solution.txt": "calls: [1,1]\ndone\n",
    f"{PREDICT}/wrong/by-value.txt": "# feedback: by-value\ncalls: [0, 1]\ndone\n",
    f"{PREDICT}/wrong/silent.txt": "# feedback: silent\ncalls: [1, 1]\nDone\n",
    f"{PREDICT}/explanation.md": "One cell.\n",
    "02-second/unit.toml": 'title = "Second"\nsummary = "Scopes."\n',
    "02-second/lesson.md": "# Second\n",
    f"{CLASSIFY}/exercise.toml": '''\
title = "Scopes"
kind = "classify"
difficulty = "hard"
prompt = "Label each name."
hints = ["Who binds it?", "`outer` binds `x`."]
learned = "`inner` holds a cell for `x`."
expected = """
3
"""
[classify]
function = "outer.<locals>.inner"
names = ["x", "y"]
[[look]]
at = "names"
say = "`x` is free in `inner`."
function = "outer.<locals>.inner"
name = "x"
scope = "free"
[[try]]
code = "y"
error = "NameError: name 'y' is not defined"
[[misconceptions]]
id = "x-global"
feedback = "`outer` binds `x`."
when = { label = "x global" }
[[misconceptions]]
id = "y-free"
feedback = "`inner` binds `y`."
when = { label = "y free" }
''',
    f"{CLASSIFY}/starter.py": (
        "def outer():\n    x = 1\n\n    def inner():\n        y = 2\n        return x + y\n\n"
        "    return inner\n\n\nfn = outer()\nprint(fn())\n"
    ),
    f"{CLASSIFY}/solution.txt": "x free\ny local\n",
    f"{CLASSIFY}/wrong/x.txt": "# feedback: x-global\nx global\ny local\n",
    f"{CLASSIFY}/wrong/y.txt": "# feedback: y-free\nx free\ny free\n",
    f"{CLASSIFY}/explanation.md": "Three places.\n",
}


def write_course(folder: Path) -> Path:
    """Write the course into that folder."""
    for name, text in _FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def replace_in(file: Path, old: str, new: str) -> None:
    """Change one place of a file, which must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
