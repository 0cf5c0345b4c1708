"""The supervisor: forks one worker, and answers for its end and for all that it started.

It is single-threaded, forked from the nursery for one run. As a subreaper (prctl(2)) it inherits
whatever the run orphans; it ignores TERM, INT and HUP, has a session of its own, and goes when the
tutor's socket closes, however the tutor went. Commands are lines of JSON on that socket, and so are
its answers:

    {"do": "run", ...}  {"do": "ask", "question": [...]}  {"do": "stop"}
    {"refused": "No space left on device"}  {"ended": WAIT_STATUS, "crash": {...} or null}
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import select
import signal
import time
from dataclasses import asdict, dataclass
from typing import NoReturn

from ...protocol.frames import encode
from ...protocol.requests import LabelHint, Limits, RunRequest
from ..inspector.labels import LabelBook
from ..process import kernel
from ..process.pristine import Pristine
from ..program.channels import Channels
from ..program.program import STOP_SIGNAL
from ..program.worker import work
from ..recorder.playback import recording
from ..recorder.tape import Tape
from . import scratch
from .crash import crash_in, tell_crashes
from .descendants import Descendants

HIGH = 4000
"""Our descriptors stand here or above, beyond an `os.closerange(0, 1024)`."""
GRACE_SECONDS = 0.15
"""What a worker gets to report its last cells before it is killed."""


def serve(control: int, frames: int, pristine: Pristine) -> NoReturn:
    """Wait for a run, look after it, and leave with os._exit."""
    os.setsid()  # what kills the tutor's process group must not take us along
    kernel.become_subreaper()
    resource.setrlimit(resource.RLIMIT_NOFILE, _room_for(HIGH + 16))
    supervisor = Supervisor(_raise(control), _raise(frames), pristine)
    try:
        supervisor.serve()
    finally:  # whatever happens to us, nothing of the run is left
        supervisor.leave()


@dataclass(frozen=True)
class _Worker:
    """The forked child and the pipe that evaluations reach it by."""

    pid: int
    commands: int
    crashes: int
    """The pipe that its faulthandler writes to."""
    path: str
    scratch: str
    request: RunRequest
    token: bytes
    tape: Tape | None


class Supervisor:
    """The loop over the tutor's socket and the children's signals."""

    def __init__(self, control: int, frames: int, pristine: Pristine) -> None:
        self._control = control
        self._frames = frames
        self._pending = b""
        self._pristine = pristine
        self._descendants = Descendants()
        self._worker: _Worker | None = None
        self._settled = False
        """Whether the worker has stopped itself, and all else that it started is ended."""
        self._question: bytes | None = None
        self._kill_at: float | None = None
        self._wakeup, wakeup_end = os.pipe()
        for end in (self._wakeup, wakeup_end):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._wakeup_end = wakeup_end
        signal.set_wakeup_fd(wakeup_end, warn_on_full_buffer=False)

    def say(self, **answer: object) -> None:
        """Tell the tutor; if it is gone, the loop's next turn sees that."""
        try:
            os.write(self._control, json.dumps(answer).encode() + b"\n")
        except BrokenPipeError:
            self.leave()

    def serve(self) -> None:
        """Handle commands and ends of children until the tutor goes or the worker has ended."""
        poll = select.poll()  # select() takes no descriptor above 1023
        for descriptor in (self._control, self._wakeup):
            poll.register(descriptor, select.POLLIN)
        while True:
            timeout = None if self._kill_at is None else max(0.0, self._kill_at - time.monotonic())
            ready = {fd for fd, _ in poll.poll(None if timeout is None else timeout * 1000)}
            if self._kill_at is not None and time.monotonic() >= self._kill_at:
                self._end()
            if self._wakeup in ready:
                os.read(self._wakeup, 4096)
                self._reap()
            if self._control in ready:
                self._read_commands()

    def leave(self) -> NoReturn:
        """Leave nothing behind."""
        if self._worker:
            self._descendants.kill(self._worker.pid)
            scratch.remove(self._worker.scratch)
        os._exit(0)

    def _end(self, status: int = signal.SIGKILL) -> NoReturn:
        """End all that is left of the run, report how its worker ended, and leave."""
        worker = self._worker
        assert worker is not None
        killed = self._descendants.kill(worker.pid)
        self._report_recording(worker)
        crash = crash_in(worker.crashes, worker.path, worker.request.source.count("\n") + 1)
        self.say(ended=status if killed is None else killed, crash=crash and asdict(crash))
        self.leave()

    def _read_commands(self) -> None:
        try:
            data = os.read(self._control, 1 << 20)
        except ConnectionResetError:
            data = b""
        if not data:
            self.leave()
        *lines, self._pending = (self._pending + data).split(b"\n")
        for line in lines:
            command = json.loads(line)
            match command["do"]:
                case "run":
                    self._start(command)
                case "ask":
                    self._ask("\0".join(command["question"]))
                case "stop":
                    self._kill_at = time.monotonic() + GRACE_SECONDS
                    self._signal_worker(STOP_SIGNAL)
                    self._signal_worker(signal.SIGCONT)

    def _start(self, command: dict[str, object]) -> None:
        request = _request(command["request"])
        token = bytes.fromhex(str(command["token"]))
        folder = str(command["scratch"])
        tape = Tape() if request.record else None
        commands, commands_end = os.pipe()
        commands, commands_end = _raise(commands), _raise(commands_end)
        crashes, crashes_end = map(_raise, os.pipe())
        try:
            path = scratch.make(folder, request.file_name, request.source)
            pid = os.fork()
        except OSError as error:
            scratch.remove(folder)
            self.say(
                refused=f"{error.strerror}: {error.filename}" if error.filename else error.strerror
            )
            self.leave()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            self._descendants.close()
            for descriptor in (
                self._control,
                self._wakeup,
                self._wakeup_end,
                commands_end,
                crashes,
            ):
                os.close(descriptor)
            tell_crashes(crashes_end)
            work(request, path, Channels(token, self._frames, commands), self._pristine, tape)
        os.close(commands)
        os.close(crashes_end)
        if tape is None:
            os.close(self._frames)
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        os.close(null)
        self._worker = _Worker(pid, commands_end, crashes, path, folder, request, token, tape)

    def _ask(self, question: str) -> None:
        """Pass a question on: at once, or as soon as the worker has stopped after its report.

        A SIGCONT before that stop would be lost, and the worker would stand with its question.
        """
        self._question = question.encode("utf-8", "surrogatepass")
        if self._settled:
            self._resume()

    def _resume(self) -> None:
        assert self._worker is not None
        data, self._question, self._settled = self._question, None, False
        assert data is not None
        try:
            # The worker looks for these bytes when it is woken; the rest may be more than a pipe holds.
            os.write(self._worker.commands, len(data).to_bytes(4, "big"))
            self._signal_worker(signal.SIGCONT)
            os.write(self._worker.commands, data)
        except BrokenPipeError:
            return  # it has ended; the child's signal tells how

    def _signal_worker(self, number: int) -> None:
        # It is our unreaped child, so the pid cannot be another's.
        if self._worker:
            os.kill(self._worker.pid, number)

    def _reap(self) -> None:
        """Take note of every child that ended or stopped."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG | os.WUNTRACED)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if self._worker is None or pid != self._worker.pid:
                continue
            if not os.WIFSTOPPED(status):
                self._end(status)
            self._descendants.kill_all_but(pid)
            self._settled = True
            if self._question is not None:
                self._resume()

    def _report_recording(self, worker: _Worker) -> None:
        """Report what an ended worker recorded, if it could not do so itself."""
        if worker.tape is not None and not worker.tape.told:
            for piece in recording(worker.tape, LabelBook(worker.request.labels)):
                self._write(encode(worker.token, piece))

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._frames, rest) :]
        except BrokenPipeError:
            self.leave()


def _request(fields: object) -> RunRequest:
    """The request back from JSON; the tutor made it, so its shape is right."""
    assert isinstance(fields, dict)
    limits = Limits(**fields.pop("limits"))
    labels = tuple(
        LabelHint(hint["owner"], hint["name"], tuple(hint["labels"]))
        for hint in fields.pop("labels")
    )
    return RunRequest(limits=limits, labels=labels, **fields)


def _raise(descriptor: int) -> int:
    """Move a descriptor to HIGH or above, or as near as the system allows."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, min(HIGH, soft - 16))
    os.close(descriptor)
    return moved


def _room_for(descriptors: int) -> tuple[int, int]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max(soft, descriptors)
    return (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)), hard
