"""The transcript of a run, and an exercise of each sort that it passes."""

from __future__ import annotations

from dataclasses import replace

from tests.harness.samples import CLASSIFY as CLASSIFY_SAMPLE
from tests.harness.samples import exercise
from tutor.course.model import CheckSpec, Kind
from tutor.grading.verdict import Transcript
from tutor.protocol.reports import CheckResult, Labels, Status
from tutor.protocol.views import NameScope, Scope

EXERCISE = exercise(
    "adders",
    Kind.BUILD,
    1,
    expected="a: 1\nb: 2\n",
    check_specs=(CheckSpec("one", "It is one."), CheckSpec("two", "It is two.")),
    misconceptions=(),
)
PREDICT = replace(EXERCISE, kind=Kind.PREDICT)
CLASSIFY = replace(EXERCISE, kind=Kind.CLASSIFY, classify=CLASSIFY_SAMPLE.classify)
TRANSCRIPT = Transcript(
    stdout=EXERCISE.expected,
    status=Status.FINISHED,
    sentence="",
    error=None,
    labels=(
        Labels(
            "outer.<locals>.inner",
            (
                NameScope("x", Scope.FREE, "from outer"),
                NameScope("y", Scope.LOCAL, "assigned"),
                NameScope("z", Scope.GLOBAL, "not asked for"),
            ),
        ),
    ),
    check_names=("one", "two"),
    checks=(CheckResult("one", True, ""), CheckResult("two", True, "")),
)
