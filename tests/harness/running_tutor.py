"""The whole screen in a terminal that is not there: driven by keys, over a played or a real session."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from tests.harness.played_session import PlayedSession
from tests.harness.rest import DEADLINE_SECONDS
from tests.harness.samples import BUILD, COURSE
from tutor.course.model import Course, Exercise
from tutor.protocol.reports import Report
from tutor.session import Session
from tutor.state.progress import Progress
from tutor.state.settings import Settings, read_settings
from tutor.ui.app import TutorApp
from tutor.ui.tabs import Tab


class RunningTutor:
    """A running tutor, and the keys that are pressed in it."""

    def __init__(self, app: TutorApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.main = app.main
        self.pilot = pilot

    @property
    def exercise(self) -> Exercise:
        """The exercise in view."""
        exercise_view = self.main.exercise_view
        assert exercise_view is not None
        return exercise_view.exercise

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        for character in text:
            await self.pilot.press({"\n": "enter", " ": "space"}.get(character, character))
        await self.pilot.pause()

    def burst(self, *keys: str) -> None:
        """Keys that all have arrived before any is handled."""
        for key in keys:
            character = " " if key == "space" else key if len(key) == 1 else None
            self.app.post_message(events.Key(key, character))

    def write(self, code: str) -> None:
        """Put a program into the editor, as a paste would."""
        self.main.code.editor.rewrite(code)

    async def attempt(self) -> None:
        """Run, and wait for the verdict."""
        await self.press("f5")
        await self.until(lambda: self.main.run_panel.verdict is not None)
        await self.until(lambda: not self.main.runs.running)

    async def solve(self) -> None:
        """Run the model solution of the exercise."""
        self.write(self.exercise.solution)
        await self.attempt()

    async def settle(self) -> None:
        """Until nothing runs and all is painted."""
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Until something is so; only a failing test waits to the end."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            while not condition():
                await self.pilot.pause(0.01)
        await self.pilot.pause()

    def shows(self, tab: Tab) -> bool:
        """Whether this is the tab of the run panel."""
        return self.main.run_panel.tab is tab

    @property
    def rows(self) -> list[str]:
        """The screen as it is painted."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    @property
    def is_plain(self) -> bool:
        """Whether every character on the screen is one that a terminal only shows."""
        return all(char.isprintable() or char == "\u0301" for char in "".join(self.rows))

    @property
    def footer(self) -> str:
        return self.rows[-1].strip()


class PlayedTutor(RunningTutor):
    """The same over a session that is played."""

    def __init__(self, app: TutorApp, pilot: Pilot[None], session: PlayedSession) -> None:
        super().__init__(app, pilot)
        self.session = session

    async def run(self, *reports: Report) -> None:
        """Press F5 and let the run give these reports."""
        self.session.will_give(*reports)
        await self.press("f5")
        await self.settle()

    async def ask(self, text: str, *reports: Report) -> None:
        """Ask at the prompt, which has the focus, and get these reports."""
        self.session.will_give(*reports)
        await self.type(f"{text}\n")
        await self.settle()


@asynccontextmanager
async def played_tutor(
    state: Path,
    first: Exercise = BUILD,
    *,
    course: Course = COURSE,
    size: tuple[int, int] = (80, 24),
    theme: str | None = None,
    welcome: bool = False,
) -> AsyncIterator[PlayedTutor]:
    """The tutor, opened on an exercise, over a session that is played."""
    session = PlayedSession()
    config = state / "config.toml"
    settings = read_settings(config) if config.is_file() else Settings()
    progress = Progress.open(state)
    app = TutorApp(course, progress, session, first, theme, "", settings, config, welcome=welcome)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield PlayedTutor(app, pilot, session)


@asynccontextmanager
async def real_tutor(
    state: Path,
    first: Exercise = BUILD,
    *,
    course: Course = COURSE,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[RunningTutor]:
    """The tutor, opened on an exercise, over a session with a child."""
    async with Session() as session:
        config = state / "config.toml"
        app = TutorApp(course, Progress.open(state), session, first, "dark", config=config)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield RunningTutor(app, pilot)
