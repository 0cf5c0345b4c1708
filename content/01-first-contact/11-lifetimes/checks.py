import gc
import weakref

SIZES = [0, 1, 7, 250]

# Each maker is asked for before anything is called: a program that fails is asked for names only.
# No check may keep what it watches: each strong reference is deleted before the question is put.
# HeavyData(0) is false, so the question is `is None`.


def new_data(learner, size):
    return learner.call(learner.class_("HeavyData"), size)


def items_of(data):
    return data.items


def length_of(data):
    return len(data)


def accessor(learner, data):
    get_size = learner.call(learner.function("make_accessor"), data)
    assert learner.is_function(get_size), "`make_accessor` must return a plain function."
    return get_size


def dual_accessor(learner, data):
    """A list of get_item and get_length, for the caller to take apart."""
    pair = learner.items(learner.call(learner.function("make_dual_accessor"), data))
    assert pair is not None and len(pair) == 2, (
        "`make_dual_accessor` must return two functions: `return get_item, get_length`."
    )
    assert all(learner.is_function(function) for function in pair), (
        "What `make_dual_accessor` returns must be two plain functions."
    )
    return pair


def is_alive(ref):
    gc.collect()
    return ref() is not None


def check_HeavyData_holds_the_numbers_below_size(learner):
    """`HeavyData(size)` has the numbers 0 to `size - 1` in `items`, and its length is `size`."""
    for size in SIZES:
        data = new_data(learner, size)
        items = learner.call(items_of, data)
        right = type(items) in (list, tuple, range) and list(items) == list(range(size))
        numbers = f"the numbers 0 to {size - 1}" if size else "empty"
        assert right, (
            f"The `items` of `HeavyData({size})` must be {numbers}; they are {learner.shown(items)}."
        )
        # Another object is made before this one is asked: what is kept in the class shows.
        new_data(learner, size + 1)
        got = learner.call(length_of, data)
        assert learner.same(got, size), (
            f"The length of `HeavyData({size})` must be {size}, also when another one has been "
            f"made since; it is {learner.shown(got)}."
        )


def check_get_size_returns_the_length(learner):
    """`get_size` returns the length of `data`."""
    learner.function("make_accessor")
    for size in SIZES:
        get_size = accessor(learner, new_data(learner, size))
        got = learner.call(get_size)
        assert learner.same(got, size), (
            f"For a `HeavyData({size})` the accessor must return {size}; "
            f"it gave {learner.shown(got)}."
        )


def check_get_size_captures_data(learner):
    """`get_size` captures `data`, and the cell holds the object itself."""
    data = new_data(learner, 3)
    cell = learner.cell(accessor(learner, data), "data")
    assert learner.contents(cell) is data, "The cell `data` must hold the object itself."


def check_the_object_lives_while_get_size_does(learner):
    """As long as `get_size` is there, the object is alive."""
    for size in (0, 5):
        data = new_data(learner, size)
        ref = weakref.ref(data)
        get_size = accessor(learner, data)
        del data
        assert is_alive(ref), "The accessor was there, and its object was gone."
        del get_size


def check_the_object_goes_with_get_size(learner):
    """When `get_size` is gone, the object is gone too."""
    for size in (0, 5):
        data = new_data(learner, size)
        ref = weakref.ref(data)
        get_size = accessor(learner, data)
        learner.call(get_size)
        del data, get_size
        assert not is_alive(ref), "The accessor was gone, and its object was still there."


def check_get_item_and_get_length_answer(learner):
    """`get_item` returns the item at an index, and `get_length` returns the length."""
    learner.function("make_dual_accessor")
    for size, indexes in [(1, [0]), (7, [6, 2]), (250, [249, 0, 100])]:
        get_item, get_length = dual_accessor(learner, new_data(learner, size))
        got = learner.call(get_length)
        assert learner.same(got, size), (
            f"For a `HeavyData({size})` the result of `get_length()` must be {size}; "
            f"it gave {learner.shown(got)}."
        )
        for index in indexes:
            got = learner.call(get_item, index)
            assert learner.same(got, index), (
                f"For a `HeavyData({size})` the result of `get_item({index})` must be {index}; "
                f"it gave {learner.shown(got)}."
            )


def check_get_item_and_get_length_share_one_cell(learner):
    """`get_item` and `get_length` hold the same cell, named `data`; the object itself is in it."""
    data = new_data(learner, 3)
    get_item, get_length = dual_accessor(learner, data)
    cell = learner.cell(get_item, "data")
    assert learner.cell(get_length, "data") is cell, (
        "`get_item` and `get_length` hold two different cells named `data`."
    )
    assert learner.contents(cell) is data, "The cell `data` must hold the object itself."


def check_the_functions_go_by_what_the_cell_holds(learner):
    """With another object put into the cell `data`, each function answers for that one."""
    learner.class_("HeavyData")
    get_size = accessor(learner, new_data(learner, 3))
    learner.set_cell(learner.cell(get_size, "data"), new_data(learner, 8))
    get_item, get_length = dual_accessor(learner, new_data(learner, 3))
    other = new_data(learner, 8)
    learner.call(setattr, other, "items", list("abcdefgh"))
    learner.set_cell(learner.cell(get_item, "data"), other)
    learner.set_cell(learner.cell(get_length, "data"), other)
    for call, got, right in (
        ("get_size()", learner.call(get_size), 8),
        ("get_length()", learner.call(get_length), 8),
        ("get_item(5)", learner.call(get_item, 5), "f"),
    ):
        assert learner.same(got, right), (
            "With an object that has 8 items, such as the letters a to h, put into the cell `data`, "
            f"`{call}` must return {right!r}; it gave {learner.shown(got)}."
        )


def check_nothing_but_the_cell_keeps_the_object(learner):
    """When another object is put into the cell `data`, the first one is gone."""
    learner.class_("HeavyData")
    for size in (0, 5):
        data = new_data(learner, size)
        ref = weakref.ref(data)
        get_size = accessor(learner, data)
        learner.call(get_size)
        learner.set_cell(learner.cell(get_size, "data"), None)
        del data
        assert not is_alive(ref), (
            "Another object was put into the cell of `get_size`, and the first was still there."
        )
        data = new_data(learner, size)
        ref = weakref.ref(data)
        get_item, get_length = dual_accessor(learner, data)
        learner.call(get_length)
        for function in (get_item, get_length):
            learner.set_cell(learner.cell(function, "data"), None)
        del data
        assert not is_alive(ref), (
            "Another object was put into the cell of the pair, and the first was still there."
        )


def check_the_object_lives_until_the_last_of_both_goes(learner):
    """The object is alive as long as one of the two functions is there, and gone when both are."""
    for first in (0, 1):
        data = new_data(learner, 4)
        ref = weakref.ref(data)
        functions = dual_accessor(learner, data)
        del data
        del functions[first]
        assert is_alive(ref), "One of the two functions was there, and the object was gone."
        del functions[0]
        assert not is_alive(ref), "Both functions were gone, and the object was still there."
