"""At the prompt while one types: whether lines are whole, and what a word may become."""

from __future__ import annotations

import asyncio
import codeop

import pytest

from tests.harness.runs import Outcome, Run, collect
from tutor.protocol.reports import Completions, Entry, Status
from tutor.protocol.requests import Ask, Limits, Question
from tutor.session import Session
from tutor.worker.program import prompt

WHOLE = (
    *("x", "for i in y:\n  print(i)\n", "def f():\n  a\n\n  b\n", "x = 1\ny = 2", "x = )", "'abc"),
    *("# a comment", "for i in y:\nprint(i)", "if x: y\n", "x = 1\nfor i in y:\n  print(i)\n"),
    *("class A:\n  x = 1\nA()", "if x:\n  a\nb\nc", "def f(:", "x = 1\ny = )"),
    *("class A: pass\n", "for i in y:\n  print(i)\n    ", "1 if x is 1 else 2", "\0", "-" * 9000),
)
UNFINISHED = (
    *("for i in y:", "for i in y:\n  print(i)", "def f():", "class A:", "class A: pass", "(1,"),
    *("'''abc", "@decorated", "x = [\n1,", "x = 1 + \\", "if x:\n  a\nelse:", "try:\n  x\n"),
    *("x = 1\nfor i in y:", "x = 1\nfor i in y:\n  print(i)", "def f():\n  # a comment\n"),
)


async def answer(session: Session, ask: Ask, text: str) -> Outcome:
    return await collect(session.ask(Question(ask, text)), session, [])


async def completed(session: Session, text: str) -> Completions:
    outcome = await answer(session, Ask.COMPLETE, text)
    [found] = [report for report in outcome.reports if isinstance(report, Completions)]
    assert outcome.finished.prompt
    return found


@pytest.mark.parametrize(
    ("text", "whole"), [*((text, True) for text in WHOLE), *((text, False) for text in UNFINISHED)]
)
async def test_lines_are_whole_where_pythons_own_prompt_takes_them(
    run: Run, session: Session, text: str, whole: bool
) -> None:
    await run("x = 1")
    outcome = await answer(session, Ask.IS_WHOLE, text)
    assert [Entry(whole)] == [each for each in outcome.reports if isinstance(each, Entry)]
    assert outcome.stderr == ""
    assert len(outcome.reports) == 2, "nobody looked at the cells"
    assert outcome.finished.prompt


@pytest.mark.parametrize("text", [text for text in (*WHOLE, *UNFINISHED) if "\n" not in text])
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_one_line_is_whole_as_codeop_says(text: str) -> None:
    try:
        whole = codeop.compile_command(text) is not None
    except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError):
        whole = True
    assert prompt.is_whole(text) is whole


def test_the_flags_are_those_of_codeop() -> None:
    flags = codeop.PyCF_DONT_IMPLY_DEDENT | codeop.PyCF_ALLOW_INCOMPLETE_INPUT  # type: ignore[attr-defined]
    assert flags == prompt.INCOMPLETE_IS_TOLD


async def test_several_statements_show_the_value_of_each_expression(
    run: Run, session: Session
) -> None:
    await run("x = 1")
    outcome = await answer(session, Ask.EVALUATE, "y = x + 1\ny\nfor i in (7, 8):\n    i\n'end'")
    assert outcome.stdout == "2\n7\n8\n'end'\n"
    outcome = await answer(session, Ask.EVALUATE, "class A:\n    n = 3\n\n    m = 4\nA.n\nA.m\n")
    assert outcome.stdout == "3\n4\n"
    outcome = await answer(session, Ask.EVALUATE, "x = 7\ny = )")
    assert outcome.finished.failure
    assert "line 2" in outcome.finished.failure.text
    assert "During handling" not in outcome.finished.failure.text
    assert (await answer(session, Ask.EVALUATE, "x")).stdout == "1\n", "nothing of it ran"
    assert (await answer(session, Ask.EVALUATE, "# nothing")).finished.status is Status.FINISHED


PROGRAM = """\
import math
class Account:
    rate = 3
    __slots__ = ("balance", "_secret")
    def deposit(self): ...
    def delete(self): ...
    @staticmethod
    def demo(): ...
    @property
    def worth(self): raise SystemExit("read")
account = Account()
account.balance = "text"
def counter(): ...
counter.calls = 0
counted = 3
_hidden = 4
Größe = 5
"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("count", ("counted", "counter")),
        ("print(counter", ()),
        ("print(counte", ("counted", "counter")),
        ("_hid", ("_hidden",)),
        ("Grö", ("Größe",)),
        ("nonlo", ("nonlocal",)),
        ("isinst", ("isinstance",)),
        ("account.de", ("delete", "demo", "deposit")),
        ("Account.r", ("rate",)),
        ("account.", ("balance", "delete", "demo", "deposit", "rate", "worth")),
        ("account._", ("_secret",)),
        ("account.balance.spl", ("split", "splitlines")),
        ("account.worth.", ()),
        ("account.demo.__na", ("__name__",)),
        ("counter.c", ("calls",)),
        ("counter.__code__.co_free", ("co_freevars",)),
        ("math.isc", ("isclose",)),
        ("for i in range(3):\n    acc", ("account",)),
        ("none_of_these", ()),
        ("absent.x", ()),
        ("'text'.spl", ()),
        ("(1).re", ()),
        ("1.re", ()),
        ("..", ()),
    ],
)
async def test_a_word_may_become_a_name_or_an_attribute(
    run: Run, session: Session, text: str, names: tuple[str, ...]
) -> None:
    await run(PROGRAM)
    found = await completed(session, text)
    assert found.names == names
    assert found.word == text.rpartition(" ")[2].rpartition("(")[2].rpartition(".")[2]


async def test_what_all_names_begin_with_is_told_and_the_many_are_counted(
    run: Run, session: Session
) -> None:
    await run("for n in range(1000): globals()[f'many_{n:04}'] = n")
    found = await completed(session, "man")
    assert (found.word, found.common) == ("man", "many_0")
    assert (len(found.names), found.names[0], found.more) == (100, "many_0000", 900)


HOSTILE = """\
import sys
def strike(*_, **__):
    print("learner code ran")
    sys.stdout.flush()
    while True: pass
class Meta(type):
    __getattribute__ = __getattr__ = __dir__ = __instancecheck__ = __subclasscheck__ = strike
    __hash__ = __eq__ = strike
class Evil(metaclass=Meta):
    __getattribute__ = __getattr__ = __dir__ = __repr__ = strike
    __eq__ = __hash__ = __str__ = __bool__ = __len__ = strike
    __class__ = property(strike)
    __dict__ = property(strike)
    computed = property(strike)
class Descriptor:
    __get__ = strike
    __set__ = strike
class Holder:
    data = Descriptor()
    plain = 1
class Key(str):
    __hash__ = lambda self: hash("evil_key")
    __eq__ = strike
    startswith = isidentifier = __lt__ = strike
class Dict(dict):
    items = keys = get = __iter__ = __getitem__ = strike
evil = object.__new__(Evil)
holder = object.__new__(Holder)
holder.__dict__ = Dict(mine=1)
object.__getattribute__(holder, "__dict__")[Key("mine_too")] = 2
globals()[Key("evil_key_of_globals")] = 3
module = type(sys)("module")
module.__getattr__ = module.__dir__ = strike
module.there = 1
import builtins
builtins.sorted = builtins.len = builtins.type = builtins.isinstance = strike
sys.settrace(strike)
"""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ev", "evil"),
        ("evil.comp", "computed"),
        ("evil.computed.x", None),
        ("evil.__class__.x", None),
        ("Evil.comp", "computed"),
        ("holder.", "plain"),
        ("holder.data.x", None),
        ("holder.mi", "mine"),
        ("evil_", None),
        ("evil_key.x", None),
        ("module.th", "there"),
        ("module.absent.x", None),
    ],
)
async def test_no_object_can_have_code_of_its_own_run(
    run: Run, session: Session, text: str, name: str | None
) -> None:
    begun = await run(HOSTILE, limits=Limits(wall_seconds=10.0))
    assert begun.finished.prompt, begun.stderr
    outcome = await answer(session, Ask.COMPLETE, text)
    assert outcome.finished.status is Status.FINISHED
    assert outcome.stdout == ""
    [found] = [report for report in outcome.reports if isinstance(report, Completions)]
    assert name in found.names if name else not found.names
    assert (await answer(session, Ask.EVALUATE, "print('alive')")).stdout == "alive\n"


async def test_questions_that_come_at_once_are_answered_one_after_the_other(
    run: Run, session: Session
) -> None:
    await run("x = 0")
    asked = [answer(session, Ask.COMPLETE, "pri"), answer(session, Ask.EVALUATE, "x += 1; x")]
    completions, evaluated = await asyncio.gather(*asked)
    assert completions.finished.prompt
    assert evaluated.stdout == "1\n"


COUNTERS = """\
def make():
    n = 1
    def up():
        nonlocal n
        n += 1
        return n
    return up
up = make()
n = "the module's"
"""


async def set_to(session: Session, text: str) -> Outcome:
    return await collect(session.ask(Question(Ask.SET_CELL, text, "A")), session, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("n + 1", "2"),
        ("[n + i for i in range(2)]", "[1, 2]"),
        ("(lambda: n + 5)()", "6"),
        ("up() * n", "4"),
        ("n # as it is", "1"),
        ("n, n", "(1, 1)"),
        ("globals()['n']", '"the module\'s"'),
        ("7", "7"),
    ],
)
async def test_a_cell_is_set_with_what_it_holds(
    run: Run, session: Session, text: str, value: str
) -> None:
    await run(COUNTERS)
    outcome = await set_to(session, text)
    assert outcome.finished.status is Status.FINISHED
    assert outcome.cells
    assert [(cell.label, cell.value) for cell in outcome.cells.cells] == [("A", value)]


async def test_a_function_that_is_put_into_a_cell_captures_that_cell(
    run: Run, session: Session
) -> None:
    await run(COUNTERS)
    outcome = await set_to(session, "lambda: n")
    assert outcome.cells
    [cell] = outcome.cells.cells
    assert (cell.label, cell.owner, len(cell.shared_by)) == ("A", "make", 2)


@pytest.mark.parametrize("text", ["n +", "yield n", "(n := 2", ")(", "n) + (n", "1 / (n - 1)"])
async def test_an_expression_with_the_name_that_fails_changes_nothing(
    run: Run, session: Session, text: str
) -> None:
    await run(COUNTERS)
    outcome = await set_to(session, text)
    assert outcome.finished.status is Status.FAILED
    assert outcome.cells
    assert outcome.cells.cells[0].value == "1"


async def test_of_an_empty_cell_it_is_said_plainly(run: Run, session: Session) -> None:
    await run("def make():\n    def f(): return n\n    return f\n    n = 1\nf = make()")
    outcome = await set_to(session, "n + 1")
    failure = outcome.finished.failure
    assert failure
    assert failure.text == ("The cell is empty: `n` has no value yet that an expression could use.")
    assert (await set_to(session, "1")).finished.status is Status.FINISHED
    assert (await set_to(session, "n + 1")).finished.status is Status.FINISHED
