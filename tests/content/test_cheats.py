"""Cheats pass no exercise, present or future: each is made here from the exercise's own solution.

What is tried is what a student would think of. One who walks frames or ctypes to the checks could
as well edit their own state file.
"""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator, Callable

import pytest

from tutor.grading.kinds import kind_of
from tutor.attempt import attempt
from tutor.course.loader import content_folder, load
from tutor.course.model import Exercise
from tutor.grading.verdict import Verdict
from tutor.session import Session
from tutor.protocol.requests import Limits

LIMITS = Limits(wall_seconds=5)

EXERCISES = [e for e in load(content_folder())[0].exercises if kind_of(e).is_program]


def functions_of(exercise: Exercise) -> list[str]:
    """The names of the solution's top-level functions."""
    tree = ast.parse(exercise.solution)
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def by_hand(exercise: Exercise) -> str:
    """The expected text, printed as it is."""
    return f"import sys\nsys.stdout.write({exercise.expected!r})\n"


def everywhere(exercise: Exercise, body: str) -> str:
    """`body` for each top-level function of the solution, NAME standing for its name."""
    return "".join(body.replace("NAME", name) for name in functions_of(exercise))


def print_and_exit(exercise: Exercise) -> str:
    return by_hand(exercise) + "raise SystemExit(0)\n"


def print_and_leave_at_once(exercise: Exercise) -> str:
    return by_hand(exercise) + "sys.stdout.flush()\nimport os\nos._exit(0)\n"


def print_by_hand(exercise: Exercise) -> str:
    return by_hand(exercise)


def print_by_hand_over_the_starter(exercise: Exercise) -> str:
    """The starter stays, silenced, and the text is printed in its place."""
    return (
        "import builtins, sys\nkept = builtins.print\nbuiltins.print = lambda *a, **k: None\n"
        "try:\n"
        + "".join(f"    {line}\n" for line in exercise.starter.splitlines())
        + "except Exception: pass\nbuiltins.print = kept\n"
        + by_hand(exercise)
    )


def print_and_replace_assertion_error(exercise: Exercise) -> str:
    return (
        by_hand(exercise)
        + "import builtins\nbuiltins.AssertionError = AssertionError = type('E', (Exception,), {})\n"
        + everywhere(exercise, "def NAME(*a, **k): return lambda *a, **k: None\n")
    )


def print_and_replace_the_helpers(exercise: Exercise) -> str:
    """Builtins and library functions that checks may call say yes to everything."""
    return (
        by_hand(exercise) + "import builtins, functools, gc, types, weakref\n"
        "yes = lambda *a, **k: True\n"
        "for name in ('isinstance', 'all', 'any', 'len', 'callable', 'hasattr', 'issubclass'):\n"
        "    setattr(builtins, name, yes)\n"
        "builtins.type = lambda *a: types.FunctionType\n"
        "gc.collect = yes\nweakref.ref = lambda *a: yes\n" + everywhere(exercise, "NAME = yes\n")
    )


def print_and_shadow_the_library(exercise: Exercise) -> str:
    """Whatever the checks import is a module that says yes, in `sys.modules` and as a file."""
    imports = [n for n in ast.walk(ast.parse(exercise.checks or "")) if isinstance(n, ast.Import)]
    names = [alias.name for node in imports for alias in node.names]
    return (
        by_hand(exercise) + "import sys, types\nyes = lambda *a, **k: True\n"
        f"for name in {names!r}:\n"
        "    sys.modules[name] = fake = types.ModuleType(name)\n"
        "    fake.__getattr__ = lambda name: yes\n"
        "    open(f'{name}.py', 'w').write('def __getattr__(name): return lambda *a, **k: True')\n"
        + everywhere(exercise, "NAME = yes\n")
    )


def print_and_trace(exercise: Exercise) -> str:
    """A trace function that ends every function that is called."""
    return (
        by_hand(exercise) + "def skip(frame, event, argument):\n"
        "    frame.f_trace_lines = True\n"
        "    return skip\n"
        + everywhere(exercise, "def NAME(*a, **k): return lambda *a, **k: None\n")
        + "import threading\nsys.settrace(skip)\nthreading.settrace(skip)\n"
    )


def a_class_in_place_of_each_function(exercise: Exercise) -> str:
    return exercise.solution + everywhere(
        exercise,
        "\nclass NAME:\n"
        "    real = staticmethod(NAME)\n"
        "    def __new__(cls, *a, **k): return cls.real(*a, **k)\n",
    )


def an_object_equal_to_everything(exercise: Exercise) -> str:
    return (
        exercise.solution + "\nclass Equal:\n"
        "    __eq__ = lambda self, other: True\n"
        "    __hash__ = lambda self: 0\n"
        "    __bool__ = lambda self: True\n"
        "    __len__ = lambda self: 3\n"
        "    __iter__ = lambda self: iter((Equal(), Equal()))\n"
        "    __call__ = lambda self, *a, **k: Equal()\n"
        "    __getattr__ = lambda self, name: Equal()\n"
        "    __getitem__ = lambda self, key: Equal()\n"
        + everywhere(exercise, "def NAME(*a, **k): return Equal()\n")
    )


def a_false_closure(exercise: Exercise) -> str:
    """Callable objects that claim to be functions and show cells."""
    return (
        exercise.solution + "\nimport types\nclass Claims:\n"
        "    __class__ = types.FunctionType\n"
        "    def __init__(self, real): self.real = real\n"
        "    def __call__(self, *a, **k):\n"
        "        made = self.real(*a, **k)\n"
        "        return Claims(made) if callable(made) else made\n"
        "    @property\n"
        "    def __closure__(self): return (types.CellType(1),)\n"
        "    @property\n"
        "    def __code__(self): return self.real.__code__\n"
        + everywhere(exercise, "NAME = Claims(NAME)\n")
    )


def one_that_looks_at_its_caller(exercise: Exercise) -> str:
    """Right only when it is called from outside the learner's file: by a check, it hopes."""
    return exercise.solution + everywhere(
        exercise,
        "\ndef _wrap(real):\n"
        "    import sys\n"
        "    def NAME(*a, **k):\n"
        "        frame = sys._getframe(1)\n"
        "        while frame is not None:\n"
        "            if frame.f_code.co_filename != __file__: return real(*a, **k)\n"
        "            frame = frame.f_back\n"
        "        return None\n"
        "    return NAME\n"
        "NAME = _wrap(NAME)\n",
    )


def right_for_the_drivers_arguments_only(exercise: Exercise) -> str:
    """Each function answers a call that the driver did not make as it answered the first that it did."""
    names = functions_of(exercise)

    class Rename(ast.NodeTransformer):
        def visit_Module(self, node: ast.Module) -> ast.Module:
            body: list[ast.stmt] = []
            for statement in node.body:
                body.append(statement)
                if isinstance(statement, ast.FunctionDef) and statement.name in names:
                    body += ast.parse(f"{statement.name} = _seen({statement.name})").body
            node.body = body
            return node

    program = ast.unparse(Rename().visit(ast.parse(exercise.solution)))
    return (
        "_open = [True]\n"
        "def _seen(real):\n"
        "    calls = {}\n"
        "    def again(*a, **k):\n"
        "        key = repr((a, k))\n"
        "        if _open or key in calls or not calls:\n"
        "            calls[key] = made = real(*a, **k)\n"
        "            return made\n"
        "        return next(iter(calls.values()))\n"
        "    return again\n" + program + "\n_open.clear()\n"
    )


CHEATS: list[Callable[[Exercise], str]] = [
    print_and_exit,
    print_and_leave_at_once,
    print_by_hand,
    print_by_hand_over_the_starter,
    print_and_replace_assertion_error,
    print_and_replace_the_helpers,
    print_and_shadow_the_library,
    print_and_trace,
    a_class_in_place_of_each_function,
    an_object_equal_to_everything,
    a_false_closure,
    one_that_looks_at_its_caller,
    right_for_the_drivers_arguments_only,
]


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with Session() as session:
        yield session


async def verdict(session: Session, exercise: Exercise, answer: str) -> Verdict:
    *_, last = [item async for item in attempt(session, exercise, answer, limits=LIMITS)]
    assert isinstance(last, Verdict)
    return last


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
async def test_cheats_do_not_pass_and_the_solution_does(
    session: Session, exercise: Exercise
) -> None:
    assert functions_of(exercise)
    passed = [
        cheat.__name__
        for cheat in CHEATS
        if (await verdict(session, exercise, cheat(exercise))).passed
    ]
    assert passed == []
    assert (await verdict(session, exercise, exercise.solution)).passed
