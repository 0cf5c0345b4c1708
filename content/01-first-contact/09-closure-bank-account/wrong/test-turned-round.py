# feedback: refused-though-enough
def make_account(initial_balance=0):
    balance = initial_balance
    history = []

    def deposit(amount):
        nonlocal balance
        balance += amount
        history.append(f"deposit:{amount}")
        return balance

    def withdraw(amount):
        nonlocal balance
        if amount < balance:
            return None
        balance -= amount
        history.append(f"withdraw:{amount}")
        return balance

    def get_balance():
        return balance

    def get_history():
        return list(history)

    operations = {
        "deposit": deposit,
        "withdraw": withdraw,
        "balance": get_balance,
        "history": get_history,
    }

    def dispatch(operation, *args):
        if operation not in operations:
            raise ValueError(
                f"Unknown operation: {operation}"
            )
        return operations[operation](*args)

    return dispatch


account = make_account()
print("balance:", account("deposit", 100))
print("balance:", account("deposit", 150))
print("balance:", account("withdraw", 50))
print("history:", account("history"))
rejected = account("withdraw", 1000) is None
print("Overdraft rejected:", rejected)
print("balance after rejected:", account("balance"))
