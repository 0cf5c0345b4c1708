"""What the screen tells the widgets of the exercise in view."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.course.model import Exercise, Unit


@dataclass(frozen=True)
class ExerciseView:
    """An exercise with what this learner may see of it."""

    exercise: Exercise
    unit: Unit
    hints: int
    """How many of its hints are open."""
    passed: bool
    """Whether its explanation is open."""
    what_comes: str
    """What to say after a pass: where F8 goes, and at the end of a unit what is open."""
    just_passed: bool
    """Whether the last run since it was opened has passed it."""
