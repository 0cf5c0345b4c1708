REBINDING = ["deposit", "withdraw", "balance"]
OPERATIONS = [*REBINDING, "history"]


def new_account(learner, *args):
    return learner.call(learner.function("make_account"), *args)


def table_of(learner, account):
    """The table of operations, read from the one cell of `dispatch`."""
    cells = list(learner.cells(account).values())
    assert len(cells) == 1, (
        "`dispatch` must capture exactly one name, the table of operations; "
        f"it captures {len(cells)}."
    )
    table = learner.contents(cells[0])
    assert type(table) is dict and all(type(key) is str for key in table), (
        "The one cell of `dispatch` must hold a dict from the names of the operations to functions."
    )
    assert all(name in table for name in OPERATIONS), (
        "The table must have the keys `deposit`, `withdraw`, `balance` and `history`."
    )
    for name in REBINDING:
        assert learner.is_function(table[name]), (
            f"What the table has for `{name}` is not a plain function."
        )
    return table


def cells_behind(learner, account):
    """Every cell that a function of the account's table holds."""
    functions = filter(learner.is_function, table_of(learner, account).values())
    return [cell for function in functions for cell in learner.cells(function).values()]


def cell_behind(learner, function, name):
    """The cell `name` that a function holds, or that one holds which it calls; None without."""
    seen, ahead = [], [function]
    for each in ahead:
        seen.append(each)
        for captured, cell in learner.cells(each).items():
            if captured == name:
                return cell
            held = learner.contents(cell)
            if learner.is_function(held) and all(held is not other for other in seen):
                ahead.append(held)
    return None


def check_there_is_no_class_statement(learner):
    """The program has no `class` statement."""
    assert not learner.uses("ClassDef"), (
        "There is a `class` statement: closures are to do its work."
    )


def check_deposit_and_withdraw_return_the_new_balance(learner):
    """`deposit` and `withdraw` return the new balance, and `balance` then gives the same number."""
    account = new_account(learner, 40)
    for operation, amount, right in [
        ("deposit", 7, 47),
        ("withdraw", 12, 35),
        ("deposit", 0.5, 35.5),
        ("withdraw", 35.5, 0.0),
        ("deposit", 3, 3.0),
    ]:
        got = learner.call(account, operation, amount)
        assert learner.same(got, right), (
            f"On an account that was opened with 40, `{operation}` of {amount} must return "
            f"{right}; it gave {learner.shown(got)}."
        )
        got = learner.call(account, "balance")
        assert learner.same(got, right), (
            f"After that `{operation}` the `balance` must be {right}; it is {learner.shown(got)}."
        )


def check_all_of_the_balance_can_be_withdrawn(learner):
    """A withdrawal of exactly the balance is allowed and leaves 0."""
    for amount in (1, 20):
        account = new_account(learner, amount)
        got = learner.call(account, "withdraw", amount)
        assert learner.same(got, 0), (
            f"`withdraw` of {amount} from a balance of {amount} must return 0; "
            f"it gave {learner.shown(got)}."
        )


def check_a_new_account_has_its_first_balance(learner):
    """A new account has the balance that it was opened with, or 0, and an empty history."""
    for args, right in [((), 0), ((40,), 40), ((2.5,), 2.5)]:
        account = new_account(learner, *args)
        assert learner.same(learner.call(account, "balance"), right), (
            f"A new account must begin with a balance of {right}."
        )
        assert learner.same(learner.call(account, "history"), []), (
            "The history of a new account must be an empty list."
        )


def check_the_history_tells_what_was_done(learner):
    """`history` lists what was done, in order, each entry like `deposit:100`."""
    account = new_account(learner, 10)
    right = []
    for operation, amount in [
        ("withdraw", 4),
        ("deposit", 21),
        ("withdraw", 27),
        ("deposit", 9),
        ("deposit", 0.5),
        ("withdraw", 3),
        ("withdraw", 1.5),
        ("deposit", 100),
    ]:
        learner.call(account, operation, amount)
        right.append(f"{operation}:{amount}")
        got = learner.call(account, "history")
        assert learner.same(got, right), (
            f"After `{operation}` of {amount} the history must be {right}; "
            f"it is {learner.shown(got)}."
        )


def check_the_history_is_a_copy(learner):
    """A caller who changes the list that `history` returned does not change the account."""
    account = new_account(learner)
    learner.call(account, "deposit", 8)
    got, again = learner.call(account, "history"), learner.call(account, "history")
    if type(got) is list and type(again) is list:
        before = len(again)
        got.append("never happened")
        again = learner.call(account, "history")
        assert type(again) is list and len(again) == before, (
            "Changing the list that `history` returned changed the account."
        )


def check_an_overdraft_returns_None(learner):
    """A withdrawal of more than the balance returns None."""
    for balance, amount in [(0, 1), (20, 20.5), (6, 700)]:
        account = new_account(learner, balance)
        assert learner.call(account, "withdraw", amount) is None, (
            f"`withdraw` of {amount} from a balance of {balance} must return None."
        )


def check_an_overdraft_changes_nothing(learner):
    """After a rejected withdrawal the balance and the history are what they were before."""
    for balance, amount in [(0, 1), (20, 20.5), (6, 700)]:
        account = new_account(learner, balance)
        for question in ("balance", "history"):
            before = learner.call(account, question)
            learner.call(account, "withdraw", amount)
            assert learner.same(learner.call(account, question), before), (
                f"A rejected `withdraw` of {amount} changed the {question}."
            )


def check_dispatch_calls_the_operation(learner):
    """`dispatch` returns what the operation gives, not the function that does it."""
    got = learner.call(new_account(learner, 5), "balance")
    assert not learner.is_function(got), (
        "`dispatch` returned a function of the table; it must call it."
    )


def check_an_unknown_operation_is_a_ValueError(learner):
    """An operation that the table does not have raises a `ValueError` that names it."""
    account = new_account(learner, 5)
    for operation in ("steal", "get_balance", "Deposit"):
        for args in ((), (5,), (5, 6)):
            said = str(learner.raises(ValueError, account, operation, *args))
            assert operation in said, (
                f"The message for the operation `{operation}` must name it; "
                f"it is {learner.shown(said)}."
            )


def check_dispatch_holds_one_cell_and_it_is_the_table(learner):
    """`dispatch` captures one name: its cell holds the table, a dict of plain functions by name."""
    account = new_account(learner)
    assert learner.is_function(account), "`make_account` must return a plain function."
    table_of(learner, account)


def check_the_operations_share_the_cell_balance(learner):
    """`deposit`, `withdraw` and `balance` share one cell `balance`; it holds the number itself.

    One of them may leave the work to a function that holds the cell.
    """
    account = new_account(learner, 30)
    table = table_of(learner, account)
    cell = cell_behind(learner, table["balance"], "balance")
    assert cell is not None, "The function for `balance` captures no `balance`."
    for name in REBINDING:
        assert cell_behind(learner, table[name], "balance") is cell, (
            f"The functions for `{name}` and `balance` do not use the same cell `balance`."
        )
    for operation, amount in [("deposit", 5), ("withdraw", 9)]:
        learner.call(account, operation, amount)
        number = learner.contents(cell)
        assert type(number) is int and learner.same(learner.call(account, "balance"), number), (
            "The cell `balance` must hold the number itself."
        )


def check_the_balance_is_what_the_cell_holds(learner):
    """With another number put into the cell `balance`, every operation goes on from that one."""
    account = new_account(learner, 30)
    cell = cell_behind(learner, table_of(learner, account)["balance"], "balance")
    assert cell is not None, "The function for `balance` captures no `balance`."
    learner.set_cell(cell, 500)
    for operation, args, right in [
        ("balance", (), 500),
        ("deposit", (5,), 505),
        ("withdraw", (505,), 0),
        ("withdraw", (1,), None),
    ]:
        got = learner.call(account, operation, *args)
        assert learner.same(got, right), (
            f"With 500 put into the cell `balance`, `{operation}` had to return {right} in its "
            f"turn; it gave {learner.shown(got)}."
        )


def check_two_accounts_share_nothing(learner):
    """Two accounts share no cell, so what is done to one leaves the other as it was."""
    one, two = new_account(learner, 50), new_account(learner, 50)
    for question in ("balance", "history"):
        before = learner.call(two, question)
        learner.call(one, "deposit", 1)
        learner.call(one, "withdraw", 3)
        assert learner.same(learner.call(two, question), before), (
            f"What was done to one account changed the {question} of another."
        )
    mine, other = cells_behind(learner, one), cells_behind(learner, two)
    assert all(a is not b for a in mine for b in other), "Two accounts hold the same cell."
