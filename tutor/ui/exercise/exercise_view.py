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
    is_last: bool
    """Whether no exercise comes after it."""
    just_passed: bool = False
    """Whether the last run since it was opened has passed it."""
    comes: str = ""
    """What comes after it, with the key that leads there: Markdown."""
