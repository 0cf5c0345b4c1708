"""An exercise of each sort, and the transcript of a run that passes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tutor.course.model import CheckSpec, Classify, Difficulty, Exercise, Kind
from tutor.grading.verdict import Transcript
from tutor.protocol.messages import CheckResult, Labels, NameScope, Scope, Status

EXERCISE = Exercise(
    id="adders",
    unit_id="first",
    number=1,
    title="Adders",
    kind=Kind.BUILD,
    difficulty=Difficulty.EASY,
    prompt="",
    hints=("one", "two"),
    expected="a: 1\nb: 2\n",
    starter="",
    solution="",
    checks="",
    check_specs=(CheckSpec("one", "It is one."), CheckSpec("two", "It is two.")),
    explanation="",
    misconceptions=(),
    wrong_answers=(),
    classify=None,
    folder=Path(),
)
PREDICT = replace(EXERCISE, kind=Kind.PREDICT)
CLASSIFY = replace(
    EXERCISE, kind=Kind.CLASSIFY, classify=Classify("outer.<locals>.inner", ("x", "y"))
)
TRANSCRIPT = Transcript(
    stdout="a: 1\nb: 2\n",
    status=Status.FINISHED,
    sentence="",
    error=None,
    labels=Labels(
        "outer.<locals>.inner",
        (
            NameScope("x", Scope.FREE, "from outer"),
            NameScope("y", Scope.LOCAL, "assigned"),
            NameScope("z", Scope.GLOBAL, "not asked for"),
        ),
    ),
    check_names=("one", "two"),
    checks=(CheckResult("one", True, ""), CheckResult("two", True, "")),
)
