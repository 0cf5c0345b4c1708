# feedback: account-class
class Account:
    def __init__(self, balance):
        self._balance = balance
        self._history = []

    def deposit(self, amount):
        self._balance += amount
        self._history.append(f"deposit:{amount}")
        return self._balance

    def withdraw(self, amount):
        if amount > self._balance:
            return None
        self._balance -= amount
        self._history.append(f"withdraw:{amount}")
        return self._balance

    def balance(self):
        return self._balance

    def history(self):
        return list(self._history)


def make_account(initial_balance=0):
    account = Account(initial_balance)
    operations = {
        "deposit": account.deposit,
        "withdraw": account.withdraw,
        "balance": account.balance,
        "history": account.history,
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
