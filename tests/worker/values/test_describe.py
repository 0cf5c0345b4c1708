"""Values in a few words, whatever they are and whatever their `__repr__` does."""

from __future__ import annotations

import os
import sys
import tracemalloc
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.harness.programs import Program
from tutor.worker.values import repr_fork as asking
from tutor.worker.values.cut import LONGEST
from tutor.worker.values.describe import describe_all

if TYPE_CHECKING:
    from tests.harness.runs import Run

CLASSES = """
import os, signal, time
class Plain: pass
class Loud:
    def __repr__(self): return "Loud(1)"
class Bad:
    def __repr__(self): raise RuntimeError("no")
class Slow:
    def __repr__(self):
        while True: pass
class Odd:
    def __repr__(self): return 5
class Endless:
    def __repr__(self): return repr(self)
class Leaving:
    def __repr__(self): os._exit(3)
class Killed:
    def __repr__(self): os.kill(os.getpid(), signal.SIGKILL)
class Quitting:
    def __repr__(self): raise SystemExit
class Printing:
    def __repr__(self):
        print("printed"); os.write(1, b"written"); os.write(2, b"written")
        return "Printing"
class Changing:
    count = 0
    def __repr__(self):
        type(self).count += 1
        return f"changed {self.count}"
class Long:
    def __repr__(self): return "x" * 10**6
class Strange:
    def __repr__(self): return "\\udc80 é \\n"
class OfStr(str):
    def __len__(self): return -1
class SubStr:
    def __repr__(self): return OfStr("sub")
"""


def described(expression: str, setup: str = "") -> str:
    """How the value of an expression is described."""
    program = Program(CLASSES + setup)
    [text] = describe_all([program[expression]]).texts
    assert len(text) <= LONGEST
    return text


def all_alike(*expressions: str) -> None:
    """Each is described as Python writes it."""
    for expression in expressions:
        assert described(expression) == expression


def test_as_python_writes_them() -> None:
    all_alike(
        "None", "True", "-12", "1.5", "1j", "Ellipsis", "NotImplemented", "'a\\n'", "b'\\x00'"
    )
    all_alike("[]", "()", "{}", "set()", "frozenset()", "[1, 'a', None]", "(1,)", "{1}")
    all_alike("{'a': [1, (2, 3)]}", "frozenset({1})", "range(0, 3)", "range(9, 0, -2)")
    if sys.version_info >= (3, 15):
        all_alike("frozendict()", "frozendict({'a': 1})")
    all_alike("bytearray(b'ab')", "ValueError('x', 1)", "KeyError()")


def test_type_names() -> None:
    program = Program(CLASSES)
    values = [program[expression] for expression in ("1", "Plain()", "Plain", "None")]
    assert describe_all(values).types == ["int", "Plain", "type", "NoneType"]


def test_long_text() -> None:
    assert described("'x' * 10**8") == f"'{'x' * 60}…' (100,000,000 characters)"
    assert described("b'x' * 100") == f"b'{'x' * 60}…' (100 bytes)"
    assert described("'\\x01' * 1000").endswith("…' (1,000 characters)")
    assert described("bytearray(1000)").endswith("…' (1,000 bytes))")


def test_huge_int() -> None:
    assert described("10 ** 30_000") == "an int of about 30,001 digits"
    assert described("-(1 << 10**7)") == "an int of about 3,010,301 digits"


def test_many_items() -> None:
    assert described("list(range(100))") == "[0, 1, 2, 3, 4, 5, … 94 more]"
    assert described("{n: n for n in range(8)}") == "{0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, … 2 more}"
    assert described("['x' * 60] * 1000") == f"['{'x' * 60}', … 999 more]"


def test_nests_and_containers_of_themselves() -> None:
    assert described("[1, [2, [3, [4]]]]") == "[1, [2, [3, […]]]]"
    assert described("loop", "loop = [1]; loop.append(loop)") == "[1, […]]"
    assert described("loop", "loop = {}; loop['me'] = loop") == "{'me': {…}}"
    assert described("deep", "deep = []\nfor _ in range(10**5): deep = [deep]") == "[[[[…]]]]"
    wide = "wide = []\nfor _ in range(50): wide = [wide] * 1000"
    assert described("wide", wide).startswith("[[[[…], […],")


def test_functions_classes_and_modules() -> None:
    assert described("f", "def f(): pass\nf.__name__ = 'liar'") == "function f"
    assert described("lambda: 1") == "function <lambda>"
    assert described("Plain") == "class Plain"
    assert described("int") == "class int"
    assert described("os") == f"module {os.__name__}"
    assert described("len") == "builtin len"
    assert described("str.upper") == "builtin upper"
    assert described("[].append") == "builtin append"
    assert described("k.m", "class K:\n  def m(self): pass\nk = K()") == "method K.m"


def test_wrappers() -> None:
    setup = "import functools, types\ndef f(): yield\n"
    assert described("functools.partial(f, 1)", setup) == "partial of function f"
    assert described("functools.partial(functools.partial, f)", setup) == "partial of class partial"
    assert described("functools.lru_cache(f)", setup) == "lru_cache of function f"
    assert described("staticmethod(f)", setup) == "staticmethod of function f"
    assert described("types.CellType([1])", setup) == "cell holding [1]"
    assert described("types.CellType()", setup) == "empty cell"
    assert described("f()", setup) == "generator f"
    assert described("f.__code__", setup) == "code f"


def test_weak_references() -> None:
    assert described("r", "import weakref; p = Plain(); r = weakref.ref(p)") == (
        "weakref to <Plain object>"
    )
    assert described("r", "import weakref; r = weakref.ref(Plain())") == "dead weakref"


def test_plain_instances_have_no_address() -> None:
    assert described("Plain()") == "<Plain object>"
    assert described("[Plain(), object()]") == "[<Plain object>, <object object>]"
    assert described("Plain().__init__").startswith("builtin __init__")
    assert " at 0x" not in described("__import__('threading').Lock()")


def test_subclasses_without_their_own_repr() -> None:
    setup = "class L(list): __len__ = __iter__ = None\nclass I(int): pass\nclass E(Exception): pass"
    assert described("L([1])", setup) == "L([1])"
    assert described("I(5)", setup) == "I(5)"
    assert described("E('x')", setup) == "E('x')"
    assert described("OfStr('abc')") == "OfStr('abc')"


def test_a_repr_taken_from_another_class() -> None:
    setup = "class Wrong: __repr__ = list.__repr__"
    assert described("Wrong()", setup) == "<Wrong object; its __repr__ raises TypeError>"


def test_the_learners_repr() -> None:
    assert described("Loud()") == "Loud(1)"
    assert described("{'k': [Loud()]}") == "{'k': [Loud(1)]}"
    assert described("SubStr()") == "sub"
    assert described("Long()") == "x" * (LONGEST - 1) + "…"
    assert described("Strange()") == "\\udc80 é \n"


def test_library_types_that_write_themselves() -> None:
    setup = "import collections, decimal, dataclasses\nP = collections.namedtuple('P', 'x y')\n"
    assert described("P(1, 2)", setup) == "P(x=1, y=2)"
    assert described("decimal.Decimal('1.5')", setup) == "Decimal('1.5')"
    assert described("collections.deque([1], 3)", setup) == "deque([1], maxlen=3)"
    assert described("dataclasses.make_dataclass('D', ['x'])(1)", setup) == "D(x=1)"
    assert described("collections.Counter('aa')", setup) == "Counter({'a': 2})"


def test_a_repr_that_fails() -> None:
    assert described("Bad()") == "<Bad object; its __repr__ raises RuntimeError>"
    assert described("Odd()") == "<Odd object; its __repr__ returns int, not str>"
    assert described("Endless()") == "<Endless object; its __repr__ raises RecursionError>"
    assert described("Quitting()") == "<Quitting object; its __repr__ raises SystemExit>"
    assert described("Leaving()") == "<Leaving object; its __repr__ ended the process>"
    assert described("Killed()") == "<Killed object; its __repr__ ended the process>"
    assert described("[1, Bad()]") == "[1, <Bad object; its __repr__ raises RuntimeError>]"


def test_a_repr_that_takes_too_long_spoils_only_its_own() -> None:
    program = Program(CLASSES)
    values = [program[each] for each in ("Slow()", "Loud()", "Leaving()")]
    slow, loud, gone = describe_all(values).texts
    assert slow == "<Slow object; its __repr__ takes too long>"
    assert loud == "Loud(1)"
    assert gone == "<Leaving object; its __repr__ ended the process>"


def test_time_for_all_is_limited() -> None:
    program = Program(CLASSES)
    texts = describe_all([program["Slow()"] for _ in range(30)]).texts
    assert texts[0] == "<Slow object; its __repr__ takes too long>"
    assert texts[-1] == "<Slow object>"


def test_a_repr_changes_nothing() -> None:
    program = Program(CLASSES)
    values = [program["Changing()"]]
    assert [describe_all(values).texts for _ in range(2)] == [["changed 1"], ["changed 1"]]
    assert program["Changing.count"] == 0


async def test_a_repr_prints_nothing(run: Run) -> None:
    outcome = await run(CLASSES + "def make(x):\n  return lambda: x\nf = make(Printing())")
    assert outcome.cells is not None
    assert outcome.cells.cells[0].value == "Printing"
    assert (outcome.stdout, outcome.stderr) == ("", "")


def test_no_learners_code_on_request() -> None:
    program = Program(CLASSES)
    with patch.object(asking, "fork", wraps=os.fork) as fork:
        descriptions = describe_all([program["Bad()"], program["[Loud()]"]], False)
    assert descriptions.texts == ["<Bad object>", "[<Loud object>]"]
    assert fork.call_count == 0


def test_one_fork_for_all_that_need_it_and_none_for_none() -> None:
    program = Program(CLASSES + "louds = [Loud() for _ in range(2000)]")
    with patch.object(asking, "fork", wraps=os.fork) as fork:
        assert {*describe_all(program["louds"]).texts} == {"Loud(1)"}
        assert fork.call_count == 1
        describe_all([program["Plain()"], [1], "x", program["Loud"]])
        assert fork.call_count == 1


def test_no_fork_is_left() -> None:
    program = Program(CLASSES)
    with patch.object(asking, "waitpid", wraps=os.waitpid) as waitpid:
        describe_all([program[each] for each in ("Loud()", "Slow()", "Killed()", "Bad()")])
    assert waitpid.call_count == 3  # one for Loud and Slow, one for Killed, one for Bad
    for call in waitpid.call_args_list:
        try:
            os.kill(call.args[0], 0)
        except ProcessLookupError:
            continue
        raise AssertionError(call)


def test_no_fork_to_be_had() -> None:
    program = Program(CLASSES)
    with patch.object(asking, "fork", side_effect=BlockingIOError):
        assert describe_all([program["Loud()"]]).texts == ["<Loud object>"]


def test_ten_million_items_are_not_all_looked_at() -> None:
    values: list[object] = [[0] * 10**7, "x" * 10**8, 1 << 10**8, dict.fromkeys(range(10**6))]
    tracemalloc.start()
    texts = describe_all(values).texts
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000
    assert all(len(text) < 500 for text in texts)
