"""The nursery: an interpreter with its modules loaded, of which each run gets a copy.

It is the tutor's warm spare. It forks a supervisor for every run, so a run begins in 2 ms and not in
the 70 that an interpreter takes to start, and the processes of a seat share their pages. No program
runs in it. It goes when the tutor's socket closes. Commands are lines of JSON on that socket, and so
are its answers; with a fork come the descriptors of the supervisor: its socket, its pipe of frames
and the three standard streams.

    {"do": "fork"}  {"do": "scopes", "source": ...}
    {"ready": [3, 12]}  {"forked": PID}  {"refused": "..."}  {"scopes": {...}}

All runs of a nursery have its hash seed: a set of strings keeps its order from run to run.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from collections import deque
from dataclasses import asdict

from ...protocol.views import ScopeMap
from ..inspector.scopes import scope_map
from ..process.pristine import Pristine as Pristine  # for boot
from ..process.silence import without_warnings
from . import supervisor as supervisor  # loaded here, for the forks

DESCRIPTORS = 5
"""That come with a fork."""


def await_fork(control: int) -> tuple[int, int]:
    """Serve the tutor; in each fork return what its supervisor is to have.

    It is called from there, not from here: how deep the stack is shows in a program's recursion limit.
    """
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # supervisors tell their own end
    nursery = Nursery(socket.socket(fileno=control))
    # What is frozen here is neither walked by the collector of a copy nor listed by its
    # gc.get_objects(), and its pages stay shared.
    gc.collect()
    gc.freeze()
    nursery.say(ready=sys.version_info[:2])
    return nursery.serve()


class Nursery:
    """The loop over the tutor's socket."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._pending = b""
        self._descriptors: deque[int] = deque()

    def say(self, **answer: object) -> None:
        """Tell the tutor."""
        try:
            self._control.sendall(json.dumps(answer).encode() + b"\n")
        except BrokenPipeError:
            os._exit(0)

    def serve(self) -> tuple[int, int]:
        """Handle commands until the tutor goes, then leave with os._exit.

        Returns in each fork: the supervisor's socket and pipe of frames.
        """
        while True:
            try:
                data, descriptors, *_ = socket.recv_fds(self._control, 1 << 20, DESCRIPTORS)
            except ConnectionResetError:
                data, descriptors = b"", []
            if not data:
                os._exit(0)
            self._descriptors += descriptors
            *lines, self._pending = (self._pending + data).split(b"\n")
            for line in lines:
                command = json.loads(line)
                match command["do"]:
                    case "fork":
                        given = [self._descriptors.popleft() for _ in range(DESCRIPTORS)]
                        if self._fork(given):
                            return given[0], given[1]
                    case "scopes":
                        self.say(scopes=asdict(_scope_map(command["source"])))

    def _fork(self, given: list[int]) -> bool:
        """Fork, and tell the tutor; whether this is the fork."""
        try:
            pid = os.fork()
        except OSError as error:
            self.say(refused=error.strerror)
        else:
            if pid == 0:
                self._control.close()
                for standard, stream in enumerate(given[2:]):
                    os.dup2(stream, standard)
                    os.close(stream)
                return True
            self.say(forked=pid)
        for descriptor in given:
            os.close(descriptor)
        return False


def _scope_map(source: str) -> ScopeMap:
    """The map of a source that is being typed; its SyntaxWarnings would go to the next run."""
    with without_warnings():
        return scope_map(source)
