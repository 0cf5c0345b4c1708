def make_multiplier(factor, label):
    def multiply(x):
        return x * factor

    multiply.label = label
    return multiply


def show_cells(f):
    names = f.__code__.co_freevars
    print("Number of cells:", len(f.__closure__))
    print("Free var names:", names)
    for k, name in enumerate(names):
        value = f.__closure__[k].cell_contents
        print(f"cell {k} ({name}): {value}")


triple = make_multiplier(3, "triple")
print("Has closure:", triple.__closure__ is not None)
show_cells(triple)
print("triple(10):", triple(10))


def plain_add(a, b):
    return a + b


print(
    "No closure (plain function):",
    plain_add.__closure__ is None,
)

print("--- a body that reads both ---")


def make_describer(factor, label):
    def describe():
        return f"{label} multiplies by {factor}"

    return describe


show_cells(make_describer(3, "triple"))
