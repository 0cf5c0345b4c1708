"""Programs that the scenes run, beside the solutions of the course."""

from __future__ import annotations

FAILS = """\
def divide(x):
    return 1 / x


print(divide(2))
print(divide(0))
"""

EMPTY_CELL = """\
def make(flag):
    if flag:
        value = 1

    def read():
        return value

    return read


full = make(True)
empty = make(False)
print(full())
"""

WHY_NOT = """\
rate = 2


def make_counter(step):
    count = 0

    def increment():
        count = 1
        return count

    def by(step=step):
        return step

    def total():
        return count * rate

    return increment, by, total


def plain():
    return rate


increment, by, total = make_counter(5)
print(increment(), by(), total(), plain())
"""

CROSSINGS = """\
def make_account(balance, limit):
    history = []

    def deposit(amount):
        nonlocal balance
        balance += amount
        history.append(amount)

    def withdraw(amount):
        nonlocal balance
        if balance - amount >= -limit:
            balance -= amount
            history.append(-amount)

    def statement():
        return balance, history

    return deposit, withdraw, statement


def make_audit():
    def audit(depth):
        return depth and audit(depth - 1)

    return audit


def make_report(ready):
    def report():
        return later

    if ready:
        later = "now"
    return report


def plain_add(a, b):
    return a + b


deposit, withdraw, statement = make_account(100, 500)
deposit(30)
withdraw(50)
audit, report = make_audit(), make_report(False)
print(statement())
"""
