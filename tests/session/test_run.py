"""A program runs as a script would, and tells what it did."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.harness.processes import processes_of
from tests.harness.runs import Run, collect
from tutor.protocol.reports import InputWanted, Output, Status, Stream
from tutor.protocol.requests import Limits, RunRequest
from tutor.session import NoProgram, PythonUnusable, Session

ADDERS = """\
def make_adder(n):
    def add(x):
        return x + n
    return add

add5 = make_adder(5)
add10 = make_adder(10)
print(add5(3), add10(3))
"""


async def test_output_and_cells_are_reported(run: Run) -> None:
    outcome = await run(ADDERS)
    assert outcome.finished.status is Status.FINISHED
    assert outcome.stdout == "8 13\n"
    assert outcome.cells is not None
    assert [(c.name, c.value, c.owner) for c in outcome.cells.cells] == [
        ("n", "5", "make_adder"),
        ("n", "10", "make_adder"),
    ]


async def test_output_streams_while_the_program_runs(session: Session) -> None:
    reports = session.run(RunRequest("print('first')\nwhile True: pass"))
    async for report in reports:
        if isinstance(report, Output):
            assert report.text == "first\n"
            await session.stop()


async def test_it_looks_like_a_script_from_within(run: Run) -> None:
    outcome = await run(
        "import sys, os, pickle\n"
        "def f(): pass\n"
        "print(__name__, sys.argv == [__file__], sys.modules['__main__'].f is f)\n"
        "print(globals() is vars(sys.modules['__main__']), pickle.loads(pickle.dumps(f)) is f)\n"
        "import inspect; print(inspect.getsource(f), end='')\n"
        "print('tutor' in sys.modules, [m for m in sys.modules if 'closure' in m])\n"
        "print(os.getcwd() == os.environ['HOME'] == os.environ['TMPDIR'])\n",
        file_name="exercise.py",
    )
    assert outcome.stdout.splitlines() == [
        "__main__ True True",
        "True True",
        "def f(): pass",
        "False []",
        "True",
    ]


async def test_the_tutor_is_not_importable(run: Run) -> None:
    outcome = await run("import tutor")
    assert outcome.finished.failure is not None
    assert outcome.finished.failure.summary.startswith("ModuleNotFoundError")


async def test_the_environment_holds_no_secrets(
    run: Run, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", "/agent")
    monkeypatch.setenv("MY_TOKEN", "secret")
    await run("pass")  # takes the spare that was made before
    outcome = await run("import os; print(sorted(os.environ))")
    names = set(outcome.stdout.split("'")[1::2])
    assert names <= {"HOME", "TMPDIR", "PATH", "TZ", "LANG", "LC_CTYPE", "TERM", "MALLOC_ARENA_MAX"}


async def test_a_traceback_shows_the_learners_lines_only(run: Run) -> None:
    outcome = await run(
        "import functools\n@functools.lru_cache\ndef f(x):\n    return 1 / x\nf(0)\n",
        file_name="divide.py",
    )
    failure = outcome.finished.failure
    assert failure is not None
    assert failure.line == 4
    lines = failure.text.splitlines()
    # 3.13 marks a call that is the whole line as well.
    assert [line for line in lines if line.strip(" ~^")] == [
        "Traceback (most recent call last):",
        '  File "divide.py", line 5, in <module>',
        "    f(0)",
        '  File "divide.py", line 4, in f',
        "    return 1 / x",
        "ZeroDivisionError: division by zero",
    ]
    assert "           ~~^~~" in lines


async def test_a_syntax_error_names_its_line(run: Run) -> None:
    outcome = await run("x = 1\ndef f(:\n    pass\n", file_name="broken.py")
    assert outcome.finished.status is Status.FAILED
    failure = outcome.finished.failure
    assert failure is not None
    assert (failure.line, failure.summary) == (2, "SyntaxError: invalid syntax")
    assert 'File "broken.py", line 2' in failure.text
    assert not outcome.finished.prompt


async def test_input_is_asked_for_and_answered(run: Run) -> None:
    outcome = await run(
        "name = input('Name? ')\nprint('Hello', name)\n"
        "try: input()\nexcept EOFError as e: print(repr(e))\n",
        answers=("Ann\n", None),
    )
    assert outcome.stdout == "Name? Hello Ann\nEOFError('EOF when reading a line')\n"


async def test_waiting_for_input_costs_no_time(session: Session) -> None:
    outcome = []
    async for report in session.run(RunRequest("print(input())", limits=Limits(wall_seconds=0.3))):
        outcome.append(report)
        if isinstance(report, InputWanted):
            await asyncio.sleep(0.6)  # a learner who thinks for longer than the limit
            session.send_input("late\n")
    assert outcome[-1].status is Status.FINISHED  # type: ignore[union-attr]


async def test_threads_are_joined_and_atexit_functions_run(run: Run) -> None:
    outcome = await run(
        "import atexit, threading, time\n"
        "atexit.register(print, 'atexit')\n"
        "def late(): time.sleep(0.05); print('thread')\n"
        "threading.Thread(target=late).start()\n"
        "print('main')\n"
    )
    assert outcome.stdout == "main\nthread\natexit\n"


@pytest.mark.parametrize(
    ("code", "status", "summary"),
    [
        ("import sys; sys.exit()", Status.FINISHED, None),
        ("exit(0)", Status.FINISHED, None),
        ("raise SystemExit(3)", Status.FAILED, "SystemExit: 3"),
        ("import sys; sys.exit('sorry')", Status.FAILED, "SystemExit: a message, so exit status 1"),
        ("raise KeyboardInterrupt", Status.FAILED, "KeyboardInterrupt"),
        ("raise BaseException('all')", Status.FAILED, "BaseException: all"),
    ],
)
async def test_ways_to_leave(run: Run, code: str, status: Status, summary: str | None) -> None:
    finished = (await run(code)).finished
    assert finished.status is status
    assert (finished.failure and finished.failure.summary) == summary


async def test_the_prompt_works_in_the_programs_namespace(run: Run, session: Session) -> None:
    await run(
        "def make_counter():\n"
        "    count = 0\n"
        "    def inc():\n"
        "        nonlocal count\n"
        "        count += 1\n"
        "        return count\n"
        "    return inc\n"
        "inc = make_counter()\n"
    )
    for expected in ("1\n", "2\n"):
        outcome = await collect(session.evaluate("inc()"), session, [])
        assert outcome.stdout == expected
        assert outcome.cells is not None
        assert [(c.label, c.value) for c in outcome.cells.cells] == [("A", expected.strip())]
    outcome = await collect(session.evaluate("a = 1; b = 2"), session, [])
    outcome = await collect(session.evaluate("for i in range(2):\n    print(i + b)"), session, [])
    assert outcome.stdout == "2\n3\n"
    outcome = await collect(session.evaluate("1 +"), session, [])
    assert outcome.finished.status is Status.FAILED
    assert outcome.finished.prompt
    outcome = await collect(session.evaluate("input()"), session, ["typed\n"])
    assert outcome.stdout == "'typed'\n"


async def test_the_prompt_is_stopped_between_evaluations(
    run: Run, session: Session, scratch_area: Path
) -> None:
    await run(
        "import threading\n"
        "ticks = 0\n"
        "def tick():\n"
        "    global ticks\n"
        "    while True: ticks += 1\n"
        "threading.Thread(target=tick, daemon=True).start()\n"
    )
    first = await collect(session.evaluate("print(ticks)"), session, [])
    await session.warm()
    used = _processor_seconds(scratch_area)
    await asyncio.sleep(0.3)
    assert _processor_seconds(scratch_area) == used
    second = await collect(session.evaluate("print(ticks)"), session, [])
    assert int(second.stdout) >= int(first.stdout)


def _processor_seconds(area: Path) -> float:
    """User and system time of the processes of `area` (proc(5), stat)."""
    ticks = 0
    for pid in processes_of(area):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


async def test_an_endless_evaluation_is_cut_and_the_program_is_gone(session: Session) -> None:
    await collect(session.run(RunRequest("x = 1", limits=Limits(wall_seconds=0.3))), session, [])
    outcome = await collect(session.evaluate("while True: pass"), session, [])
    assert outcome.finished.status is Status.TIMED_OUT
    assert not outcome.finished.prompt
    with pytest.raises(NoProgram):
        await collect(session.evaluate("x"), session, [])


async def test_a_second_run_ends_the_first(session: Session) -> None:
    first = session.run(RunRequest("print('on')\nwhile True: pass"))
    assert isinstance(await anext(first), Output)
    second = await collect(session.run(RunRequest("print('second')")), session, [])
    assert second.stdout == "second\n"
    rest = [report async for report in first]
    assert rest[-1].status is Status.STOPPED  # type: ignore[union-attr]


async def test_stop_before_the_run_has_a_child() -> None:
    async with Session() as session:
        run = session.run(RunRequest("while True: pass"))
        stopped = asyncio.ensure_future(collect(run, session, []))
        await asyncio.sleep(0)
        assert not session.running
        await session.stop()
        assert (await stopped).finished.status is Status.STOPPED
        went_on = await collect(session.run(RunRequest("print(1)")), session, [])
        assert went_on.finished.status is Status.FINISHED


async def test_labels_last_from_run_to_run_until_reset(run: Run, session: Session) -> None:
    await run(ADDERS)
    outcome = await run(ADDERS.replace("add5 =", "zero = make_adder(0)\nadd5 ="))
    assert outcome.cells is not None
    assert {c.label for c in outcome.cells.cells} == {"A", "B", "C"}
    await session.reset()
    outcome = await run("def f(x):\n    return lambda: x\ng = f(1)")
    assert outcome.cells is not None
    assert [c.label for c in outcome.cells.cells] == ["A"]


async def test_a_waiter_that_is_cancelled_harms_no_other(session: Session) -> None:
    await collect(session.run(RunRequest("pass")), session, [])
    await session.reset()
    waiting = asyncio.create_task(session.warm())
    await asyncio.sleep(0)
    waiting.cancel()
    assert (await collect(session.run(RunRequest("print(1)")), session, [])).stdout == "1\n"


async def test_stdout_and_stderr_are_both_shown(run: Run) -> None:
    outcome = await run("import sys\nprint('out')\nprint('err', file=sys.stderr)")
    assert (outcome.stdout, outcome.stderr) == ("out\n", "err\n")
    assert {r.stream for r in outcome.reports if isinstance(r, Output)} == set(Stream)


async def test_every_other_python_is_refused_with_a_clear_line() -> None:
    for path in (Path("/nowhere/python"), Path("/bin/true"), Path("/etc/passwd")):
        session = Session(path)
        with pytest.raises(PythonUnusable, match=r"Give --python a CPython 3\.11 or later"):
            await session.warm()
        await session.close()


async def test_the_child_is_not_the_virtual_environments_python(run: Run) -> None:
    outcome = await run("import sys; print(sys.prefix == sys.base_prefix)")
    assert outcome.stdout == "True\n"
    assert sys.prefix != sys.base_prefix
