# feedback: greeting-spelled-otherwise
def make_greeter(name):
    """Return a function that greets `name`."""

    def greet():
        return f"Hello {name}!"

    return greet


def make_adder(n):
    """Return a function that adds `n` to a number."""

    def add(x):
        return x + n

    return add


greet_alice = make_greeter("Alice")
greet_bob = make_greeter("Bob")
add5 = make_adder(5)
add10 = make_adder(10)

print("greet_alice:", greet_alice())
print("greet_bob:", greet_bob())
print("add5(3):", add5(3))
print("add10(3):", add10(3))
print(
    "add5 and add10 are different objects:",
    add5 is not add10,
)
