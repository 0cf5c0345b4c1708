"""Exercises about cells and about labels of several functions, that hold all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.harness.small_course import write_course

if TYPE_CHECKING:
    from pathlib import Path

CELLS = "02-second/02-flags"
CHECKS = "02-second/03-checks"
SEVERAL = "02-second/04-carrier"

FLAGS = """\
def make_flag(on):
    def is_on():
        return on

    def describe():
        return "on" if on else "off"

    return is_on, describe


is_on, describe = make_flag(True)
other = make_flag(True)[0]
is_on.__closure__[0].cell_contents = False
print(is_on(), describe(), other())
"""

_FILES = {
    f"{CELLS}/exercise.toml": '''\
title = "Writing into a cell"
kind = "cells"
difficulty = "medium"
prompt = """
An operator turns a flag off from outside.
Which cells are there?
"""
hints = ["Who made `describe`?", "Each call of `make_flag` makes a cell."]
learned = "A cell can be written, and every function that holds it sees that."
expected = """
False off True
"""

[[look]]
at = "cells"
say = "So it is."
one = ["is_on.on", "describe.on"]

[[try]]
code = "describe()"
prints = "'off'"
say = "So it is."

[[questions]]
ask = "how-many"
function = "is_on"

[[questions]]
ask = "same-cell"
cells = [{ function = "is_on", name = "on" }, { function = "describe", name = "on" }]

[[questions]]
ask = "same-cell"
cells = [{ function = "is_on", name = "on" }, { function = "other", name = "on" }]

[[questions]]
ask = "contents"
function = "describe"
name = "on"

[[questions]]
ask = "contents"
function = "is_on"
name = "on"
line = 2

[[misconceptions]]
id = "a-copy-each"
feedback = "Both functions come from one call of `make_flag`, and hold its one cell."
when = { answer = "2: n" }

[[misconceptions]]
id = "describe-still-on"
feedback = "`describe` holds the cell that was written, not a copy of what was in it."
when = { answer = "4: True" }
''',
    f"{CELLS}/starter.py": FLAGS,
    f"{CELLS}/solution.txt": "1: 1\n2: y\n3: n\n4: False\n5: True\n",
    f"{CELLS}/wrong/copies.txt": "# feedback: a-copy-each\n1: 1\n2: n\n3: n\n4: True\n5: True\n",
    f"{CELLS}/wrong/still-on.txt": "# feedback: describe-still-on\n1: 1\n2: y\n3: n\n4: True\n5: True\n",
    f"{CELLS}/explanation.md": "One cell a call.\n",
    f"{CHECKS}/exercise.toml": '''\
title = "The empty cell"
kind = "cells"
difficulty = "medium"
prompt = "Each check calls the other. What is in their cells?"
hints = ["When is `odd` bound?", "Line 4 binds it."]
learned = "A cell is there, empty, before its variable is bound."
expected = """
True
"""

[[look]]
at = "cells"
say = "So it is."
no_cells = "make_checks"

[[try]]
code = "ops['odd'](3)"
prints = "True"
say = "So it is."

[[questions]]
ask = "contents"
function = "ops['even']"
name = "odd"
line = 2

[[questions]]
ask = "contents"
function = "ops['even']"
name = "odd"

[[questions]]
ask = "how-many"
function = "make_checks"

[[misconceptions]]
id = "none"
feedback = "An empty cell holds nothing, not even None."
when = { answer = "1: None" }

[[misconceptions]]
id = "owner"
feedback = "The owner of a variable holds no cell in its own `__closure__`."
when = { answer = "3: 2" }
''',
    f"{CHECKS}/starter.py": (
        "def make_checks():\n    def even(n):\n        return n == 0 or odd(n - 1)\n"
        "    def odd(n):\n        return n != 0 and even(n - 1)\n"
        "    return {'even': even, 'odd': odd}\n\n\n"
        "ops = make_checks()\nprint(ops['even'](4))\n"
    ),
    f"{CHECKS}/solution.txt": "1: empty\n2: odd\n3: 0\n",
    f"{CHECKS}/wrong/none.txt": "# feedback: none\n1: None\n2: odd\n3: 0\n",
    f"{CHECKS}/wrong/owner.txt": "# feedback: owner\n1: empty\n2: odd\n3: 2\n",
    f"{CHECKS}/explanation.md": "Empty is no value.\n",
    f"{SEVERAL}/exercise.toml": '''\
title = "The carrier"
kind = "classify"
difficulty = "medium"
prompt = "Label each name as each function sees it."
hints = ["Who binds it?", "`app` binds `theme`."]
learned = "A function between the owner and the reader carries the cell."
expected = """
dark 4
"""

[[look]]
at = "cells"
say = "So it is."
no_cells = "app"

[[try]]
code = "app('x')()()"
prints = "('x', 1)"
say = "So it is."
[classify]
functions = [
  { function = "app", names = ["theme"] },
  { function = "app.<locals>.menu", names = ["theme"] },
  { function = "app.<locals>.menu.<locals>.item", names = ["theme", "len"] },
]
[[misconceptions]]
id = "carrier-owns"
feedback = "`menu` only hands it on."
when = { label = "menu/theme local" }
[[misconceptions]]
id = "len-global"
feedback = "Nobody binds `len` here."
when = { label = "item/len global" }
''',
    f"{SEVERAL}/starter.py": (
        "def app(theme):\n    def menu():\n        def item():\n"
        "            return theme, len(theme)\n        return item\n    return menu\n\n\n"
        "print(*app('dark')()())\n"
    ),
    f"{SEVERAL}/solution.txt": "app/theme cell\nmenu/theme free\nitem/theme free\nitem/len builtin\n",
    f"{SEVERAL}/wrong/owns.txt": (
        "# feedback: carrier-owns\napp/theme cell\nmenu/theme local\nitem/theme free\nitem/len builtin\n"
    ),
    f"{SEVERAL}/wrong/len.txt": (
        "# feedback: len-global\napp/theme cell\nmenu/theme free\nitem/theme free\nitem/len global\n"
    ),
    f"{SEVERAL}/explanation.md": "One cell, handed on.\n",
}


def write_cells_course(folder: Path) -> Path:
    """Write the small course with these exercises beside its own into that folder."""
    write_course(folder)
    for name, text in _FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
