def make_account(initial_balance=0):
    balance = initial_balance
    history = []

    def deposit(amount):
        # your code here: note f"deposit:{amount}" in
        # history, return the new balance
        ...

    def withdraw(amount):
        # your code here: the same, but None and no
        # change if there is too little
        ...

    def get_balance():
        # your code here
        ...

    def get_history():
        # your code here
        ...

    operations = {
        "deposit": deposit,
        "withdraw": withdraw,
        "balance": get_balance,
        "history": get_history,
    }

    def dispatch(operation, *args):
        # your code here: call what the table has for
        # operation, or raise a ValueError
        ...

    return dispatch


account = make_account()
print("balance:", account("deposit", 100))
print("balance:", account("deposit", 150))
print("balance:", account("withdraw", 50))
print("history:", account("history"))
rejected = account("withdraw", 1000) is None
print("Overdraft rejected:", rejected)
print("balance after rejected:", account("balance"))
