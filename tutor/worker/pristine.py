"""The interpreter as it was before the learner's code: for the moments in which we report.

A learner may replace `builtins.len` or empty `sys.modules`. Our own modules see a private copy of
builtins, but the standard library's see the real one.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping
from copy import copy
from types import ModuleType
from typing import Any

SEARCH = ("path", "meta_path", "path_hooks", "path_importer_cache")
"""What of `sys` an import goes by."""
RECURSION_LIMIT = sys.getrecursionlimit()
if sys.version_info >= (3, 12):  # taken at import: a learner can replace them
    get_tool, set_events = sys.monitoring.get_tool, sys.monitoring.set_events


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
        self._search = {name: copy(vars(sys)[name]) for name in SEARCH}
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

    def import_(self, name: str, *how: object) -> object:
        """An `__import__` past all that the program has done to modules and to the search for them.

        A module that was there at the start gets its names of then, for good; one that was not is
        loaded anew. To restore all would cost a fork its shared memory: a copied reference is a
        written page.
        """
        theirs, their_modules = {each: vars(sys).get(each) for each in SEARCH}, dict(sys.modules)
        if name in self._names:
            names, originals = self._names[name]
            names.update(originals)
        vars(sys).update(self._search)
        _replace(sys.modules, self._modules)
        try:
            return self.builtins["__import__"](name, *how)
        finally:
            self._modules = dict(sys.modules)
            _replace(sys.modules, their_modules)
            vars(sys).update(theirs)


def stop_monitoring() -> None:
    """Switch off what the learner's code switched on in sys.monitoring (3.12 and later)."""
    if sys.version_info >= (3, 12):
        for tool in range(6):
            if get_tool(tool) is not None:
                set_events(tool, 0)


def _replace(target: dict[str, Any], names: Mapping[str, object]) -> None:
    """Make `target` hold exactly `names`, never empty meanwhile: other threads may be reading."""
    target.update(names)
    for name in target.keys() - names.keys():
        del target[name]
