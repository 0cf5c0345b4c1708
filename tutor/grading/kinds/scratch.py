"""A scratch pad: any program of the learner's, held against nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tutor.course.model import Difficulty, Exercise, Kind
from tutor.grading.kind import ExerciseKind
from tutor.grading.verdict import Outcomes

SCRATCH = ExerciseKind(
    Kind.SCRATCH,
    call="Write a program",
    compare=lambda *_: Outcomes(),
    praise=lambda _: "",
    objection=lambda _: "",
)
PROMPT = """\
This is a scratch pad: write any program, and F5 runs it and shows its cells. Nothing is checked or
counted, and it is kept as you leave it. F8 goes back to the exercise.
"""


@dataclass(frozen=True)
class Pad(Exercise):
    """What the screen takes for an exercise, and asks nothing."""

    @property
    def file_name(self) -> str:
        return "scratch.py"


def scratch_pad(id: str, name: str) -> Pad:
    """A pad of that id and name; its program is the learner's draft."""
    return Pad(
        id=id,
        unit_id="",
        number=0,
        title=name,
        kind=Kind.SCRATCH,
        difficulty=Difficulty.EASY,
        prompt=PROMPT,
        hints=(),
        learned="",
        expected="",
        starter="",
        solution="",
        checks=None,
        check_specs=(),
        explanation="",
        misconceptions=(),
        wrong_answers=(),
        classify=None,
        folder=Path(),
    )
