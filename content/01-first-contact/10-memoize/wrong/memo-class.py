# feedback: object-for-closure
class Memo:
    def __init__(self, func):
        self.func = func
        self.cache = {}
        self.call_count = [0]

    def __call__(self, *args):
        if args not in self.cache:
            self.call_count[0] += 1
            self.cache[args] = self.func(*args)
        return self.cache[args]


def memoize(func):
    return Memo(func)


@memoize
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


print("fib(10):", fib(10))
print("fib(30):", fib(30))
print("Call count:", fib.call_count[0])
print("Cache size:", len(fib.cache))
print("Cache contains fib(10):", (10,) in fib.cache)
print("fib(10) from cache:", fib(10))
