"""How the recorder hears of instructions on CPython 3.11: through sys.settrace.

An event comes before its instruction is done, so what an instruction did is told at the next event
of the frame. Opcode events are slow, and while one is told another thread can run: `n += 1` would
lose updates between its reading and its storing. So a line that binds one variable, straight on and
at its end, is done without them: where its frame comes to next, it was bound. Only a line that
does more has opcode events.

What a recorded program can notice, on 3.11 only: `sys.gettrace()`, `threading.gettrace()` and
`frame.f_trace` name the recorder; a dict that `locals()` gave before may get more names; every call,
and each line in a function of interest, costs some 1 to 2 µs more; in a line that has opcode events,
a variable may change by another thread between its reading and its storing; a RecursionError comes a
few calls earlier, and its traceback may show the recorder; an exception from a signal handler that
interrupts the recorder ends the recording, for the interpreter takes the trace function away.
"""

from __future__ import annotations

import sys
import threading
from _thread import get_ident
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from opcode import opmap
from sys import _getframe, settrace
from types import CodeType, FrameType
from typing import Any
from weakref import ref

from .events import NO_ROOM, OUR_FOLDER, TOO_LONG, TRACES_ITSELF_OR, Listener
from .instructions import BACKWARD, JUMPS, Instruction
from .memory import frame_named
from .objects import identity
from .plan import Effect, Event, Plan, line_of_each_offset

MOST_EVENTS = 2_000_000
"""In a whole run: some 2 to 6 seconds."""
HEADROOM = 12
"""Calls that the recorder must be able to make."""
CANNOT_FAIL = frozenset(
    opcode for name, opcode in opmap.items() if name in ("LOAD_CONST", "NOP", "RETURN_VALUE")
)
WAITS = frozenset(opcode for name, opcode in opmap.items() if name in ("YIELD_VALUE", "SEND"))

Lines = dict[int, Event | None]
"""The lines that need no opcode events, by the offset of their first instruction: what is bound."""

# Taken at import: a learner can replace them.
_current_frames = sys._current_frames
_trace_threads, _threads_trace = threading.settrace, threading.gettrace
_THREADING = threading.__file__


class Tracing:
    """A trace function that tells the recorder."""

    ended = TRACES_ITSELF_OR

    def __init__(self, recorder: Listener) -> None:
        self.lines = False
        """Whether lines are followed."""
        self._recorder = recorder
        self._on = False
        self._events = 0
        self._function = self._call
        """One object for all time: it is known again by identity."""
        self._simple: dict[int, tuple[ref[CodeType], Lines]] = {}
        """By identity of the code, if any of its instructions matters."""

    def follow(self, code: CodeType, plan: Plan) -> None:
        """Tell the listener what this code does to cells from now on."""
        if plan.after or plan.before:
            key = identity(code)
            gone = ref(code, partial(self._simple.pop, key))
            self._simple[key] = gone, dict(_simple_lines(code, plan))

    def start(self) -> None:
        """Begin to hear of events."""
        self._on = True
        _trace_threads(self._function)
        settrace(self._function)

    def stop(self) -> None:
        """Other threads stop at their next event."""
        self._on = False
        if _threads_trace() is self._function:
            _trace_threads(None)
        try:
            settrace(None)
        except RuntimeError:  # another trace function is being installed, which ends ours
            return

    def follow_lines(self, wanted: bool) -> None:
        """Tell of each line as well, or no longer."""
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
        """Also where the interpreter ends tracing after a RecursionError of the trace function's.

        The event is refused then, and tracing goes on.
        """
        file = caller.f_code.co_filename
        if file == _THREADING and _threads_trace() is self._function:
            return True  # a new thread begins to be traced
        try:
            _go_down(HEADROOM)
        except RecursionError:
            raise RecursionError("maximum recursion depth exceeded") from None
        return file.startswith(OUR_FOLDER)

    def count_event(self) -> None:
        """Even an event of no interest takes time, and a program may have very many."""
        self._events += 1
        if self._events > MOST_EVENTS:
            self._recorder.give_up(TOO_LONG)

    def _call(self, frame: FrameType, _event: str, _: object) -> Any:
        """The global trace function: a call begins, or a generator goes on."""
        if not self._on:
            settrace(None)
            return None
        recorder = self._recorder
        plan = recorder.plans.get(identity(frame.f_code))
        try:
            self.count_event()
            if plan is None or not (plan.matters or self.lines):
                return None
            if type(frame.f_trace) is _Follower:
                if self.lines:
                    recorder.resumed(plan, frame.f_lineno or plan.line, frame_named(frame))
            elif plan.cells:
                recorder.entered(plan, frame_named(frame))
            return self._trace(frame, plan)
        except NO_ROOM:
            return frame.f_trace

    def _trace(self, frame: FrameType, plan: Plan) -> Any:
        """Have the events of a frame told, those that matter."""
        if type(frame.f_trace) is not _Follower:
            _, simple = self._simple.get(identity(frame.f_code), (None, None))
            if simple is None and not self.lines:
                return None
            frame.f_trace = _Follower(self, self._recorder, plan, simple)
            frame.f_trace_opcodes = simple is not None
        return frame.f_trace


class _Follower:
    """The trace function of one frame."""

    __slots__ = ("_done", "_matters", "_plan", "_recorder", "_simple", "_source")

    def __init__(
        self, source: Tracing, recorder: Listener, plan: Plan, simple: Lines | None
    ) -> None:
        self._source = source
        self._recorder = recorder
        self._plan = plan
        self._simple = simple or {}
        self._matters = simple is not None
        """Whether any instruction of the code does."""
        self._done: Event | None = None
        """What is done once the frame comes to its next event."""

    def __call__(self, frame: FrameType, event: str, _: object) -> _Follower:
        try:
            self._source.count_event()
            self._tell(frame, event)
        except NO_ROOM:
            return self
        return self

    def _tell(self, frame: FrameType, event: str) -> None:
        plan, recorder = self._plan, self._recorder
        done, self._done = self._done, None
        if event == "exception":  # it was not done
            frame.f_trace_opcodes = self._matters
            return
        if done is not None:
            recorder.happened(plan, done, frame_named(frame))
        if event == "opcode":
            offset = frame.f_lasti
            self._done = plan.after.get(offset)
            if early := plan.before.get(offset):
                recorder.happened(plan, early, frame_named(frame))
        elif event == "line":
            offset = frame.f_lasti
            self._done = self._simple.get(offset)
            frame.f_trace_opcodes = self._matters and offset not in self._simple
            if self._source.lines:
                recorder.line_begins(plan, frame.f_lineno or plan.line, frame_named(frame))
        elif self._source.lines:
            recorder.left(plan, frame_named(frame), frame.f_back)


def _simple_lines(code: CodeType, plan: Plan) -> Iterator[tuple[int, Event | None]]:
    """The lines that are gone through straight, and do nothing or bind one variable at their end."""
    lines = dict(line_of_each_offset(code, plan.line))
    for _, group in groupby(plan.instructions, lambda each: lines[each.start]):
        line = list(group)
        if _goes_on_in_itself(line, lines):
            continue
        matters = [
            each.start for each in line if each.start in plan.after or each.start in plan.before
        ]
        if not matters:
            yield line[0].start, None
        elif len(matters) == 1 and _is_straight(line, matters[0]):
            happening = plan.after.get(matters[0])
            if happening and happening.effect is Effect.STORED:
                yield line[0].start, happening


def _goes_on_in_itself(line: list[Instruction], lines: dict[int, int]) -> bool:
    """Whether a jump forward lands in the same line: there is no event for that."""
    here = lines[line[0].start]
    return any(
        each.opcode in JUMPS and each.opcode not in BACKWARD and lines.get(each.target) == here
        for each in line
    )


def _is_straight(line: list[Instruction], store: int) -> bool:
    """Whether nothing can fail, branch or wait once the store at that offset is done, or before it
    go around it."""
    before = [each.opcode for each in line if each.start < store]
    after = [each.opcode for each in line if each.start > store]
    return WAITS.union(JUMPS).isdisjoint(before) and CANNOT_FAIL.union(JUMPS).issuperset(after)


def _go_down(calls: int) -> None:
    if calls:
        _go_down(calls - 1)
