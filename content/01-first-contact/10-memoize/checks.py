def memoized(learner, work):
    """A memoized function, the function in it, and the arguments of each call of that."""
    calls = []

    def func(*args):
        calls.append(args)
        return work(*args)

    return learner.call(learner.function("memoize"), func), func, calls


def attribute(learner, wrapper, name):
    assert learner.is_function(wrapper), "`memoize` must return a plain function."
    assert name in vars(wrapper), f"`wrapper` must have the attribute `{name}`."
    return vars(wrapper)[name]


def check_wrapper_is_a_plain_function(learner):
    """`memoize` returns a plain function, and `fib` is one."""
    wrapper, _, _ = memoized(learner, lambda n: n)
    assert learner.is_function(wrapper), "`memoize` must return a plain function."
    learner.function("fib")


def check_wrapper_returns_what_func_returns(learner):
    """`wrapper` returns what `func` would return, for any number of arguments."""
    square, _, _ = memoized(learner, lambda n: n * n)
    for n in (7, -3, 2.5, 7):
        got = learner.call(square, n)
        assert learner.same(got, n * n), (
            f"With a `func` that squares, `wrapper({n})` must return {n * n}; "
            f"it gave {learner.shown(got)}."
        )
    join, _, _ = memoized(learner, lambda *words: "-".join(words))
    for words in [("a", "b"), ("b", "a"), ("a",), ("a", "b", "c"), (), ("a", "b")]:
        got, right = learner.call(join, *words), "-".join(words)
        assert learner.same(got, right), (
            f"With a `func` that joins words by `-`, the result for {words} must be {right!r}; "
            f"it is {learner.shown(got)}."
        )


def check_func_is_called_once_for_the_same_arguments(learner):
    """`func` is called when its arguments come for the first time, and only then."""
    add, _, calls = memoized(learner, lambda a, b: a + b)
    asked = [(1, 2), (2, 1), (1, 2), (1, 3), (2, 1), (1, 2)]
    for pair in asked:
        learner.call(add, *pair)
    assert learner.same(calls, [(1, 2), (2, 1), (1, 3)]), (
        "`func` must be called when its arguments come for the first time, and only then."
    )


def check_a_hit_does_not_call_func(learner):
    """A call with arguments that came before does not call `func` again."""
    add, _, calls = memoized(learner, lambda a, b: a + b)
    for _ in range(3):
        learner.call(add, 3, 4)
    assert len(calls) < 2, f"`func` was called {len(calls)} times for three calls with 3 and 4."


def check_every_result_is_kept_even_None_and_0(learner):
    """A result that is None, 0, False or an empty text is kept like any other."""
    for result in (None, 0, "", False):
        wrapper, _, calls = memoized(learner, lambda n, result=result: result)
        for _ in range(3):
            learner.call(wrapper, 4)
        assert len(calls) < 2, (
            f"A `func` that returns {result!r} was called {len(calls)} times for the same argument."
        )


def check_a_hit_gives_the_stored_object(learner):
    """The same call again returns the very object that was stored, not one that is equal to it."""
    wrapper, _, _ = memoized(learner, lambda n: [n])
    assert learner.call(wrapper, 5) is learner.call(wrapper, 5), (
        "The second call must return the very object that the first one stored."
    )


def check_an_error_of_func_is_passed_on(learner):
    """If `func` raises, so does `wrapper`, and nothing is kept: the next call asks `func` again."""
    failing = [True]

    def work(n):
        if failing[0]:
            raise LookupError("not yet")
        return n + 1

    wrapper, _, _ = memoized(learner, work)
    cache = attribute(learner, wrapper, "cache")
    for _ in range(2):
        error = learner.raises(LookupError, wrapper, 4)
        assert str(error) == "not yet", (
            "`func` raised LookupError('not yet'), and `wrapper(4)` raised another one."
        )
        assert learner.same(cache, {}), "`func` raised an error, and something was put into `cache`."
    failing[0] = False
    got = learner.call(wrapper, 4)
    assert learner.same(got, 5), (
        "`func` raised an error at first, and then returned 5 for 4: `wrapper(4)` must return 5; "
        f"it gave {learner.shown(got)}."
    )


def check_wrapper_works_on_what_its_cells_hold(learner):
    """With other objects put into its cells, `wrapper` looks there, counts there and calls that."""
    wrapper, _, _ = memoized(learner, lambda n: n)
    cells = learner.cells(wrapper)
    cache, count = {(1,): "kept"}, [40]
    for name, other in (("cache", cache), ("call_count", count), ("func", lambda n: n * 3)):
        if name in cells:
            learner.set_cell(cells[name], other)
    got = learner.call(wrapper, 1)
    assert learner.same(got, "kept"), (
        "With {(1,): 'kept'} put into the cell `cache`, `wrapper(1)` must return 'kept'; "
        f"it gave {learner.shown(got)}."
    )
    got = learner.call(wrapper, 5)
    assert learner.same(got, 15), (
        "With a function that triples put into the cell `func`, `wrapper(5)` must return 15; "
        f"it gave {learner.shown(got)}."
    )
    assert learner.same(cache, {(1,): "kept", (5,): 15}), (
        "With another dict put into the cell `cache`, the result of `wrapper(5)` must be put there."
    )
    assert learner.same(count, [41]), (
        "With [40] put into the cell `call_count`, it must be [41] after one miss; "
        f"it is {learner.shown(count)}."
    )


def check_call_count_counts_the_misses(learner):
    """`call_count` is a list of one number: how often `func` was really called."""
    wrapper, _, _ = memoized(learner, lambda *args: len(args))
    count = attribute(learner, wrapper, "call_count")
    for args, right in [((), 1), ((3,), 2), ((3,), 2), ((3, 4), 3), ((), 3), ((4, 3), 4)]:
        learner.call(wrapper, *args)
        assert learner.same(count, [right]), (
            f"After a call with {args} the `call_count` must be [{right}]; "
            f"it is {learner.shown(count)}."
        )


def check_cache_maps_args_to_the_result(learner):
    """`cache` has each tuple of arguments as a key, with its result as the value."""
    product, _, _ = memoized(learner, lambda *args: args[0] * args[-1])
    cache = attribute(learner, product, "cache")
    for args in [(6,), (2, 3), (2, 4), (6,)]:
        learner.call(product, *args)
    assert learner.same(cache, {(6,): 36, (2, 3): 6, (2, 4): 8}), (
        "The keys of `cache` must be the tuples of arguments, its values the results."
    )


def check_two_memoized_functions_share_nothing(learner):
    """Two memoized functions share no cell, no `cache` and no `call_count`."""
    double, _, _ = memoized(learner, lambda n: n + n)
    negate, _, _ = memoized(learner, lambda n: -n)
    for name in ("cache", "call_count"):
        assert attribute(learner, double, name) is not attribute(learner, negate, name), (
            f"Two memoized functions have the same object as their `{name}`."
        )
    mine, other = learner.cells(double).values(), learner.cells(negate).values()
    assert all(a is not b for a in mine for b in other), (
        "Two memoized functions hold the same cell."
    )


def check_wrapper_holds_cache_call_count_and_func(learner):
    """`wrapper` captures only `cache`, `call_count`, `func`; its attributes are those objects."""
    wrapper, func, _ = memoized(learner, lambda n: n)
    cells = learner.cells(wrapper)
    assert sorted(cells) == ["cache", "call_count", "func"], (
        "`wrapper` must capture exactly `cache`, `call_count` and `func`; "
        f"it captures {', '.join(sorted(cells)) or 'nothing'}."
    )
    assert learner.contents(cells["func"]) is func, "The cell `func` must hold `func`."
    for name in ("cache", "call_count"):
        assert learner.contents(cells[name]) is attribute(learner, wrapper, name), (
            f"`wrapper.{name}` and the cell `{name}` must be one object."
        )
