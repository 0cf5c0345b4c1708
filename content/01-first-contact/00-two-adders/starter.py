def make_adder(n):
    def add(x):
        return x + n

    return add


n = 100
add5 = make_adder(5)
print(add5(3))

add10 = make_adder(10)
print(add10(3))
print(add5(3))
