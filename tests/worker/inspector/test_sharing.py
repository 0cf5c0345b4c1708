"""Closures whose parent frame cannot be told by comparing frames or values: shown by their cells.

Python Tutor guesses the parent of a function from frames that look alike, and is wrong in such
programs (pythontutor issues 77, 79, 105, 108).
"""

from __future__ import annotations

from tests.harness.programs import Program, view_of


def cells_of(program: Program, *functions: str) -> list[tuple[str, str | None, str | None]]:
    """Of each function: its only cell's letter, owner and value."""
    report = program.look()
    views = {view.reached_by: view for view in report.functions}
    found = []
    for function in functions:
        [free] = views[function].free
        cell = view_of(report, function, free.name)
        found.append((cell.label, cell.owner, cell.value))
    return found


COUNTERS = """
def make_counter():
    count = 0
    def increment():
        nonlocal count
        count += 1
        return count
    return increment
first = make_counter()
second = make_counter()
"""


def test_two_counters_whose_parents_compare_equal() -> None:
    program = Program(COUNTERS)
    alike = [("A", "make_counter", "0"), ("B", "make_counter", "0")]
    assert cells_of(program, "first", "second") == alike
    program.run("first(); first(); second()")
    assert [value for _, _, value in cells_of(program, "first", "second")] == ["2", "1"]
    program.run("second()")  # now they are alike again, and still two
    assert cells_of(program, "first", "second") == [
        ("A", "make_counter", "2"),
        ("B", "make_counter", "2"),
    ]
    assert program["first.__closure__[0] == second.__closure__[0]"]
    assert program["first.__closure__[0] is not second.__closure__[0]"]


def test_parents_whose_values_claim_to_be_equal() -> None:
    program = Program(
        """
        class Same:
            def __eq__(self, other): return True
            __hash__ = None
        def make(value):
            return lambda: value
        one, two = make(Same()), make(Same())
        """
    )
    assert [label for label, _, _ in cells_of(program, "one", "two")] == ["A", "B"]


def test_a_list_of_closures_made_in_a_loop() -> None:
    program = Program(
        """
        def late():
            made = []
            for i in range(3):
                made.append(lambda: i)
            return made
        def early():
            made = []
            for i in range(3):
                def hold(i): return lambda: i
                made.append(hold(i))
            return made
        late, early = late(), early()
        """
    )
    one = [("A", "late", "2")] * 3
    assert cells_of(program, "late[0]", "late[1]", "late[2]") == one
    hold = "early.<locals>.hold"
    three = [("B", hold, "0"), ("C", hold, "1"), ("D", hold, "2")]
    assert cells_of(program, "early[0]", "early[1]", "early[2]") == three


def test_mutual_recursion() -> None:
    program = Program(
        """
        def make():
            def even(n): return n == 0 or odd(n - 1)
            def odd(n): return n != 0 and even(n - 1)
            return even
        even = make()
        other = make()
        """
    )
    assert program["even(10)"] is True
    assert cells_of(program, "even", "even ▸ odd", "other", "other ▸ odd") == [
        ("A", "make", "odd"),
        ("C", "make", "even"),
        ("B", "make", "odd"),
        ("D", "make", "even"),
    ]


def test_a_closure_returned_through_two_levels() -> None:
    program = Program(
        """
        def outer(x):
            def middle():
                y = x + 1
                def inner():
                    nonlocal x
                    x += 10
                    return x, y
                return inner
            return middle
        middle = outer(1)
        inner = middle()
        again = middle()
        """
    )
    program.run("inner()")
    report = program.look()
    shared = view_of(report, "middle", "x")
    assert shared == view_of(report, "inner", "x") == view_of(report, "again", "x")
    assert (shared.owner, shared.value, len(shared.shared_by)) == ("outer", "11", 3)
    ys = [view_of(report, name, "y") for name in ("inner", "again")]
    assert [(y.owner, y.value) for y in ys] == [("outer.<locals>.middle", "2")] * 2
    assert ys[0].label != ys[1].label


def test_a_function_called_by_another_than_its_parent() -> None:
    program = Program(
        """
        def make(x):
            return lambda: x
        def call(f):
            x = "the caller's"
            return f, lambda: x
        f, g = call(make("the maker's"))
        """
    )
    assert cells_of(program, "f", "g") == [
        ("A", "make", '"the maker\'s"'),
        ("B", "call", '"the caller\'s"'),
    ]
