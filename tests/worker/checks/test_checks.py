"""Checks ask a finished program, and cannot be talked into a pass."""

from __future__ import annotations

import pytest

from tests.harness.checked import ADDER, ADDS, asks
from tests.harness.runs import Run, collect
from tutor.protocol.reports import Cause, Checking, CourseFault, Finished, Status
from tutor.protocol.requests import Limits, RunRequest
from tutor.session import Session
from tutor.worker.checks.ledger import ENDED_ITSELF, NOT_TRIED


@pytest.mark.parametrize(
    ("source", "lines", "message"),
    [
        (ADDER, ["learner['make_adder']"], None),
        (ADDER, ["learner['other']"], "`other` is not defined."),
        (ADDER, ["learner.function('make_adder')"], None),
        ("class A: pass", ["learner.function('A')"], "`A` should be a function; it is a class."),
        ("A = None", ["learner.function('A')"], "`A` should be a function; it is None."),
        ("A = 1", ["learner.function('A')"], "`A` should be a function; it is an int."),
        ("A = len", ["assert not learner.is_function(learner['A'])"], None),
        (
            "def f(x): return 1 / x",
            ["learner.call(learner['f'], 0)"],
            "`f(0)` raised ZeroDivisionError: division by zero.",
        ),
        (
            "class Odd(Exception):\n    def __str__(self): return 'no\\n' + 'x' * 1000\n"
            "def f(): raise Odd",
            ["learner.call(learner['f'])"],
            "`f()` raised Odd: no.",
        ),
        (
            "class Odd(Exception):\n    def __str__(self): return 1 / 0\ndef f(): raise Odd",
            ["learner.call(learner['f'])"],
            "`f()` raised Odd.",
        ),
        (
            "def f(): raise ValueError('x' * 1000)",
            ["learner.call(learner['f'])"],
            f"`f()` raised ValueError: {'x' * 160}… +840.",
        ),
        (
            "def f(): raise ValueError('what it says')",
            ["learner.raises(KeyError, learner['f'])"],
            "`f()` should raise KeyError; it raised ValueError: what it says.",
        ),
        (
            "class Odd(AssertionError):\n    def __str__(self): return 1 / 0\n"
            "class X:\n    def __eq__(self, other): raise Odd('forged')\nx = X()",
            ["assert learner['x'] == 2"],
            "The check came to no end: Odd (line 2 of checks.py).",
        ),
        ("def f(x): raise ValueError('no')", ["learner.raises(ValueError, learner['f'], 0)"], None),
        (
            "def f(x): raise KeyError",
            ["learner.raises(ValueError, learner['f'], 'a')"],
            "`f('a')` should raise ValueError; it raised KeyError.",
        ),
        (
            "def f(x): pass",
            ["learner.raises(ValueError, learner['f'], 1)"],
            "`f(1)` should raise ValueError; it raised nothing.",
        ),
        (
            "def f(x): print('got', x)",
            ["assert learner.output_of(learner['f'], 3) == 'got 3\\n'"],
            None,
        ),
        (
            "def f(x): print('x' * 200_000)",
            ["assert len(learner.output_of(learner['f'], 3)) == 200_001"],
            None,
        ),
        (
            f"{ADDER}a = make_adder(1)\nb = make_adder(1)",
            ["assert learner.cell(learner['a'], 'n') is not learner.cell(learner['b'], 'n')"],
            None,
        ),
        (
            f"{ADDER}a = make_adder(1)",
            ["learner.cell(learner['a'], 'm')"],
            "`add` does not capture `m`.",
        ),
        (
            f"{ADDER}a = make_adder(4)",
            ["assert learner.contents(learner.cell(learner['a'], 'n')) == 4"],
            None,
        ),
        (
            "def f():\n    def g(): return x\n    return g\n    x = 1\ng = f()",
            ["learner.contents(learner.cell(learner['g'], 'x'))"],
            "The cell is empty: its variable has no value.",
        ),
        (ADDER, ["learner.cells(learner)"], "A function is needed here, not a Learner."),
        ("class A: pass", ["assert learner.uses('ClassDef')"], None),
        (
            "def f():\n    x = 1\n    def g():\n        nonlocal x\ndef h(): pass",
            [
                "assert learner.uses('Nonlocal', within='f')",
                "assert not learner.uses('Nonlocal', within='h')",
            ],
            None,
        ),
        (
            "x = 1",
            ["assert learner['x'] == 2"],
            "This does not hold: `assert learner['x'] == 2` (line 2 of checks.py).",
        ),
        (
            "x = 1",
            ["1 / 0"],
            "The check came to no end: ZeroDivisionError: division by zero (line 2 of checks.py).",
        ),
        (
            "class Mine(Exception):\n    __str__ = lambda s: 1 / 0\n"
            "class X:\n    def __iter__(s): raise Mine\nx = X()",
            ["list(learner['x'])"],
            "The check came to no end: Mine (line 2 of checks.py).",
        ),
        ("def f(): raise SystemExit", ["learner.call(learner['f'])"], "`f()` raised SystemExit."),
    ],
)
async def test_what_a_check_may_ask(
    run: Run, source: str, lines: list[str], message: str | None
) -> None:
    outcome = await run(source, checks=asks(*lines))
    result = outcome.checks["it"]
    assert (result.message or None) == message
    assert result.passed == (message is None)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("assert False, 'No.'", Cause.CLAIM),
        ("learner.cell(learner['f'], 'x')", Cause.CLAIM),
        ("learner.raises(ValueError, learner['f'])", Cause.CLAIM),
        ("learner['other']", Cause.MISSING),
        ("learner.function('other')", Cause.MISSING),
        ("learner.function('A')", Cause.WRONG_KIND),
        ("learner.function('none')", Cause.WRONG_KIND),
        ("learner.class_('f')", Cause.WRONG_KIND),
        ("learner.class_('claims')", Cause.WRONG_KIND),
        ("learner.cells(learner['none'])", Cause.UNTRIED),
        ("1 / 0", Cause.UNTRIED),
    ],
)
async def test_a_check_says_why_it_failed(run: Run, line: str, cause: Cause) -> None:
    source = (
        "class A: pass\nclass Claims:\n    __class__ = type\n"
        "def f(): pass\nnone = None\nclaims = Claims()\n"
    )
    outcome = await run(source, checks=asks(line))
    assert (outcome.checks["it"].passed, outcome.checks["it"].cause) == (False, cause)
    assert (await run(source, checks=asks("learner.class_('A')"))).checks["it"].passed


FAILED = "def f(): print('called')\nnone = None\n1 / 0\n"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["learner.function('none')"], ["`none` should be a function; it is None."]),
        (["learner.class_('f')"], ["`f` should be a class; it is a function."]),
        (["learner.function('f')"], []),
        (["learner.function('not_yet')"], []),
        (["assert False"], []),
        (["learner.call(learner.function('f'))", "learner.function('none')"], []),
        (["learner.raises(ValueError, learner['f'])", "learner.function('none')"], []),
        (["learner.cells(learner['f'])", "learner.function('none')"], []),
    ],
)
async def test_of_a_program_that_failed_only_what_names_stand_for_is_asked(
    run: Run, lines: list[str], told: list[str]
) -> None:
    outcome = await run(FAILED, checks=asks(*lines))
    assert outcome.finished.status is Status.FAILED
    assert [result.message for result in outcome.checks.values()] == told


async def test_a_program_that_does_not_compile_is_asked_for_nothing(run: Run) -> None:
    outcome = await run("def f(:", checks=asks("learner.function('f')"))
    assert not outcome.checks


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("1", "1", True),
        ("1", "1.0", False),
        ("True", "1", False),
        ("[1, (2, {'a': {3}})]", "[1, (2, {'a': {3}})]", True),
        ("[1, 2]", "[1, 3]", False),
        ("{'a': 1}", "{'a': True}", False),
        ("{1, 2}", "{1, 3}", False),
        ("'a'", "'a'", True),
        ("None", "None", True),
        ("()", "[]", False),
        ("type('E', (), {'__eq__': lambda s, o: True})()", "1", False),
        ("type('L', (list,), {})([1])", "[1]", False),
    ],
)
async def test_same_is_by_exact_type(run: Run, left: str, right: str, same: bool) -> None:
    outcome = await run(
        f"x = {left}", checks=asks(f"assert learner.same(learner['x'], {right}) is {same}")
    )
    assert outcome.checks["it"].passed


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("8", "8"),
        ("'8'", "'8'"),
        ("None", "None"),
        ("[1, 'a', (2.5,)]", "[1, 'a', (2.5,)]"),
        ("'x' * 1000", "a str"),
        ("10 ** 5000", "an int"),
        ("[[]] * 1000", "a list"),
        ("lambda: 0", "a function"),
        ("[type('E', (), {'__repr__': lambda s: 1 / 0})()]", "a list"),
        ("type('L', (list,), {'__repr__': lambda s: 'forged'})()", "a L"),
    ],
)
async def test_what_was_got_is_shown(run: Run, value: str, shown: str) -> None:
    outcome = await run(
        f"x = {value}", checks=asks("raise AssertionError(learner.shown(learner['x']))")
    )
    assert outcome.checks["it"].message == shown


async def test_asking_changes_neither_the_cells_nor_the_prompt(run: Run) -> None:
    outcome = await run(
        "def make():\n"
        "    n = 0\n"
        "    def inc():\n"
        "        nonlocal n\n"
        "        n += 1\n"
        "        return n\n"
        "    return inc\n"
        "inc = make()\n",
        checks=asks("assert learner.call(learner['inc']) == 1", "print('never seen')"),
    )
    assert outcome.checks["it"].passed
    assert outcome.stdout == ""
    assert outcome.cells is not None
    assert outcome.cells.cells[0].value == "0"


@pytest.mark.parametrize(
    "cheat",
    [
        "import os\nos._exit(0)",
        "raise SystemExit(0)",
        "class make_adder:\n    def __init__(self, n): self.n = n\n    def __call__(self, x): return x + self.n",
        "class E:\n    __eq__ = lambda s, o: True\n    __call__ = lambda s, *a: E()\n"
        "def make_adder(n): return E()",
        "class E:\n    __class__ = type(lambda: 0)\n    __closure__ = ()\n"
        "    def __call__(self, n): return lambda x: x + n\nmake_adder = E()",
        "import builtins\nbuiltins.AssertionError = AssertionError = KeyError\ndef make_adder(n): return None",
        "import builtins\nbuiltins.type = lambda x: type(lambda: 0)\nbuiltins.isinstance = lambda a, b: True\n"
        "make_adder = 3",
        "import sys\ndef t(f, e, a):\n    f.f_locals.clear()\n    return t\nsys.settrace(t)\n"
        "def make_adder(n): return None",
        "import sys\ndef make_adder(n):\n"
        "    if sys._getframe(1).f_code.co_filename == __file__: return lambda x: 0\n"
        "    return lambda x: x + n\n",
        "import sys\ndef make_adder(n):\n"
        "    if sys._getframe(1).f_back is None: return lambda x: 0\n"
        "    return lambda x: x + n\n",
        "import inspect\ndef make_adder(n):\n"
        "    if all(f.filename == __file__ for f in inspect.stack()): return lambda x: 0\n"
        "    return lambda x: x + n\n",
        "import os\ndef make_adder(n): os._exit(0)",
        "def make_adder(n): raise SystemExit(0)",
        "def make_adder(n):\n    while True: pass",
        "import sys, _thread, threading\nsys.modules.clear()\n_thread.start_new_thread = None\n"
        "def make_adder(n): return None",
        "import atexit, os\natexit.register(os._exit, 0)\ndef make_adder(n): return None",
        "import os\nos.register_at_fork(after_in_child=lambda: os._exit(0))\n"
        "def make_adder(n): return lambda x: x + n",
        "import os\ndef make_adder(n):\n    os.kill(os.getppid(), 9)\n    return lambda x: x + n",
        "import os\ndef make_adder(n):\n    os.closerange(0, 20_000)\n    return lambda x: x + n",
        "import _thread\ndef make_adder(n): _thread.exit()",
        *(
            "import sys, threading\n"
            "def forge(frame, event, argument):\n"
            "    if 'expected' in frame.f_locals: frame.f_locals['expected'] = 0\n"
            "    return forge\n"
            "def make_adder(n):\n"
            f"    getattr(threading, 'set{hook}_all_threads', threading.set{hook})(forge)\n"
            "    return lambda x: 0"
            for hook in ("trace", "profile")
        ),
    ],
)
async def test_a_cheat_does_not_pass(run: Run, cheat: str) -> None:
    outcome = await run(cheat, checks=ADDS, limits=Limits(wall_seconds=2))
    result = outcome.checks.get("it")
    assert outcome.finished.status is not Status.FINISHED or result is None or not result.passed
    honest = await run(ADDER, checks=ADDS)
    assert honest.checks["it"].passed


@pytest.mark.parametrize(
    "cheat",
    [
        "import sys, types\nsys.modules['dis'] = fake = types.ModuleType('dis')\n"
        "fake.get_instructions = lambda f: ()",
        "open('dis.py', 'w').write('def get_instructions(f): return ()')",
        "import dis\ndis.get_instructions = lambda f: ()",
        "import dis\ndis._get_instructions_bytes = lambda *a, **k: ()\ndis._unpack_opargs = lambda *a: ()",
        "import sys, types\nfake = types.ModuleType('dis')\nfake.get_instructions = lambda f: ()\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        from importlib.machinery import ModuleSpec\n"
        "        return ModuleSpec(name, self) if name == 'dis' else None\n"
        "    def create_module(self, spec): return fake\n"
        "    def exec_module(self, module): pass\n"
        "sys.modules.pop('dis', None)\nsys.meta_path.insert(0, Finder())\nsys.path_hooks.clear()",
        "import builtins\nbuiltins.__import__ = lambda *a, **k: None",
        "import gc, sys\ngc.collect = sys.getrefcount = lambda *a: 0",
    ],
)
@pytest.mark.parametrize("where", ["import dis, gc\n", ""])
async def test_what_checks_import_is_the_library_itself(run: Run, cheat: str, where: str) -> None:
    inner = "" if where else "import dis, gc"
    asked = asks(
        inner or "pass",
        "assert len(list(dis.get_instructions(learner['f']))) > 1, 'fooled'",
        "assert gc.collect.__name__ == 'collect', 'fooled'",
    )
    outcome = await run(f"def f(x): return x\n{cheat}", checks=where + asked)
    assert outcome.checks["it"].message == ""
    assert outcome.checks["it"].passed


async def test_functions_import_what_the_program_imported(run: Run) -> None:
    outcome = await run(
        "import decimal, sys\nopen('mine.py', 'w').write('x = 1')\nimport mine\n"
        "def f():\n    import decimal as again, mine as own\n"
        "    return again is decimal and own is mine and sys.modules['__main__'].f is f",
        checks="import dis\n" + asks("assert learner.call(learner['f'])"),
    )
    assert outcome.checks["it"].passed


async def test_a_check_that_ends_its_process_is_named(run: Run) -> None:
    outcome = await run(
        "import os\ndef f(): os._exit(0)",
        checks="def check_one(learner): pass\n"
        "def check_two(learner): learner.call(learner['f'])\n"
        "def check_three(learner): pass\n",
    )
    assert [result.passed for result in outcome.checks.values()] == [True, False, False]
    assert outcome.checks["two"].message == f"This check did not come to its end: {ENDED_ITSELF}."
    assert outcome.checks["three"].message == NOT_TRIED
    assert outcome.finished.status is Status.FINISHED


@pytest.mark.parametrize(
    ("limits", "endless"),
    [
        (Limits(wall_seconds=1), "while True: pass"),
        (Limits(wall_seconds=1), "time.sleep(600)"),
        (Limits(wall_seconds=1), "lock = threading.Lock(); lock.acquire(); lock.acquire()"),
        (Limits(wall_seconds=60, cpu_seconds=1), "while True: pass"),
    ],
    ids=["busy", "asleep", "deadlocked", "processor"],
)
async def test_a_check_that_does_not_end_is_named_and_the_program_has_ended(
    run: Run, session: Session, limits: Limits, endless: str
) -> None:
    outcome = await run(
        f"import threading, time\ndef f():\n    {endless}\n",
        limits=limits,
        checks="def check_one(learner): pass\n"
        "def check_two(learner): learner.call(learner['f'])\n"
        "def check_three(learner): pass\n",
    )
    assert outcome.finished.status is Status.FINISHED
    assert {name: result.message for name, result in outcome.checks.items()} == {
        "one": "",
        "two": "This check did not come to its end: it was stopped after 1 seconds.",
        "three": NOT_TRIED,
    }
    asked = await collect(session.evaluate("1 + 1"), session, [])
    assert asked.stdout == "2\n"


async def test_the_time_of_the_checks_is_not_the_programs(run: Run) -> None:
    outcome = await run(
        "import time\ntime.sleep(0.6)",
        limits=Limits(wall_seconds=1),
        checks="import time\n" + asks("time.sleep(0.6)"),
    )
    assert outcome.checks["it"].passed


async def test_who_stops_the_checks_has_not_stopped_the_program(session: Session) -> None:
    request = RunRequest("", checks=asks("import time", "time.sleep(600)"))
    async for report in session.run(request):
        if isinstance(report, Checking):
            await session.stop()
    assert isinstance(report, Finished)
    assert report.status is Status.STOPPED
    assert report.sentence.startswith("You stopped the checks.")


@pytest.mark.parametrize(
    ("checks", "what"),
    [
        ("def check_it(learner):\n    x = (\n", "checks.py, line 2: SyntaxError: '(' was never"),
        ("x = 1\nx.missing\n", "checks.py, line 2: AttributeError: 'int' object has no"),
        ("import there_is_none\n", "checks.py, line 1: ModuleNotFoundError: No module named"),
        ("def f():\n    raise SystemExit\nf()\n", "checks.py, line 2: SystemExit"),
        (f"x = {'-' * 50_000}1\n", "checks.py: MemoryError"),
        ("x = '\0'\n", "checks.py"),
        ("while True: pass\n", "checks.py did not come to its end: it was stopped after 2"),
        ("import os\nos._exit(0)\n", "checks.py did not come to its end: the process"),
    ],
    ids=["syntax", "attribute", "import", "exit", "deep", "null", "endless", "gone"],
)
async def test_what_is_wrong_with_checks_is_the_courses_fault(
    run: Run, checks: str, what: str
) -> None:
    outcome = await run("x = 1", checks=checks, limits=Limits(wall_seconds=2))
    assert outcome.finished.status is Status.FINISHED
    [fault] = [report for report in outcome.reports if isinstance(report, CourseFault)]
    assert fault.what.startswith(what)
    assert outcome.checks == {}
