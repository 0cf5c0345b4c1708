"""The interpreter as it was before the learner's code: for the moments in which we report.

A learner may replace `builtins.len` or empty `sys.modules`. Our own modules see a private copy of
builtins, but the standard library's see the real one.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

RECURSION_LIMIT = sys.getrecursionlimit()


class Pristine:
    """A context manager inside which builtins and sys.modules are as at the start.

    The supervisor makes it before the fork: the copies are made once, and shared.
    """

    def __init__(self) -> None:
        self.builtins = dict(vars(builtins))
        self._modules = dict(sys.modules)
        self._names = {
            name: (vars(module), dict(vars(module)))
            for name, module in self._modules.items()
            if type(module) is ModuleType
        }
        self._theirs: dict[str, object] = {}
        self._their_modules: dict[str, ModuleType] = {}

    def __enter__(self) -> None:
        self._theirs = dict(vars(builtins))
        self._their_modules = dict(sys.modules)
        vars(builtins).update(self.builtins)
        sys.modules.update(self._modules)

    def __exit__(self, *_: object) -> None:
        _replace(vars(builtins), self._theirs)
        _replace(sys.modules, self._their_modules)
        self._theirs = {}
        self._their_modules = {}

    def restore_modules(self, wanted: Iterable[str]) -> None:
        """Give these modules, if they were there at the start, the names of then, for good.

        All of them would cost a fork its shared memory: a copied reference is a written page.
        """
        for name in wanted:
            if name in self._names:
                names, originals = self._names[name]
                names.update(originals)


def stop_monitoring() -> None:
    """Switch off what the learner's code switched on in sys.monitoring (3.12 and later)."""
    if sys.version_info >= (3, 12):
        for tool in range(6):
            if sys.monitoring.get_tool(tool) is not None:
                sys.monitoring.set_events(tool, 0)


def _replace(target: dict[str, Any], names: Mapping[str, object]) -> None:
    """Make `target` hold exactly `names`, never empty meanwhile: other threads may be reading."""
    target.update(names)
    for name in target.keys() - names.keys():
        del target[name]
