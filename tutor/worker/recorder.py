"""The recorder: writes every change of a cell, and every function made or gone, to the tape.

It hears of instructions as they are done (from `monitoring` on 3.12 and later, from `tracing` on
3.11), finds the cell itself in the frame, and writes what it holds now. Nothing is found out by
comparing but changes in place, which no instruction tells of (`watch`).

Which cell is it? A cell has no weak reference and its address is used again at once. But the
making of a cell is heard of as well: whatever cell was at its address before is gone.

What a recorded program could notice: memory and time; one weak reference more on each function
(`weakref.getweakrefcount`); that the collector, which counts objects, runs at other moments; the
depth of a RecursionError, and where a function ends at that very depth, a line on stderr. What 3.11
adds is told in `tracing`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from itertools import count
from sys import _getframe
from types import CellType, CodeType, FrameType, FunctionType
from weakref import ref

from .holders import Holders, Tie
from .labels import LabelBook
from .memory import cell_at, code_of, object_at, why_not
from .messages import Recording
from .plan import CLASS_CELL, Happening, Plan, What, plans_of
from .reading import cells_of, contents, identity
from .source import Source
from .tape import LARGEST_TEXT, UNKNOWN, Kind, Tape, packed
from .timeline import recording
from .values import marker_of, told
from .watch import Home, Watch

if sys.version_info >= (3, 12):
    from .monitoring import Monitoring as Following
else:
    from .tracing import Tracing as Following

EMPTY = object()
"""Stands for the contents of an empty cell."""
IDLE_LINES = 250
"""Lines without anything to watch after which lines are no longer followed."""
MOST_LOOKS = 2_000_000
"""Lines followed and values compared at them, in a whole run: some 2 seconds."""
TRACES_ITSELF = "The program traces or profiles itself; from there on nothing was recorded."
TOO_LONG = "The program ran for too many lines; after the first of them nothing was recorded."


class Recorder:
    """Records one run on a tape; without one it does nothing."""

    def __init__(self, tape: Tape | None) -> None:
        self.plans: dict[int, Plan] = {}
        """Of the learner's code, by identity."""
        self.line = 0
        """The learner's line that ran last, as far as it is known."""
        self._tape = tape
        self._file = ""
        self._source: Source | None = None
        self._codes: dict[int, ref[CodeType]] = {}
        self._cells: dict[int, int] = {}
        """The number of the cell that was made last at an address, by its identity."""
        self._new_code, self._new_cell, self._new_function = (count().__next__ for _ in range(3))
        self._holders = Holders(self._gone)
        self.watch = Watch(self._cells.get)
        self._follows_lines = False
        self._idle = self._looks = 0

    def start(self, code: CodeType) -> None:
        """Record what this code, and code that is noted later, does from now on."""
        if self._tape is None:
            return
        if why := why_not():
            self._tape.write(Kind.STOPPED, 0, 0, why.encode())
            return
        self._source = Following(self)
        self._file = code.co_filename
        self.note_code(code)
        os.register_at_fork(after_in_child=self.stop)
        self._source.start()

    def resume(self) -> None:
        """Go on after the main code: for threads and for atexit functions."""
        if self._source:
            self._source.start()

    def stop(self) -> None:
        """Record nothing more, and keep nothing of the program."""
        source, self._source = self._source, None
        if source:
            source.stop()
            self.watch.clear()
            self._holders.clear()
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
            self._give_up(TRACES_ITSELF)

    def put_labels(self, book: LabelBook) -> None:
        """Note on the tape the labels that cells have now."""
        if self._tape:
            self._tape.give_room()
            for cell, label in book.known().items():
                number = self._cells.get(cell, UNKNOWN)
                self._tape.write(Kind.LABEL, 0, number, label.encode())

    def reports(self, book: LabelBook) -> Iterator[Recording]:
        """What was recorded, in pieces; the cells of live functions have the labels of the book."""
        if self._tape:
            self.put_labels(book)
            yield from recording(self._tape, book)
            self._tape.write(Kind.TOLD, 0, 0)

    # What the source tells of. Frames are named as in `memory`.

    def entered(self, plan: Plan, frame: int) -> None:
        """A call begins: its cells are made, and hold the parameters that are captured."""
        self.line = self._line_of(plan, plan.line)
        for slot in plan.cells:
            cell = cell_at(frame, slot)
            number = self._number(cell, plan, slot)
            home = Home(frame, code_of(frame), slot)
            if (value := contents(cell, EMPTY)) is not EMPTY:
                self._bound(number, cell, value, self.line, home)
            elif plan.makes_class and plan.variables[slot] == CLASS_CELL:
                self.watch.put(number, cell, EMPTY, None, home, None)
                self._begin_lines()

    def happened(self, plan: Plan, happening: Happening, frame: int) -> None:
        """An instruction that matters was done; or, where the plan has it so, is about to be."""
        what, line, line_after, slot, inner = happening
        line = self._line_of(plan, line)
        if self._follows_lines:
            self._look(plan, frame, line)
        self.line = self._line_of(plan, line_after)
        if inner is not None:
            self._made(inner, line, object_at(frame, slot))
        elif what is What.STORED:
            cell = cell_at(frame, slot)
            number = self._cells.get(identity(cell))
            if number is None:  # made by hand, by types.CellType
                number = self._number(cell, plan, slot)
            home = Home(frame, code_of(frame), slot) if slot in plan.cells else None
            self._bound(number, cell, contents(cell), line, home)
        elif what is What.CELL_MADE:
            self._number(cell_at(frame, slot), plan, slot)
        elif what is What.DELETED:
            self._emptied(cell_at(frame, slot), line)
        elif type(thing := object_at(frame, slot)) is CellType:
            # For `cell.cell_contents = value` the stack holds the value and then the cell.
            if what is What.CONTENTS_DELETED:
                self._emptied(thing, line)
            elif (number := self._cells.get(identity(thing))) is not None:
                self._bound(number, thing, object_at(frame, slot - 1), line, None)

    def line_begins(self, plan: Plan, line: int, frame: int) -> None:
        """While lines are followed: the code comes to a line."""
        self._look(plan, frame, self.line)
        self.line = self._line_of(plan, line)
        self._looks += 1 + len(self.watch)
        self._idle = 0 if len(self.watch) else self._idle + 1
        if self._looks > MOST_LOOKS:
            self._give_up(TOO_LONG)
        elif self._idle > IDLE_LINES and self._source:
            self._follows_lines = False
            self._source.follow_lines(False)

    def left(self, plan: Plan, frame: int, back_in: FrameType | None) -> None:
        """While lines are followed: the code returns or yields, to the frame that is given."""
        self._look(plan, frame, self.line)
        if back_in is not None and (caller := self.plans.get(identity(back_in.f_code))):
            self.resumed(caller, back_in.f_lineno or self.line)

    def resumed(self, plan: Plan, line: int) -> None:
        """While lines are followed: the code goes on within a line."""
        self.line = self._line_of(plan, line)

    def _number(self, cell: CellType, plan: Plan, slot: int) -> int:
        """A number for a cell that is new: made as a variable of that code, or by hand."""
        number = self._cells[identity(cell)] = self._new_cell()
        by_hand = slot not in plan.cells
        self._write(Kind.CELL, self._code_number(plan), number, packed((slot, by_hand)))
        return number

    def _code_number(self, plan: Plan) -> int:
        if plan.number is None:
            plan.number = self._new_code()
            names = "\n".join((plan.qualname, plan.name, *plan.variables))
            self._write(Kind.CODE, plan.line, plan.number, names.encode("utf-8", "replace"))
        return plan.number

    def _bound(
        self, number: int, cell: CellType, value: object, line: int, home: Home | None
    ) -> None:
        self._step(Kind.BOUND, line, number, _text(value))
        if marker := marker_of(value):
            holder = self._holders.of(number)
            self.watch.put(number, cell, value, marker, home, holder)
            self._begin_lines()
        elif self._follows_lines:
            self.watch.drop(number)

    def _emptied(self, cell: CellType, line: int) -> None:
        number = self._cells.get(identity(cell))
        if number is not None:
            self.watch.drop(number)
            self._step(Kind.EMPTIED, line, number)

    def _made(self, plan: Plan, line: int, function: object) -> None:
        assert type(function) is FunctionType
        first_free = len(plan.variables) - len(cells_of(function))
        cells = []
        for slot, cell in enumerate(cells_of(function), first_free):
            number = self._cells.get(identity(cell))
            cells.append(self._number(cell, plan, slot) if number is None else number)
        tie = self._holders.add(function, self._new_function(), tuple(cells))
        for number in cells:
            self.watch.hold(number, tie)
        self._step(Kind.MADE, line, tie.number, packed((self._code_number(plan), *cells)))

    def _gone(self, tie: Tie) -> None:
        """A function is about to end; its cells are still as they were."""
        try:
            for number in self._holders.remove(tie):
                if number in self.watch:
                    self.watch.hold(number, self._holders.find(number))
            self._step(Kind.GONE, self._line_now(), tie.number)
        except RuntimeError:  # at the depth of a RecursionError; it would be printed from here
            return

    def _look(self, plan: Plan, frame: int, line: int) -> None:
        """Write what was changed in place, by this line, since the last look."""
        for number, value, filled, late in self.watch.look(frame, plan.holds):
            kind = Kind.BOUND if filled else Kind.MUTATED
            self._step(kind, 0 if late else line, number, _text(value))

    def _begin_lines(self) -> None:
        if not self._follows_lines and self._source:
            self._follows_lines, self._idle = True, 0
            self._source.follow_lines(True)

    def _line_of(self, plan: Plan, line: int) -> int:
        """A line as one of the learner's file: that which called, for code from exec or eval."""
        return line if plan.is_of_file else self._line_now()

    def _line_now(self) -> int:
        """The line of the innermost frame whose code is of the learner's file."""
        frame: FrameType | None = _getframe(2)
        while frame is not None:
            plan = self.plans.get(identity(frame.f_code))
            if plan and plan.is_of_file:
                return frame.f_lineno or self.line
            frame = frame.f_back
        return self.line

    def _write(self, kind: Kind, place: int, number: int, payload: bytes) -> None:
        if self._source and self._tape and not self._tape.write(kind, place, number, payload):
            self._give_up("")

    def _step(self, kind: Kind, line: int, number: int, payload: bytes = b"") -> None:
        if self._source and self._tape and not self._tape.step(kind, line, number, payload):
            self._give_up("")

    def _give_up(self, why: str) -> None:
        self.stop()
        if self._tape:
            self._tape.give_room()
            self._tape.write(Kind.STOPPED, 0, 0, why.encode())


def _text(value: object) -> bytes:
    try:
        return told(value).encode("utf-8", "replace")[:LARGEST_TEXT]
    except RecursionError:  # too deep to tell, but the change is worth its step
        return "…".encode()
