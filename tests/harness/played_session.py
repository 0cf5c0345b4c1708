"""A session without a child, for tests of the screen and of the commands: it plays what a test says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from tests.harness.samples import DONE
from tutor.protocol.reports import Completions, Entry, Finished, InputWanted, Report, Status
from tutor.protocol.requests import Ask, Question, RunRequest
from tutor.protocol.views import ScopeMap
from tutor.session import Session
from tutor.worker.program.prompt import is_whole

Script = Callable[[RunRequest], Iterable[Report]]
"""From what is asked for to what the run reports."""


class PlayedSession(Session):
    """A session without a child: every run gives the next of the scripts.

    A script is a row of reports. After an InputWanted it waits for the line. With `script` every
    run gives what that makes of its request.
    """

    def __init__(self, script: Script | None = None) -> None:
        super().__init__()
        self.script = script
        self.scripts: list[Iterable[Report]] = []
        self.requests: list[RunRequest] = []
        self.asked: list[str] = []
        self.questions: list[Question] = []
        self.typed: list[str] = []
        """What was asked about while it was typed."""
        self.names = Completions("", "", ())
        """What a word may become."""
        self.read: list[str] = []
        """The sources whose names were asked for."""
        self.map: ScopeMap | None = ScopeMap()
        self.lines: asyncio.Queue[str | None] = asyncio.Queue()
        self.given: list[str | None] = []
        self.resets = 0
        self.stopped = asyncio.Event()
        self.hangs = False
        """Whether runs go on until they are stopped."""
        self.python: Path | None = None
        """The interpreter that a command asked for."""
        self.closed = False

    def will_give(self, *reports: Report) -> None:
        """What the next run or evaluation reports; Finished is added if it is not there."""
        ends = bool(reports) and isinstance(reports[-1], Finished)
        self.scripts.append(reports if ends else (*reports, DONE))

    def begun_with(self, python: Path | None = None) -> PlayedSession:
        """Stands in for the class, where a command makes its session itself."""
        self.python = python
        return self

    async def warm(self) -> None:
        pass

    async def run(self, request: RunRequest) -> AsyncIterator[Report]:
        self.requests.append(request)
        async for report in self._play(self.script(request) if self.script else None):
            yield report

    async def scopes(self, source: str) -> ScopeMap | None:
        self.read.append(source)
        return self.map

    async def ask(self, question: Question) -> AsyncIterator[Report]:
        if question.ask in (Ask.IS_WHOLE, Ask.COMPLETE):
            self.typed.append(question.text)
            yield Entry(is_whole(question.text)) if question.ask is Ask.IS_WHOLE else self.names
            yield DONE
            return
        self.questions.append(question)
        self.asked.append(question.text)
        async for report in self._play():
            yield report

    async def _play(self, reports: Iterable[Report] | None = None) -> AsyncIterator[Report]:
        for report in self.scripts.pop(0) if reports is None else reports:
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
        self.closed = True
