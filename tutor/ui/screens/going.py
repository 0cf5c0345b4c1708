"""Going from exercise to exercise, and leaving: nothing that was answered is lost on the way."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from tutor.course.model import Exercise
from tutor.ui.exercise.course_state import CourseState
from tutor.ui.pages.unit_end import UnitEndScreen
from tutor.ui.screens.pane_screen import PaneScreen
from tutor.ui.screens.runs import Runs

DRAFT_PAUSE = 0.5
"""Seconds without a key after which what was typed is saved."""


class Going:
    """Leaves the exercise in view for another, or the tutor; timers are the screen's."""

    def __init__(
        self,
        screen: PaneScreen,
        course_state: CourseState,
        runs: Runs,
        show: Callable[[Exercise], None],
        answer: Callable[[], str],
    ) -> None:
        self.screen = screen
        self.course_state = course_state
        self.runs = runs
        self.show = show
        """Brings an exercise into view."""
        self.answer = answer
        """The learner's answer as it stands."""
        self.pause: Timer | None = None
        """Until the answer is saved."""
        self.warned = False
        """Whether the learner was told that quitting loses work."""

    def go_to(self, exercise: Exercise) -> None:
        """Leave the exercise in view for another."""
        self.save_draft()
        self.runs.end_program()
        self.screen.minimize()
        self.screen.uncover()
        self.show(exercise)

    def go_on(self) -> None:
        """Go to the next exercise that is not passed; at the end of a unit first say what is open.

        From a scratch pad, back to the exercise that was left for it.
        """
        if left := self.course_state.left_for_pad:
            self.go_to(left)
            return
        ahead = self.course_state.ahead
        page = self.screen.app.screen
        if isinstance(page, UnitEndScreen):  # the second of two keys in a burst
            page.action_go_on()
        elif ahead.ends_unit:
            self.screen.app.push_screen(UnitEndScreen(ahead, self.go_to))
        elif ahead.following:
            self.go_to(ahead.following)

    def go_back(self) -> None:
        """Go to the exercise before, passed or not."""
        if before := self.course_state.left_for_pad or self.course_state.ahead.before:
            self.go_to(before)
        else:
            self.screen.tell("This is the first exercise.")

    async def leave(self) -> None:
        """Quit; the first time not, if work would be lost."""
        self.save_draft()
        if self.course_state.progress.work_unsaved and not self.warned:
            self.warned = True
            self.screen.tell(f"{self.course_state.told} F10 again leaves without it.")
        else:
            await self.screen.app.action_quit()

    def await_pause(self) -> None:
        """Save the answer once the learner pauses."""
        if self.pause:
            self.pause.stop()
        self.pause = self.screen.set_timer(DRAFT_PAUSE, self.save_draft)

    def save_draft(self) -> None:
        """Keep the answer as it stands."""
        self.course_state.save_draft(self.answer())
