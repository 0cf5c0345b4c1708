"""An exercise of two counters, and the recording of its run: for tests of the timeline."""

from __future__ import annotations

from tests.harness.samples import exercise
from tutor.course.model import Course, Kind, Unit
from tutor.protocol.views import Change, FreeName, RecordedCell, RecordedFunction, Recording, Step

PROGRAM = """def make():
    count = 0
    def inc():
        nonlocal count
        count += 1
    return inc

a, b = make(), make()
a()
b()
"""
COUNTERS = exercise("counters", Kind.BUILD, 1, starter=PROGRAM)
COURSE = Course((Unit("first", 1, "First", "One.", "A lesson.", (COUNTERS,)),))


def free(label: str) -> tuple[FreeName, ...]:
    return (FreeName("count", label),)


RECORDING = Recording(
    (
        Step(1, Change.FUNCTION_MADE, function="r1"),
        Step(2, Change.FILLED, "A", None, None, "0"),
        Step(3, Change.FUNCTION_MADE, function="r2"),
        Step(2, Change.FILLED, "B", None, None, "0"),
        Step(3, Change.FUNCTION_MADE, function="r3"),
        Step(5, Change.REBOUND, "A", None, "0", "1"),
        Step(5, Change.REBOUND, "B", None, "0", "1"),
    ),
    (
        RecordedFunction("r1", "make", "make", 1, ()),
        RecordedFunction("r2", "inc", "make.<locals>.inc", 3, free("A")),
        RecordedFunction("r3", "inc", "make.<locals>.inc", 3, free("B")),
    ),
    (RecordedCell("A", "count", "make"), RecordedCell("B", "count", "make")),
)
