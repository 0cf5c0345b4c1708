# feedback: methods-for-closures
def without_nonlocal():
    x = 10

    def inner():
        x = 20
        print("inner x:", x)

    inner()
    print("outer x:", x)


def with_nonlocal():
    x = 10

    def inner():
        nonlocal x
        x = 20
        print("inner x:", x)

    inner()
    print("outer x:", x)


class Counter:
    def __init__(self):
        self.count = 0

    def increment(self):
        self.count += 1
        return self.count

    def reset(self):
        self.count = 0


def make_counter():
    counter = Counter()
    return counter.increment, counter.reset


print("--- Without nonlocal ---")
without_nonlocal()
print("--- With nonlocal ---")
with_nonlocal()
print("--- Counter demo ---")
increment, reset = make_counter()
print(increment())
print(increment())
print(increment())
reset()
print("After reset:", increment())
