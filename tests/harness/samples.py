"""A small course, and what runs of its exercises could report."""

from __future__ import annotations

from pathlib import Path

from tutor.course.model import (
    WRITTEN,
    CheckSpec,
    Classify,
    Course,
    Difficulty,
    Exercise,
    Kind,
    Misconception,
    Unit,
    When,
)
from tutor.protocol.reports import CheckResult, Finished, Labels, Output, Status, Stream
from tutor.protocol.views import (
    Cells,
    CellView,
    FreeName,
    FunctionKind,
    FunctionView,
    NameScope,
    Scope,
)

DONE = Finished(Status.FINISHED, 0.01, prompt=True)
CHECKS = """
def check_it_adds(learner): ...
def check_it_captures(learner): ...
"""


SPECS = (
    CheckSpec("it adds", "The sum of both numbers comes back."),
    CheckSpec("it captures", "`add` holds a cell named `n`."),
)


def exercise(id: str, kind: Kind, number: int, **changes: object) -> Exercise:
    """An exercise that prints `one` and `two`."""
    fields: dict[str, object] = {
        "id": id,
        "unit_id": "first",
        "number": number,
        "title": id.replace("-", " ").capitalize(),
        "kind": kind,
        "difficulty": Difficulty.EASY,
        "prompt": f"The prompt of `{id}`.",
        "hints": ("A nudge.", "Nearly the answer."),
        "learned": f"What `{id}` teaches.",
        "expected": "one\ntwo\n",
        "starter": f"# starter of {id}\nprint('one')\n",
        "solution": f"# solution of {id}\nprint('one')\nprint('two')\n",
        "checks": CHECKS if WRITTEN[kind].checks else None,
        "explanation": f"The explanation of {id}.",
        "misconceptions": (
            Misconception("too-few", When(line="1"), "A word is not a digit: `one`."),
        ),
        "wrong_answers": (),
        "classify": None,
        "folder": Path(),
        "check_specs": SPECS if WRITTEN[kind].checks else (),
    }
    return Exercise(**{**fields, **changes})  # type: ignore[arg-type]


BUILD = exercise("build-it", Kind.BUILD, 1)
REPAIR = exercise("repair-it", Kind.REPAIR, 2, difficulty=Difficulty.MEDIUM)
PREDICT = exercise("predict-it", Kind.PREDICT, 3, solution="one\ntwo\n")
CLASSIFY = exercise(
    "classify-it",
    Kind.CLASSIFY,
    4,
    solution="x free\ny local\n",
    classify=Classify("outer.<locals>.inner", ("x", "y")),
)
COURSE = Course(
    (
        Unit(
            "first",
            1,
            "First unit",
            "A summary.",
            "# The lesson\n\nA **cell** is a box.\n\n```python\ndef f(): ...\n```\n",
            (BUILD, REPAIR, PREDICT, CLASSIFY),
        ),
        Unit(
            "second",
            2,
            "Second unit",
            "More.",
            "The second lesson.",
            (exercise("last-one", Kind.BUILD, 1, unit_id="second", difficulty=Difficulty.HARD),),
        ),
    )
)


def out(text: str, stream: Stream = Stream.STDOUT) -> Output:
    return Output(stream, text)


def passed_checks(*names: str) -> tuple[CheckResult, ...]:
    return tuple(CheckResult(name, True, "") for name in names or ("it adds", "it captures"))


def function(
    id: str, reached_by: str, *free: tuple[str, str], name: str = "", why: str | None = None
) -> FunctionView:
    """A function with the (name, cell) pairs that it holds."""
    return FunctionView(
        id=id,
        kind=FunctionKind.FUNCTION,
        name=name or reached_by,
        qualname=f"make.<locals>.{name}" if free else reached_by,
        line=3,
        reached_by=reached_by,
        free=tuple(FreeName(*pair) for pair in free),
        why_no_cells=why,
    )


def cell(label: str, name: str, value: str | None, *shared_by: str, type: str = "int") -> CellView:
    """A cell; without a value it is empty."""
    empty = value is None
    return CellView(label, name, "make", empty, None if empty else type, value, shared_by)


def counters(count: str) -> Cells:
    """Two functions that share one cell."""
    return Cells(
        (
            function("f1", "inc", ("count", "A"), name="increment"),
            function("f2", "rst", ("count", "A"), name="reset"),
            function("f3", "plain", why="it uses only globals"),
        ),
        (cell("A", "count", count, "f1", "f2"),),
    )


LABELS = Labels(
    "outer.<locals>.inner",
    (
        NameScope("x", Scope.FREE, "captured from outer, so LOAD_DEREF", "A"),
        NameScope("y", Scope.LOCAL, "assigned on line 5, so STORE_FAST"),
    ),
)
