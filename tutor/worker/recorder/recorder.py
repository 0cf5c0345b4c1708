"""The recorder: writes every change of a cell, and every function made or gone, to the tape.

It hears of instructions as they are done (from `monitoring` on 3.12 and later, from `tracing` on
3.11), finds the cell itself in the frame, and writes what it holds now. Nothing is found out by
comparing but changes in place, which no instruction tells of (`watch`).

What a recorded program could notice: memory and time; one weak reference more on each function;
that the collector, which counts objects, runs at other moments; the depth of a RecursionError, near
which steps may be missing; the recorder's frames, in a signal handler that interrupts it and in the
traceback of what that raises; and what `monitoring` and `tracing` tell of themselves.
"""

from __future__ import annotations

import os
from _thread import get_ident
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import count
from sys import _getframe
from types import CellType, CodeType, FrameType, FunctionType
from weakref import ref

from ...protocol.views import Recording
from ..cpython.events import NO_ROOM, TOO_LONG, Source
from ..cpython.memory import cell_at, code_of, object_at, why_not
from ..cpython.objects import EMPTY, cells_of, contents, identity
from ..cpython.plan import CLASS_CELL, Effect, Event, Plan, plans_of
from ..cpython.source import source_for
from ..inspector.labels import LabelBook
from .in_place import Changed, FrameSlot, Watch
from .living import FunctionRef, LivingFunctions
from .numbering import Numbering
from .playback import recording
from .short import marker_of, written
from .tape import Make, RecordKind, Tape, packed, place_in

IDLE_LINES = 250
"""Lines without anything to watch after which lines are no longer followed."""
MOST_LOOKS = 2_000_000
"""Lines followed and values compared at them, in a whole run: some 2 to 4 seconds."""


class Recorder:
    """Records one run on a tape; without one it does nothing."""

    def __init__(self, tape: Tape | None) -> None:
        self.plans: dict[int, Plan] = {}
        """Of the learner's code, by identity."""
        self._place = 0
        """The learner's line that ran last, with its code, as far as it is known."""
        self._thread = 0
        """The thread that looked last."""
        self._tape = tape
        self._file = ""
        self._source: Source | None = None
        self._codes: dict[int, ref[CodeType]] = {}
        self._new_function = count().__next__
        self._holders = LivingFunctions(self._gone)
        self._numbers = Numbering(self._write, self._holders, self.plans)
        self.watch = Watch(self._numbers.at)
        self._follows_lines = False
        self._idle = self._looks = 0

    def start(self, code: CodeType) -> None:
        """Record what this code, and code that is noted later, does from now on."""
        if self._tape is None:
            return
        if why := why_not():
            self.give_up(why)
            return
        self._source = source_for(self)
        self._file = code.co_filename
        self.note_code(code)
        os.register_at_fork(after_in_child=self._leave)
        self._source.start()

    def resume(self) -> None:
        """Go on after the main code: for threads and for atexit functions."""
        if self._source:
            self._source.start()

    def stop(self) -> None:
        """Look a last time, then record nothing more, and keep nothing of the program."""
        self._look((), 0, self._place)
        self._tell(self.watch.look_at_the_cold(), 0)
        self._end()

    def _leave(self) -> None:
        """In a child: the tape is its parent's."""
        self._end()
        self._tape = None

    def _end(self) -> None:
        source, self._source = self._source, None
        if source:
            source.stop()
            self.watch.clear()
            self._codes.clear()
            self.plans.clear()

    def note_code(self, code: CodeType) -> None:
        """Count code that the learner's file gave to exec or eval as the learner's."""
        if self._source and identity(code) not in self.plans:
            for each, plan in plans_of(code):
                key = identity(each)
                plan.is_of_file = each.co_filename == self._file
                self._codes[key] = ref(each, partial(self.plans.pop, key))
                self.plans[key] = plan
                self._source.follow(each, plan)

    def give_way(self, caller: FrameType) -> None:
        """Stop if a program begins to trace itself: it would see the recorder."""
        if self._source and not self._source.causes(caller):
            self.give_up(self._source.ended)

    def give_up(self, why: str) -> None:
        """Stop for good; the recording says why, or if that is empty that it is full."""
        self._end()
        if self._tape:
            self._tape.give_room()
            self._tape.write(RecordKind.STOPPED, 0, 0, why.encode())

    def note_report(self, book: LabelBook, ids: Mapping[int, str]) -> None:
        """Note on the tape what a report of cells calls them and the functions, by identity."""
        if self._tape:
            self._tape.give_room()
            for kind, number, name in self._numbers.names(book, ids):
                self._tape.write(kind, 0, number, name.encode())

    def reports(self, book: LabelBook) -> Iterator[Recording]:
        """What was recorded, in pieces; what lived is called as in the report that was noted."""
        if self._tape:
            yield from recording(self._tape, book)
            self._tape.told = True
            self._holders.clear()

    # What the source tells of. Frames are named as in `memory`.

    def entered(self, plan: Plan, frame: int) -> None:
        """A call begins: its cells are made, and hold the parameters that are captured."""
        place = self._place_of(plan, plan.line)
        if self._follows_lines:
            self._look((), frame, self._place)
        for slot in plan.cells:
            cell = cell_at(frame, slot)
            number = self._numbers.new(cell, plan, slot)
            home = FrameSlot(frame, code_of(frame), slot)
            if (value := contents(cell, EMPTY)) is not EMPTY:
                self._bound(number, cell, value, place, home)
            elif plan.makes_class and plan.variables[slot] == CLASS_CELL:
                self.watch.put(number, cell, EMPTY, None, home, None)
                self._begin_lines()

    def happened(self, plan: Plan, happening: Event, frame: int) -> None:
        """An instruction that matters was done; or, where the plan has it so, is about to be."""
        what, line, line_after, slot, inner = happening
        place = self._place_of(plan, line)
        if self._follows_lines:
            self._look(plan.holds, frame, place)
        self._place = self._place_of(plan, line_after)
        if inner is not None:
            self._made(inner, place, object_at(frame, slot))
        elif what is Effect.STORED:
            cell = cell_at(frame, slot)
            home = FrameSlot(frame, code_of(frame), slot) if slot in plan.cells else None
            self._bound(self._numbers.of(cell, plan, slot), cell, contents(cell), place, home)
        elif what is Effect.CELL_MADE:
            self._numbers.new(cell_at(frame, slot), plan, slot)
        elif what is Effect.DELETED:
            self._emptied(cell_at(frame, slot), place)
        elif what is Effect.CALLED:
            self._perhaps_made(object_at(frame, slot), place, frame)
        elif type(thing := object_at(frame, slot)) is CellType:
            # For `cell.cell_contents = value` the stack holds the value and then the cell.
            if what is Effect.CONTENTS_DELETED:
                self._emptied(thing, place)
            elif (number := self._numbers.at(identity(thing))) is not None:
                self._bound(number, thing, object_at(frame, slot - 1), place, None)

    def line_begins(self, plan: Plan, line: int, frame: int) -> None:
        """While lines are followed: the code comes to a line."""
        self.resumed(plan, line, frame)
        self._idle = 0 if len(self.watch) else self._idle + 1
        if self._idle > IDLE_LINES and self._source:
            self._follows_lines = False
            self._source.follow_lines(False)
        self._looks += 1 + len(self.watch)
        if self._looks > MOST_LOOKS:
            self.give_up(TOO_LONG)

    def left(self, plan: Plan, frame: int, back_in: FrameType | None) -> None:
        """While lines are followed: the code returns, yields or raises, to the frame that is given."""
        self._look(plan.holds, frame, self._place)
        caller = back_in and self.plans.get(identity(back_in.f_code))
        if back_in and caller and (line := back_in.f_lineno):
            self._place = self._place_of(caller, line)

    def resumed(self, plan: Plan, line: int, frame: int) -> None:
        """While lines are followed: the code goes on within a line."""
        self._look(plan.holds, frame, self._place)
        self._place = self._place_of(plan, line)

    def _bound(
        self, number: int, cell: CellType, value: object, place: int, home: FrameSlot | None
    ) -> None:
        self._write(RecordKind.BOUND, place, number, written(value))
        if marker := marker_of(value):
            holder = self._holders.of(number)
            self.watch.put(number, cell, value, marker, home, holder)
            self._begin_lines()
        else:
            self.watch.drop(number)

    def _emptied(self, cell: CellType, place: int) -> None:
        number = self._numbers.at(identity(cell))
        if number is not None:
            self.watch.drop(number)
            self._write(RecordKind.EMPTIED, place, number)

    def _made(self, plan: Plan, place: int, function: object) -> None:
        assert type(function) is FunctionType
        cells = enumerate(cells_of(function), plan.first_free)
        self._take_in(plan, place, function, [self._numbers.of(it, plan, at) for at, it in cells])

    def _perhaps_made(self, thing: object, place: int, frame: int) -> None:
        """A call gave this: if it is a function that is not known, `types.FunctionType` made it."""
        if type(thing) is not FunctionType or self._holders.knows(thing):
            return
        plan = self.plans.get(identity(thing.__code__))
        if plan is None or not plan.is_written:
            return
        numbers, new = [], []
        for slot, cell in enumerate(cells_of(thing), plan.first_free):
            number = self._numbers.of_living(cell, frame)
            if number is None:
                number = self._numbers.new(cell, plan, slot, Make.BY_HAND)
                new.append((number, cell))
            numbers.append(number)
        self._take_in(plan, place, thing, numbers)
        for number, cell in new:
            if (value := contents(cell, EMPTY)) is not EMPTY:
                self._bound(number, cell, value, 0, None)  # wherever that was

    def _take_in(self, plan: Plan, place: int, function: FunctionType, cells: list[int]) -> None:
        tie = self._holders.add(function, self._new_function(), tuple(cells))
        for number in cells:
            if self.watch.hold(number, tie):
                self._begin_lines()
        self._write(
            RecordKind.MADE, place, tie.number, packed((self._numbers.of_code(plan), *cells))
        )

    def _gone(self, tie: FunctionRef) -> None:
        """A function is about to end; its cells are still as they were."""
        try:
            for number in self._holders.remove(tie):
                if number in self.watch:
                    self.watch.hold(number, self._holders.find(number))
            self._write(RecordKind.GONE, self._place_now(), tie.number)
        except NO_ROOM:  # it would be printed from here
            return

    def _look(self, slots: tuple[int, ...], frame: int, place: int) -> None:
        """Write what was changed in place, here, since the last look."""
        thread = get_ident()
        if thread != self._thread:  # it may have been a line of the other thread's
            self._thread, place = thread, 0
        self._tell(self.watch.look(frame, slots), place)

    def _tell(self, changes: list[Changed], place: int) -> None:
        for number, value, filled, late in changes:
            kind = RecordKind.BOUND if filled else RecordKind.MUTATED
            self._write(kind, 0 if late else place, number, written(value))

    def _begin_lines(self) -> None:
        if not self._follows_lines and self._source:
            self._follows_lines, self._idle, self._thread = True, 0, get_ident()
            self._source.follow_lines(True)

    def _place_of(self, plan: Plan, line: int) -> int:
        """A line of code, as a place: for code from exec or eval, where that was called."""
        if not plan.is_of_file:
            return self._place_now()
        return (plan.place or place_in(self._numbers.of_code(plan))) + line

    def _place_now(self) -> int:
        """Where the innermost frame is whose code is of the learner's file."""
        frame: FrameType | None = _getframe()
        while frame is not None:
            plan = self.plans.get(identity(frame.f_code))
            if plan and plan.is_of_file:
                return self._place_of(plan, frame.f_lineno) if frame.f_lineno else self._place
            frame = frame.f_back
        return self._place

    def _write(self, kind: RecordKind, place: int, number: int, payload: bytes = b"") -> None:
        if self._source and self._tape and not self._tape.write(kind, place, number, payload):
            self.give_up("")
