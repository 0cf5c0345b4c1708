"""Every function of many modules of the standard library, inspected inside a run.

The program imports the modules and this project's inspector, with a predicate that calls their
code the learner's, and compares with `__closure__`, read in the same process.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness import ROOT
from tests.harness.programs import other_pythons
from tests.harness.runs import collect
from tutor.protocol.reports import Status
from tutor.protocol.requests import Limits, RunRequest
from tutor.session import Session
from tutor.session.nursery_client import default_python

MODULES = """
abc argparse ast asyncio bisect calendar cmd code collections concurrent.futures configparser
contextlib copy csv ctypes dataclasses decimal difflib dis doctest email.message enum fractions
functools graphlib heapq http.client inspect io ipaddress json logging multiprocessing operator
optparse os pathlib pickle platform pprint queue random re reprlib sched selectors shelve shlex
shutil socketserver statistics string subprocess symtable tarfile tempfile textwrap threading timeit
tokenize traceback types typing unittest.mock urllib.request uuid warnings weakref xml.dom.minidom
zipfile
"""

PROGRAM = f"""
import gc, importlib, sys
sys.path.insert(0, {str(ROOT)!r})
sys.dont_write_bytecode = True
from tests.harness.oracle import disagreements, live_functions, wrong_paths
from tutor.worker.inspector.inspector import Inspector

modules = [importlib.import_module(name) for name in {MODULES!r}.split()]
files = {{module.__file__ for module in modules}}
def is_of_the_library(code): return code.co_filename in files
names = {{module.__name__.replace(".", "_"): dict(vars(module)) for module in modules}}
code = compile("", "none.py", "exec")
inspector = Inspector(names, code, is_learners=is_of_the_library, limit=10**6)
# What a script begins with is hidden from the collector's list; so are copies that the worker has of
# some of the modules, in which many functions stand on one line: their order is not always one.
gc.unfreeze()
cells = inspector.look()
functions = live_functions(is_of_the_library)
for fault in [*disagreements(inspector, cells, functions), *wrong_paths(inspector, cells, names)]:
    print(fault)
def reached_by_name(cells):
    return [view for view in cells.functions if not view.reached_by.startswith("not reached")]
reached = reached_by_name(cells)
print("same again", reached_by_name(inspector.look()) == reached)
print("functions", len(functions) > 4_000, "cells", len(cells.cells) > 500)
print("reached", len(reached) > 4_000)
"""


@pytest.mark.parametrize("python", [default_python(), *other_pythons()])
async def test_every_function_of_the_standard_library(python: str) -> None:
    assert len(MODULES.split()) >= 20
    limits = Limits(wall_seconds=60, cpu_seconds=60, memory_bytes=2**30)
    async with Session(Path(python)) as session:
        run = session.run(RunRequest(PROGRAM, limits=limits))
        outcome = await collect(run, session, [])
    assert outcome.stdout == "same again True\nfunctions True cells True\nreached True\n"
    assert outcome.finished.status is Status.FINISHED
