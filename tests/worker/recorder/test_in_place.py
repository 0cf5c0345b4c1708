"""Changes in place: found at the next line, told of the line that made them, apart from rebinding."""

from __future__ import annotations

from unittest.mock import patch

from tests.harness.recorded import Recorded, ends_as_seen, tells
from tutor.worker.cpython.events import TOO_LONG
from tutor.worker.recorder import in_place as watch
from tutor.worker.recorder import recorder

MAKE = """\
def make(held):
    def use(): return held
    return use
"""


def changes(first: str, change: str, story: str) -> None:
    """A cell holds `first`; what is written of `held` changes it, and the steps are these."""
    source = f"{MAKE}f = make({first})\nheld = f()\n{change}\nend = 1\n"
    tells(source, story, after="2 made use")


def test_lists() -> None:
    changes("[1]", "held.append(2)", "6 held mutated [1] -> [1, 2]")
    changes("[2, 1]", "held.sort()", "6 held mutated [2, 1] -> [1, 2]")
    changes("[1]", "held[0] = 3", "6 held mutated [1] -> [3]")
    changes("[]", "held.extend('ab'); held.clear(); held.append(0)", "6 held mutated [] -> [0]")
    changes("[1]", "held.sort(); held[:] = held", "")


def test_dicts() -> None:
    changes("{}", "held['a'] = 1", "6 held mutated {} -> {'a': 1}")
    changes("{1: 2}", "held.update({1: 3})", "6 held mutated {1: 2} -> {1: 3}")
    changes("{1: 2}", "del held[1]; held[2] = 2", "6 held mutated {1: 2} -> {2: 2}")
    changes("{1: 2}", "held.setdefault(1, 9); held.get(7)", "")


def test_each_change_of_a_dict_of_many_entries() -> None:
    """Since 3.14 a dict has no version: keys that are all strings lie otherwise than others."""
    for key in ("n", "str(n)", "(n, str(n))"):
        last = key.replace("n", "899")
        recorded = Recorded(
            f"""
            {MAKE.replace(chr(10), chr(10) + " " * 12).rstrip()}
            f = make({{{key}: n for n in range(900)}})
            held = f()
            held[{last}] = 0.5
            held[{last}] = held[{last}]
            held[{last}] = 1.5
            held.popitem()
            held.update(more=1)
            held.update(less=2)
            held[3] = held.pop("less")
            held.clear(); held[3] = 2
            held.clear(); held["more"] = 2
            held.clear()
            held |= {{}}
            end = 1
            """
        )
        mutated = [line.split()[0] for line in recorded.story if " held mutated " in line]
        assert mutated == ["6", "8", "9", "10", "11", "12", "13", "14", "15"], key


def test_the_dicts_of_objects_keep_their_names_apart() -> None:
    box = "class Box:\n  def __init__(self): self.n = self.m = 1\n"
    change = "box = f()\ndel box.m; box.k = 1\nend = 1"
    assert Recorded(f"{MAKE}{box}f = make(Box())\n{change}").story[-1] == (
        "8 held mutated <Box n=1, m=1> -> <Box n=1, k=1>"
    )


def test_sets() -> None:
    changes("{1}", "held.add(2)", "6 held mutated {1} -> {1, 2}")
    changes("{1}", "held.discard(1)", "6 held mutated {1} -> set()")
    changes("{1}", "held.add(1)", "")


def test_objects() -> None:
    box = "class Box:\n  def __init__(self): self.n = 1\n"
    story = Recorded(f"{MAKE}{box}f = make(Box())\nf().n += 1\nf().m = 0\ndel f().n\nend = 1").story
    assert story[-3:] == [
        "7 held mutated <Box n=1> -> <Box n=2>",
        "8 held mutated <Box n=2> -> <Box n=2, m=0>",
        "9 held mutated <Box n=2, m=0> -> <Box m=0>",
    ]


def test_subclasses_of_containers() -> None:
    story = Recorded(
        f"from collections import defaultdict\n{MAKE}f = make(defaultdict(int))\nf()['a'] += 1\nend = 1"
    ).story
    assert story[-1] == "6 held mutated defaultdict({}) -> defaultdict({'a': 1})"


def test_the_attributes_of_a_hot_method() -> None:
    """A specialised store does not tell the dict of it on 3.13."""
    box = "class Box:\n  n = 0\n  def add(self): self.n += 1\n"
    many = "for _ in range(99): f().add()"
    recorded = Recorded(f"{MAKE}{box}f = make(Box())\n{many}\nend = 1")
    mutated = [line for line in recorded.story if "mutated" in line]
    assert len(mutated) == 99
    assert {line.split()[0] for line in mutated} == {"6"}
    assert mutated[-1] == "6 held mutated <Box n=98> -> <Box n=99>"


def test_what_no_cell_holds_directly_is_not_watched() -> None:
    for first, change in (("[[1]]", "held[0].append(2)"), ("(1, [])", "held[1].append(2)")):
        recorded = Recorded(f"{MAKE}f = make({first})\nheld = f()\n{change}\nend = 1\n")
        assert recorded.story[-1] == "2 made use"


def test_the_line_is_that_which_made_the_change() -> None:
    recorded = Recorded(
        """
        def bank():
            history = []
            def note(what):
                history.append(what)
                return len(history)
            return note, history
        note, history = bank()
        history.append(note("a"))
        history.clear()
        end = 1
        """
    )
    assert recorded.story[-3:] == [
        "4 history mutated [] -> ['a']",
        "8 history mutated ['a'] -> ['a', 1]",
        "9 history mutated ['a', 1] -> []",
    ]


def test_before_any_function_holds_it() -> None:
    tells(
        """
        def fill(items):
            items.append(1)
        def make():
            items = []
            fill(items)
            items.append(2)
            def f(): return items
            del f
            items.append(3)
            return lambda: items
        f = make()
        """,
        """
        4 items filled []
        2 items mutated [] -> [1]
        6 items mutated [1] -> [1, 2]
        7 made f
        8 gone f
        9 items mutated [1, 2] -> [1, 2, 3]
        10 made <lambda>
        """,
        after="3 made make",
    )


def test_rebinding_is_another_thing() -> None:
    tells(
        """
        def f():
            a = []
            a += [1]
            a = a
            a = [1]
            a = [1]; a.append(2); a = []
            return lambda: a
        g = f()
        """,
        """
        2 a filled []
        3 a mutated [] -> [1]
        3 a rebound [1] -> [1]
        4 a rebound [1] -> [1]
        5 a rebound [1] -> [1]
        6 a rebound [1] -> [1]
        6 a rebound [1] -> []
        7 made <lambda>
        """,
        after="1 made f",
    )


def test_every_cell_that_holds_it_is_told() -> None:
    recorded = Recorded(f"{MAKE}both = []\nf, g = make(both), make(both)\nboth.append(1)\nend = 1")
    assert recorded.story[-2:] == ["6 held mutated [] -> [1]"] * 2
    assert {step.cell for step in recorded.steps[-2:]} == {"A", "B"}


def test_long_values_say_how_many_more() -> None:
    changes(
        "list(range(100))",
        "held.append(0)",
        "6 held mutated [0, 1, 2, 3, 4, 5, … 94 more] -> [0, 1, 2, 3, 4, 5, … 95 more]",
    )


def test_many_values_are_watched_where_they_are_used() -> None:
    """The last few on each line, the others when a function that holds them runs."""
    source = f"""{MAKE}
def account():
    history = []
    def note(): history.append(1)
    return note
notes = [account() for _ in range({watch.HOT * 3})]
for note in notes: note()
notes[0]()
end = 1
"""
    recorded = Recorded(source)
    mutated = [line for line in recorded.story if "mutated" in line]
    first = "7 history mutated [] -> [1]"
    assert mutated == [*[first] * (watch.HOT * 3), "7 history mutated [1] -> [1, 1]"]
    ends_as_seen(recorded.recording, recorded.cells)


def test_a_change_found_late_has_no_line() -> None:
    source = f"""{MAKE}
first = []
f = make(first)
others = [make([]) for _ in range({watch.HOT})]
first.append(1)
f()
end = 1
"""
    assert Recorded(source).story[-1] == "0 held mutated [] -> [1]"


def test_what_only_a_waiting_frame_holds_is_found_again() -> None:
    """After very many lines far above it, it is looked at no longer, until a function has it."""
    tells(
        """
        def deep(n):
            if n: return deep(n - 1)
            for k in range(300):
                k += 1
        def main():
            items = []
            deep(100)
            items.append(1)
            items.append(2)
            def show(): return items
            items.append(3)
            return show
        show = main()
        show().append(4)
        end = 1
        """,
        """
        6 items filled []
        10 made show
        0 items mutated [] -> [1, 2]
        11 items mutated [1, 2] -> [1, 2, 3]
        14 items mutated [1, 2, 3] -> [1, 2, 3, 4]
        """,
        after="5 made main",
    )


def test_the_frame_holds_it_after_its_last_function() -> None:
    tells(
        """
        def main():
            items = None
            def put():
                nonlocal items
                items = []
            put()
            del put
            items.append(1)
            items.append(2)
            return lambda: items
        show = main()
        """,
        """
        2 items filled None
        3 made put
        5 items rebound None -> []
        7 gone put
        8 items mutated [] -> [1]
        9 items mutated [1] -> [1, 2]
        10 made <lambda>
        """,
        after="1 made main",
    )


LOOP = "for n in range(5000):\n    n += 1\n"


def test_lines_are_followed_only_while_there_is_something_to_watch() -> None:
    source = f"{MAKE}f = make([])\ndel f\n{LOOP}f = make([])\nf().append(1)\nend = 1"
    with patch.object(recorder, "MOST_LOOKS", 1000):
        assert Recorded(source).story[-1] == "9 held mutated [] -> [1]"


def test_a_program_of_too_many_lines_is_no_longer_recorded() -> None:
    with patch.object(recorder, "MOST_LOOKS", 1000):
        recorded = Recorded(f"{MAKE}f = make([])\n{LOOP}f().append(1)\nend = 1")
    assert recorded.recording.unavailable == TOO_LONG
    assert recorded.story[-1] == "2 made use"
