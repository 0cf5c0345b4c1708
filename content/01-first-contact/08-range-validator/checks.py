RANGES = [(0, 10), (-7, -3), (0.25, 0.75), (5, 5), (-1, 1000000)]


def new_validator(learner, low, high):
    return learner.call(learner.function("make_range_validator"), low, high)


def refusal(learner, low, high, value):
    """What the validator's ValueError says of this value."""
    validate = new_validator(learner, low, high)
    return str(told_of(f"A validator of [{low}, {high}]", learner.raises, ValueError, validate, value))


def told_of(what, ask, *args):
    """What is asked; if it fails, the sentence begins with what it is about."""
    try:
        return ask(*args)
    except AssertionError as error:
        # The same error goes on: it knows why the check failed.
        error.args = (f"{what}: {error}",)
        raise


def check_validate_is_a_plain_function(learner):
    """`make_range_validator` returns a plain function."""
    assert learner.is_function(new_validator(learner, 2, 3)), (
        "`make_range_validator` must return a plain function."
    )


def check_a_value_inside_comes_back(learner):
    """A value between the bounds comes back as it is."""
    for low, high, value in [(0, 9, 4), (-5, 5, 0), (0.5, 2.5, 1.25), (0, 9, 4.5), (0.5, 2.5, 2)]:
        got = learner.call(new_validator(learner, low, high), value)
        assert learner.same(got, value), (
            f"A validator of [{low}, {high}] must return {value} when it is given {value}; "
            f"it gave {learner.shown(got)}."
        )


def check_both_bounds_are_inside(learner):
    """A value that is one of the bounds comes back too."""
    for low, high in RANGES:
        validate = new_validator(learner, low, high)
        for value in (low, high):
            got = learner.call(validate, value)
            assert learner.same(got, value), (
                f"A validator of [{low}, {high}] must return {value} when it is given {value}; "
                f"it gave {learner.shown(got)}."
            )


def check_a_value_above_raises_ValueError(learner):
    """A value above the upper bound raises a `ValueError`, however little it is above."""
    for low, high in RANGES:
        for above in (0.125, 1, 60):
            refusal(learner, low, high, high + above)


def check_a_value_below_raises_ValueError(learner):
    """A value below the lower bound raises a `ValueError`, however little it is below."""
    for low, high in RANGES:
        for below in (0.125, 1, 60):
            refusal(learner, low, high, low - below)


def check_a_validator_stays_as_it_is(learner):
    """A validator that has been called many times answers as it did at first."""
    validate = new_validator(learner, 0, 10)
    for call in range(1, 31):
        got = learner.call(validate, 4)
        assert learner.same(got, 4), (
            f"Call number {call} of a validator of [0, 10] was given 4 and must return 4; "
            f"it gave {learner.shown(got)}."
        )
        for value in (11, -1):
            said = str(learner.raises(ValueError, validate, value))
            assert learner.same(said, f"Value {value} outside [0, 10]"), (
                f"In round {call} a validator of [0, 10] that is given {value} must say "
                f"'Value {value} outside [0, 10]'; it said {learner.shown(said)}."
            )


def check_the_bounds_are_what_the_cells_hold(learner):
    """With other bounds put into its cells, a validator goes by these, and so does its message."""
    validate = new_validator(learner, 0, 10)
    cells = learner.cells(validate)
    for name, bound in (("min_val", 100), ("max_val", 200)):
        if name in cells:
            learner.set_cell(cells[name], bound)
    changed = "A validator with 100 and 200 put into its cells"
    for value in (100, 150, 200):
        got = told_of(changed, learner.call, validate, value)
        assert learner.same(got, value), (
            f"{changed} must return {value} when it is given {value}; it gave {learner.shown(got)}."
        )
    for value in (5, 201):
        said = str(told_of(changed, learner.raises, ValueError, validate, value))
        assert learner.same(said, f"Value {value} outside [100, 200]"), (
            f"{changed} must say 'Value {value} outside [100, 200]' when it is given {value}; "
            f"it said {learner.shown(said)}."
        )


def check_the_message_names_the_value_and_the_bounds(learner):
    """The message names the value and both bounds, as `Value 200 outside [0, 150]` does."""
    for low, high, value in [(0, 10, 11), (-7, -3, -8), (0.25, 0.75, 1), (5, 5, 4.5)]:
        right = f"Value {value} outside [{low}, {high}]"
        got = refusal(learner, low, high, value)
        assert learner.same(got, right), (
            f"For {value} and the bounds {low} and {high} the message must be {right!r}; "
            f"it is {learner.shown(got)}."
        )


def check_validate_captures_exactly_the_two_bounds(learner):
    """The function captures exactly `min_val` and `max_val`; their cells hold the bounds."""
    for low, high in RANGES:
        cells = learner.cells(new_validator(learner, low, high))
        assert sorted(cells) == ["max_val", "min_val"], (
            "`validate` must capture exactly `min_val` and `max_val`."
        )
        assert learner.same(learner.contents(cells["min_val"]), low), (
            f"With a lower bound of {low} the cell `min_val` must hold {low}."
        )
        assert learner.same(learner.contents(cells["max_val"]), high), (
            f"With an upper bound of {high} the cell `max_val` must hold {high}."
        )


def check_two_validators_share_no_cell(learner):
    """Two validators share no cell, even if their bounds are the same."""
    one = learner.cells(new_validator(learner, 1, 2)).values()
    two = learner.cells(new_validator(learner, 1, 2)).values()
    assert one and all(a is not b for a in one for b in two), (
        "Each call of `make_range_validator` must give its validator cells of its own."
    )
