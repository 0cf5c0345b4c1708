# feedback: cache-returned
def memoize(func):
    cache = {}
    call_count = [0]

    def wrapper(*args):
        if args not in cache:
            call_count[0] += 1
            cache[args] = func(*args)
        return cache

    wrapper.cache = cache
    wrapper.call_count = call_count
    return wrapper


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
