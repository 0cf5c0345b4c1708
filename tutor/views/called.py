"""How a function is called where it stands among others: by its path or, without one, by its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tutor.protocol.views import INSIDE, NOT_BY_NAME, TOO_MUCH_TO_SEARCH, FunctionView


def has_path(function: FunctionView) -> bool:
    """Whether there is a way to the function that is no other's."""
    way = function.reached_by
    return way not in (NOT_BY_NAME, TOO_MUCH_TO_SEARCH) and not way.startswith(INSIDE)


def called(function: FunctionView) -> str:
    """`counter.inc`; `on_error, line 12` for what no path leads to or several may share one."""
    way, line = function.reached_by, f", line {function.line}" if function.line else ""
    if not has_path(function):
        return f"{function.name}{line}"
    return f"{way}{line}" if way.startswith("<") else way


def called_apart(functions: Iterable[FunctionView]) -> dict[str, str]:
    """What each of several functions is called, by its id: those of one name and line are numbered."""
    names = {each.id: called(each) for each in functions}
    times, so_far = Counter(names.values()), Counter[str]()
    for id, name in names.items():
        if times[name] > 1:
            so_far[name] += 1
            names[id] = f"{name} #{so_far[name]}"
    return names


def listed(names: Iterable[str]) -> str:
    """Names one after the other, told apart even where one has a comma of its own."""
    names = [*names]
    return ("; " if any(", " in name for name in names) else ", ").join(names)
