"""Where the library, the class machinery and newer syntax put functions, against `__closure__`."""

from __future__ import annotations

import sys

from tests.harness.oracle import faults_of_places
from tests.harness.programs import Program, lies_in, reaches

PLACES = {
    "singledispatch": (
        "import functools\n"
        "def rules(k):\n"
        "  @functools.singledispatch\n  def show(x): return k\n"
        "  @show.register\n  def _(x: int): return k, x\n"
        "  @show.register(str)\n  def text(x): return x\n"
        "  return show\n"
        "show, other = rules(1), rules(2)"
    ),
    "singledispatchmethod": (
        "import functools\n"
        "def rules(k):\n"
        "  class K:\n"
        "    @functools.singledispatchmethod\n    def show(self, x): return k\n"
        "    @show.register\n    def _(self, x: int): return k\n"
        "  return K\n"
        "K = rules(1)"
    ),
    "partialmethod and cached_property": (
        "import functools\n"
        "class K:\n"
        "  m = functools.partialmethod(make(1), 2)\n  p = functools.cached_property(make(3))\n"
        "k = K(); k.p"
    ),
    "dataclass fields": (
        "from dataclasses import dataclass, field\n"
        "@dataclass\nclass K:\n"
        "  f: object = make(1)\n  g: object = field(default_factory=make(2))\n"
        "  h: object = field(default=None, metadata={'check': make(3)})\n"
        "@dataclass(slots=True)\nclass S:\n  f: object\n"
        "k, s = K(), S(make(4))"
    ),
    "enum members": (
        "import enum\nfrom functools import partial\n"
        "class E(enum.Enum):\n"
        "  A = partial(make(1)); B = (make(2),); C = [make(3)]\n"
        "  def shown(self): return __class__\n"
        "  @property\n  def loud(self): return self.name"
    ),
    "classes within classes and functions": (
        "class A:\n"
        "  class B:\n    def m(self): return __class__\n"
        "    class C:\n      def m(self): return __class__, super\n"
        "  def n(self):\n    return lambda: __class__\n"
        "  def o(self):\n    class D(A):\n      def m(self): return super().n, self_\n"
        "    self_ = self\n    return D\n"
        "f, D = A().n(), A().o()"
    ),
    "slots and names that hide": (
        "class S:\n  __slots__ = 'f', '__g', '__dict__'\n"
        "  def fill(self): self.f, self.__g, self.h = make(1), make(2), make(3)\n"
        "s = S(); s.fill()\n"
        "class T(S):\n  f = property(lambda self: 1)\n"
        "t = T(); S.f.__set__(t, make(4)); t.__dict__['f'] = make(5)\n"
        "class P:\n  @property\n  def f(self): return 1\n"
        "p = P(); p.__dict__['f'] = make(6)"
    ),
    "classmethods of what is no function": (
        "from functools import partial\n"
        "class K:\n  p = classmethod(partial(make(1)))\n  c = classmethod(make(2))\n"
        "  s = staticmethod(partial(make(3)))\n"
        "  class D:\n    def __init__(self, f): self.f = f\n    def __get__(self, *_): 1 / 0\n"
        "  d = classmethod(D(make(4)))\n"
    ),
    "names and keys that cannot be written": (
        "globals()['class'] = make(1); x = Box(); setattr(x, 'from', make(2))\n"
        "d = {float('nan'): make(5), float('inf'): make(6), (1.5, float('-inf')): make(7), 1e9: make(8)}\n"
        "d[''], d['it\\'s'], d['\\n'], d[b'\\0'], d[()], d[None], d[...] = (make(i) for i in range(7))"
    ),
    "a metaclass that answers for its class": (
        "class M(type):\n"
        "  def __getattr__(cls, name): 1 / 0\n  def __eq__(cls, other): 1 / 0\n"
        "  def __hash__(cls): 1 / 0\n  def mro(cls): return type.mro(cls)\n"
        "K = type.__call__(M, 'K', (), {'f': make(1), 'm': lambda self: make(2)})\n"
        "k = object.__new__(K); object.__setattr__(k, 'g', make(3))"
    ),
    "containers of the library": (
        "import collections, queue, types, weakref, contextlib, threading\n"
        "d = collections.defaultdict(make(1), a=make(2))\n"
        "p = collections.namedtuple('P', 'f g')(make(3), make(4))\n"
        "m = collections.ChainMap({'a': make(5)}, {'b': make(6)})\n"
        "u = collections.UserDict(a=make(7)); n = types.SimpleNamespace(f=make(8))\n"
        "q = queue.Queue(); q.put(make(9)); t = threading.Timer(9, make(10))\n"
        "stack = contextlib.ExitStack(); stack.callback(make(11))\n"
        "w = weakref.WeakValueDictionary(); kept = make(12); w['a'] = kept\n"
        "box = Box(); done = weakref.finalize(box, make(13)); done.atexit = False\n"
        "v = {'a': make(14)}.values(); r = reversed([make(15)])"
    ),
    "objects of C": (
        "import functools, itertools, operator\n"
        "k = functools.cmp_to_key(make(1)); s = itertools.starmap(make(2), [])\n"
        "g = itertools.groupby([1], make(3)); c = operator.methodcaller('x', make(4))\n"
        "t = itertools.tee(iter([make(5)]))[0]; z = zip([make(6)]); f = filter(make(7), [])\n"
        "a = list[make(8)]; e = enumerate([make(9)]); su = super(Box, Box())\n"
        "it = iter({1: make(10)}.items()); sl = slice(make(11))"
    ),
    "frames of tracebacks": (
        "def outer(k):\n"
        "  def inner():\n    own = lambda: (k, own)\n    raise ValueError(own)\n"
        "  inner()\n"
        "try: outer(1)\nexcept ValueError as e: first = e\n"
        "try:\n  try: outer(2)\n  except ValueError as e: raise KeyError(make(3)) from e\n"
        "except KeyError as e: second = e\n"
        "group = ExceptionGroup('two', [first, second])"
    ),
    "a context manager in flight": (
        "import contextlib\n"
        "def owner(k):\n"
        "  @contextlib.contextmanager\n  def opened(): yield lambda: k\n"
        "  return opened()\n"
        "c = owner(1); f = c.__enter__()"
    ),
    "awaiting one another": (
        "def owner(k):\n"
        "  class Pause:\n    def __await__(self): yield k\n"
        "  async def inner(): await Pause(); return k\n"
        "  async def outer(): return await inner()\n"
        "  return outer()\n"
        "c = owner(1); c.send(None)"
    ),
    "a generator that delegates": (
        "def owner(k):\n"
        "  def inner(): yield lambda: k\n"
        "  def outer(): yield from inner()\n"
        "  return outer(), (n + k for n in [1, 2])\n"
        "g, e = owner(1); f = next(g); next(e)"
    ),
    "patched modules": (
        "import random, types\nseed = random.seed; random.seed = make(1)\n"
        "own = types.ModuleType('own'); own.f = make(2)"
    ),
}
SINCE_312 = {
    "type parameters": (
        "def owner(k):\n"
        "  def f[T: (int, str)](x: T) -> T: return k, T\n"
        "  class K[U: k]:\n    def m[V](self, x: U) -> V: return __class__, U, V, k\n"
        "  type A[W] = dict[W, k]\n"
        "  return f, K, A\n"
        "f, K, A = owner(int); g, L, B = owner(str)"
    ),
}
SINCE_313 = {
    "type parameters with defaults": (
        "def owner(k):\n  def f[T = k](x: T): return T\n  return f\nf, g = owner(int), owner(str)"
    ),
}


def test_every_strange_place_against_the_direct_reading() -> None:
    places = dict(PLACES)
    if sys.version_info >= (3, 12):
        places |= SINCE_312
    if sys.version_info >= (3, 13):
        places |= SINCE_313
    for place, source in places.items():
        assert faults_of_places(source) == [], place


def test_names_that_are_no_python() -> None:
    reaches("globals()['class'] = make()", "globals()['class']")
    reaches("box = Box(); setattr(box, 'from', make())", "box.__dict__['from']")
    reaches("match = type = make()", "match")


def test_keys_that_are_no_literals() -> None:
    lies_in("d = {float('nan'): make()}", "inside d")
    lies_in("d = {(1, float('inf')): make()}", "inside d")
    reaches("d = {1e9: make()}", "d[1000000000.0]")


def test_attribute_that_a_descriptor_of_the_class_hides() -> None:
    source = "class P: f = property(lambda self: 1)\np = P(); p.__dict__['f'] = make()"
    reaches(source, "p.__dict__['f']")
    source = "class S: __slots__ = 'f'\nclass T(S): f = property(lambda self: 1)\nt = T(); S.f.__set__(t, make())"
    lies_in(source, "inside t")


def test_attribute_of_a_function_that_cannot_be_read_by_its_name() -> None:
    reaches("def f(): pass\nf.__dict__['__name__'] = make()", "f.__dict__['__name__']")


def test_partialmethod_and_cached_property() -> None:
    source = "import functools\nclass K: m = functools.{}(make())"
    reaches(source.format("partialmethod"), "K.__dict__['m'].func")
    reaches(source.format("cached_property"), "K.__dict__['m'].func")


def test_metadata_of_a_dataclass() -> None:
    reaches(
        "from dataclasses import dataclass, field\n@dataclass\nclass K:\n"
        "  f: object = field(metadata={'check': make()})",
        "K.__dataclass_fields__['f'].metadata['check']",
    )


def test_attribute_of_an_enum_member() -> None:
    source = "import enum\nclass E(enum.Enum):\n  A = 1\n  def __init__(self, _): self.f = make()"
    reaches(source, "E.A.f")


def test_default_of_a_defaultdict() -> None:
    reaches("import collections; d = collections.defaultdict(make())", "d.default_factory")


def test_registered_with_singledispatch() -> None:
    lies_in(
        "import functools\n@functools.singledispatch\ndef show(x): pass\nshow.register(int, make())",
        "inside show.registry",
    )


def test_classmethod_of_a_partial() -> None:
    source = "from functools import partial\nclass K: p = classmethod(partial(make()))"
    reaches(source, "K.__dict__['p'].__func__.func")


def test_owner_of_a_type_parameter() -> None:
    if sys.version_info < (3, 12):
        return
    program = Program("def f[T](x: T): return T\nclass K[U]:\n  def m(self): return U")
    assert program.cell("f", "T").owner == "<generic parameters of f>"
    assert program.cell("K.m", "U").owner == "<generic parameters of K>"


def test_attribute_of_a_module() -> None:
    source = "import random; seed = random.seed; random.seed = make()"
    program = Program("def make(n=41):\n  def held(*_): return n\n  return held\n" + source)
    try:
        assert program.cell("random.seed", "n").value == "41"
    finally:
        program.run("random.seed = seed")
