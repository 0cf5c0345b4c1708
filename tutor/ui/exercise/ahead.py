"""What is ahead of a learner: the next exercise that is not passed, what is open, what is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from tutor.course.model import Course, Exercise, Unit
from tutor.state.progress import ExerciseState, Record
from tutor.text import visible

SOLUTION_SHOWN = "solution shown"
FEWEST_OF_A_RANGE = 3
"""So many exercises in a row are told as a range."""


@dataclass(frozen=True)
class Ahead:
    """The course as seen from the exercise in view. Open is what is not passed: an exercise whose
    solution was shown is open too, and that is said.
    """

    course: Course
    exercise: Exercise
    """The one in view."""
    records: Mapping[str, Record]
    """What is kept of every exercise, by its id."""

    @property
    def unit(self) -> Unit:
        """The unit of the exercise in view."""
        return self.course.unit_of(self.exercise)

    @property
    def open(self) -> tuple[Exercise, ...]:
        """All exercises that are not passed, in the order of the course."""
        return tuple(each for each in self.course.exercises if not self._is_passed(each))

    @property
    def following(self) -> Exercise | None:
        """The next one not passed: after the one in view, then from the beginning."""
        others = [each for each in self.open if each.id != self.exercise.id]
        after = [each for each in others if self._place(each) > self._place(self.exercise)]
        return next(iter((*after, *others)), None)

    @property
    def before(self) -> Exercise | None:
        """The one before, whether or not it is passed."""
        place = self._place(self.exercise)
        return self.course.exercises[place - 1] if place else None

    @property
    def ends_unit(self) -> bool:
        """Whether nothing more of the unit comes after the exercise in view."""
        following = self.following
        return (
            following is None
            or following.unit_id != self.exercise.unit_id
            or self._place(following) < self._place(self.exercise)
        )

    def open_in(self, unit: Unit) -> tuple[Exercise, ...]:
        """The exercises of a unit that are not passed."""
        return tuple(each for each in self.open if each.unit_id == unit.id)

    def passed_in(self, unit: Unit) -> int:
        """How many exercises of a unit are passed."""
        return len(unit.exercises) - len(self.open_in(unit))

    def first_tries_in(self, unit: Unit) -> int:
        """How many of them passed at the first attempt."""
        return sum(self.records[each.id].at_first_try for each in unit.exercises)

    def number(self, exercise: Exercise) -> str:
        """`1.3`."""
        return f"{self.course.unit_of(exercise).number}.{exercise.number}"

    def name(self, exercise: Exercise) -> str:
        """`1.3 Cells and names`, and whether its solution was shown."""
        title = visible(exercise.title, keep_newlines=False)
        shown = f" ({SOLUTION_SHOWN})" if self._is_shown(exercise) else ""
        return f"{self.number(exercise)} {title}{shown}"

    @property
    def what_comes(self) -> str:
        """What to say of it after a pass: where F8 goes; at the end of a unit what is open."""
        following = self.following
        onward = f"F8: {self.name(following)}" if following else ""
        return f"{self.at_the_end} {onward}".strip() if self.ends_unit else onward

    @property
    def at_the_end(self) -> str:
        """What is open at the end of a unit, or that it is done, or the whole course."""
        if not self.open:
            return self.all_done
        left = self.open_in(self.unit)
        return self.still_open(left) if left else f"Unit {self.unit.number} is done."

    @property
    def all_done(self) -> str:
        """That nothing is open."""
        return f"All {len(self.course.exercises)} exercises are passed: the course is done."

    def still_open(self, exercises: Sequence[Exercise]) -> str:
        """`1.3 and 1.9 are still open.`"""
        parts = [*self._parts(exercises)]
        said = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
        return f"{said} {'is' if len(exercises) == 1 else 'are'} still open."

    def _parts(self, exercises: Sequence[Exercise]) -> Iterator[str]:
        """Their numbers; three and more in a row as `1.8 to 1.11`."""

        def row(place_and_exercise: tuple[int, Exercise]) -> tuple[str, int, bool]:
            index, exercise = place_and_exercise
            return exercise.unit_id, self._place(exercise) - index, self._is_shown(exercise)

        for (_, _, shown), group in groupby(enumerate(exercises), row):
            numbers = [self.number(each) for _, each in group]
            if len(numbers) >= FEWEST_OF_A_RANGE:
                numbers = [f"{numbers[0]} to {numbers[-1]}"]
            if shown:
                numbers[-1] += f" ({SOLUTION_SHOWN})"
            yield from numbers

    def _place(self, exercise: Exercise) -> int:
        return [each.id for each in self.course.exercises].index(exercise.id)

    def _is_passed(self, exercise: Exercise) -> bool:
        return self.records[exercise.id].state is ExerciseState.PASSED

    def _is_shown(self, exercise: Exercise) -> bool:
        return self.records[exercise.id].state is ExerciseState.SHOWN
