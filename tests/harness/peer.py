"""Holds the inspector against the direct reading for programs that come line by line as JSON.

Standard library only: the test keeps one such process for each Python.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Iterator

from tests.harness import ROOT
from tests.harness.oracle import disagreements, is_compiled, live_functions, wrong_paths
from tests.harness.programs import Program

CALL_ALL = """
for function in list(kept):
    try:
        function()
    except Exception:
        continue
"""


def faults(source: str) -> list[str]:
    """What the inspector says wrongly of a program: when it has run, and when all was called again."""
    program = Program(source)
    found = [*_faults_now(program)]
    before = program.inspector.book.known()
    program.run(CALL_ALL)
    found += _faults_now(program)
    after = program.inspector.book.known()
    found += [f"{label} was moved" for cell, label in before.items() if after[cell] != label]
    return found


def _faults_now(program: Program) -> Iterator[str]:
    file = program.code.co_filename
    report = program.look(run_learners_code=False)
    functions = live_functions(lambda code: code.co_filename == file)
    yield from disagreements(program.inspector, report, functions, is_compiled)
    yield from wrong_paths(program.inspector, report, program.names)


def serve() -> None:
    """Answer each program of standard input with its faults."""
    print(sys.version_info.minor, flush=True)
    gc.freeze()  # the collector's list is then that of the program, as in the worker
    gc.disable()  # what a collection ended between the two readings would be in one of them only
    for line in sys.stdin:
        print(json.dumps(faults(json.loads(line))), flush=True)
        gc.collect()


class Peer:
    """A Python of its own that holds its inspector against its direct reading."""

    def __init__(self, python: str) -> None:
        self.python = python
        program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.dont_write_bytecode = True;"
        self._process = subprocess.Popen(
            [python, "-I", "-c", program + "from tests.harness.peer import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.version = int(self._process.stdout.readline())
        """The minor one."""

    def faults(self, source: str) -> list[str]:
        """As `faults`, over there."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(source) + "\n")
        self._process.stdin.flush()
        found: list[str] = json.loads(self._process.stdout.readline())
        return found

    def close(self) -> None:
        self._process.communicate()
