z = 30


def outer():
    x = 10

    def inner():
        y = 20
        return x + y + z

    return inner


fn = outer()

code = fn.__code__
free = code.co_freevars
local = code.co_varnames

x_is_free = "x" in free
x_is_other = "x" in local or "x" in globals()
z_is_global = "z" in code.co_names and "z" in globals()

print("inner free vars:", free)
print(
    "x is free (not local, not global):",
    x_is_free and not x_is_other,
)
print("y is local to inner:", "y" in local)
print("z is global:", z_is_global)
