"""How the recorder hears of instructions on CPython 3.12 and later: through sys.monitoring.

INSTRUCTION events come before an instruction is done, and can be switched off offset by offset. So
they are kept at the instruction *after* each one that matters, which sees what was done. Not at the
one itself: between `n`'s being read and stored in `n += 1` no other thread can run, unless Python
code runs there, and updates would be lost that are not lost without the recorder.

Where the next instruction is also jumped to, a jump that lands there must be told apart from the
fall: at a `goto` by an event of its own before it jumps, at a branch by its BRANCH event.

Each offset tells once before it is switched off: some 0.5 µs.

What a recorded program can notice, on 3.12 and later only: one number of a tool is taken.
"""

from __future__ import annotations

import sys
from _thread import get_ident
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from sys import _getframe
from types import CodeType, FrameType
from typing import Any
from weakref import ref

from .events import NO_ROOM, OUR_FOLDER, TRACES_ITSELF, Listener
from .instructions import GOTOS, JUMPS
from .memory import caller
from .objects import identity
from .plan import RESUME, Event, Plan

TOOLS = (4, 3)
"""Numbers of tools that sys.monitoring has no name for: the last that a program would take."""
NAME = "timeline"

# Taken at import: a learner can replace names of `sys.monitoring`.
_monitoring: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]
_get_tool, _use_tool_id = _monitoring.get_tool, _monitoring.use_tool_id
_free_tool_id, _set_events = _monitoring.free_tool_id, _monitoring.set_events
_set_local_events = _monitoring.set_local_events
_register_callback = _monitoring.register_callback
_events = _monitoring.events
DISABLE = _monitoring.DISABLE
BRANCH, INSTRUCTION, LINE = _events.BRANCH, _events.INSTRUCTION, _events.LINE
PY_RESUME, PY_RETURN, PY_START = _events.PY_RESUME, _events.PY_RETURN, _events.PY_START
PY_UNWIND, PY_YIELD = _events.PY_UNWIND, _events.PY_YIELD


@dataclass(frozen=True, slots=True)
class _Point:
    """What is to be done when control comes to an offset."""

    happening: Event | None = None
    """What the instruction before it has done, or this one is about to do."""
    landing: bool = False
    """Whether jumps land here too."""
    goto: int | None = None
    """A landing to which the instruction here jumps."""


@dataclass(frozen=True, slots=True)
class _Followed:
    """A code object, what to hear of it, and its points by offset."""

    code: ref[CodeType]
    plan: Plan
    events: int
    line_events: int
    points: dict[int, _Point]
    landings: frozenset[int]
    branches: frozenset[int]
    """The offsets of conditional jumps to a landing."""


class Monitoring:
    """A tool of sys.monitoring that tells the recorder."""

    ended = TRACES_ITSELF

    def __init__(self, recorder: Listener) -> None:
        self._recorder = recorder
        self._watch = recorder.watch
        self._followed: dict[int, _Followed] = {}
        """By identity of the code."""
        self._jumped: set[tuple[int, int, int]] = set()
        """Jumps under way to a landing: code, offset, thread."""
        self._tool: int | None = None
        self._lines = False
        self._callbacks: dict[int, Callable[..., object]] = {
            INSTRUCTION: self._instruction,
            BRANCH: self._branch,
            PY_START: self._start,
            LINE: self._line,
            PY_RETURN: self._return,
            PY_YIELD: self._return,
            PY_UNWIND: self._return,
            PY_RESUME: self._resume,
        }

    def follow(self, code: CodeType, plan: Plan) -> None:
        """Tell the listener what this code does to cells from now on."""
        points, landings, branches = _points(plan)
        events = INSTRUCTION if points else 0
        events |= BRANCH if branches else 0
        events |= PY_START if plan.cells else 0
        line_events = LINE | PY_RETURN
        line_events |= PY_YIELD | PY_RESUME if plan.suspends else 0
        line_events |= PY_START if _begins_on_its_first_line(code) else 0
        key = identity(code)
        gone = ref(code, partial(self._followed.pop, key))
        followed = _Followed(gone, plan, events, line_events, points, landings, branches)
        self._followed[key] = followed
        self._set_local(followed)

    def start(self) -> None:
        """Begin to hear of events."""
        if self._tool is None:
            self._tool = next(tool for tool in TOOLS if _get_tool(tool) is None)
            _use_tool_id(self._tool, NAME)
            for event, callback in self._callbacks.items():
                _register_callback(self._tool, event, callback)
        self.follow_lines(self._lines)

    def stop(self) -> None:
        """Hear of no event any more."""
        for followed in [*self._followed.values()]:
            self._set_local(followed, 0)
        self._followed.clear()
        tool, self._tool = self._tool, None
        if tool is not None:
            for event in self._callbacks:
                _register_callback(tool, event, None)
            if _get_tool(tool) is NAME:
                _free_tool_id(tool)

    def follow_lines(self, wanted: bool) -> None:
        """Tell of each line as well, or no longer."""
        self._lines = wanted
        self._set(_set_events, PY_UNWIND if wanted else 0)  # it is no event of one code alone
        for followed in [*self._followed.values()]:
            self._set_local(followed)

    def causes(self, caller: FrameType) -> bool:
        """Whether it is code of ours that made the call."""
        return caller.f_code.co_filename.startswith(OUR_FOLDER)

    def _set_local(self, followed: _Followed, events: int | None = None) -> None:
        """Hear of these events of a code, by default of all that matter."""
        if events is None:
            events = followed.events | (followed.line_events if self._lines else 0)
        if code := followed.code():
            self._set(_set_local_events, code, events)

    def _set(self, set_events: Callable[..., None], *arguments: object) -> None:
        if self._tool is not None:
            try:
                set_events(self._tool, *arguments)
            except ValueError:  # the program, or another thread that stops us, has freed the number
                return

    # The callbacks. An exception from one would be raised in the learner's code.

    def _instruction(self, code: CodeType, offset: int) -> object:
        key = identity(code)
        followed = self._followed.get(key)
        point = followed.points.get(offset) if followed else None
        if followed is None or point is None:
            return DISABLE
        if point.happening and not (point.landing and self._has_jumped(key, offset)):
            try:
                self._recorder.happened(followed.plan, point.happening, caller())
            except NO_ROOM:
                return None
        if point.goto is not None:
            self._jumped.add((key, point.goto, get_ident()))
        return None

    def _has_jumped(self, code: int, offset: int) -> bool:
        """Whether control came to a landing by a jump."""
        jump = (code, offset, get_ident())
        if jump in self._jumped:
            self._jumped.discard(jump)
            return True
        return False

    def _branch(self, code: CodeType, offset: int, destination: int) -> object:
        key = identity(code)
        followed = self._followed.get(key)
        if followed is None or offset not in followed.branches:
            return DISABLE
        if destination in followed.landings:
            self._jumped.add((key, destination, get_ident()))
        return None

    def _start(self, code: CodeType, _offset: int) -> object:
        if followed := self._followed.get(identity(code)):
            plan = followed.plan
            try:
                if self._lines and followed.line_events & PY_START:
                    self._recorder.line_begins(plan, plan.line, caller())
                if plan.cells:
                    self._recorder.entered(plan, caller())
            except NO_ROOM:
                return None
        return None

    def _line(self, code: CodeType, line: int) -> object:
        if followed := self._followed.get(identity(code)):
            try:
                frame = caller() if self._watch.wants_frame else 0
                self._recorder.line_begins(followed.plan, line, frame)
            except NO_ROOM:
                return None
        return None

    def _return(self, code: CodeType, _offset: int, _value: object) -> object:
        """The code returns or yields something, or raises it."""
        if followed := self._followed.get(identity(code)):
            try:
                frame = caller() if self._watch.wants_frame else 0
                self._recorder.left(followed.plan, frame, _getframe(1).f_back)
            except NO_ROOM:
                return None
        return None

    def _resume(self, code: CodeType, _offset: int) -> object:
        if followed := self._followed.get(identity(code)):
            try:
                frame = caller() if self._watch.wants_frame else 0
                line = _getframe(1).f_lineno or followed.plan.line
                self._recorder.resumed(followed.plan, line, frame)
            except NO_ROOM:
                return None
        return None


def _begins_on_its_first_line(code: CodeType) -> bool:
    """Whether the body begins on the line of its `def`: 3.13 has no LINE event for that line then."""
    resume = 2 * code.co_code[::2].index(RESUME)
    return any(start <= resume < end - 2 for start, end, _ in code.co_lines())


def _points(plan: Plan) -> tuple[dict[int, _Point], frozenset[int], frozenset[int]]:
    """The points of a code, the landings among them, and the offsets of branches to these."""
    jumps = [each for each in plan.instructions if each.opcode in JUMPS]
    targets = {each.target for each in jumps}
    points = {start: _Point(happening) for start, happening in plan.before.items()}
    for each in plan.instructions:
        if happening := plan.after.get(each.start):
            points[each.end] = _Point(happening, each.end in targets)
    landings = frozenset(offset for offset, point in points.items() if point.landing)
    branches = set()
    for each in jumps:
        if each.target in landings and each.opcode in GOTOS:
            points[each.start] = replace(points.get(each.start, _Point()), goto=each.target)
        elif each.target in landings:
            branches.add(each.offset)
    return points, landings, frozenset(branches)
