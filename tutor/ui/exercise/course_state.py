"""Which exercise a learner is at, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable

from tutor.course.model import Course, Exercise
from tutor.grading.kinds import kind_of
from tutor.state.progress import ExerciseState, Progress, ProgressUnwritable
from tutor.text import visible
from tutor.ui.exercise.exercise_view import ExerciseView


class CourseState:
    """Where a learner is in the course. What cannot be saved is told, and the lesson goes on."""

    def __init__(
        self,
        course: Course,
        progress: Progress,
        first: Exercise,
        tell: Callable[[str], None],
        changed: Callable[[], None],
    ) -> None:
        self.course = course
        self.progress = progress
        self.exercise = first
        self.draft = ""
        """The answer as it was last saved."""
        self.tell = tell
        self.just_passed = False
        """Whether the last attempt since the exercise was opened has passed it."""
        self.told = ""
        """What was told last: a folder that cannot be written is told once, not at every pause."""
        self.changed = changed
        """Called when more is known of the learner, whether or not it could be saved."""

    @property
    def states(self) -> dict[str, ExerciseState]:
        """How far every exercise is."""
        return {each.id: self.progress.record(each.id).state for each in self.course.exercises}

    @property
    def exercise_view(self) -> ExerciseView:
        """The exercise in view, with what may be seen of it."""
        record = self.progress.record(self.exercise.id)
        explained = record.state in (ExerciseState.PASSED, ExerciseState.SHOWN)
        unit = self.course.unit_of(self.exercise)
        return ExerciseView(
            self.exercise, unit, record.hints, explained, self.what_comes, self.just_passed
        )

    @property
    def what_comes(self) -> str:
        """What to say after a pass: where F8 goes."""
        following = self.next_exercise
        if following is None:
            return ""
        number = f"{self.course.unit_of(following).number}.{following.number}"
        return f"F8: {number} {visible(following.title, keep_newlines=False)}"

    @property
    def next_exercise(self) -> Exercise | None:
        """The one after the exercise in view, in the order of the course."""
        exercises = self.course.exercises
        place = [each.id for each in exercises].index(self.exercise.id)
        return next(iter(exercises[place + 1 :]), None)

    def open(self, exercise: Exercise) -> str:
        """Go to an exercise; the answer as it was left."""
        self.exercise = exercise
        self.just_passed = False
        kept = self.progress.record(exercise.id).draft
        self.draft = kind_of(exercise).fresh(exercise) if kept is None else kept
        return self.draft

    def save_place(self) -> None:
        """Begin here the next time."""
        if self.progress.last_exercise != self.exercise.id:
            self.keep(self.progress.save_last, self.exercise.id)

    def save_draft(self, answer: str) -> None:
        """Keep the answer, if it has changed."""
        if answer != self.draft:
            self.draft = answer
            self.keep(self.progress.save_draft, self.exercise.id, answer)

    def save_attempt(self, passed: bool) -> None:
        """Keep what an attempt came to."""
        self.just_passed = passed
        self.keep(self.progress.save_attempt, self.exercise.id, passed)

    def open_hint(self) -> None:
        """Open the next hint, if there is one left."""
        hints = min(self.exercise_view.hints + 1, len(self.exercise.hints))
        self.keep(self.progress.save_hints, self.exercise.id, hints)

    def save_shown(self) -> None:
        """Keep that the learner has seen the solution."""
        self.keep(self.progress.save_shown, self.exercise.id)

    def keep(self, save: Callable[..., None], *what: object) -> None:
        """Save something, or tell why it cannot be."""
        try:
            save(*what)
        except ProgressUnwritable as error:
            if str(error) != self.told:
                self.told = str(error)
                self.tell(self.told)
        self.changed()
