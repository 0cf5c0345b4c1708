"""One letter is one cell's for good, though addresses come back and names move."""

from __future__ import annotations

from itertools import islice

from tests.harness.programs import Program
from tutor.protocol.requests import LabelHint
from tutor.protocol.views import NOT_BY_NAME
from tutor.worker.inspector.labels import LabelBook, letters

MAKE = """
def make(n=0):
    def f(): return n
    return f
"""


def test_letters() -> None:
    first = list(islice(letters(), 704))
    assert first[:3] == ["A", "B", "C"]
    assert first[25:28] == ["Z", "AA", "AB"]
    assert first[701:704] == ["ZZ", "AAA", "AAB"]


def test_a_label_stays_while_its_function_moves() -> None:
    program = Program(MAKE + "a = make(); b = make()")
    assert program.cell("b", "n").label == "B"
    program.run("first = make(); c = b; del a, b")
    assert program.cell("c", "n").label == "B"
    assert program.cell("first", "n").label == "C"


def test_two_looks_say_the_same() -> None:
    program = Program(MAKE + "a = {1: make(), 2: [make()]}; b = make(lambda: a)")
    assert program.look() == program.look()


def test_two_looks_say_the_same_of_what_the_collector_alone_knows() -> None:
    source = (
        "from contextvars import ContextVar\nv = ContextVar('v'); v.set([make() for _ in 'abcde'])"
    )
    program = Program(MAKE + source)
    before = program.look()
    assert sum(view.reached_by == NOT_BY_NAME for view in before.functions) == 5
    program.run("import gc; gc.collect()")
    assert program.look() == before


def test_a_label_is_never_given_again_though_the_address_is() -> None:
    program = Program(MAKE + "f = make()")
    labels: list[str] = []
    addresses: list[int] = []
    while len(set(addresses)) == len(addresses):  # until one comes back
        labels.append(program.cell("f", "n").label)
        addresses.append(id(program["f.__closure__[0]"]))
        program.run("del f; f = make()")
    assert labels == list(islice(letters(), len(labels)))


def test_a_new_function_at_the_address_of_a_labelled_one() -> None:
    program = Program(MAKE + "a = make(); b = make()")
    program.look()
    program.run("del a; a = make()")
    assert program.cell("a", "n").label == "C"
    assert program.cell("b", "n").label == "B"


def test_a_cell_keeps_its_label_with_any_of_its_sharers() -> None:
    program = Program("def two():\n  x = 1\n  return (lambda: x), (lambda: x)\nf, g = two()")
    assert program.cell("f", "x").label == program.cell("g", "x").label == "A"
    program.run("del f")
    assert program.cell("g", "x").label == "A"


def test_label_of_a_cell() -> None:
    program = Program(MAKE + "a = make(); b = make()")
    cell = program["b.__closure__[0]"]
    assert program.inspector.label_of(cell) is None
    program.look()
    assert program.inspector.label_of(cell) == "B"
    program.run("del b")
    assert program.inspector.label_of(cell) is None  # nothing says that it is the same any more


def test_hinted_letters_go_to_the_kth_cell_of_that_name() -> None:
    book = LabelBook([LabelHint("f", "x", ("C", "A")), LabelHint(None, "y", ("E",))])
    assert [book.new("f", "x") for _ in range(3)] == ["C", "A", "B"]
    assert book.new("g", "x") == "D"
    assert book.new(None, "y") == "E"
    assert book.new("g", "x") == "F"


def test_a_letter_that_two_hints_claim_is_given_once() -> None:
    book = LabelBook([LabelHint("f", "x", ("A",)), LabelHint("f", "y", ("A",))])
    assert [book.new("f", "x"), book.new("f", "y")] == ["A", "B"]
