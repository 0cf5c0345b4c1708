"""How a function is called where it stands among others: by its path or, without one, by its line."""

from __future__ import annotations

from collections.abc import Iterable

from tutor.protocol.views import INSIDE, NOT_BY_NAME, TOO_MUCH_TO_SEARCH, FunctionView


def called(function: FunctionView) -> str:
    """`counter.inc`; `on_error, line 12` for what no path leads to or several may share one."""
    way, line = function.reached_by, f", line {function.line}" if function.line else ""
    if way in (NOT_BY_NAME, TOO_MUCH_TO_SEARCH) or way.startswith(INSIDE):
        return f"{function.name}{line}"
    return f"{way}{line}" if way.startswith("<") else way


def listed(names: Iterable[str]) -> str:
    """Names one after the other, told apart even where one has a comma of its own."""
    names = [*names]
    return ("; " if any(", " in name for name in names) else ", ").join(names)
