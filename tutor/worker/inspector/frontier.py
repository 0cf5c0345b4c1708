"""What is still to be opened on a walk, how it is reached, and how much may be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from gc import is_tracked
from types import CodeType
from typing import Any

from ...protocol.views import INSIDE
from ..cpython.objects import first, identity
from .origins import Origin
from .paths import Step

LONGEST_PATH = 80
"""Characters; a longer path goes no further: what it leads to is `inside` it (a linked list, say)."""
MOST_OF_ONE = 50_000
MOST_OF_ALL = 250_000
"""Items looked at in one container and in the whole walk: some 10 to 100 ms."""


class Frontier:
    """The objects that are still to be searched; `cut` if there were more than a walk may look at."""

    def __init__(
        self, namespace: dict[str, object], origin_of: Callable[[CodeType], Origin | None]
    ) -> None:
        self.cut = False
        self.seen = {identity(namespace)}
        self.origin_of = origin_of
        self.module = namespace.get("__name__")
        self.shapes: dict[int, Any] = {}
        """How to read the instances of each class, by its identity."""
        self._left = MOST_OF_ALL
        self._queue: list[tuple[Any, str]] = []
        """What is to be opened next, and how it is reached."""

    def add(self, things: Iterable[tuple[Any, object]], path: str, step: Step) -> None:
        """Queue things that are one step from `path`, each with the key of its step.

        What the collector does not track (numbers, text, tuples of them) leads to no function.
        """
        is_inside = path.startswith(INSIDE)
        goes_on = not is_inside and len(path) <= LONGEST_PATH
        for key, thing in things:
            if is_tracked(thing) and (which := identity(thing)) not in self.seen:
                self.seen.add(which)
                text = step(key) if goes_on else None
                if text is not None:
                    self._queue.append((thing, path + text))
                else:
                    self._queue.append((thing, path if is_inside else INSIDE + path))

    def some(self, iterate: Callable[[Any], Iterable[Any]], container: object) -> list[Any]:
        """As many items of a container as may be looked at."""
        limit = min(MOST_OF_ONE, self._left)
        taken = first(limit, iterate, container)
        self._left -= len(taken)
        self.cut = self.cut or len(taken) == limit
        return taken

    def one(self) -> bool:
        """Whether one more object may be looked at."""
        if not self._left:
            self.cut = True
            return False
        self._left -= 1
        return True
