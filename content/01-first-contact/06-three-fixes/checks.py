"""Checks for Three fixes: the right numbers, each kept in its own way."""

import functools

FIXES = ("with_default", "with_factory", "with_partial")
COUNTS = (2, 3, 8)


def check_each_fix_returns_a_function_for_each_turn(learner):
    """Each of the three functions returns a list of `count` functions."""
    for name in FIXES:
        for count in COUNTS:
            made(learner, name, count)


def check_each_call_makes_a_list_of_its_own(learner):
    """Two calls of one of the three functions return two lists."""
    for name in FIXES:
        fix = learner.function(name)
        first, second = learner.call(fix, 2), learner.call(fix, 2)
        assert type(first) is not list or first is not second, (
            f"Two calls of `{name}` returned the same list."
        )


def check_each_fix_gives_every_number_in_any_order(learner):
    """Called in any order, and once more, each function gives its own number: 0, 1, 2 and so on."""
    for name in FIXES:
        for count in COUNTS:
            funcs = made(learner, name, count)
            # Backwards, and then once more: what only counts the calls shows.
            for number in (*reversed(range(count)), *range(count)):
                got = learner.call(funcs[number])
                assert learner.same(got, number), (
                    f"`{name}({count})[{number}]()` must be {number}; it gave {learner.shown(got)}."
                )


def check_fix_1_keeps_each_number_in_a_default_argument(learner):
    """In fix 1 each function keeps its number in a default argument and captures no `i`."""
    for number, func in enumerate(made(learner, "with_default", 8)):
        assert learner.is_function(func), "`with_default` must return functions."
        assert "i" not in learner.cells(func), "`f` in `with_default` captures `i`."
        kept = [
            name
            for name, value in learner.defaults(func).items()
            if learner.same(value, number)
        ]
        assert kept, f"No default of `with_default(8)[{number}]` is {number}."
        for name in kept:
            learner.set_default(func, 100 + number, name)
        got = learner.call(func)
        assert learner.same(got, 100 + number), (
            f"With {100 + number} put in the place of its default, `with_default(8)[{number}]()` "
            f"must return {100 + number}; it gave {learner.shown(got)}."
        )


def check_fix_2_gives_each_function_one_cell_of_its_own(learner):
    """In fix 2 each function holds one cell, with its number in it, and no two share one."""
    seen = []
    for number, func in enumerate(made(learner, "with_factory", 8)):
        assert learner.is_function(func), "`with_factory` must return functions."
        cells = list(learner.cells(func).values())
        assert len(cells) == 1, f"`f` in `with_factory` must hold one cell, not {len(cells)}."
        assert not any(cells[0] is cell for cell in seen), (
            "Two functions of `with_factory` share a cell."
        )
        assert learner.same(learner.contents(cells[0]), number), (
            f"The cell of `with_factory(8)[{number}]` must hold {number}."
        )
        seen.append(cells[0])
        learner.set_cell(cells[0], 100 + number)
        got = learner.call(func)
        assert learner.same(got, 100 + number), (
            f"With {100 + number} put into its cell, `with_factory(8)[{number}]()` must return "
            f"{100 + number}; it gave {learner.shown(got)}."
        )


def check_fix_3_keeps_each_number_in_a_partial(learner):
    """In fix 3 the list holds partials of a function that returns its argument, each with its number."""
    for number, func in enumerate(made(learner, "with_partial", 8)):
        assert type(func) is functools.partial, "`with_partial` must return partials."
        token = object()
        assert learner.is_function(func.func) and learner.call(func.func, token) is token, (
            "Each partial must be one of a function that returns its argument, as `identity` does."
        )
        kept = (*func.args, *func.keywords.values())
        assert any(learner.same(value, number) for value in kept), (
            f"`with_partial(8)[{number}]` does not keep {number} as an argument."
        )


def made(learner, name, count):
    """The functions that the learner's `name(count)` returns."""
    funcs = learner.call(learner.function(name), count)
    assert type(funcs) in (list, tuple), f"`{name}` must return a list."
    assert len(funcs) == count, f"`{name}({count})` must return {count} functions."
    return funcs
