"""What the screen tells the widgets of the exercise in view."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.course.model import Exercise, Unit
from tutor.grading.kinds import kind_of
from tutor.text import visible


@dataclass(frozen=True)
class ExerciseView:
    """An exercise with what this learner may see of it."""

    exercise: Exercise
    unit: Unit
    """Its own; of a scratch pad, the one that the learner came from."""
    hints: int
    """How many of its hints are open."""
    passed: bool
    """Whether its explanation is open."""
    what_comes: str
    """What to say after a pass: where F8 goes, and at the end of a unit what is open."""
    following: str = ""
    """The number and the title of the exercise that F8 goes to; empty if there is none."""
    just_passed: bool = False
    """Whether the last run since it was opened has passed it."""

    @property
    def asks(self) -> bool:
        """Whether there is something to pass, and to count."""
        return kind_of(self.exercise).asks

    @property
    def number(self) -> str:
        """What stands before the title: `1.7`, or of a scratch pad that it is one."""
        return f"{self.unit.number}.{self.exercise.number}" if self.asks else "Scratch"

    @property
    def title(self) -> str:
        """On one line; of a scratch pad it stands behind a dot, for it is the learner's own."""
        title = visible(self.exercise.title, keep_newlines=False)
        return title if self.asks else f"· {title}"

    @property
    def sort(self) -> str:
        """`medium · build`; empty where nothing is asked."""
        return f"{self.exercise.difficulty} · {self.exercise.kind}" if self.asks else ""

    @property
    def counted(self) -> tuple[Exercise, ...]:
        """The exercises whose states stand beside it."""
        return self.unit.exercises if self.asks else ()
