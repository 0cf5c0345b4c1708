def make_funcs():
    funcs = []
    for i in range(5):

        def f():
            return i

        funcs.append(f)
    return funcs


def share_one_cell(funcs):
    cells = [f.__closure__[0] for f in funcs]
    return all(cell is cells[0] for cell in cells)


funcs = make_funcs()

print("--- Buggy version ---")
for k in range(5):
    print(f"funcs[{k}](): {funcs[k]()}")

print("--- All share same cell? ---")
print(
    "All closures reference the same cell:",
    share_one_cell(funcs),
)

print("--- The same loop at module level ---")
others = []
for i in range(5):

    def g():
        return i

    others.append(g)

print("calls:", [func() for func in others])
print("__closure__:", g.__closure__)
