"""Checks for Independent captures: a closure a call, and a cell a closure."""


def check_each_greeter_greets_by_its_own_name(learner):
    """Each greeter greets by the name that it was made for, however many are made."""
    make_greeter = learner.function("make_greeter")
    names = ("Carol", "O'Neil", "x y")
    # All are made before the first is called: a name kept in one shared place shows.
    greeters = [learner.call(make_greeter, name) for name in names]
    # In two rounds, and twice in each: one that is right once only shows.
    for name, greet in [*zip(names, greeters, strict=True)] * 2:
        assert learner.is_function(greet), "`make_greeter` must return a function."
        wanted = f"Hello, {name}!"
        for got in (learner.call(greet), learner.call(greet)):
            assert learner.same(got, wanted), (
                f"A greeter made for {name!r} must return {wanted!r}; it gave {learner.shown(got)}."
            )


def check_each_adder_adds_its_own_number(learner):
    """Each adder adds the number that it was made for."""
    make_adder = learner.function("make_adder")
    numbers = (7, -2, 0.5)
    adders = [learner.call(make_adder, n) for n in numbers]
    for n, add in zip(numbers, adders, strict=True):
        assert learner.is_function(add), "`make_adder` must return a function."
        for x in (1, 40, -3, 0.25, 10**20):
            got = learner.call(add, x)
            assert learner.same(got, x + n), (
                f"`make_adder({n})({x})` must be {x + n!r}; it gave {learner.shown(got)}."
            )


def check_an_adder_gives_the_same_sum_again(learner):
    """An adder that is called again with the same number gives the same sum."""
    add = learner.call(learner.function("make_adder"), 7)
    first, again = learner.call(add, 1), learner.call(add, 1)
    assert learner.same(again, first), "Two calls `add(1)` of one adder must give the same sum."


def check_the_two_greeters_own_different_cells(learner):
    """`greet_alice` and `greet_bob` each hold a cell of their own, with their own name in it."""
    greet_alice, greet_bob = learner["greet_alice"], learner["greet_bob"]
    refuse_shared_cells(learner, "greet", greet_alice, greet_bob)
    for function, greet, name in (
        ("greet_alice", greet_alice, "Alice"),
        ("greet_bob", greet_bob, "Bob"),
    ):
        held = [learner.contents(cell) for cell in learner.cells(greet).values()]
        assert any(type(value) is str and name in value for value in held), (
            f"No cell of `{function}` holds the name {name}."
        )


def check_the_two_adders_own_different_cells(learner):
    """`add5` and `add10` each hold a cell of their own, with their own number in it."""
    add5, add10 = learner["add5"], learner["add10"]
    refuse_shared_cells(learner, "add", add5, add10)
    for name, add, number in (("add5", add5, 5), ("add10", add10, 10)):
        held = [learner.contents(cell) for cell in learner.cells(add).values()]
        assert any(learner.same(value, number) for value in held), (
            f"No cell of `{name}` holds {number}."
        )


def check_a_greeter_reads_its_cell(learner):
    """`greet` takes the name from its cell: with another name in it, it greets by that one."""
    greet = learner.call(learner.function("make_greeter"), "Carol")
    for cell in learner.cells(greet).values():
        held = learner.contents(cell)
        if type(held) is str and "Carol" in held:
            learner.set_cell(cell, held.replace("Carol", "Zoe"))
    got = learner.call(greet)
    assert learner.same(got, "Hello, Zoe!"), (
        "With 'Zoe' put into the cell of a greeter that was made for 'Carol', `greet()` must "
        f"return 'Hello, Zoe!'; it gave {learner.shown(got)}."
    )


def check_an_adder_reads_its_cell(learner):
    """`add` takes its number from its cell: with another number in it, it adds that one."""
    add = learner.call(learner.function("make_adder"), 7)
    for cell in learner.cells(add).values():
        if learner.same(learner.contents(cell), 7):
            learner.set_cell(cell, 1000)
    got = learner.call(add, 1)
    assert learner.same(got, 1001), (
        "With 1000 put into the cell of an adder that was made for 7, `add(1)` must return 1001; "
        f"it gave {learner.shown(got)}."
    )


def check_no_class_is_used(learner):
    """The program has no `class` statement."""
    assert not learner.uses("ClassDef"), "There is a `class` here: use a closure instead."


def refuse_shared_cells(learner, name, first, second):
    ours = list(learner.cells(first).values())
    theirs = list(learner.cells(second).values())
    assert ours and theirs, f"`{name}` captures nothing: it has no cell."
    shared = any(cell is other for cell in ours for other in theirs)
    assert not shared, f"The two `{name}` functions share a cell."
