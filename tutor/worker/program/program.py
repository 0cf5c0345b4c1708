"""A learner's program: runs as a script would run, reports, and answers at its prompt.

What happens in order: limits, the program, its threads joined, its atexit functions, the cells, the
labels, the checks (in a fork), Finished; then the worker stops itself until it is asked something.
A copy that the program makes of itself (os.fork) ends as a script would, and reports nothing.
"""

from __future__ import annotations

import os
import signal
import sys
from atexit import _run_exitfuncs
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from gc import disable, enable, isenabled
from os import _exit, getpid, kill
from sys import getrecursionlimit, setprofile, setrecursionlimit, settrace
from time import monotonic, process_time
from types import CellType, CodeType, FrameType, FunctionType

from ...protocol.reports import Checking, Failure, Finished, InputWanted, Status, Unfolded
from ...protocol.requests import Ask, RunRequest
from ...protocol.views import Cells
from ..checks.run_checks import run_checks
from ..inspector.inspector import Inspector
from ..inspector.labels import LabelBook
from ..inspector.scopes import ScopeReader
from ..process import ending, limits
from ..process.compiling import compiled
from ..process.pristine import RECURSION_LIMIT, Pristine, stop_monitoring
from ..process.signals import Handlers
from ..process.streams import Input, StandardStreams
from ..recorder.recorder import Recorder
from ..values.unfold import unfold_cell
from .audit import listen
from .cell_edits import CellEdits, emptiness
from .channels import Channels
from .completion import WHILE_TYPING
from .failures import exit_code, exit_status, failure
from .prompt import compile_at_prompt, compile_for_cell, compile_program, show_values
from .whose_fault import fault

STOP_SIGNAL: int = getattr(signal, "SIGRTMIN", signal.SIGUSR2 - 9) + 9
"""Asks for the last known cells; one that programs have no habit of using."""
ROOM_TO_LOOK = 200
"""Frames that a last look may need beyond the depth at which it strikes."""


class Program:
    """A learner's program and what we look at it with."""

    def __init__(
        self,
        request: RunRequest,
        path: str,
        channels: Channels,
        pristine: Pristine,
        recorder: Recorder,
    ) -> None:
        self._request = request
        self._path = path
        self._pid = getpid()
        self._report = channels.report
        self._question = channels.question
        self._pristine = pristine
        self._prompt_is_open = False
        self._inspector: Inspector | None = None
        self._recorder = recorder
        self._cell_edits = CellEdits()
        self._input = Input(lambda: self._report(InputWanted()))
        self._streams = StandardStreams(self._input)
        self._module = pristine.script(path)
        sys.path.insert(0, os.path.dirname(path))
        self._handlers = Handlers(ours=(STOP_SIGNAL, signal.SIGXCPU))
        for number in (STOP_SIGNAL, signal.SIGXCPU):
            signal.signal(number, self._cut_short)

    def run(self) -> None:
        """Run the program to its end and report."""
        started = monotonic()
        code: CodeType | None = None
        scopes: list[ScopeReader] = []
        status, shown = Status.FINISHED, None
        try:
            code = compiled(lambda: compile_program(self._request.source, self._path))
        except BaseException as error:  # SyntaxError, ValueError, MemoryError, RecursionError
            status, shown = self._failed(error)
        if code is not None:
            scopes = [ScopeReader(code, function) for function in self._request.classify]
            inspector = Inspector(self._module.__dict__, code, self._request.labels)
            self._inspector = inspector
            listen(self._path, self._note_code, self._recorder.give_way, inspector.is_learners)
            self._recorder.start(code)
            status, shown = self._execute(code)
            self._end_program()
        seconds = monotonic() - started - self._input.waited
        with self._pristine:
            limits.make_room()
            self._report(self._last_look())
            self._report_recording()
            for each in scopes:
                self._report(each.labels(self._module.__dict__, self._inspector))
            came_to_an_end = code is not None and status in (Status.FINISHED, Status.FAILED)
            if self._request.checks is not None and came_to_an_end:
                self._report(Checking())
                program = (self._request, self._path, self._module.__dict__, self._pristine)
                run_checks(*program, self._report, finished=status is Status.FINISHED)
        self._prompt_is_open = code is not None
        show_values()
        self._report(Finished(status, seconds, shown, prompt=self._prompt_is_open))

    def answer_prompt(self) -> None:
        """Read one question from the tutor, answer it, report."""
        ask, label, text = self._question()
        limits.restore(self._request.limits)
        started, waited = monotonic(), self._input.waited
        status, shown = Status.FINISHED, None
        if answer := WHILE_TYPING.get(ask):  # nothing changes, so nobody looks
            with self._pristine:
                self._report(answer(text, self._module.__dict__))
            self._report(Finished(status, monotonic() - started, prompt=True))
            return
        cell = self._inspector.cell(label) if self._inspector and label else None
        match ask:
            case Ask.EVALUATE:
                status, shown = self._evaluate(text, compile_at_prompt)
            case Ask.SET_CELL if cell is not None:
                name = self._inspector.book.name_of(cell) if self._inspector else ""
                status, shown = self._evaluate(text, partial(compile_for_cell, name=name), cell)
            case Ask.RESTORE_CELL if cell is not None:
                self._cell_edits.undo(cell)
            case Ask.UNFOLD if cell is not None:
                with self._pristine:
                    self._report(Unfolded(label, unfold_cell(cell)))
        self._streams.flush()
        seconds = monotonic() - started - (self._input.waited - waited)
        with self._pristine:
            limits.make_room()
            self._report(self._look())
        self._report(Finished(status, seconds, shown, prompt=True))

    def _evaluate(
        self, text: str, compile_it: Callable[[str], CodeType], cell: CellType | None = None
    ) -> tuple[Status, Failure | None]:
        """Compile and execute what was typed; its value goes into the cell, if one is given."""
        try:
            code = compiled(lambda: compile_it(text))
        except BaseException as error:
            return self._failed(error)
        if cell is not None and (told := emptiness(cell, code)):
            return Status.FAILED, told
        self._note_code(code)
        return self._execute(code, cell)

    def _execute(
        self, code: CodeType, cell: CellType | None = None
    ) -> tuple[Status, Failure | None]:
        """Execute learner code, then take the interpreter back from it."""
        error: BaseException | None = None
        try:
            self._handlers.wake()
            if cell is not None and code.co_freevars:
                value = FunctionType(code, self._module.__dict__, closure=(cell,))()
            else:
                value = eval(code, self._module.__dict__)
            if cell is not None:
                self._cell_edits.set(cell, value)
            del value
        except BaseException as caught:
            error = caught
        # C functions only: the learner's trace function would trace a Python function of ours, and
        # their recursion limit may leave no room for one.
        setrecursionlimit(max(getrecursionlimit(), RECURSION_LIMIT))
        settrace(None)
        setprofile(None)
        stop_monitoring()
        self._handlers.sleep()
        status, shown = self._told(error)
        if getpid() != self._pid:
            self._streams.stderr.write(shown.text if shown else "")
            exits_with = exit_code(error)
            error = None
            self._end_program(exits_with)
        self._recorder.resume()
        error = None  # what dies with it is recorded; in its traceback our frame would hold it
        return status, shown

    def _told(self, error: BaseException | None) -> tuple[Status, Failure | None]:
        """What became of learner code that ended so."""
        if error is None:
            return Status.FINISHED, None
        ending.leave_our_frame_out(error)
        if isinstance(error, SystemExit):
            return exit_status(error, self._streams.stderr)
        status, shown = self._failed(error)
        if self._prompt_is_open:
            error.__traceback__ = None  # its frames would keep the learner's objects alive
        else:
            ending.keep(error)
            shown = self._told_by_hook(error, shown)
        return status, shown

    def _told_by_hook(self, error: BaseException, shown: Failure) -> Failure:
        """Let the program's `sys.excepthook`, if it has set one, tell what we then need not tell."""
        try:
            self._handlers.wake()
            if ending.told_by_the_program(error):
                shown = replace(shown, text="")
        except BaseException as another:
            _, failed = self._failed(another)
            self._streams.stderr.write(f"Error in sys.excepthook:\n{failed.text}")
        settrace(None)
        self._handlers.sleep()
        return shown

    def fail(self, error: BaseException) -> None:
        """Report what ended our code: an audit hook of the program's, say, or a fault of our own."""
        self._handlers.sleep()
        if told := fault(error, self._path):
            ended = Finished(Status.DIED, process_time(), fault=told)
        else:
            status, shown = self._failed(error)
            ended = Finished(status, process_time(), shown)
        self._streams.flush()
        self._report(ended)

    def _failed(self, error: BaseException) -> tuple[Status, Failure]:
        limits.make_room()
        with self._pristine:
            shown = failure(error, self._path, self._request.source)
        ran_out = type(error) is MemoryError
        return (Status.OUT_OF_MEMORY if ran_out else Status.FAILED), shown

    def _end_program(self, code: int = 0) -> None:
        """What the interpreter does at the end of a script: join threads, run atexit functions.

        A copy of the program leaves with the exit status `code`.
        """
        try:
            self._handlers.wake()
            ending.join_threads()
        except BaseException as error:
            _, shown = self._failed(error)
            self._streams.stderr.write(shown.text)
        _run_exitfuncs()
        ending.let_go()
        self._handlers.sleep()
        self._streams.flush()
        if getpid() != self._pid:
            _exit(code)

    def _look(self, run_learners_code: bool = True) -> Cells:
        return self._inspector.look(run_learners_code) if self._inspector else Cells()

    def _last_look(self, run_learners_code: bool = True) -> Cells:
        """The cells at the end of the recording, which calls them and the functions as they do."""
        collecting = isenabled()
        disable()  # what the one still has and the other has no more would be two things
        try:
            self._recorder.stop()
            cells = self._look(run_learners_code)
            if self._inspector:
                self._recorder.note_report(self._inspector.book, self._inspector.ids)
            return cells
        finally:
            if collecting:
                enable()

    def _report_recording(self) -> None:
        book = self._inspector.book if self._inspector else LabelBook()
        for piece in self._recorder.reports(book):
            self._report(piece)

    def _cut_short(self, number: int, _frame: FrameType | None) -> None:
        """Answer Stop, or the limit of processor time, with the last known cells, and end."""
        if getpid() != self._pid:
            signal.signal(number, signal.SIG_DFL)
            kill(getpid(), number)
        setrecursionlimit(getrecursionlimit() + ROOM_TO_LOOK)
        limits.make_room()
        self._streams.flush()
        with self._pristine:
            # No learner's `__repr__`: it may take longer than the grace.
            cells = self._last_look(run_learners_code=False)
            if self._inspector:
                self._report(cells)
            if number == signal.SIGXCPU:
                self._report_recording()
                self._report(Finished(Status.TIMED_OUT, process_time()))
        _exit(1)

    def _note_code(self, code: object) -> None:
        """Count code as the learner's."""
        if self._inspector and type(code) is CodeType:
            self._inspector.note_code(code)
            self._recorder.note_code(code)
