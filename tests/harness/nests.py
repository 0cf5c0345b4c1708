"""Programs with random nests of functions, each of which writes down every binding it makes.

`x = note("x", 5)` appends line, name and value to LOG before the store, so that the store itself
may be the last instruction before a jump or the place where one lands. A parameter is bound without
a note. At the end LOG is printed as JSON, with the names that live in cells: but for those that only
what the compiler made of type aliases has captured.
"""

from __future__ import annotations

from collections.abc import Callable

HEAD = """\
import json, sys
LOG, KEEP = [], []
def note(name, value):
    LOG.append((sys._getframe(1).f_lineno, name, value))
    return value
def notes(name, values):
    for value in values:
        LOG.append((sys._getframe(1).f_lineno, name, value))
        yield value
"""
TAIL = """\
for each in list(KEEP):
    try:
        for got in each():
            if callable(got): KEEP.append(got)
    except (NameError, TypeError): pass
def codes(code):
    yield code
    for each in code.co_consts:
        if type(each) is type(code): yield from codes(each)
def is_written(code):
    return code.co_name[0] in "f<" and not code.co_name.startswith("<generic")
every = [*codes(sys._getframe().f_code)]
cells = {name for code in every for name in code.co_cellvars}
free = {name for code in every for name in code.co_freevars}
written = {name for code in every if is_written(code) for name in code.co_freevars}
print(json.dumps([LOG, sorted(cells - (free - written))]))
"""
MOST_STATEMENTS = 60
DEEPEST = 5

Choose = Callable[[int], int]
"""Chooses a number from 0 to below its argument."""


def random_program(choose: Choose, version: int = 11) -> str:
    """The source of a program for CPython 3.`version` and later."""
    nest = _Nest(choose, version)
    for _ in range(1 + choose(2)):
        name = nest.new("f")
        nest.function(0, [], name)
        nest.write(0, "try:")
        nest.write(1, f"for each in {name}(): KEEP.append(each)")
        nest.write(0, "except (NameError, TypeError): pass")
    return "\n".join([HEAD, *nest.lines, TAIL])


class _Nest:
    def __init__(self, choose: Choose, version: int) -> None:
        self.lines: list[str] = []
        self._choose = choose
        self._has_type_parameters = version >= 12
        self._count = 0
        self._left = MOST_STATEMENTS

    def write(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)

    def new(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"

    def function(self, depth: int, outer: list[str], name: str) -> None:
        """A function, within others whose variables are `outer`; it returns those made in it."""
        choose, write, inside = self._choose, self.write, depth + 1
        suspends = choose(5) == 0
        parameter = self.new("v")
        generic = "[T: int]" if self._has_type_parameters and choose(5) == 0 else ""
        # What is annotated may be unbound, and before 3.14 it is looked up when the def runs.
        said = f": (lambda: {outer[choose(len(outer))]})" if outer and choose(3) == 0 else ""
        write(depth, f"def {name}{generic}({parameter}{said}={choose(50)}):")
        shared = [variable for variable in outer if choose(2)]
        if shared:
            write(inside, f"nonlocal {', '.join(shared)}")
        if choose(12) == 0:  # so many locals that the cells' numbers take two bytes
            write(inside, " = ".join(f"{name}_{number}" for number in range(260)) + " = 0")
        own = [parameter, *(self.new("v") for _ in range(choose(3)))]
        for variable in own[1:]:
            write(inside, f"{variable} = note({variable!r}, {choose(1000)})")
        made: list[str] = []
        self._body(inside, own + shared, made, 2 + choose(5), suspends)
        if suspends:
            write(inside, "yield 0")
        write(inside, f"return [{', '.join(made)}]")

    def _body(
        self,
        depth: int,
        names: list[str],
        made: list[str],
        count: int,
        suspends: bool,
        loops: int = 0,
    ) -> None:
        for _ in range(count):
            self._left -= 1
            if self._left < 0:
                self.write(depth, "pass")
                return
            self._statement(depth, names, made, suspends, loops)

    def _statement(
        self, depth: int, names: list[str], made: list[str], suspends: bool, loops: int
    ) -> None:
        choose, write = self._choose, self.write
        name = names[choose(len(names))]
        other = names[choose(len(names))]

        def block(count: int, more: int = 0) -> None:
            self._body(depth + 1, names, made, count, suspends, loops + more)

        match choose(16):
            case 0 | 1:
                write(depth, f"{name} = note({name!r}, {choose(1000)})")
            case 2:
                write(depth, f"if {choose(2)} or type({name}) is str: {name} = note({name!r}, 'a')")
            case 3:
                write(depth, f"if {choose(2)}:")
                block(1 + choose(2))
                if choose(2):
                    write(depth, "else:")
                    block(1 + choose(2))
            case 4 if loops < 2:
                write(depth, f"for {name} in notes({name!r}, range({choose(3)})):")
                block(1 + choose(2), 1)
            case 5 if loops < 2:
                counter = self.new("c")
                write(depth, f"{counter} = 0")
                write(depth, f"while {counter} < {choose(3)}:")
                write(depth + 1, f"{counter} += 1")
                block(1, 1)
            case 6:
                write(depth, "try:")
                block(1)
                write(depth + 1, choose(2) * "1 / 0" or f"{name} = note({name!r}, 1)")
                write(depth, "except ZeroDivisionError:")
                block(1)
                if choose(2):
                    write(depth, "finally:")
                    write(depth + 1, f"{name} = note({name!r}, 0)")
            case 7:
                write(depth, f"try: del {name}")
                write(depth, "except NameError: pass")
                write(depth, f"{name} = note({name!r}, -1)")
            case 8 | 9 if depth < DEEPEST:
                inner = self.new("f")
                self.function(depth, names, inner)
                made.append(inner)
                if choose(2):
                    write(depth, f"for each in {inner}(): KEEP.append(each)")
            case 10:
                write(depth, f"KEEP.append(lambda: ({', '.join(names)},))")
            case 11:
                item = self.new("v")
                write(
                    depth, f"KEEP.extend([lambda: {item} for {item} in notes({item!r}, range(3))])"
                )
            case 12:
                write(depth, "if KEEP: KEEP.pop(0)")
            case 13 if name != other:
                write(depth, f"{name}, {other} = note({name!r}, 1), note({other!r}, 2)")
            case 14:
                write(
                    depth,
                    f"({name} := note({name!r}, {choose(2)})) and KEEP.append(lambda: {name})",
                )
            case 15 if self._has_type_parameters and choose(2):
                write(depth, f"type {self.new('A')} = ({name}, {other})")
            case _ if suspends:
                write(depth, f"yield {name}")
            case _:
                either = f"note({name!r}, 3) if {choose(2)} else note({name!r}, 4)"
                write(depth, f"{name} = {either}")
