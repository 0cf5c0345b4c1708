"""Recording changes nothing of the program: its objects' lives, its threads, its errors."""

from __future__ import annotations

import gc
import sys
import threading
from unittest.mock import patch
from weakref import ref

from tests.harness.recorded import COUNTER, Recorded, ends_as_seen
from tutor.protocol.views import Change
from tutor.worker.cpython.events import TRACES_ITSELF, TRACES_ITSELF_OR
from tutor.worker.cpython.memory import mark_list
from tutor.worker.cpython.objects import identity
from tutor.worker.recorder import in_place as watch
from tutor.worker.recorder import recorder, tape

BY_OTHERS = sys.version_info >= (3, 12)
"""Whether the recorder hears of instructions without `sys.settrace`."""


def test_objects_end_when_they_would() -> None:
    recorded = Recorded(
        """
        import weakref
        gone = []
        class Heavy: pass
        def make(data, n):
            def get(): return data
            weakref.finalize(data, gone.append, n)
            return get
        f = make(Heavy(), 1)
        assert gone == []
        f()
        f = make(Heavy(), 2)
        assert gone == [1]
        (lambda data: lambda: data)(Heavy())
        del f
        assert gone == [1, 2]
        def owner():
            data = Heavy()
            items = [data]
            weakref.finalize(data, gone.append, 3)
            def get(): return data, items
            items.append(0)
        owner()
        assert gone == [1, 2, 3]
        """
    )
    assert [step.line for step in recorded.steps if step.what is Change.FUNCTION_GONE] == (
        [11, 13, 13, 14, 22]
    )


def test_frames_and_classes_end_too() -> None:
    gc.disable()
    try:
        Recorded(
            """
            import weakref, gc
            class Token: pass
            def make():
                token = Token()
                items = []
                ref = weakref.ref(token)
                def get():
                    items.append(1)
                    return items
                get(); get()
                return get, ref
            f, ref = make()
            f()
            assert ref() is None
            def classes():
                class Box: pass
                box = Box()
                box.n = 1
                def get(): return box
                box.n = 2
                return get, weakref.ref(Box)
            get, ref = classes()
            del get
            gc.collect()
            assert ref() is None
            """
        )
    finally:
        gc.enable()


def test_threads_are_followed_and_lose_nothing() -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        recorded = Recorded(
            """
            import threading
            def run():
                n = 0
                def work():
                    nonlocal n
                    for _ in range(1000):
                        n += 1
                threads = [threading.Thread(target=work) for _ in range(4)]
                for thread in threads: thread.start()
                for thread in threads: thread.join()
                return n, work
            n, work = run()
            assert n == 4000, n
            """
        )
    finally:
        sys.setswitchinterval(before)
    assert len([step for step in recorded.steps if step.what is Change.REBOUND]) == 4000
    ends_as_seen(recorded.recording, recorded.cells)


def test_threads_change_what_is_watched() -> None:
    recorded = Recorded(
        """
        import threading
        def run():
            items, table, count = [], {}, 0
            def work(me):
                nonlocal count
                for n in range(200):
                    items.append(n)
                    table[me, n % 7] = n
                    count = n
                    if n % 50 == 0:
                        items.clear()
            threads = [threading.Thread(target=work, args=(me,)) for me in range(4)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            return work
        work = run()
        end = 1
        """
    )
    assert recorded.recording.unavailable == ""
    assert any(step.what is Change.MUTATED for step in recorded.steps)


def test_nothing_of_it_is_left_behind() -> None:
    assert Recorded(COUNTER + "f = make(0)\nf()").steps
    assert sys.gettrace() is None
    assert threading.gettrace() is None
    if BY_OTHERS:
        monitoring = sys.monitoring  # type: ignore[attr-defined,unused-ignore]
        assert [monitoring.get_tool(number) for number in range(6)] == [None] * 6


def test_tracing_is_not_to_be_seen() -> None:
    if BY_OTHERS:
        Recorded(
            "import sys\nassert sys.gettrace() is None\nassert sys._getframe().f_trace is None"
        )


def test_a_program_that_traces_itself_is_left_alone() -> None:
    recorded = Recorded(
        COUNTER
        + "import sys\nf = make(0)\nf()\nseen = []\n"
        + "def trace(frame, event, _): seen.append((frame.f_code.co_name, event))\n"
        + "give_way(sys._getframe())\nsys.settrace(trace)\nf()\nsys.settrace(None)\n"
    )
    assert recorded.recording.unavailable in (TRACES_ITSELF, TRACES_ITSELF_OR)
    assert recorded.names["seen"] == [("inc", "call")]
    assert recorded.story[-1] == "12 made trace"


def test_what_lies_where_a_value_was_is_not_taken_for_it() -> None:
    """Memory that is read as that of a list must be a list's; `setattr` binds without a word."""
    held = [1]

    def get() -> object:
        return held

    [cell] = get.__closure__ or ()
    numbers: dict[int, int] = {}
    watched = watch.Watch(numbers.get)
    watched.put(0, cell, held, mark_list, None, ref(get))  # type: ignore[arg-type]
    held = another = (2, 3, 4)  # type: ignore[assignment]
    watched._hot[0].value = identity(another)  # as if it had the address
    assert watched.look(0, ()) == []


def test_a_fork_leaves_the_tape_to_its_parent() -> None:
    recorded = Recorded(
        COUNTER
        + "import os\nf = make(0)\nchild = os.fork()\nif child == 0:\n"
        + "    try:\n        f(); f(); f()\n    finally:\n        os._exit(0)\n"
        + "os.waitpid(child, 0)\nf()\n"
    )
    assert recorded.story[-1] == "5 n rebound 0 -> 1"
    assert len(recorded.steps) == 4


def test_it_stops_after_very_many_steps_and_the_program_goes_on() -> None:
    recorded = Recorded(COUNTER + f"f = make(0)\nfor _ in range({tape.MOST_STEPS}): f()\n")
    assert recorded.recording.stopped
    assert len(recorded.steps) == tape.MOST_STEPS == 100_000
    [cell] = recorded.cells.cells
    assert cell.value == str(tape.MOST_STEPS)
    assert recorded.steps[-1].after == str(tape.MOST_STEPS - 3)


def test_it_may_be_full_at_any_step() -> None:
    source = """
def make(n):
    def get(): return n
    return get
kept = [make(n) for n in range(30)]
kept.clear()
"""
    for most in (1, 2, 3, 20, 41, 58, 59):
        with patch.object(tape, "MOST_STEPS", most):
            recorded = Recorded(source)
        assert (recorded.recording.unavailable, recorded.recording.stopped) == ("", True)
        assert len(recorded.steps) == most
    for room in range(20, 1_000, 61):
        with patch.object(tape, "ROOM", tape.BYTES - room):
            recorded = Recorded(source)
        assert (recorded.recording.unavailable, recorded.recording.stopped) == ("", True)


def test_where_memory_is_otherwise_there_is_a_sentence() -> None:
    with patch.object(recorder, "why_not", return_value="This Python is another."):
        recorded = Recorded(COUNTER + "f = make(0)\nf()")
    assert recorded.recording.unavailable == "This Python is another."
    assert recorded.steps == ()
    assert [cell.value for cell in recorded.cells.cells] == ["1"]
