"""The parent's side of runs: start, evaluate, stop. Owns the child's life and the warm spare.

A Session has at most one program, and a nursery that the next is forked from. What a run is made of
is told in `worker/nursery.py` and `worker/supervisor.py`.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from tutor.protocol.reports import Report
from tutor.protocol.requests import Ask, LabelHint, Question, RunRequest
from tutor.protocol.views import CellView, ScopeMap
from tutor.session.run import Run
from tutor.session.spare import IDLE_SECONDS, Spare


class Session:
    """Runs learner code, one program at a time.

    Use it as an asynchronous context manager: leaving it leaves no process behind.

    `python` is the interpreter for learner code: CPython 3.11 or later. By default it is the one
    that runs the tutor, outside any virtual environment. The nursery is let go when it was not
    wanted for `idle_seconds`.
    """

    def __init__(self, python: Path | None = None, *, idle_seconds: float = IDLE_SECONDS) -> None:
        self.python_name = (
            python.name if python else f"Python {sys.version_info.major}.{sys.version_info.minor}"
        )
        """The interpreter for learner code, as it may be told."""
        self._spare = Spare(python, idle_seconds)
        self._run: Run | None = None
        self._starting = asyncio.Lock()
        self._asking = asyncio.Lock()
        self._stop_asked = False
        """Whether Stop came before the run had a child."""
        self._labels: tuple[LabelHint, ...] = ()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def version(self) -> tuple[int, int]:
        """Of the interpreter that runs learner code: (3, 13). Raises PythonUnusable if there is none."""
        return await self._spare.version()

    @property
    def running(self) -> bool:
        """Whether learner code is running now, in a run or at the prompt."""
        return self._run is not None and self._run.running

    async def warm(self) -> None:
        """Make the spare ready, so that the next run starts at once.

        Raises PythonUnusable if the interpreter is too old or does not start.
        """
        await self._spare.ready()

    async def run(self, request: RunRequest) -> AsyncIterator[Report]:
        """Run a program; yields its reports in order, Finished last. A run before it is ended."""
        self._stop_asked = False
        async with self._starting:  # a run that waits for its child must be there to be ended
            await self._end_program()
            child = await self._spare.take()  # last: a child that is cancelled here would be lost
            self._run = run = Run(child, replace(request, labels=request.labels or self._labels))
        try:
            reports = run.reports()
            if self._stop_asked:
                run.stop()
            async for report in reports:
                yield report
        finally:
            self._labels = _hints(run.cells) or self._labels
            if run.running:
                await run.end()

    async def scopes(self, source: str) -> ScopeMap | None:
        """What the compiler decides about a source, worked out by the spare, nothing being run.

        None for a source that ends the interpreter which compiles it: it costs a spare.
        """
        fields = await self._spare.scopes(source)
        return None if fields is None else msgspec.convert(fields, ScopeMap)

    async def run_beside(self, request: RunRequest) -> AsyncIterator[Report]:
        """Run another program; the one that can be asked stays as it is.

        Yields its reports in order, Finished last.
        """
        run = Run(await self._spare.take(), request)
        try:
            async for report in run.reports():
                yield report
        finally:
            await run.end()

    def evaluate(self, text: str) -> AsyncIterator[Report]:
        """Run code in the namespace of the finished program: its Output, Cells, then Finished."""
        return self.ask(Question(Ask.EVALUATE, text))

    async def ask(self, question: Question) -> AsyncIterator[Report]:
        """Ask the finished program something: what it reports, Cells among it, Finished last.

        A question that comes while another is answered waits. Raises NoProgram if there is none.
        """
        async with self._asking:
            run = self._run
            if run is None or not run.at_prompt:
                raise NoProgram
            try:
                async for report in run.ask(question):
                    yield report
            finally:
                if run.running:
                    await run.end()

    def send_input(self, line: str | None) -> None:
        """Give the running program a line of standard input; None is the end of input."""
        if self._run is not None:
            self._run.send_input(line)

    async def stop(self) -> None:
        """End what is running; its last reports still come to whoever reads them."""
        self._stop_asked = True
        if self._run is not None and self._run.running:
            self._run.stop()

    async def reset(self) -> None:
        """End the program behind the prompt and forget its labels."""
        await self._end_program()
        self._labels = ()

    async def close(self) -> None:
        """End everything."""
        await self._end_program()
        await self._spare.close()

    async def _end_program(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            await run.end()


class NoProgram(Exception):
    """There is no program to ask: it has not run, or it was ended at a limit."""

    def __str__(self) -> str:
        return "There is no program to ask. Run it first."


def _hints(cells: tuple[CellView, ...]) -> tuple[LabelHint, ...]:
    """The letters of a run, for the next run of the same exercise."""
    letters: dict[tuple[str | None, str], list[str]] = {}
    for cell in cells:
        letters.setdefault((cell.owner, cell.name), []).append(cell.label)
    return tuple(LabelHint(owner, name, tuple(them)) for (owner, name), them in letters.items())
