"""The end of a program, step by step as a script ends: held against `python -I FILE`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.recorded_runs import pythons
from tests.harness.runs import Run, collect
from tests.harness.scripts import PATIENT, behind, script
from tutor.protocol.requests import RunRequest
from tutor.session import Session

BEGIN = """\
import atexit, sys, threading, weakref
say = print
class Loud:
    def __init__(self, name): self.name = name
    def __del__(self, say=print): say("del", self.name)
def make(name):
    loud = Loud(name)
    def held(): return loud
    return held
inner = None
def last():
    say("atexit", inner and inner(), sorted(name for name in vars(sys) if name.startswith("last_")))
    say("main thread", threading.current_thread() is threading.main_thread())
atexit.register(last)
def leave(how):
    global inner
    mine = make("of a frame")
    inner = weakref.ref(mine)
    weakref.finalize(mine, say, "finalized")
    how()
"""
WAYS = {
    "the end": "make('of nobody')\nleave(lambda: None)",
    "sys.exit": "leave(sys.exit)",
    "sys.exit with a status": "leave(lambda: sys.exit(3))",
    "sys.exit with a message": "leave(lambda: sys.exit('no'))",
    "sys.exit that is held": "def how():\n    try: sys.exit()\n    except SystemExit as e:\n"
    "        global kept\n        kept = e\n        raise\nleave(how)",
    "exit": "leave(exit)",
    "an exception": "leave(lambda: 1 / 0)",
    "an exception while one is handled": "def how():\n    try: 1 / 0\n"
    "    finally: [][1]\nleave(how)",
    "KeyboardInterrupt": "def how(): raise KeyboardInterrupt\nleave(how)",
    "SIGINT": "import os, signal\nleave(lambda: os.kill(os.getpid(), signal.SIGINT))",
    "SystemExit in a group": "def how(): raise BaseExceptionGroup('g', [SystemExit(1)])\nleave(how)",
    "exit in a thread": "t = threading.Thread(target=leave, args=(sys.exit,))\nt.start()\nt.join()",
    "an exception in a thread": "threading.excepthook = lambda a: say(a.exc_type)\n"
    "t = threading.Thread(target=leave, args=(lambda: 1 / 0,))\nt.start()\nt.join()",
    "a thread that waits for what a frame holds": "e = threading.Event()\n"
    "class Sets:\n    def __del__(self, e=e): e.set()\n"
    "def go(): e.wait(); say('thread', inner); make('of a thread')\n"
    "threading.Thread(target=go).start()\natexit.register(say, 'first')\n"
    "def how(): held = Sets(); sys.exit()\nhow()",
    "a thread whose join is its own": "class Mine(threading.Thread):\n"
    "    def join(self, *a): say('joined')\n"
    "e = threading.Event()\nMine(target=lambda: (e.wait(), say('thread'))).start()\n"
    "threading.Timer(0, e.set).start()",
    "an excepthook": "sys.excepthook = lambda kind, error, tb: "
    "say('hook', kind, sys.last_value is error, tb.tb_frame.f_code.co_name, tb is sys.last_traceback)\n"
    "leave(lambda: 1 / 0)",
    "an excepthook that fails": "def hook(*a): say('hook'); 1 / 0\nsys.excepthook = hook\n"
    "leave(lambda: [][1])",
    "an exit function that fails": "atexit.register(lambda: 1 / 0)\nleave(sys.exit)",
    "an exit function that exits": "atexit.register(sys.exit, 4)\nleave(sys.exit)",
    "an exit function that registers": "def more(): atexit.register(say, 'more'); make('of exit')\n"
    "atexit.register(more)\nleave(lambda: 1 / 0)",
    "a weak finalizer of a global": "kept = make('of a global')\n"
    "weakref.finalize(kept, say, 'finalized')\nleave(sys.exit)",
}
FOR_THE_PROMPT = {
    "sys.exit that is held": ["del of a frame"],
    "a weak finalizer of a global": ["del of a global"],
}
"""What a script prints after all that, as its module's names go: for us they stay, for the prompt."""


@pytest.mark.parametrize("version", pythons())
async def test_every_end_is_that_of_a_script(version: str, scratch_area: Path) -> None:
    python = behind(pythons()[version])
    async with Session(python) as session:
        for record in (False, True):
            for way, source in WAYS.items():
                folder = scratch_area / f"script {way} {record}"
                told = script(python, BEGIN + source, folder)
                expected = _of_no_address(told.stdout)
                (folder / "program.py").unlink()
                folder.rmdir()
                run = session.run(RunRequest(BEGIN + source, limits=PATIENT, record=record))
                outcome = await collect(run, session, [])
                assert _of_no_address(outcome.stdout) + FOR_THE_PROMPT.get(way, []) == expected, way


def _of_no_address(text: str) -> list[str]:
    return [line.partition(" at 0x")[0] for line in text.splitlines()]


async def test_what_died_with_the_exit_is_not_shown(run: Run) -> None:
    outcome = await run(BEGIN + "leave(sys.exit)")
    assert outcome.cells is not None
    assert [view.qualname for view in outcome.cells.functions if view.name == "held"] == []
    assert outcome.cells.cells == ()


async def test_nothing_of_an_exception_is_kept_for_the_prompt(run: Run, session: Session) -> None:
    outcome = await run(BEGIN + "leave(lambda: 1 / 0)")
    assert outcome.cells is not None
    assert [view.qualname for view in outcome.cells.functions if view.name == "held"] == []
    asked = await collect(session.evaluate("inner(), hasattr(sys, 'last_value')"), session, [])
    assert asked.stdout == "(None, False)\n"


async def test_a_hook_of_the_programs_tells_instead_of_us(run: Run) -> None:
    outcome = await run("import sys\nsys.excepthook = lambda *a: print('mine')\n1 / 0")
    assert outcome.stdout == "mine\n"
    failure = outcome.finished.failure
    assert failure is not None
    assert (failure.text, failure.line) == ("", 3)
    assert failure.summary == "ZeroDivisionError: division by zero"
