"""A tutor with a small course and a session that plays what a test tells it to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from tests.harness.samples import BUILD, COURSE, DONE
from tutor.course.model import Course, Exercise
from tutor.protocol.messages import (
    Finished,
    InputWanted,
    Question,
    Report,
    RunRequest,
    ScopeMap,
    Status,
)
from tutor.session import Session
from tutor.state.progress import Progress
from tutor.ui.app import TutorApp
from tutor.ui.tabs import Tab


class PlayedSession(Session):
    """A session without a child: every run gives the next of the scripts.

    A script is a row of reports. After an InputWanted it waits for the line.
    """

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[Iterable[Report]] = []
        self.requests: list[RunRequest] = []
        self.asked: list[str] = []
        self.questions: list[Question] = []
        self.read: list[str] = []
        """The sources whose names were asked for."""
        self.map: ScopeMap | None = ScopeMap()
        self.lines: asyncio.Queue[str | None] = asyncio.Queue()
        self.given: list[str | None] = []
        self.resets = 0
        self.stopped = asyncio.Event()
        self.hangs = False
        """Whether runs go on until they are stopped."""

    def will_give(self, *reports: Report) -> None:
        """What the next run or evaluation reports; Finished is added if it is not there."""
        ends = bool(reports) and isinstance(reports[-1], Finished)
        self.scripts.append(reports if ends else (*reports, DONE))

    async def warm(self) -> None:
        pass

    async def run(self, request: RunRequest) -> AsyncIterator[Report]:
        self.requests.append(request)
        async for report in self._play():
            yield report

    async def scopes(self, source: str) -> ScopeMap | None:
        self.read.append(source)
        return self.map

    async def ask(self, question: Question) -> AsyncIterator[Report]:
        self.questions.append(question)
        self.asked.append(question.text)
        async for report in self._play():
            yield report

    async def _play(self) -> AsyncIterator[Report]:
        for report in self.scripts.pop(0):
            if self.hangs and isinstance(report, Finished):
                await self.stopped.wait()
                yield Finished(Status.STOPPED, 1.0, sentence="You stopped the program.")
                return
            yield report
            if isinstance(report, InputWanted):
                self.given.append(await self.lines.get())

    def send_input(self, line: str | None) -> None:
        self.lines.put_nowait(line)

    async def stop(self) -> None:
        self.stopped.set()

    async def reset(self) -> None:
        self.resets += 1

    async def close(self) -> None:
        pass


class Hands:
    """A running tutor, and the hands on its keyboard."""

    def __init__(self, app: TutorApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.main = app.main
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        for char in text:
            await self.pilot.press({"\n": "enter", " ": "space"}.get(char, char))
        await self.pilot.pause()

    async def settle(self) -> None:
        """Until nothing runs and all is painted."""
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Until something is so; the test's own timeout ends a wait in vain."""
        async with asyncio.timeout(10):
            while not condition():
                await self.pilot.pause(0.01)

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
    def footer(self) -> str:
        return self.rows[-1].strip()


class Desk(Hands):
    """The same with a session that plays."""

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
async def desk(
    state: Path,
    first: Exercise = BUILD,
    *,
    course: Course = COURSE,
    size: tuple[int, int] = (80, 24),
    theme: str | None = None,
) -> AsyncIterator[Desk]:
    """The tutor, opened on an exercise."""
    session = PlayedSession()
    app = TutorApp(course, Progress.open(state), session, first, theme)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Desk(app, pilot, session)
