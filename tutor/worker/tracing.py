"""How the recorder hears of instructions on CPython 3.11: through sys.settrace.

Only frames of learner code with instructions that matter ask for opcode events. An event comes
before its instruction is done, so what an instruction did is told at the next event of the frame.

What a recorded program can notice, on 3.11 only: `sys.gettrace()` and `threading.gettrace()` name
the recorder, and `frame.f_trace` too; a dict that `locals()` gave before may get more names; it
runs slower (a line with opcodes costs some 3 µs); between reading and storing `n` in `n += 1` another
thread can run. A RecursionError comes a few calls earlier, and its traceback may show the recorder.
"""

from __future__ import annotations

import sys
import threading
from _thread import get_ident
from os.path import dirname
from sys import _getframe, settrace
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any

from .interpreter_frame import frame_named
from .plan import Happening, Plan
from .reading import identity

if TYPE_CHECKING:
    from .recorder import Recorder

OUR_FOLDER = dirname(__file__)
HEADROOM = 12
"""Calls that the recorder must be able to make."""

_current_frames = sys._current_frames


class Tracing:
    """A trace function that tells the recorder."""

    def __init__(self, recorder: Recorder) -> None:
        self.lines = False
        """Whether lines are followed."""
        self._recorder = recorder
        self._on = False

    def follow(self, code: CodeType, plan: Plan) -> None:
        """Nothing to do: every call is looked up in the recorder's plans."""

    def start(self) -> None:
        self._on = True
        threading.settrace(self._call)
        settrace(self._call)

    def stop(self) -> None:
        """Other threads stop at their next event."""
        self._on = False
        if threading.gettrace() == self._call:
            threading.settrace(None)  # type: ignore[arg-type]
        try:
            settrace(None)
        except RuntimeError:  # another trace function is being installed, which ends ours
            return

    def follow_lines(self, wanted: bool) -> None:
        self.lines = wanted
        innermost = _current_frames()
        # A frame that holds itself, as ours would, keeps all below it alive, and all their locals.
        innermost[get_ident()] = _getframe(1)
        while innermost:
            frame: FrameType | None = innermost.popitem()[1]
            while frame is not None:
                plan = self._recorder.plans.get(identity(frame.f_code))
                if plan is not None and (wanted or frame.f_trace is not None):
                    self._trace(frame, plan)
                frame = frame.f_back

    def causes(self, caller: FrameType) -> bool:
        """Also where the interpreter ends tracing after an error of the trace function's.

        That is mostly a RecursionError. The event is refused then, and tracing goes on.
        """
        file = caller.f_code.co_filename
        if file == threading.__file__ and threading.gettrace() == self._call:
            return True  # a new thread begins to be traced
        try:
            _go_down(HEADROOM)
        except RecursionError:
            raise RecursionError("maximum recursion depth exceeded") from None
        return file.startswith(OUR_FOLDER)

    def _call(self, frame: FrameType, event: str, _: object) -> Any:
        """The global trace function: a call begins, or a generator goes on."""
        if not self._on:
            settrace(None)
            return None
        plan = self._recorder.plans.get(identity(frame.f_code))
        if plan is None:
            return None
        if type(frame.f_trace) is _Follower:
            frame.f_trace_lines = self.lines
            self._recorder.line = frame.f_lineno or plan.line
            return frame.f_trace
        if plan.cells:
            self._recorder.entered(plan, frame_named(frame))
        return self._trace(frame, plan)

    def _trace(self, frame: FrameType, plan: Plan) -> Any:
        """Have the events of a frame told, those that matter."""
        matters = bool(plan.after or plan.before)
        if type(frame.f_trace) is not _Follower:
            if not (matters or self.lines):
                return None
            frame.f_trace = _Follower(self, self._recorder, plan)
            frame.f_trace_opcodes = matters
        frame.f_trace_lines = self.lines
        return frame.f_trace


class _Follower:
    """The trace function of one frame."""

    __slots__ = ("_done", "_plan", "_recorder", "_source")

    def __init__(self, source: Tracing, recorder: Recorder, plan: Plan) -> None:
        self._source = source
        self._recorder = recorder
        self._plan = plan
        self._done: Happening | None = None
        """What the instruction has done that is under way now."""

    def __call__(self, frame: FrameType, event: str, _: object) -> _Follower:
        plan, recorder = self._plan, self._recorder
        done, self._done = self._done, None
        if event == "exception":  # it was not done
            return self
        if done is not None:
            recorder.happened(plan, done, frame_named(frame))
        if event == "opcode":
            offset = frame.f_lasti
            self._done = plan.after.get(offset)
            if early := plan.before.get(offset):
                recorder.happened(plan, early, frame_named(frame))
        elif self._source.lines:
            if event == "line":
                recorder.line_begins(plan, frame.f_lineno or plan.line, frame_named(frame))
            else:
                recorder.left(plan, frame_named(frame), frame.f_back)
        return self


def _go_down(calls: int) -> None:
    if calls:
        _go_down(calls - 1)
