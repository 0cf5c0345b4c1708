"""The kinds of exercises, one file a kind, and the registry that finds the one of an exercise.

A line here knows one kind; nobody outside asks which kind an exercise is.
"""

from __future__ import annotations

from tutor.course.model import Exercise
from tutor.grading.kind import ExerciseKind
from tutor.grading.kinds.cells import CELLS
from tutor.grading.kinds.classify import CLASSIFY
from tutor.grading.kinds.predict import PREDICT
from tutor.grading.kinds.programs import BUILD, REPAIR
from tutor.grading.kinds.scratch import SCRATCH

_KINDS = {kind.name: kind for kind in (PREDICT, CLASSIFY, CELLS, BUILD, REPAIR, SCRATCH)}


def kind_of(exercise: Exercise) -> ExerciseKind:
    """All that is known of the exercise's kind."""
    return _KINDS[exercise.kind]
