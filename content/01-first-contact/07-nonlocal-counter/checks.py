import dis
import types


def new_counter(learner):
    pair = learner.items(learner.call(learner.function("make_counter")))
    assert pair is not None and len(pair) == 2, (
        "`make_counter` must return two functions: `return increment, reset`."
    )
    return pair


def rebinds(function, name):
    """Whether a function nested in this one stores into the cell of that name."""
    return any(
        step.opname == "STORE_DEREF" and step.argval == name
        for code in function.__code__.co_consts
        if type(code) is types.CodeType and name in code.co_freevars
        for step in dis.get_instructions(code)
    )


def check_without_nonlocal_leaves_the_outer_x(learner):
    """`without_nonlocal` is as it was: it prints `inner x: 20`, then `outer x: 10`."""
    function = learner.function("without_nonlocal")
    printed = learner.output_of(function)
    assert learner.same(printed, "inner x: 20\nouter x: 10\n") and not rebinds(function, "x"), (
        "`without_nonlocal` was finished: leave it as it was."
    )


def check_with_nonlocal_rebinds_the_outer_x(learner):
    """`inner` in `with_nonlocal` rebinds the outer `x`, so both printed lines say 20."""
    function = learner.function("with_nonlocal")
    assert rebinds(function, "x"), (
        "`inner` in `with_nonlocal` does not assign to the outer `x`: its `x` is a local."
    )
    assert learner.same(learner.output_of(function), "inner x: 20\nouter x: 20\n"), (
        "`with_nonlocal` must print `inner x: 20`, then `outer x: 20`."
    )


def check_make_counter_declares_nothing_global(learner):
    """`make_counter` has no `global` statement in it."""
    assert not learner.uses("Global", within="make_counter"), (
        "There is a `global` statement: every counter would use the same variable."
    )


def check_increment_and_reset_are_plain_functions(learner):
    """`make_counter` returns two plain functions, not methods or other objects."""
    for name, value in zip(("increment", "reset"), new_counter(learner), strict=True):
        assert learner.is_function(value), (
            f"What `make_counter` returns as `{name}` is not a plain function."
        )


def check_increment_captures_count(learner):
    """`increment` holds a cell named `count`."""
    increment, _ = new_counter(learner)
    learner.cell(increment, "count")


def check_the_cell_named_count_holds_a_number(learner):
    """The cell `count` holds the number itself, not something that has the number inside."""
    increment, _ = new_counter(learner)
    cell = learner.cell(increment, "count")
    for _ in range(3):
        learner.call(increment)
        assert type(learner.contents(cell)) is int, "The cell `count` must hold the number itself."


def check_increment_counts_1_2_3_and_on(learner):
    """A new counter's `increment` returns 1, 2, 3 and so on, and the cell `count` holds it too."""
    increment, _ = new_counter(learner)
    cell = learner.cell(increment, "count")
    for right in range(1, 8):
        got = learner.call(increment)
        assert learner.same(got, right), (
            f"Call number {right} of a new counter's `increment` must return {right}; "
            f"it gave {learner.shown(got)}."
        )
        assert learner.same(learner.contents(cell), right), (
            f"When `increment` has returned {right}, the cell `count` must hold {right}."
        )


def check_both_work_on_what_is_in_the_cell(learner):
    """`increment` goes on from the number that is in the cell `count`, and `reset` puts 0 there."""
    increment, reset = new_counter(learner)
    cell = learner.cell(increment, "count")
    for number in (41, -7):
        learner.set_cell(cell, number)
        got = learner.call(increment)
        assert learner.same(got, number + 1) and learner.same(learner.contents(cell), number + 1), (
            f"With {number} put into the cell `count`, `increment()` must return {number + 1} and "
            f"leave that there; it gave {learner.shown(got)}, and "
            f"{learner.shown(learner.contents(cell))} is in the cell."
        )
        learner.call(reset)
        assert learner.same(learner.contents(cell), 0), (
            f"With {number + 1} in the cell `count`, `reset()` must put 0 there; "
            f"{learner.shown(learner.contents(cell))} is in it."
        )


def check_reset_shares_the_cell_of_increment(learner):
    """`reset` and `increment` hold the same cell, named `count`."""
    increment, reset = new_counter(learner)
    assert learner.cell(reset, "count") is learner.cell(increment, "count"), (
        "`reset` and `increment` hold two different cells named `count`."
    )


def check_reset_starts_the_count_again(learner):
    """After `reset`, however far the count had come, `increment` returns 1."""
    increment, reset = new_counter(learner)
    for calls in (0, 1, 4, 9):
        for _ in range(calls):
            learner.call(increment)
        learner.call(reset)
        got = learner.call(increment)
        assert learner.same(got, 1), (
            f"`reset` was called at a count of {calls}: the next `increment` must return 1; "
            f"it gave {learner.shown(got)}."
        )
        learner.call(reset)


def check_two_counters_share_no_cell(learner):
    """Two counters share no cell, so calling or resetting one leaves the other as it was."""
    one, reset_one = new_counter(learner)
    two, _ = new_counter(learner)
    assert learner.cell(one, "count") is not learner.cell(two, "count"), (
        "Two counters hold the same cell: `count` must be a local of `make_counter`."
    )
    learner.call(two)
    cell = learner.cell(two, "count")
    for act, what in ((one, "Calling"), (reset_one, "Resetting")):
        before = learner.contents(cell)
        learner.call(act)
        assert learner.contents(cell) is before, f"{what} one counter moved another."
