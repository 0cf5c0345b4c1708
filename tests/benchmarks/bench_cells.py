"""What a look at a program costs, against `inspect.getclosurevars` over the same functions.

Each figure is the median of fresh processes that are set up as the worker is: what was there before
is hidden from the collector, and the audit hook listens. Both keep what they find. Processor time;
a ratio is of processes that ran one after the other, for a machine has faster and slower minutes.
"""

from __future__ import annotations

import statistics
import subprocess
from collections.abc import Iterator

from tests.harness import ROOT
from tutor.session.nursery_client import default_python

ROUNDS = 9
MANY, FEW = 10_000, 100
DESCRIBED = 2_000
"""What a look describes unless it is told otherwise: the rest it finds and counts."""

IN_A_LIST = """
def make(n):
    def held(): return n
    return held
fs = [make(i) for i in range(%d)]
"""
MIXED = """
class Box: pass
def make_counter(start, name):
    count = start
    def increment(by=1):
        nonlocal count
        count += by
        return count
    def read():
        return name, count
    return increment, read
def make_adder(n):
    return lambda x: x + n
fs, ops, boxes = [], {}, []
for i in range(%d // 10):
    inc, get = make_counter(i, f"name {i}")
    ops[i], ops[f"get {i}"] = inc, get
    fs += [make_adder(i * j) for j in range(4)]
    box = Box(); box.f, box.g = make_adder(None), make_adder([i])
    boxes.append(box)
    ops[i, "a"] = make_counter(float(i), {"a": i})
"""
PROGRAMS = {"in a list": IN_A_LIST, "in many places": MIXED}

CHILD = f"""
import gc, inspect, sys, time, types
sys.path.insert(0, {str(ROOT)!r}); sys.dont_write_bytecode = True
from tutor.worker.program.audit import listen
from tutor.worker.inspector.inspector import Inspector
what, count, limit, source = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
names = {{"__name__": "__main__"}}
code = compile(source % count, "program.py", "exec")
inspector = Inspector(names, code, limit=limit)
listen("program.py", lambda code: None, lambda frame: None, inspector.is_learners)
gc.collect(); gc.freeze()
exec(code, names)
functions = [
    thing for thing in gc.get_objects()
    if type(thing) is types.FunctionType and thing.__code__.co_filename == "program.py"
]
started = time.process_time()
if what == "look":
    kept = inspector.look()
else:
    kept = [inspect.getclosurevars(function) for function in functions]
print((time.process_time() - started) / len(functions) * 1e6)
"""


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    for where, source in PROGRAMS.items():
        rounds = [_round(source) for _ in range(ROUNDS)]
        theirs, whole, usual, few = (statistics.median(each) for each in zip(*rounds, strict=True))
        yield (
            f"{MANY:,} {where}, over getclosurevars",
            f"{_ratio(rounds, 1, 0):.2f} ({whole:.1f} over {theirs:.1f} µs each)",
            "at most 5.0",
        )
        yield (
            f"the same, {DESCRIBED:,} of them described",
            f"{_ratio(rounds, 2, 0):.2f} ({usual:.1f} µs each)",
            "at most 5.0",
        )
        yield (
            f"a function of {MANY:,} over one of {FEW}",
            f"{_ratio(rounds, 1, 3):.2f} ({few:.1f} µs each of {FEW})",
            "at most 1.1",
        )


def _round(source: str) -> tuple[float, ...]:
    """Microseconds a function: getclosurevars, a whole look, one of the usual length, of few."""
    return (
        _microseconds("getclosurevars", source, MANY, 0),
        _microseconds("look", source, MANY, MANY * 2),
        _microseconds("look", source, MANY, DESCRIBED),
        _microseconds("look", source, FEW, DESCRIBED),
    )


def _ratio(rounds: list[tuple[float, ...]], one: int, other: int) -> float:
    return statistics.median(figures[one] / figures[other] for figures in rounds)


def _microseconds(what: str, source: str, count: int, limit: int) -> float:
    """Processor time for one function, in a process of its own."""
    python = [str(default_python()), "-I", "-X", "utf8", "-c", CHILD]
    arguments = [what, str(count), str(limit), source]
    done = subprocess.run([*python, *arguments], check=True, capture_output=True, text=True)
    return float(done.stdout)
