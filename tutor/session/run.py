"""One program in its child: what it reports, and the limits that the parent keeps.

The kernel keeps the limits of memory, files and processor time; wall time and output are kept here.
Whatever cuts a run short, the worker is first asked for its last known cells. If it cannot give
them any more, they are those of the last recorded step.
"""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
import traceback
from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from enum import Enum, auto
from pathlib import Path

from tutor import faults
from tutor.protocol.frames import TOKEN_BYTES, FrameReader
from tutor.protocol.reports import (
    Checking,
    Finished,
    InputWanted,
    Report,
    Status,
)
from tutor.protocol.requests import Question, RunRequest
from tutor.protocol.views import Cells, CellView, Recording
from tutor.session.child_streams import ChildStreams
from tutor.session.clock import Clock
from tutor.session.endings import Shown, died, sentence
from tutor.session.json_socket import READ_BYTES, Message
from tutor.session.report_reader import UnreadableReport, read_report
from tutor.session.supervisor_client import UNRESPONSIVE_SECONDS, Child
from tutor.views.timeline import joined, state_at
from tutor.worker.supervision import scratch

CHECKS_OUTSTAY = 2
"""The worker ends checks that take longer than a program may; this many times that, it cannot."""


class _State(Enum):
    RUNNING = auto()
    AT_PROMPT = auto()
    """Finished, and stopped until it is asked something."""
    ENDED = auto()


class Run:
    """A program from its start to the end of its child."""

    def __init__(self, child: Child, request: RunRequest) -> None:
        self.cells: tuple[CellView, ...] = ()
        """Of the last report of cells."""
        self._child = child
        self._request = request
        self._token = os.urandom(TOKEN_BYTES)
        self._frames = FrameReader(self._token)
        self._scratch = Path(tempfile.gettempdir()) / f"closure-tutor-{os.urandom(8).hex()}"
        self._state = _State.RUNNING
        self._cut: Status | None = None
        self._shown = Shown.NONE
        self._pieces: list[Recording] = []
        """Of a recording that is arriving; whatever comes next shows that it is whole."""
        self._reports: asyncio.Queue[Report] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._checking = False
        """Whether the program has come to its end and its checks run."""
        self._clock = self._new_clock()
        self._streams_of_child = ChildStreams(
            child, self._reports, request.limits.output_bytes, self._flooded
        )
        self._backstop: asyncio.TimerHandle | None = None
        child.on_answer = self._hear
        child.on_gone = self._supervisor_went
        self._loop.add_reader(child.frames, self._read_frames)

    @property
    def running(self) -> bool:
        """Whether the program runs, or answers a question."""
        return self._state is _State.RUNNING

    @property
    def at_prompt(self) -> bool:
        """Whether the program has ended and can be asked."""
        return self._state is _State.AT_PROMPT

    def reports(self) -> AsyncIterator[Report]:
        """Start the program; yield its reports, Finished last."""
        self._child.send(
            do="run",
            token=self._token.hex(),
            scratch=str(self._scratch),
            request=asdict(self._request),
        )
        return self._until_finished()

    def ask(self, question: Question) -> AsyncIterator[Report]:
        """Ask the finished program; yield the reports, Finished last."""
        self._streams_of_child.begin()
        while not self._reports.empty():  # what came after the last Finished
            self._reports.get_nowait()
        self._shown = Shown.AS_BEFORE
        self._state = _State.RUNNING
        self._checking = False
        self._clock = self._new_clock()
        self._child.send(do="ask", question=[question.ask, question.cell, question.text])
        return self._until_finished()

    def send_input(self, line: str | None) -> None:
        """A line for the program's standard input, or None for the end of input."""
        self._streams_of_child.send_input(line)
        self._clock.resume()

    def stop(self) -> None:
        """Cut the run short, as the learner asked."""
        self._cut_short(Status.STOPPED)

    async def end(self) -> None:
        """End the child and everything below it; a reader of a run in progress sees it stopped."""
        self._cut = self._cut or Status.STOPPED
        self._clock.pause()
        await self._child.end()

    async def _until_finished(self) -> AsyncIterator[Report]:
        self._clock.resume()
        while True:
            report = await self._reports.get()
            if isinstance(report, Recording) and self._shown is Shown.AS_RECORDED:
                yield await self._last_recorded(report)
            yield report
            # A queue that is not empty never waits: in a flood the screen would have no turn.
            await asyncio.sleep(0)
            if isinstance(report, Finished):
                return

    async def _last_recorded(self, recording: Recording) -> Cells:
        """The cells after the last step; in a thread, for it may take some tenths of a second."""
        cells = await asyncio.to_thread(state_at, recording, len(recording.steps))
        self.cells = cells.cells
        return cells

    def _read_frames(self) -> None:
        try:
            data = os.read(self._child.frames, READ_BYTES)
        except BlockingIOError:
            return
        if not data:
            self._loop.remove_reader(self._child.frames)
            return
        for payload in self._frames.feed(data):
            # What the program wrote before this frame is in its pipes by now.
            self._streams_of_child.drain()
            try:
                self._take(read_report(payload))
            except UnreadableReport:
                self._failed(traceback.format_exc())

    def _take(self, report: Report) -> None:
        if isinstance(report, Recording):
            self._pieces.append(report)
            return
        self._join_recording()
        match report:
            case Finished():
                self._finish(report)
            case Cells():
                self._shown = Shown.AS_THEY_ARE
                self.cells = report.cells
                self._reports.put_nowait(report)
            case Checking():
                self._checking = True
                self._clock.pause()
                self._clock = self._new_clock(CHECKS_OUTSTAY)
                self._clock.resume()
                self._reports.put_nowait(report)
            case InputWanted():
                self._clock.pause()
                self._reports.put_nowait(report)
            case _:
                self._reports.put_nowait(report)

    def _join_recording(self) -> None:
        pieces, self._pieces = self._pieces, []
        if not pieces:
            return
        recording = joined(pieces)
        if self._shown is Shown.NONE and recording.steps:
            self._shown = Shown.AS_RECORDED
        self._reports.put_nowait(recording)

    def _finish(self, finished: Finished) -> None:
        """The one place where a run, or an evaluation, ends."""
        if self._state is not _State.RUNNING:
            return
        if finished.fault:
            faults.note(finished.fault)
        if self._cut is not None and not finished.fault:
            status = self._cut if finished.status is Status.DIED else finished.status
            if self._cut is Status.TOO_MUCH_OUTPUT:
                status = self._cut
            finished = replace(finished, status=status, prompt=False)
        told = sentence(finished, self._request.limits, self._shown, checking=self._checking)
        finished = replace(finished, sentence=told)
        self._clock.pause()
        self._state = _State.AT_PROMPT if finished.prompt else _State.ENDED
        self._reports.put_nowait(finished)

    def _failed(self, fault: str) -> None:
        """The tutor failed to look after the run: end it, and say whose fault that is."""
        self._finish(Finished(Status.DIED, self._clock.seconds, fault=fault))
        self._child.send(do="stop")

    def _new_clock(self, times: float = 1) -> Clock:
        """A clock for as long as a program may run, or so many times as long."""
        seconds = times * self._request.limits.wall_seconds
        return Clock(seconds, lambda: self._cut_short(Status.TIMED_OUT))

    def _flooded(self) -> None:
        self._cut_short(Status.TOO_MUCH_OUTPUT)

    def _cut_short(self, why: Status) -> None:
        if self._cut is None and self._state is _State.RUNNING:
            self._cut = why
            self._child.send(do="stop")
            self._child.signal(signal.SIGCONT)  # should the run have stopped it
            self._backstop = self._loop.call_later(
                UNRESPONSIVE_SECONDS, self._child.signal, signal.SIGKILL
            )

    def _hear(self, answer: Message) -> None:
        """An answer of the supervisor: `ended` is the worker's wait status, `refused` says why."""
        if "ended" in answer:
            status, crash = answer["ended"], answer["crash"]
            assert isinstance(status, int)
            assert crash is None or isinstance(crash, dict)
            self._worker_ended(died(status, crash, self._clock.seconds))
        elif "refused" in answer:
            self._went(f"The program could not be started: {answer['refused']}.")

    def _supervisor_went(self) -> None:
        self._went("The program ended together with the process that watched over it.")
        if self._backstop is not None:
            self._backstop.cancel()
        self._clock.pause()
        self._loop.remove_reader(self._child.frames)
        self._streams_of_child.close()
        # The supervisor does it, unless it was killed.
        scratch.remove(str(self._scratch))

    def _went(self, how: str) -> None:
        self._worker_ended(Finished(Status.DIED, self._clock.seconds, sentence=how))

    def _worker_ended(self, finished: Finished) -> None:
        """Take what is still in the pipes; without a Finished among it, the program died."""
        if self._state is _State.RUNNING:
            self._read_frames()
            self._streams_of_child.drain()
            self._join_recording()
            self._finish(finished)
        self._state = _State.ENDED
