"""Which exercise a learner is at, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable

from tutor.course.model import Course, Exercise
from tutor.grading.kinds import kind_of
from tutor.grading.kinds.scratch import Pad, scratch_pad
from tutor.state.progress import ExerciseState, Progress, ProgressUnwritable
from tutor.ui.exercise.ahead import Ahead
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
        """The one in view, or a scratch pad."""
        self.question = first if kind_of(first).asks else course.exercises[0]
        """The exercise in view, or the one that was left for a scratch pad."""
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
        ahead = self.ahead
        return ExerciseView(
            self.exercise,
            ahead.unit,
            record.hints,
            explained,
            ahead.what_comes,
            ahead.name(ahead.following) if ahead.following else "",
            self.just_passed,
        )

    @property
    def ahead(self) -> Ahead:
        """What there is besides the exercise in view, and how far the learner is."""
        records = {each.id: self.progress.record(each.id) for each in self.course.exercises}
        return Ahead(self.course, self.question, records)

    @property
    def pads(self) -> tuple[Pad, ...]:
        """The scratch pads of the learner."""
        return tuple(scratch_pad(id, name) for id, name in self.progress.pads.items())

    @property
    def left_for_pad(self) -> Exercise | None:
        """The exercise to go back to, if a scratch pad is in view."""
        return None if self.exercise is self.question else self.question

    def open(self, exercise: Exercise) -> str:
        """Go to an exercise; the answer as it was left."""
        self.exercise = exercise
        if kind_of(exercise).asks:
            self.question = exercise
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

    def open_hints(self, number: int) -> None:
        """Open the hints up to that one, as far as there are some."""
        hints = min(number, len(self.exercise.hints))
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


def place_left(course: Course, progress: Progress) -> Exercise | None:
    """Where the learner was last: an exercise or a scratch pad, if it is still there."""
    last = progress.last_exercise or ""
    if last in progress.pads:
        return scratch_pad(last, progress.pads[last])
    return course.exercise(last)
