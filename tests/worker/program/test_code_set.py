"""Who sets `__code__`: the learner or a library, on a function of either, on every Python."""

from __future__ import annotations

import pytest

from tests.harness.recorded import COUNTER, ends_as_seen
from tests.harness.recorded_runs import recording_of, run
from tests.harness.runs import Outcome
from tutor.protocol.reports import Status
from tutor.session import Session

A_LIBRARY = """\
import importlib.util, pathlib, sys
pathlib.Path("library.py").write_text('''
def own(): return 1
def other(): return 2
own.__code__ = other.__code__
def renew(function):
    function.__code__ = function.__code__.replace(co_name="renewed")
    return function
def give(function): function.__code__ = other.__code__
''')
sys.path.insert(0, ".")
import library
"""
A_COUNTER = COUNTER + "inc = make(0)\n"


def listed(outcome: Outcome) -> list[str]:
    assert outcome.finished.status is Status.FINISHED, outcome.stderr
    assert outcome.cells
    return [view.reached_by for view in outcome.cells.functions]


@pytest.mark.parametrize("record", [True, False])
@pytest.mark.parametrize("module", ["asyncio", "types", "contextlib", "library"])
async def test_a_librarys_own_functions_are_not_listed(
    anywhere: Session, module: str, record: bool
) -> None:
    before = A_LIBRARY if module == "library" else ""
    assert listed(await run(anywhere, before + f"import {module}", record=record)) == []


async def test_a_library_may_set_that_of_a_learners_function(anywhere: Session) -> None:
    outcome = await run(anywhere, A_LIBRARY + A_COUNTER + "library.renew(inc)()")
    assert listed(outcome) == ["make", "inc"]
    [_, view] = outcome.cells.functions if outcome.cells else ()
    assert view.name == "renewed"
    ends_as_seen(recording_of(outcome), outcome.cells)  # type: ignore[arg-type]


async def test_a_coroutine_of_the_learners(anywhere: Session) -> None:
    source = (
        "import types\ndef make(n):\n @types.coroutine\n def g(): yield n\n return g\ng = make(1)"
    )
    outcome = await run(anywhere, source, record=False)
    assert listed(outcome) == ["make", "g"]
    assert outcome.cells
    assert [(cell.name, cell.value) for cell in outcome.cells.cells] == [("n", "1")]


async def test_the_learner_may_set_it_to_code_of_a_library(anywhere: Session) -> None:
    source = A_LIBRARY + "def f(): pass\ndef g(): pass\ndef h(): pass\nlibrary.give(h)\n"
    source += "f.__code__ = library.give.__code__\nsetattr(g, '__code__', library.renew.__code__)"
    shown = listed(await run(anywhere, source, record=False))
    assert shown[:3] == ["f", "g", "h"]
