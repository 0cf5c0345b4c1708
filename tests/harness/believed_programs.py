"""Small programs, and what somebody who holds a belief would write for each: worked out by hand.

A belief that is not named says what Python says, or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.beliefs.belief import Belief as B


@dataclass(frozen=True)
class Told:
    """A program, what Python prints, and what each belief would."""

    name: str
    source: str
    prints: tuple[str, ...]
    believed: dict[B, tuple[str, ...]] = field(default_factory=dict)


PROGRAMS = (
    Told(
        "buttons made in a loop",
        """
def make():
    buttons = []
    for floor in range(3):
        buttons.append(lambda: floor)
    return buttons
print([press() for press in make()])
""",
        ("[2, 2, 2]",),
        {B.BY_VALUE: ("[0, 1, 2]",), B.GONE_WITH_THE_CALL: ()},
    ),
    Told(
        "lambdas in a loop of the module",
        """
doors = []
for code in "abc":
    doors.append(lambda: code)
print(doors[0](), doors[2]())
""",
        ("c c",),
        {B.BY_VALUE: ("a c",)},
    ),
    Told(
        "a price that changes after the def",
        """
def shop():
    price = 5
    def ask():
        return price
    price = 7
    return ask
print(shop()())
""",
        ("7",),
        {B.BY_VALUE: ("5",), B.GONE_WITH_THE_CALL: ()},
    ),
    Told(
        "a counter and its reader",
        """
def make():
    n = 0
    def up():
        nonlocal n
        n += 1
        return n
    def get():
        return n
    return up, get
up, get = make()
print(up(), up(), get())
""",
        ("1 2 2",),
        {B.BY_VALUE: ("1 2 0",), B.GONE_WITH_THE_CALL: ()},
    ),
    Told(
        "two scales",
        """
def scale(k):
    return lambda x: x * k
double, triple = scale(2), scale(3)
print(double(10), triple(10))
""",
        ("20 30",),
        {B.ONE_CELL_A_DEF: ("30 30",), B.GONE_WITH_THE_CALL: (), B.ONE_VARIABLE_A_NAME: ("30 30",)},
    ),
    Told(
        "two counters",
        """
def counter():
    seen = 0
    def count():
        nonlocal seen
        seen += 1
        return seen
    return count
a, b = counter(), counter()
print(a(), a())
print(b())
""",
        ("1 2", "1"),
        {
            B.ONE_CELL_A_DEF: ("1 2", "3"),
            B.GONE_WITH_THE_CALL: (),
            B.ONE_VARIABLE_A_NAME: ("1 2", "3"),
        },
    ),
    Told(
        "what is never used",
        """
def outer(used, unused):
    def inner():
        return used
    return inner
print(outer(1, 2).__code__.co_freevars)
""",
        ("('used',)",),
        {B.ALL_CAPTURED: ("('unused', 'used')",)},  # by name: co_freevars is sorted,
    ),
    Told(
        "nested and no closure",
        """
tax = 3
def shop():
    def price():
        return tax
    return price
print(shop().__closure__ is None, shop()())
""",
        ("True 3",),
        {B.NESTED_IS_A_CLOSURE: ("False 3",)},
    ),
    Told(
        "one cell or two",
        """
def pair():
    x = 1
    return (lambda: x), (lambda: x)
f, g = pair()
print(f.__closure__[0] is g.__closure__[0])
""",
        ("True",),
        {
            B.A_CELL_EACH: ("False",),
            B.BY_VALUE: ("False",),
            B.ONE_VARIABLE_A_NAME: (),
        },
    ),
    Told(
        "read before it is assigned",
        """
queue = 7
def announce():
    try:
        print("now serving", queue)
        queue = 8
    except UnboundLocalError:
        print("UnboundLocalError")
announce()
print(queue)
""",
        ("UnboundLocalError", "7"),
        {
            B.SEARCHED_WHEN_IT_RUNS: ("now serving 7", "7"),
            B.GLOBAL_NOT_NEEDED: ("now serving 7", "8"),
            B.UNBOUND_IS_NONE: ("now serving None", "7"),
            B.ONE_VARIABLE_A_NAME: ("now serving 7", "8"),
        },
    ),
    Told(
        "an assignment without nonlocal",
        """
def make():
    total = 0
    def add(n):
        total = n
        return total
    def read():
        return total
    return add, read
add, read = make()
print(add(3), read())
""",
        ("3 0",),
        {
            B.NONLOCAL_NOT_NEEDED: ("3 3",),
            B.GLOBAL_NOT_NEEDED: ("3 3",),
            B.GONE_WITH_THE_CALL: (),
            B.ONE_VARIABLE_A_NAME: ("3 3",),
        },
    ),
    Told(
        "an assignment without global",
        """
level = 20
def warm():
    level = 25
    return level
print(warm(), level)
""",
        ("25 20",),
        {B.GLOBAL_NOT_NEEDED: ("25 25",), B.ONE_VARIABLE_A_NAME: ("25 25",)},
    ),
    Told(
        "global past an owner",
        """
level = 18
def room():
    level = 20
    def warm():
        global level
        level = 25
    warm()
    return level
print(room(), level)
""",
        ("20 25",),
        {
            B.GLOBAL_FOR_NONLOCAL: ("25 18",),
            B.GLOBAL_NOT_NEEDED: ("25 25",),
            B.ONE_VARIABLE_A_NAME: ("25 25",),
        },
    ),
    Told(
        "a list for a default",
        """
def add(item, basket=[]):
    basket.append(item)
    return basket
print(add("tea"), add("milk"))
""",
        ("['tea', 'milk'] ['tea', 'milk']",),
        {B.DEFAULT_EACH_CALL: ("['tea'] ['milk']",)},
    ),
    Told(
        "a default that keeps a value",
        """
def make():
    return [lambda i=i: i for i in range(3)]
print([f() for f in make()])
""",
        ("[0, 1, 2]",),
        {B.DEFAULT_EACH_CALL: ("[2, 2, 2]",)},
    ),
    Told(
        "a generator over prices",
        """
def cart():
    prices, rate = [1, 2], 10
    totals = (price * rate for price in prices)
    prices, rate = [3, 4], 20
    return list(totals)
print(cart())
""",
        ("[20, 40]",),
        {
            B.BY_VALUE: ("[10, 20]",),
            B.ITERABLE_LATE: ("[60, 80]",),
        },
    ),
    Told(
        "a generator function is late",
        """
def numbers():
    step = 1
    def go():
        for n in range(3):
            yield n * step
    made = go()
    step = 10
    return list(made)
print(numbers())
""",
        ("[0, 10, 20]",),
        {B.BY_VALUE: ("[0, 1, 2]",), B.GENERATOR_COPIES: ("[0, 1, 2]",)},
    ),
    Told(
        "a name on one branch",
        """
def load(path):
    if path:
        settings = path
    def read():
        return settings
    try:
        return read()
    except NameError:
        return "NameError"
print(load("a"), load(""))
""",
        ("a NameError",),
        {
            B.UNBOUND_IS_NONE: ("a None",),
            B.ONE_CELL_A_DEF: ("a a",),
            B.ONE_VARIABLE_A_NAME: ("a a",),
        },
    ),
    Told(
        "del empties",
        """
def make():
    x = 1
    def get():
        return x
    del x
    return get
try:
    print(make()())
except NameError:
    print("NameError")
""",
        ("NameError",),
        {B.UNBOUND_IS_NONE: ("None",), B.BY_VALUE: ("1",)},
    ),
    Told(
        "two of one name",
        """
name = "module"
def outer():
    name = "outer"
    def inner():
        return name
    return inner()
print(outer(), name)
""",
        ("outer module",),
        {
            B.GLOBAL_WINS: ("module module",),
            B.GLOBAL_NOT_NEEDED: ("outer outer",),
            B.ONE_VARIABLE_A_NAME: ("outer outer",),
        },
    ),
    Told(
        "a caller with the same name",
        """
rate = 1
def price(x):
    return x * rate
def shop():
    rate = 100
    return price(2)
print(shop())
""",
        ("2",),
        {
            B.CALLERS_SCOPE: ("200",),
            B.GLOBAL_NOT_NEEDED: ("200",),
            B.ONE_VARIABLE_A_NAME: ("200",),
        },
    ),
    Told(
        "a method and a name of its class",
        """
class Invoice:
    rate = 2
    def total(self, net):
        return net * rate
try:
    print(Invoice().total(5))
except NameError:
    print("NameError")
""",
        ("NameError",),
        {B.CLASS_ENCLOSES: ("10",)},
    ),
    Told(
        "two decorators",
        """
def loud(f):
    return lambda: f().upper()
def twice(f):
    return lambda: f() + " and " + f() + "!"
@loud
@twice
def hello():
    return "hi"
print(hello())
@twice
@loud
def bye():
    return "by"
print(bye())
""",
        ("HI AND HI!", "BY and BY!"),
        {
            B.DECORATORS_TOP_DOWN: ("HI and HI!", "BY AND BY!"),
            B.GONE_WITH_THE_CALL: (),
            B.ONE_VARIABLE_A_NAME: (),  # the one f is a lambda that calls f
        },
    ),
    Told(
        "a function that names itself",
        """
def outer():
    def down(n):
        return n if n < 1 else down(n - 1)
    return down
print(outer()(3))
""",
        ("0",),
        {B.GONE_WITH_THE_CALL: ()},
    ),
)
"""Where a program ends by an error, its last line is what was printed before."""

PLAIN = (
    """
import math
class Point:
    k = 2
    def __init__(self, x):
        self.x = x
    def area(self):
        return round(self.x * math.pi * self.k, 2)
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
total = 0
for point in [Point(1), Point(2)]:
    total += point.area()
print(total, fact(5), [n * n for n in range(4)])
try:
    print(1 / 0)
except ZeroDivisionError as error:
    print(error)
""",
    """
names = ["ada", "grace"]
print(sorted(names, key=lambda name: name[-1]))
print({name: len(name) for name in names})
""",
)
"""Programs without a closure, a default or a name that is bound twice."""
