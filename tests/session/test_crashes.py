"""A crash of the interpreter is told with what the faulthandler knows, which is data."""

from __future__ import annotations

import pytest

from tests.harness.runs import Run, collect
from tutor.protocol.reports import Status
from tutor.protocol.requests import Limits, RunRequest
from tutor.session import Session

NULL = "import ctypes\nctypes.string_at(0)"
ENDLESS = """\
import os, signal
def make(function):
    def wrapper(*args, depth=0):
        if depth == 200:
            os.kill(os.getpid(), signal.SIGSEGV)
            while True: pass
        wrapper(*args, depth=depth + 1)
    return wrapper
make(print)()
"""


async def test_a_crash_names_the_learners_line(run: Run) -> None:
    outcome = await run(f"def größe():\n    {NULL.replace(chr(10), chr(10) + '    ')}\ngröße()")
    finished = outcome.finished
    assert finished.status is Status.DIED
    assert finished.failure is not None
    assert finished.failure.line == 3
    told = "crashed the interpreter (Segmentation fault) at line 3, in `größe`"
    assert finished.failure.summary == told
    assert finished.sentence.startswith(f"The program {told}.")


@pytest.mark.parametrize("record", [True, False])
async def test_calls_without_end_are_told_as_such(run: Run, record: bool) -> None:
    finished = (await run(ENDLESS, record=record)).finished
    assert finished.status is Status.DIED
    assert finished.failure is not None
    assert finished.failure.summary == "`wrapper` (line 7) called itself without end"
    assert finished.sentence.startswith("`wrapper` (line 7) called itself without end.")
    assert finished.failure.line == 7


async def test_calls_that_no_limit_stops_are_told_or_stopped(run: Run) -> None:
    """On 3.15 a call by `f(*args)` is not counted (cpython#155151)."""
    outcome = await run(
        "def make():\n    def wrapper(*args):\n        return wrapper(*args)\n    return wrapper\n"
        "make()()",
        record=False,
        limits=Limits(wall_seconds=20, memory_bytes=256 * 1024 * 1024),
    )
    assert outcome.finished.failure is not None
    assert outcome.finished.failure.summary in (
        "`wrapper` (line 3) called itself without end",
        "RecursionError: maximum recursion depth exceeded",
    )


async def test_a_crash_at_the_prompt_is_told_too(session: Session) -> None:
    await collect(session.run(RunRequest("x = 1")), session, [])
    outcome = await collect(session.evaluate(NULL.replace("\n", "; ")), session, [])
    assert outcome.finished.failure is not None
    assert "Segmentation fault) at line 1, in `<module>`" in outcome.finished.failure.summary


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("b'\\xff\\x00' * 40_000", "The program crashed the interpreter (Segmentation fault)."),
        ("frame % ('x', '9', 'f')", "The program crashed the interpreter (Segmentation fault)."),
        (
            "frame % (__file__, '9' * 9_000, 'f')",
            "The program crashed the interpreter (Segmentation fault).",
        ),
        (
            "frame % (__file__, '999', 'f')",
            "The program crashed the interpreter (Segmentation fault).",
        ),
        (
            r"frame % (__file__, '2', r'\U99999999\x1b' + 'x' * 999)",
            "The program crashed the interpreter (Segmentation fault) at line 2, in `?\x1b"
            + "x" * 58
            + "`.",
        ),
    ],
)
async def test_what_a_program_writes_there_itself_is_data(
    run: Run, written: str, sentence: str
) -> None:
    outcome = await run(
        "import os, signal\n"
        "frame = '(most recent call first):\\n  File \"%s\", line %s in %s\\n'\n"
        f"written = {written}\n"
        "if type(written) is str: written = written.encode()\n"
        "for descriptor in map(int, os.listdir('/proc/self/fd')):\n"
        "    if descriptor > 2:\n"
        "        try: os.write(descriptor, written)\n"
        "        except OSError: pass\n"
        "import faulthandler\nfaulthandler.disable()\n"
        "os.kill(os.getpid(), signal.SIGSEGV)\nwhile True: pass\n"
    )
    finished = outcome.finished
    assert finished.status is Status.DIED
    assert finished.sentence == sentence
    assert (await run("print(1)")).stdout == "1\n"


async def test_a_crash_of_a_child_is_not_the_programs(run: Run) -> None:
    crash = (
        f"import os\nif os.fork() == 0:\n    {NULL.replace(chr(10), chr(10) + '    ')}\nos.wait()\n"
    )
    assert (await run(crash)).finished.status is Status.FINISHED
    outcome = await run(crash + "os.abort()")
    assert outcome.finished.failure is not None
    assert outcome.finished.failure.line == 6
