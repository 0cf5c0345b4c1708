"""One run of a real session, read to its end, and its reports by kind."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from tutor.protocol.reports import (
    CheckResult,
    Finished,
    InputWanted,
    Labels,
    Output,
    Report,
    Stream,
)
from tutor.protocol.views import Cells
from tutor.session import Session


@dataclass(frozen=True)
class Outcome:
    """All reports of a run, sorted by kind."""

    reports: list[Report]

    @property
    def finished(self) -> Finished:
        last = self.reports[-1]
        assert isinstance(last, Finished)
        return last

    @property
    def stdout(self) -> str:
        return self._text(Stream.STDOUT)

    @property
    def stderr(self) -> str:
        return self._text(Stream.STDERR)

    @property
    def cells(self) -> Cells | None:
        found = [report for report in self.reports if isinstance(report, Cells)]
        return found[-1] if found else None

    @property
    def labels(self) -> Labels | None:
        return next((report for report in self.reports if isinstance(report, Labels)), None)

    @property
    def checks(self) -> dict[str, CheckResult]:
        return {report.name: report for report in self.reports if isinstance(report, CheckResult)}

    def _text(self, stream: Stream) -> str:
        pieces = [report for report in self.reports if isinstance(report, Output)]
        return "".join(piece.text for piece in pieces if piece.stream is stream)


Run = Callable[..., Awaitable[Outcome]]
"""What the fixture `run` gives: from source to its outcome."""


async def collect(
    reports: AsyncIterator[Report], session: Session, answers: list[str | None]
) -> Outcome:
    """Read reports to the end, answering each InputWanted with the next of `answers`."""
    collected: list[Report] = []
    async for report in reports:
        collected.append(report)
        if isinstance(report, InputWanted):
            session.send_input(answers.pop(0))
    return Outcome(collected)
