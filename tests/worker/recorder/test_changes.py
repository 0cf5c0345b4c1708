"""Random programs that change in place what their cells hold: the recording ends in what is there.

Each change is of a line that makes such changes, or the line is not known.

Functions capture containers and objects, change them from any depth, keep, lose and call each other;
generators wait with theirs; exceptions go through. More is held than is looked at on every line.
"""

from __future__ import annotations

import gc
from random import Random

from tests.harness.recorded import Recorded, ends_as_seen
from tutor.protocol.views import Change

PROGRAMS = 25
HEAD = """\
class Box: pass
KEPT, WAITING, LEVEL, LEFT = [], [], [0], [90]
def change(held, n):
    if type(held) is list:
        held.clear() if n % 4 == 0 else held.reverse() if n % 4 == 1 else held.append(n)
    elif type(held) is dict:
        held.pop(n % 3, None) if n % 4 == 0 else held.update({n % 3: n})
    elif type(held) is set:
        held.discard(n % 3) if n % 4 == 0 else held.add(n % 4)
    elif type(held) is Box:
        held.a = n
def spin(lines, depth):
    if depth: return spin(lines, depth - 1)
    while lines: lines -= 1
def run(function):
    if LEFT[0] == 0 or LEVEL[0] > 6: return []
    LEFT[0] -= 1
    LEVEL[0] += 1
    try:
        got = function()
        if hasattr(got, "send"):
            WAITING.append(got)
            for _ in range(2): next(WAITING[LEFT[0] % len(WAITING)], None)
        return [each for each in got if callable(each)] if type(got) is list else []
    except (NameError, ValueError): return []
    finally: LEVEL[0] -= 1
"""
VALUES = (*("[]", "[1]", "{}", "{1: 2}", "set()", "{1}", "Box()") * 2, "0", "'text'", "None")
STATEMENTS = (
    *("change({v}, {n})",) * 9,
    "change({v}, {n}); change({w}, {n} + 1)",
    "{v} = {value}",
    "spin({lines}, {deep})",
    "KEPT.append(lambda: {v})",
    "if KEPT: KEPT.pop({end})",
    "for each in [*KEPT]: run(each)",
    "try: change({v}, {n}); 1 / 0\n{indent}except ZeroDivisionError: change({w}, {n})",
)
DEEPEST = 4


class Program:
    """The source of a random program."""

    def __init__(self, random: Random) -> None:
        self.lines = [HEAD]
        self._random = random
        self._names = 0
        self._left = 60
        for _ in range(2):
            self.lines.append(f"KEPT.extend(run({self._function(0, [])}))")
        self.lines += ["for each in [*KEPT]: KEPT.extend(run(each))"] * 3 + ["end = 1"]

    def _new(self, kind: str) -> str:
        self._names += 1
        return f"{kind}{self._names}"

    def _function(self, depth: int, outer: list[str]) -> str:
        random, indent = self._random, "    " * depth
        name, parameter = self._new("f"), self._new("v")
        self.lines.append(f"{indent}def {name}({parameter}={random.choice(VALUES)}):")
        if shared := [each for each in outer if random.random() < 0.6]:
            self.lines.append(f"{indent}    nonlocal {', '.join(shared)}")
        own = [self._new("v") for _ in range(random.randrange(3))]
        self.lines += [f"{indent}    {each} = {random.choice(VALUES)}" for each in own]
        made = self._body(depth + 1, [parameter, *own, *shared])
        if random.random() < 0.25:
            self.lines.append(f"{indent}    yield 0")
        self.lines.append(f"{indent}    return [{', '.join(made)}]")
        return name

    def _body(self, depth: int, names: list[str]) -> list[str]:
        """Some statements; the functions that are made by them and not deleted."""
        random, indent = self._random, "    " * depth
        made = []
        for _ in range(min(self._left, random.randrange(3, 9))):
            self._left -= 1
            if depth < DEEPEST and random.random() < 0.25:
                name = self._function(depth, names)
                after = random.choice(
                    ["KEPT.append({})", "KEPT.extend(run({}))", "run({}); del {}"]
                )
                self.lines.append(indent + after.replace("{}", name))
                made += [name] * ("del" not in after)
            else:
                statement = random.choice(STATEMENTS).format(
                    v=random.choice(names),
                    w=random.choice(names),
                    n=random.randrange(100),
                    value=random.choice(VALUES),
                    lines=random.choice([1, 5, 300]),
                    deep=random.choice([0, 3, 70]),
                    end=random.choice([0, -1]),
                    indent=indent,
                )
                self.lines.append(indent + statement)
        return made


def test_what_random_programs_change() -> None:
    known = unknown = 0
    gc.freeze()  # what is not the program's need not be looked through
    try:
        for seed in range(PROGRAMS):
            recorded = Recorded("\n".join(Program(Random(seed)).lines))
            assert not recorded.recording.unavailable
            ends_as_seen(recorded.recording, recorded.cells)
            lines = [step.line for step in recorded.steps if step.what is Change.MUTATED]
            text = recorded.source.splitlines()
            assert all("held." in text[line - 1] for line in lines if line)
            known += sum(map(bool, lines))
            unknown += lines.count(0)
    finally:
        gc.unfreeze()
    assert known > 10 * PROGRAMS
    assert unknown < known / 10
