# feedback: reset-compares
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


def make_counter():
    count = 0

    def increment():
        nonlocal count
        count += 1
        return count

    def reset():
        nonlocal count
        count == 0

    return increment, reset


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
