"""Programs that could find or break the recorder: they do the same as without it, on every Python."""

from __future__ import annotations

import pytest

from tests.harness.recorded import COUNTER, replayed, story
from tests.harness.recorded_runs import is_the_same_unrecorded, recording_of, run
from tutor.protocol.reports import Status
from tutor.session import Session
from tutor.worker.cpython.events import TRACES_ITSELF_OR

START = COUNTER + "f = make(0)\nf()\n"
UNHARMED = {
    "numbers of tools are freed": """
import sys
if sys.version_info >= (3, 12):
    for number in range(6): sys.monitoring.free_tool_id(number)
f()
print(f())
""",
    "numbers of tools are freed and taken": """
import sys
if sys.version_info >= (3, 12):
    seen = []
    def note(code, *rest):
        if code is f.__code__: seen.append(rest[0])
    monitoring = sys.monitoring
    for number in range(6):
        monitoring.free_tool_id(number)
        monitoring.use_tool_id(number, "mine")
        monitoring.register_callback(number, monitoring.events.INSTRUCTION, note)
        monitoring.register_callback(number, monitoring.events.PY_START, note)
    f()
    print(seen)
    monitoring.set_local_events(4, f.__code__, monitoring.events.PY_START)
    f()
    print(seen)
    print([monitoring.get_tool(number) for number in range(6)])
print(f())
""",
    "modules are emptied": """
import _thread, builtins, ctypes, os, sys, threading, weakref
kept = print, make
keep = {"_threading_atexits", "_shutdown", "enumerate", "main_thread", "_main_thread", "_active",
        "_active_limbo_lock", "_limbo", "_shutdown_locks", "_shutdown_locks_lock", "get_ident"}
modules = [_thread, ctypes, threading, weakref]
if sys.version_info >= (3, 12): modules.append(sys.monitoring)
for module in modules:
    for name in list(vars(module)):
        if not name.startswith("__") and name not in keep: setattr(module, name, None)
threading.__file__ = None
for name in ("_current_frames", "_getframe", "gettrace", "settrace"): setattr(sys, name, None)
for name in ("type", "map", "min", "set", "dict", "enumerate", "RecursionError", "any"):
    setattr(builtins, name, None)
f()
kept[0](f(), kept[1](5)())
""",
    "code that no compiler made": """
import types
try: exec(make.__code__.replace(co_consts=(), co_names=()))
except TypeError as error: print(type(error))
types.FunctionType(make.__code__.replace(co_consts=()), {})
print(f())
""",
    "hardly any room to recurse": """
import sys
def deep(n): return deep(n + 1)
before = sys.getrecursionlimit()
sys.setrecursionlimit(60)
for _ in range(3):
    try: deep(0)
    except RecursionError: print(f())
print(sys.getrecursionlimit())
""",
    "no memory left": """
def make_same():
    n = 1
    def same():
        nonlocal n
        n = 1
    return same
same = make_same()
def hog():
    kept = []
    try:
        while True: kept.append(bytes(10_000)); same()
    except MemoryError as error:
        here = error.__traceback__.tb_next
        kept.clear()
        print(here)
hog()
make(1)()
""",
    "the collector runs learner code": """
import gc, weakref
class Held: pass
def cyclic():
    held = Held()
    def get(): return held
    held.get = get
    return weakref.ref(held)
gc.collect()
held = [cyclic() for _ in range(10)]
print(sum(ref() is not None for ref in held))
gc.callbacks.append(lambda phase, info: f())
gc.collect()
print(sum(ref() is not None for ref in held), f())
gc.callbacks.clear()
class Loud:
    def __del__(self): print("gone", f())
def hold(loud):
    def get(): return loud
    return get
get = hold(Loud())
get = None
""",
    "a function ends where no frame is": """
import _thread, time
ended = _thread.allocate_lock()
ended.acquire()
def make_last():
    def last(): ended.release()
    return last
_thread.start_new_thread(make_last(), ())
ended.acquire()
time.sleep(0.05)
""",
    "threads and atexit functions at the end": """
import atexit, threading
atexit.register(lambda: print(f()))
go = threading.Event()
def wait():
    go.wait()
    print(f())
threading.Thread(target=wait).start()
go.set()
""",
    "processes that share the tape": """
import multiprocessing
def work(queue): queue.put((f(), f()))
if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    process = context.Process(target=work, args=(queue,))
    process.start()
    print(queue.get())
    process.join()
    print(f())
""",
    "an interrupt from the program itself": """
import _thread
for _ in range(3):
    try:
        _thread.interrupt_main()
        while True: f()
    except KeyboardInterrupt: print("interrupted")
f()
""",
    "what locals() gives": """
def show(a):
    b = 1
    def g(): return a, b
    print(sorted(locals()))
    b += 1
    return g
show(1)()
print("f" in vars())
""",
}


@pytest.mark.parametrize("program", UNHARMED.values(), ids=UNHARMED)
async def test_a_program_does_the_same(anywhere: Session, program: str) -> None:
    outcome = await is_the_same_unrecorded(anywhere, START + program)
    assert outcome.finished.status is Status.FINISHED
    recording = recording_of(outcome)
    replayed(recording)
    assert "9 n rebound 0 -> 1" not in story(recording)
    assert "5 n rebound 0 -> 1" in story(recording)


LOUD = """
import collections, dataclasses, decimal, enum, io, re, threading
def make(held):
    def get(): return held
    return get
class Meta(type):
    def __instancecheck__(cls, thing): print("instancecheck"); return True
    def __subclasscheck__(cls, kind): print("subclasscheck"); return True
    def __getattribute__(cls, name): print("meta", name); return type.__getattribute__(cls, name)
    def __eq__(cls, other): print("meta eq"); return True
    def __hash__(cls): print("meta hash"); return 1
class Loud(metaclass=Meta):
    def __getattribute__(self, name): print("get", name); return object.__getattribute__(self, name)
    def __eq__(self, other): print("eq"); return True
    def __hash__(self): print("hash"); return 1
    def __repr__(self): print("repr"); return "Loud"
    def __len__(self): print("len"); return 3
    def __bool__(self): print("bool"); return True
    __class__ = property(lambda self: print("class") or int)
    __dict__ = property(lambda self: print("dict") or {})
def loudly(*bases):
    names = "len iter repr getitem contains eq hash format str bool index".split()
    said = {f"__{name}__": lambda self, *_: print("of a subclass") for name in names}
    return type("L" + bases[0].__name__, bases, said | {"items": None, "values": None})
class Slots:
    __slots__ = ("a",)
class Both:
    __slots__ = ("a", "__dict__")
class Failure(Exception): pass
class Color(enum.Enum): RED = 1
@dataclasses.dataclass
class Point:
    x: int = 0
itself = []
itself.append(itself)
held = [
    Loud(), [Loud()], {"a": Loud()}, (Loud(),), Loud, Meta, Slots(), Both(), Failure(1), Color.RED, Point(),
    *(kind.__new__(loudly(kind)) for kind in (list, dict, set, int, str, tuple, bytes, float)),
    threading.local(), threading.Lock(), decimal.Decimal(1), re.compile("a"), io.StringIO(),
    collections.Counter("aab"), collections.OrderedDict(a=1), collections.deque([1]),
    collections.ChainMap({}), range(3), 10 ** 5000, "x" * 10 ** 6, b"y" * 10 ** 6, float("nan"),
    (1,) * 1000, [[]] * 1000, {1: {2: {3: {}}}}, memoryview(b"x"), slice(1), Ellipsis, (i for i in ()),
    make, len, "\\ud800", "\\x1b[2J\\n", itself,
]
gets = [make(each) for each in held]
for get in gets: get()
object.__setattr__(held[0], "a", 1)
held[1].append(1)
held[2]["b"] = 2
held[7].a = held[7].z = held[8].z = held[10].x = 3
held[19].a = 4
for get in gets: get()
print("end")
"""


async def test_no_code_of_the_learners_runs(anywhere: Session) -> None:
    outcome = await is_the_same_unrecorded(anywhere, LOUD)
    assert outcome.stdout == "end\n"
    told = [line for line in story(recording_of(outcome)) if "mutated" in line]
    assert [line.partition("mutated ")[2] for line in told] == [
        "<Loud object> -> <Loud a=1>",
        "[<Loud object>] -> [<Loud object>, 1]",
        "{'a': <Loud object>} -> {'a': <Loud object>, 'b': 2}",
        "<Both object> -> <Both z=3>",
        "Failure(1) -> <Failure z=3>",
        "<Point x=0> -> <Point x=3>",
    ]


ALARMS = """
import signal
class Alarm(Exception): pass
def ring(*_): raise Alarm
signal.signal(signal.SIGALRM, ring)
caught = 0
for _ in range(30):
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.003)
        while True: f()
    except Alarm: caught += 1
print(caught)
"""


async def test_a_signal_handler_may_strike_at_any_time(anywhere: Session) -> None:
    """On 3.11 it may end the recording: the interpreter takes the trace function away."""
    outcome = await run(anywhere, START + ALARMS)
    assert (outcome.stdout, outcome.finished.status) == ("30\n", Status.FINISHED)
    recording = recording_of(outcome)
    assert recording.unavailable in ("", TRACES_ITSELF_OR)
    assert "5 n rebound 0 -> 1" in story(recording)


MANY_CALLS = (
    START + "def down(n): return n and down(n - 1)\nfor _ in range(30_000): down(90)\nf()\n"
)


async def test_a_program_of_very_many_calls_is_not_held_up(anywhere: Session) -> None:
    """On 3.11 each call is an event, whatever it does: after so many the recording ends."""
    outcome = await is_the_same_unrecorded(anywhere, MANY_CALLS)
    assert outcome.finished.status is Status.FINISHED
