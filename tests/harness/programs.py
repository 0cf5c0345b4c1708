"""A learner's program looked at in this very interpreter, and the same tests on other Pythons.

Tests that use only this module need no pytest: `elsewhere` runs a whole test file on every other
CPython that was tried and is found here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from textwrap import dedent
from types import FunctionType
from typing import Any

from tutor.protocol.pythons import TRIED
from tutor.protocol.requests import LabelHint
from tutor.protocol.views import Cells, CellView, FunctionView
from tutor.worker.inspector.inspector import Inspector

VERSIONS = tuple(".".join(map(str, version)) for version in TRIED)
MAKE = """
def make(n=41):
    def held(*_): return n
    return held
class Box: pass
"""
"""Makes the function that a test then hides somewhere."""
ONLY_HERE = "TUTOR_TESTS_ON_THIS_PYTHON_ONLY"
"""Set in the environment, it has no test go to other Pythons: `.ci/run` runs each on each."""

_numbers = count(1)


class Program:
    """A program that has run, and its inspector.

    Each has a file name of its own: what earlier ones left to the collector is not this one's.
    """

    def __init__(self, source: str, hints: tuple[LabelHint, ...] = (), limit: int = 2_000) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}
        file = f"program{next(_numbers)}.py"
        self.code = compile(dedent(source), file, "exec", dont_inherit=True)
        self.inspector = Inspector(self.names, self.code, hints, limit=limit)
        exec(self.code, self.names)

    def run(self, source: str) -> None:
        """More of the program, as at its prompt."""
        code = compile(dedent(source), "<prompt>", "exec", dont_inherit=True)
        self.inspector.note_code(code)
        exec(code, self.names)

    def look(self, run_learners_code: bool = True) -> Cells:
        return self.inspector.look(run_learners_code)

    def __getitem__(self, expression: str) -> Any:
        return eval(expression, self.names)

    def function(self, reached_by: str) -> FunctionView:
        """The one function that is reached so."""
        cells = self.look()
        found = [each for each in cells.functions if each.reached_by == reached_by]
        assert len(found) == 1, [each.reached_by for each in cells.functions]
        return found[0]

    def cell(self, function: str, name: str) -> CellView:
        """The cell of one free variable of the function that is reached so."""
        return view_of(self.look(), function, name)


def view_of(cells: Cells, function: str, name: str) -> CellView:
    view = next(each for each in cells.functions if each.reached_by == function)
    label = next(free.cell for free in view.free if free.name == name)
    return next(cell for cell in cells.cells if cell.label == label)


def reaches(source: str, path: str) -> None:
    """The function made in `source` is reached by `path`, which is Python for that function."""
    program = Program(MAKE + source)
    cells = program.look()
    [held] = [each for each in cells.functions if each.name == "held" and each.free]
    assert held.reached_by == path
    function = program[path]
    assert type(function) is FunctionType
    [cell] = function.__closure__ or ()
    assert program.inspector.label_of(cell) == held.free[0].cell
    assert view_of(cells, path, "n").value == repr(cell.cell_contents) == "41"


def lies_in(source: str, path: str) -> Program:
    """The function made in `source` is found, at a place for which Python has no notation."""
    program = Program(MAKE + source)
    cells = program.look()
    assert [each.reached_by for each in cells.functions if each.name == "held"] == [path]
    assert view_of(cells, path, "n").value == "41"
    return program


def closures_by_hand(names: dict[str, Any], expressions: list[str]) -> dict[str, tuple[int, ...]]:
    """The ids of the cells of functions, read directly."""
    closures = {}
    for expression in expressions:
        function = eval(expression, names)
        assert type(function) is FunctionType
        closures[expression] = tuple(id(cell) for cell in function.__closure__ or ())
    return closures


def other_pythons() -> Iterator[str]:
    """CPythons of the other versions: on the path, or kept by pyenv."""
    if ONLY_HERE in os.environ:
        return
    here = ".".join(map(str, sys.version_info[:2]))
    for version in VERSIONS:
        if version == here:
            continue
        candidates = [shutil.which(f"python{version}"), *_kept_by_pyenv(version)]
        for python in filter(None, candidates):
            said = subprocess.run([python, "--version"], capture_output=True, text=True)
            if said.stdout.startswith(f"Python {version}."):
                yield python
                break


def _kept_by_pyenv(version: str) -> Iterator[str]:
    pyenv = shutil.which("pyenv")
    if pyenv:
        listed = subprocess.run([pyenv, "versions", "--bare"], capture_output=True, text=True)
        for kept in listed.stdout.split():
            if kept.startswith(f"{version}."):
                prefix = subprocess.run([pyenv, "prefix", kept], capture_output=True, text=True)
                yield str(Path(prefix.stdout.strip()) / "bin" / "python")
